//! The seal on a value: the beginning of its hash, by which it is known to be whole.

/// Bytes of a seal.
const SEAL: usize = 8;

/// `value` behind the beginning of its hash: SQLite notices a page that is missing, not a bit that
/// is wrong.
pub(super) fn sealed(value: &[u8]) -> Vec<u8> {
    let seal = blake3::hash(value);
    let mut sealed = Vec::with_capacity(SEAL + value.len());
    sealed.extend(seal.as_bytes().iter().take(SEAL));
    sealed.extend_from_slice(value);
    sealed
}

pub(super) fn unsealed(mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let value = sealed.split_off(SEAL.min(sealed.len()));
    let whole = blake3::hash(&value).as_bytes().starts_with(&sealed) && sealed.len() == SEAL;
    whole.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_that_is_wrong_is_noticed_anywhere() {
        let whole = sealed("标准".as_bytes());
        assert_eq!(unsealed(whole.clone()).as_deref(), Some("标准".as_bytes()));
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] ^= 1;
            assert_eq!(unsealed(wrong), None, "byte {at}");
        }
        assert_eq!(unsealed(whole[..SEAL - 1].to_vec()), None);
        assert_eq!(unsealed(Vec::new()), None);
        assert_eq!(unsealed(sealed(b"")), Some(Vec::new()));
    }
}

//! Checksum of a value: the beginning of its hash, put before it, by which it is known to be whole.

/// Bytes of a checksum.
pub(super) const BYTES: usize = 8;

/// `value` after its checksum: SQLite notices a page that is missing, not a bit that
/// is wrong.
pub(super) fn sealed(value: &[u8]) -> Vec<u8> {
    let hash = blake3::hash(value);
    let mut sealed = Vec::with_capacity(BYTES + value.len());
    sealed.extend(hash.as_bytes().iter().take(BYTES));
    sealed.extend_from_slice(value);
    sealed
}

/// The checksum of a value that [`sealed`] returned.
pub(super) fn of(sealed: &[u8]) -> &[u8] {
    sealed.get(..BYTES).unwrap_or_default()
}

/// The value without its checksum; `None` if they do not agree.
pub(super) fn unsealed(mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let value = sealed.split_off(BYTES.min(sealed.len()));
    let whole = blake3::hash(&value).as_bytes().starts_with(&sealed) && sealed.len() == BYTES;
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
        assert_eq!(unsealed(whole[..BYTES - 1].to_vec()), None);
        assert_eq!(unsealed(Vec::new()), None);
        assert_eq!(unsealed(sealed(b"")), Some(Vec::new()));
    }
}

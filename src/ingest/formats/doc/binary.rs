//! Little-endian numbers in bytes that may end anywhere.

/// Bytes that numbers are read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binary<'b>(pub(super) &'b [u8]);

impl<'b> Binary<'b> {
    /// The byte at `at`.
    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    /// The number in two bytes from `at`.
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    /// The number in four bytes from `at`.
    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// The part at an offset with a length; empty where it is not inside.
    pub(super) fn part(self, (at, length): (usize, usize)) -> Self {
        let end = at.checked_add(length);
        Self(end.and_then(|end| self.0.get(at..end)).unwrap_or_default())
    }
}

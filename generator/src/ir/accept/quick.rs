//! Hashes the numbers of types and of parts of a value. Nobody chooses these, so that the defence against chosen keys, which
//! is most of the time of a look-up, is not needed.

use std::hash::{BuildHasherDefault, Hasher};

/// For maps by numbers.
pub(super) type Quick = BuildHasherDefault<Numbers>;

/// Multiplies and rotates, as compilers do it for their tables (FxHash).
#[derive(Default)]
pub(super) struct Numbers(u64);

impl Numbers {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Numbers {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.add(u64::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }
}

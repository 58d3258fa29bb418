//! Decisions from a tape of bytes. A 0, and the end of the tape, decide for what is simplest, so
//! that a shorter tape of smaller bytes makes a simpler project.

/// Decisions that are still to be made.
pub struct Choices {
    tape: Vec<u8>,
    at: usize,
}

impl Choices {
    pub fn new(tape: &[u8]) -> Self {
        Self {
            tape: tape.to_vec(),
            at: 0,
        }
    }

    /// A number below `count`, which is at most 256 and not 0.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = self.tape.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % count
    }

    /// Yes once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// One of the list, if it has any.
    pub fn maybe<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| self.pick(from))
    }
}

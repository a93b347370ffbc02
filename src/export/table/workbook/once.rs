//! A writer that fails once, and then takes everything.
//!
//! An archive that is dropped unfinished writes its end, and complains on standard error where it cannot: of a reader that
//! went away there is nothing to tell.

use std::io::{self, Write};

pub(super) struct Once<W> {
    to: W,
    failed: bool,
}

impl<W> Once<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, failed: false }
    }

    fn attempt<T>(&mut self, otherwise: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            return Ok(otherwise);
        }
        let done = act(&mut self.to);
        self.failed = done.is_err();
        done
    }
}

impl<W: Write> Write for Once<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |to| to.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), Write::flush)
    }
}

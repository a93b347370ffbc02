//! Where writers put their bytes: a buffer above one stream, or above several files one after another.

use super::loss::Loss;
use super::pieces::in_pieces;
use crate::model::{Date, Day};
use std::io::{self, Write};
use std::mem;

/// How much is gathered before it is handed on.
const CHUNK: usize = 1 << 18;

/// Takes what is written; where a format makes several files, it is told when the next begins.
pub trait Sink: Write + Send {
    /// Begins the next file. Where there is but one place to write to, this is not called.
    ///
    /// # Errors
    /// If it cannot be made.
    fn begin(&mut self, name: &str) -> io::Result<()>;
}

/// One stream.
#[derive(Debug)]
pub struct Stream<W>(pub W);

impl<W: Write> Write for Stream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write + Send> Sink for Stream<W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, format!("`{name}` needs a folder")))
    }
}

/// The buffer that writers append to, with the account of what they could not write.
///
/// Appending cannot fail; [`Out::pause`] hands the buffer on and may. A writer calls it after each record, so that
/// the buffer never holds more than one record beyond its size.
pub struct Out<'s> {
    /// None in the hands of a thread that makes a piece of what is to be handed on.
    sink: Option<&'s mut dyn Sink>,
    buffer: Vec<u8>,
    /// What could not be written as it is.
    pub loss: Loss,
}

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out").field("buffered", &self.buffer.len()).field("loss", &self.loss).finish()
    }
}

impl<'s> Out<'s> {
    pub(super) fn new(sink: &'s mut dyn Sink, loss: Loss) -> Self {
        Self { sink: Some(sink), buffer: Vec::with_capacity(CHUNK + CHUNK / 4), loss }
    }

    /// Appends a record for each id, with `between` before all but the first. Threads make them, so a record knows
    /// nothing of the others.
    ///
    /// # Errors
    /// If the sink takes no more.
    pub(super) fn records<I: Iterator<Item: Send> + Send>(
        &mut self,
        ids: I,
        between: &str,
        record: impl Fn(&mut Out<'_>, I::Item) + Sync,
    ) -> io::Result<()> {
        let make = |first: usize, ids: Vec<I::Item>, give: &mut dyn FnMut((Vec<u8>, Loss))| {
            let mut piece = Out { sink: None, buffer: Vec::with_capacity(CHUNK), loss: Loss::default() };
            for (at, id) in (first..).zip(ids) {
                if at > 0 {
                    piece.raw(between);
                }
                record(&mut piece, id);
                if piece.buffer.len() >= CHUNK {
                    let full = mem::replace(&mut piece.buffer, Vec::with_capacity(CHUNK));
                    give((full, mem::take(&mut piece.loss)));
                }
            }
            give((piece.buffer, piece.loss));
        };
        in_pieces(ids, make, |(buffer, loss)| {
            self.loss.merge(loss);
            self.write_all(&buffer)
        })
    }

    /// Appends text as it is.
    pub fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Appends a whole number.
    pub fn number(&mut self, number: impl itoa::Integer) {
        self.buffer.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    /// Appends a date as the source tells it.
    pub fn date(&mut self, date: Date) {
        self.buffer.extend_from_slice(date.digits().as_ref());
    }

    /// Appends a day as `YYYY-MM-DD`.
    pub fn day(&mut self, day: Day) {
        self.buffer.extend_from_slice(day.digits().as_ref());
    }

    /// Appends bytes as they are; they are UTF-8 where the format is text.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Appends text that needs another form: `escape` gets the buffer and the account.
    pub fn escaped(&mut self, text: &str, escape: impl FnOnce(&str, &mut Vec<u8>, &mut Loss)) {
        escape(text, &mut self.buffer, &mut self.loss);
    }

    /// Hands on what is gathered, if it is much.
    ///
    /// # Errors
    /// If the sink takes no more.
    pub fn pause(&mut self) -> io::Result<()> {
        if self.buffer.len() >= CHUNK { self.hand_on() } else { Ok(()) }
    }

    /// Ends the file that is written, if any, and begins the next.
    ///
    /// # Errors
    /// If the sink takes no more, or cannot begin.
    pub fn begin(&mut self, name: &str) -> io::Result<()> {
        self.hand_on()?;
        self.sink.as_mut().map_or(Ok(()), |sink| sink.begin(name))
    }

    /// Hands on all that is gathered, and gives back the account.
    pub(super) fn end(mut self) -> io::Result<Loss> {
        self.flush()?;
        Ok(self.loss)
    }

    fn hand_on(&mut self) -> io::Result<()> {
        if let Some(sink) = &mut self.sink {
            sink.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() >= CHUNK {
            self.hand_on()?;
            if let Some(sink) = &mut self.sink {
                return sink.write(bytes);
            }
        }
        self.buffer.extend_from_slice(bytes);
        self.pause()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()?;
        self.sink.as_mut().map_or(Ok(()), Write::flush)
    }
}

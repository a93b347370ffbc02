//! Several files in one: a zip that the same export fills with the same bytes.

use super::out::Sink;
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;

/// A zip archive that takes the files of an export.
pub struct Zip<W: Write + Seek>(zip::ZipWriter<W>);

impl<W: Write + Seek> std::fmt::Debug for Zip<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Zip")
    }
}

impl<W: Write + Seek> Zip<W> {
    /// Begins an archive in `to`.
    pub fn new(to: W) -> Self {
        Self(zip::ZipWriter::new(to))
    }

    /// Writes the list of files, without which nothing opens the archive.
    ///
    /// # Errors
    /// If there is no place left.
    pub fn finish(self) -> io::Result<()> {
        self.0.finish()?;
        Ok(())
    }
}

impl<W: Write + Seek + Send> Sink for Zip<W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        // Without the time of its making.
        let options =
            SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).large_file(true);
        self.0.start_file(name, options).map_err(io::Error::from)
    }
}

impl<W: Write + Seek> Write for Zip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() { Ok(0) } else { self.0.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

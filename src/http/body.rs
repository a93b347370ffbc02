//! The stream of an answer: decompressed, and ending with an error where it is not whole.

use super::HttpError;
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use ureq::{BodyReader, Timeout};

/// How many bytes a compressed answer may give for each byte of its own.
pub(super) const MAX_RATIO: u64 = 250;

/// How many bytes a compressed answer may give whatever its own size.
const FREE_RATIO: u64 = 64 << 20;

/// How many bytes an answer may have, decompressed: what is built from them is shorter, but not by much.
pub(super) const MAX_LENGTH: u64 = 4 << 30;

/// What an answer holds, as a stream. An error of it is an [`HttpError`] inside.
pub struct Body {
    inner: Box<dyn Read + Send>,
    address: String,
    limits: Times,
    sent: Arc<AtomicU64>,
    given: u64,
    compressed: bool,
}

/// The times that a message may have to name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) connect: Duration,
    pub(super) idle: Duration,
    pub(super) whole: Option<Duration>,
}

impl Times {
    /// Returns the error of a client as ours.
    pub(super) fn explain(&self, address: &str, error: ureq::Error) -> HttpError {
        let address = || address.to_owned();
        match error {
            ureq::Error::Timeout(timeout) => {
                let (what, limit) = match timeout {
                    Timeout::Connect | Timeout::Resolve => ("is not reached within", self.connect),
                    Timeout::PerRead | Timeout::PerWrite => ("sends nothing for", self.idle),
                    _ => ("has not answered in full within", self.whole.unwrap_or(self.idle)),
                };
                HttpError::Timeout { address: address(), what, limit }
            }
            ureq::Error::Other(error) => match error.downcast::<HttpError>() {
                Ok(error) => *error,
                Err(source) => HttpError::Connect { address: address(), source },
            },
            ureq::Error::Rustls(error) => HttpError::Tls { address: address(), reason: error.to_string() },
            ureq::Error::Io(error)
                if error.get_ref().is_some_and(|inner| inner.to_string().contains("certificate")) =>
            {
                HttpError::Tls { address: address(), reason: error.to_string() }
            }
            ureq::Error::Io(source) => HttpError::Connect { address: address(), source: source.into() },
            other => HttpError::Connect { address: address(), source: other.into() },
        }
    }
}

impl Body {
    pub(super) fn new(raw: BodyReader<'static>, gzip: bool, address: String, limits: Times) -> Self {
        let sent = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: raw, count: Arc::clone(&sent) };
        let inner: Box<dyn Read + Send> =
            if gzip { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
        Self { inner, address, limits, sent, given: 0, compressed: gzip }
    }

    fn explain(&self, error: io::Error) -> HttpError {
        match error.downcast::<ureq::Error>() {
            Ok(ureq::Error::Io(source)) | Err(source) => {
                HttpError::Broken { address: self.address.clone(), source }
            }
            Ok(error @ ureq::Error::Timeout(_)) => self.limits.explain(&self.address, error),
            Ok(other) => HttpError::Broken { address: self.address.clone(), source: io::Error::other(other) },
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(io::Error::other(self.explain(error))),
                Ok(length) => break length,
            }
        };
        self.given += length as u64;
        let most = FREE_RATIO.max(self.sent.load(Ordering::Relaxed).saturating_mul(MAX_RATIO));
        if self.compressed && self.given > most {
            return Err(io::Error::other(HttpError::Ratio { address: self.address.clone() }));
        }
        if self.given > MAX_LENGTH {
            return Err(io::Error::other(HttpError::Large { address: self.address.clone() }));
        }
        Ok(length)
    }
}

struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

//! Asking other machines: one client over HTTP and TLS, for files on the web and for SPARQL endpoints.
//!
//! A [`Site`] is an address and how it is asked: timeouts, retries, credentials. What comes back is a stream that ends
//! with an error wherever it is not whole.
//!
//! # Invariants
//! * A secret goes to the host that it is for, over TLS or to this machine, and into no text: neither message nor
//!   `Debug`. An address is shown without user, password and query string.
//! * A redirect stays on its host and never leaves TLS.
//! * Waiting between two attempts is the same in every run: no jitter.
//! * What is asked for by a query, not by the user, ([`Reach::Public`]) is reached at public addresses alone, and the
//!   address that is looked at is the one that is connected to.
//! * Nothing here knows RDF, and nothing reads clock or environment.

mod address;
mod body;
mod client;
mod credentials;
mod public;
mod retry;

pub use address::Address;
pub(crate) use address::decoded;
pub use body::Body;
pub use client::{Client, Response, Settings, Site};
pub use credentials::{Login, Netrc};
pub use public::{Reach, is_public};

use std::io;
use std::net::IpAddr;
use std::time::Duration;

/// What can go wrong between an address and its answer. Addresses are as [`Address`] shows them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// Text that is no address to ask.
    #[error("`{shown}` is no address of `http` or `https`")]
    Address {
        /// The text, without user and password.
        shown: String,
    },
    /// No machine has the name.
    #[error("no machine is called `{host}`")]
    Host {
        /// The name.
        host: String,
    },
    /// Nothing answers there, or not in HTTP.
    #[error("`{address}` cannot be reached")]
    Connect {
        /// The address.
        address: String,
        /// What the system says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The other side cannot show that it is who it should be.
    #[error("`{address}` cannot be reached over TLS: {reason}")]
    Tls {
        /// The address.
        address: String,
        /// What is wrong.
        reason: String,
    },
    /// An address of a private network, asked for by a query.
    #[error("`{host}` is at {ip}, which is not a public address")]
    Private {
        /// The name.
        host: String,
        /// What it stands for.
        ip: IpAddr,
    },
    /// Time ran out.
    #[error("`{address}` {what} {} s", .limit.as_secs_f64())]
    Timeout {
        /// The address.
        address: String,
        /// What did not happen in time, up to "within".
        what: &'static str,
        /// The time that it had.
        limit: Duration,
    },
    /// A redirect that is not followed.
    #[error("`{from}` sends on to {to}, which is not followed")]
    Redirect {
        /// The address.
        from: String,
        /// Where to, or that it goes round and round.
        to: String,
    },
    /// The other side refuses or fails.
    #[error("`{address}` answers {status}{}", after_colon(said))]
    Status {
        /// The address.
        address: String,
        /// The status.
        status: u16,
        /// The beginning of what it says, as one line of text.
        said: String,
    },
    /// The other side asks to come back later than we wait.
    #[error("`{address}` answers {status} and asks to wait {} s", .wait.as_secs())]
    Busy {
        /// The address.
        address: String,
        /// 429 or 503.
        status: u16,
        /// How long.
        wait: Duration,
    },
    /// An answer in another form than was asked for.
    #[error("`{address}` answers with {got}, not with {wanted}")]
    Form {
        /// The address.
        address: String,
        /// The media type that came, or what it is.
        got: String,
        /// What was asked for.
        wanted: &'static str,
    },
    /// The other side says that its answer is cut.
    #[error("`{address}` gives a part of the answer only: {why}")]
    Part {
        /// The address.
        address: String,
        /// How it says so.
        why: String,
    },
    /// An answer of which nobody can tell whether it is whole.
    #[error("the answer of `{address}` tells neither its length nor its end")]
    Endless {
        /// The address.
        address: String,
    },
    /// An answer that grows beyond its limit when decompressed.
    #[error("the answer of `{address}` is more than {times} times as long as what was sent", times = body::MAX_RATIO)]
    Ratio {
        /// The address.
        address: String,
    },
    /// An answer that is longer than what is taken.
    #[error("the answer of `{address}` is longer than {} GiB", body::MAX_LENGTH >> 30)]
    Large {
        /// The address.
        address: String,
    },
    /// The connection drops on the way.
    #[error("the answer of `{address}` breaks off")]
    Broken {
        /// The address.
        address: String,
        /// What the system says.
        source: io::Error,
    },
    /// A password that would travel in the clear.
    #[error("`{address}` is asked without TLS, so no password is sent there")]
    Clear {
        /// The address.
        address: String,
    },
    /// Credentials that no header can hold.
    #[error("the credentials for `{address}` hold a control character")]
    Unsendable {
        /// The address.
        address: String,
    },
    /// A certificate file that holds none.
    #[error("no certificate can be read from the file of roots")]
    Roots,
}

fn after_colon(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

impl HttpError {
    /// Returns what a reader of a [`Body`] met.
    ///
    /// # Errors
    /// The error itself, where it is not from here.
    pub fn of_io(error: io::Error) -> Result<Self, io::Error> {
        error.downcast::<Self>()
    }
}

//! Addresses: read, joined, shown.

use super::HttpError;
use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;
use ureq::http::uri::Scheme;

/// An address of `http` or `https`. Shown without what could be secret: user, password, query string.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    uri: Uri,
    user: Option<(String, String)>,
}

impl Address {
    /// Reads an address; user and password may stand in it, percent-encoded.
    ///
    /// # Errors
    /// [`HttpError::Address`].
    ///
    /// # Examples
    /// ```
    /// use oversight::http::Address;
    /// let address = Address::parse("https://me:secret@host.example/sparql?key=secret")?;
    /// assert_eq!(address.to_string(), "https://***@host.example/sparql");
    /// assert!(Address::parse("ftp://host.example/").is_err());
    /// # Ok::<(), oversight::http::HttpError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, HttpError> {
        let wrong = || HttpError::Address { shown: without_secrets(text) };
        // A fragment is for whoever shows a page; it is not sent.
        let text = text.split('#').next().unwrap_or_default();
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        if uri.scheme() != Some(&Scheme::HTTP) && uri.scheme() != Some(&Scheme::HTTPS)
            || authority.host().is_empty()
        {
            return Err(wrong());
        }
        let Some((user, host)) = authority.as_str().rsplit_once('@') else {
            return Ok(Self { uri, user: None });
        };
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        let user = Some((decoded(name), decoded(password)));
        let mut parts = uri.clone().into_parts();
        parts.authority = Some(host.parse().map_err(|_| wrong())?);
        Ok(Self { uri: Uri::from_parts(parts).map_err(|_| wrong())?, user })
    }

    /// Returns the address that a redirect leads to.
    pub(super) fn join(&self, to: &str) -> Result<Self, HttpError> {
        let to = to.split('#').next().unwrap_or_default();
        if to.starts_with("http:") || to.starts_with("https:") {
            return Self::parse(to);
        }
        let (scheme, authority) = (self.scheme(), self.authority());
        if let Some(rest) = to.strip_prefix("//") {
            return Self::parse(&format!("{scheme}://{rest}"));
        }
        let path = self.uri.path();
        let joined = match to.chars().next() {
            Some('/') => to.to_owned(),
            Some('?') | None => format!("{path}{to}"),
            Some(_) => format!("{}/{to}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        Self::parse(&format!("{scheme}://{authority}{joined}"))
    }

    /// Returns the address without the parameters of its query string that `taken` takes, and those, as they are
    /// written.
    pub(super) fn split_query(&self, taken: impl Fn(&str) -> bool) -> (Self, Vec<String>) {
        let query = self.uri.query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned);
        let (out, left): (Vec<String>, Vec<String>) =
            pairs.partition(|pair| taken(pair.split('=').next().unwrap_or_default()));
        let query = if left.is_empty() { String::new() } else { format!("?{}", left.join("&")) };
        let text = format!("{}://{}{}{query}", self.scheme(), self.authority(), self.uri.path());
        let address = Self::parse(&text).unwrap_or_else(|_| self.clone());
        (Self { user: self.user.clone(), ..address }, out)
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// User and password that stand in the address.
    pub(super) fn user(&self) -> Option<(&str, &str)> {
        self.user.as_ref().map(|(user, password)| (user.as_str(), password.as_str()))
    }

    /// Returns the name or number of the machine.
    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    /// Returns the path, such as `/data/links.ttl`.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Returns whether it is asked over TLS.
    pub fn is_secure(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTPS)
    }

    /// Returns the IRI by which a document or endpoint is known: the address without user, password and query string.
    pub fn iri(&self) -> String {
        format!("{}://{}{}", self.scheme(), self.authority(), self.uri.path())
    }

    /// Returns the number where the machine is named by its number; brackets of IPv6 do not count.
    pub(super) fn number(&self) -> Option<IpAddr> {
        self.host().trim_start_matches('[').trim_end_matches(']').parse().ok()
    }

    /// Returns whether this names the machine that the program runs on.
    pub fn is_local(&self) -> bool {
        self.host().eq_ignore_ascii_case("localhost") || self.number().is_some_and(|ip| ip.is_loopback())
    }

    /// Returns whether a redirect from here may lead there: same machine and port, or from `http` to `https` with the
    /// ports that are usual.
    pub(super) fn may_lead_to(&self, other: &Self) -> bool {
        let port =
            |address: &Self| address.uri.port_u16().unwrap_or(if address.is_secure() { 443 } else { 80 });
        let same_scheme = self.is_secure() == other.is_secure() && port(self) == port(other);
        let upgrade = !self.is_secure() && other.is_secure() && port(self) == 80 && port(other) == 443;
        self.host().eq_ignore_ascii_case(other.host()) && (same_scheme || upgrade)
    }

    /// Returns whether both are the same address; users do not matter.
    pub fn is_same_target(&self, other: &Self) -> bool {
        self.uri == other.uri
    }

    fn scheme(&self) -> &str {
        self.uri.scheme_str().unwrap_or_default()
    }

    fn authority(&self) -> &str {
        self.uri.authority().map_or("", ureq::http::uri::Authority::as_str)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = if self.user.is_some() { "***@" } else { "" };
        write!(f, "{}://{hidden}{}{}", self.scheme(), self.authority(), self.uri.path())
    }
}

/// As it is shown: what is derived would tell the password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Shows text that is no address without what could be user and password.
fn without_secrets(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let shown = rest.rsplit_once('@').map_or(rest.to_owned(), |(_, host)| format!("***@{host}"));
    if scheme.is_empty() { shown } else { format!("{scheme}://{shown}") }
}

/// Reads percent-encoding; what is none stands for itself.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.filter(|_| byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn user_and_password_are_read_and_never_shown() {
        let address = of("https://me%40x:p%3Aw%@host.example:8443/sparql?api=secret#part");
        assert_eq!(address.user(), Some(("me@x", "p:w%")));
        assert_eq!(address.to_string(), "https://***@host.example:8443/sparql");
        assert_eq!(format!("{address:?}"), address.to_string());
        assert_eq!(address.iri(), "https://host.example:8443/sparql");
        for wrong in [
            "ftp://me:secret@host/?secret",
            "https://me:secret@/x",
            "//me:secret@host",
            "http://me:secret@ho st/",
        ] {
            let message = Address::parse(wrong).unwrap_err().to_string();
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn redirects_are_joined() {
        let from = of("http://host/a/b?c=d");
        for (to, expected) in [
            ("/x", "http://host/x"),
            ("x", "http://host/a/x"),
            ("?y", "http://host/a/b"),
            ("//other/x", "http://other/x"),
            ("https://host/x", "https://host/x"),
        ] {
            assert_eq!(from.join(to).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn redirects_stay_on_their_host_and_under_tls() {
        for (from, to, may) in [
            ("http://host/", "http://HOST:80/x", true),
            ("http://host/", "https://host/", true),
            ("https://host/", "http://host/", false),
            ("https://host/", "https://other.host/", false),
            ("https://host/", "https://host:8443/", false),
            ("http://host:8080/", "https://host/", false),
        ] {
            assert_eq!(of(from).may_lead_to(&of(to)), may, "{from} to {to}");
        }
    }

    #[test]
    fn parameters_are_taken_out_of_the_query_string() {
        let (rest, taken) =
            of("http://u:p@host/sparql?a=1&graph=urn%3Ax&b").split_query(|name| name == "graph");
        assert_eq!(rest.uri().to_string(), "http://host/sparql?a=1&b");
        assert_eq!((rest.user(), taken), (Some(("u", "p")), vec!["graph=urn%3Ax".to_owned()]));
    }
}

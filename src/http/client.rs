//! The client: one request with its retries and redirects, and what came of it.

use super::body::{Body, Times};
use super::public::PublicOnly;
use super::retry::pause;
use super::{Address, HttpError, Login, Reach};
use std::fmt::Write as _;
use std::io::Read;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE};
use ureq::http::{HeaderMap, HeaderValue};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, BodyReader, http};

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;

/// How many bytes of a refusal are read, to tell what it says.
const SAID: u64 = 64 << 10;

/// How many characters of a refusal are told.
const TOLD: usize = 300;

/// How a client waits and how far it reaches.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Until there is a connection, name and TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer, and before the first.
    pub idle: Duration,
    /// Until the answer is whole, retries included; none for no limit.
    pub whole: Option<Duration>,
    /// How often a request is repeated that meets 429 or 503.
    pub retries: u32,
    /// The pause before the first repetition; the next are twice as long each.
    pub pause: Duration,
    /// The longest pause; who asks for a longer one is not waited for.
    pub longest_pause: Duration,
    /// How far it reaches.
    pub reach: Reach,
    /// Certificates in PEM that other sides are held against, instead of Mozilla's.
    pub roots: Option<Vec<u8>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_mins(2),
            whole: None,
            retries: 4,
            pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            reach: Reach::Anywhere,
            roots: None,
        }
    }
}

/// A client; clones share their connections.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    settings: Arc<Settings>,
}

impl Client {
    /// Returns a client.
    ///
    /// # Errors
    /// [`HttpError::Roots`].
    pub fn new(settings: Settings) -> Result<Self, HttpError> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &settings.roots {
            let certificates: Vec<Certificate<'static>> = parse_pem(pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            if certificates.is_empty() {
                return Err(HttpError::Roots);
            }
            tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates)));
        }
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // The environment is not for a library to read.
            .proxy(None)
            .user_agent(concat!("oversight/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(settings.connect))
            .timeout_per_read(Some(settings.idle))
            .timeout_per_write(Some(settings.idle))
            .build();
        let agent = match settings.reach {
            Reach::Anywhere => Agent::new_with_config(config),
            Reach::Public => Agent::with_parts(config, DefaultConnector::new(), PublicOnly::default()),
        };
        Ok(Self { agent, settings: Arc::new(settings) })
    }
}

/// An address, and how it is asked.
#[derive(Clone, Debug)]
pub struct Site {
    address: Address,
    client: Client,
    login: Option<Login>,
}

/// What came back: a success, by its status.
pub struct Response {
    /// The media type in small letters, without parameters; empty where none is told.
    pub media_type: String,
    /// Whether a body that ends too early can be told from a whole one.
    pub framed: bool,
    /// What it holds.
    pub body: Body,
}

impl Site {
    /// Returns a site. A user that stands in the address goes before `login`.
    ///
    /// # Errors
    /// [`HttpError::Clear`] where a password would travel without TLS to another machine,
    /// [`HttpError::Unsendable`] where no header can hold it.
    pub fn new(address: Address, client: Client, login: Option<Login>) -> Result<Self, HttpError> {
        let own = address
            .user()
            .map(|(user, password)| Login::Password { user: user.to_owned(), password: password.to_owned() });
        let login = own.or(login);
        if let Some(login) = &login {
            if !address.is_secure() && !address.is_local() {
                return Err(HttpError::Clear { address: address.to_string() });
            }
            if HeaderValue::from_str(&login.header()).is_err() {
                return Err(HttpError::Unsendable { address: address.to_string() });
            }
        }
        Ok(Self { address, client, login })
    }

    /// The address.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Gets what stands at the address.
    ///
    /// # Errors
    /// Every [`HttpError`] but those of the body.
    pub fn get(&self, accept: &str) -> Result<Response, HttpError> {
        self.send(&self.address, None, accept)
    }

    /// Asks a SPARQL endpoint a query: by POST, as a form. The data set that the address names
    /// (`default-graph-uri`, `named-graph-uri`) goes with the form.
    ///
    /// # Errors
    /// Every [`HttpError`] but those of the body.
    ///
    /// # Source
    /// SPARQL 1.1 Protocol, 2.1.2.
    pub fn query(&self, text: &str, accept: &str) -> Result<Response, HttpError> {
        let (address, dataset) =
            self.address.split_query(|name| matches!(name, "default-graph-uri" | "named-graph-uri"));
        let mut form = format!("query={}", encoded(text));
        for pair in dataset {
            form.push('&');
            form.push_str(&pair);
        }
        self.send(&address, Some(&form), accept)
    }

    /// Returns the error of an answer in another form than `wanted`.
    pub fn other_form(&self, response: Response, wanted: &'static str) -> HttpError {
        let mut start = Vec::new();
        let is_empty = response.body.take(SAID).read_to_end(&mut start).is_ok() && start.is_empty();
        let got = match response.media_type.as_str() {
            _ if is_empty => "nothing".to_owned(),
            "text/html" | "application/xhtml+xml" => {
                let said = self.told(&start, true);
                format!("a web page{}", if said.is_empty() { said } else { format!(" (\"{said}\")") })
            }
            "" => "no media type".to_owned(),
            other => format!("`{other}`"),
        };
        HttpError::Form { address: self.address.to_string(), got, wanted }
    }

    fn send(&self, start: &Address, form: Option<&str>, accept: &str) -> Result<Response, HttpError> {
        let settings = &self.client.settings;
        let begun = Instant::now();
        let shown = self.address.to_string();
        let times = Times { connect: settings.connect, idle: settings.idle, whole: settings.whole };
        let late = || times.explain(&shown, ureq::Error::Timeout(ureq::Timeout::Global));
        let left = || match settings.whole {
            None => Ok(None),
            Some(whole) => whole.checked_sub(begun.elapsed()).map(Some).ok_or_else(late),
        };
        let (mut address, mut form) = (start.clone(), form);
        let (mut attempts, mut redirects) = (0, 0);
        loop {
            let answer = self.once(&address, form, accept, left()?).map_err(|error| match error {
                ureq::Error::HostNotFound => HttpError::Host { host: address.host().to_owned() },
                ureq::Error::Io(error) if is_lookup(&error) => {
                    HttpError::Host { host: address.host().to_owned() }
                }
                other => times.explain(&shown, other),
            })?;
            let (parts, body) = answer.into_parts();
            let (status, headers) = (parts.status.as_u16(), &parts.headers);
            match status {
                200 => {}
                301 | 302 | 303 | 307 | 308 if headers.contains_key("location") => {
                    address = self.redirect(&address, text(headers, "location"))?;
                    redirects += 1;
                    if redirects > MOST_REDIRECTS {
                        let to = "one address after the other".to_owned();
                        return Err(HttpError::Redirect { from: shown, to });
                    }
                    if status == 303 {
                        form = None;
                    }
                    continue;
                }
                429 | 503 => {
                    let wait = pause(settings.pause, attempts, headers);
                    if wait > settings.longest_pause {
                        return Err(HttpError::Busy { address: shown, status, wait });
                    }
                    if attempts < settings.retries {
                        attempts += 1;
                        if left()?.is_some_and(|left| left < wait) {
                            return Err(HttpError::Busy { address: shown, status, wait });
                        }
                        thread::sleep(wait);
                        continue;
                    }
                    return Err(self.refusal(status, headers, body.into_reader()));
                }
                206 => {
                    let why = text(headers, "x-sql-message");
                    let why = if why.is_empty() {
                        "its status is 206".to_owned()
                    } else {
                        self.told(why.as_bytes(), false)
                    };
                    return Err(HttpError::Part { address: shown, why });
                }
                _ => return Err(self.refusal(status, headers, body.into_reader())),
            }
            if let Some(rows) = headers.get("x-sparql-maxrows").and_then(|rows| rows.to_str().ok()) {
                let why = format!("it ends after {rows} rows");
                return Err(HttpError::Part { address: shown, why });
            }
            let media_type = text(headers, "content-type").split(';').next().unwrap_or_default();
            return Ok(Response {
                media_type: media_type.trim().to_ascii_lowercase(),
                framed: headers.contains_key("content-length") || headers.contains_key("transfer-encoding"),
                body: Body::new(body.into_reader(), is_gzip(headers), shown, times),
            });
        }
    }

    fn once(
        &self,
        address: &Address,
        form: Option<&str>,
        accept: &str,
        left: Option<Duration>,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let mut request = http::Request::builder()
            .uri(address.uri().clone())
            .header(ACCEPT, accept)
            .header(ACCEPT_ENCODING, "gzip");
        if let Some(login) = &self.login {
            request = request.header(AUTHORIZATION, login.header());
        }
        let agent = &self.client.agent;
        if let Some(form) = form {
            let request = request.method("POST").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            let request = agent.configure_request(request.body(form)?).timeout_global(left).build();
            agent.run(request)
        } else {
            let request = agent.configure_request(request.body(())?).timeout_global(left).build();
            agent.run(request)
        }
    }

    fn redirect(&self, from: &Address, to: &str) -> Result<Address, HttpError> {
        let refused = |to: String| HttpError::Redirect { from: self.address.to_string(), to };
        let to = from.join(to).map_err(|_| refused("no address".to_owned()))?;
        if !from.may_lead_to(&to) {
            let to = if from.is_secure() && !to.is_secure() {
                format!("`{to}`, without TLS")
            } else {
                format!("`{to}`, another host")
            };
            return Err(refused(to));
        }
        Ok(to)
    }

    fn refusal(&self, status: u16, headers: &HeaderMap, body: BodyReader<'static>) -> HttpError {
        let address = self.address.to_string();
        let times = Times {
            connect: self.client.settings.connect,
            idle: self.client.settings.idle,
            whole: self.client.settings.whole,
        };
        let is_page = text(headers, "content-type").to_ascii_lowercase().contains("html");
        let mut said = Vec::new();
        // What it says is good to know, and no more: where it breaks off, the status is told alone.
        let body = Body::new(body, is_gzip(headers), address.clone(), times);
        let _ = body.take(SAID).read_to_end(&mut said);
        HttpError::Status { address, status, said: self.told(&said, is_page) }
    }

    /// Returns the beginning of a text as one line, without tags where it is a page, and without our secret.
    fn told(&self, text: &[u8], is_page: bool) -> String {
        let text = String::from_utf8_lossy(text);
        let text = if is_page || text.trim_start().starts_with('<') {
            without_tags(&text)
        } else {
            text.into_owned()
        };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = self.login.as_ref().map_or(line.clone(), |login| login.redact(&line));
        let short: String = line.chars().take(TOLD).collect();
        if short.len() < line.len() { format!("{short}...") } else { short }
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_gzip(headers: &HeaderMap) -> bool {
    matches!(text(headers, "content-encoding").to_ascii_lowercase().as_str(), "gzip" | "x-gzip")
}

/// The standard library tells a failed lookup by its text alone.
fn is_lookup(error: &std::io::Error) -> bool {
    error.to_string().contains("failed to lookup address")
}

fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        let tag = &rest[at..];
        // What stands in these is not shown.
        let hidden = ["style", "script"]
            .iter()
            .find(|name| tag.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        let end = match hidden {
            Some(name) => tag.find(&format!("</{name}")).map(|at| at + 1),
            None => tag.find('>').map(|at| at + 1),
        };
        rest = end.map_or("", |end| &tag[end..]);
        if hidden.is_some() {
            rest = rest.find('>').map_or("", |at| &rest[at + 1..]);
        }
    }
    text.push_str(rest);
    text
}

/// Encodes a value of a form.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_a_line_of_text() {
        let page = "<!DOCTYPE html><head><style>p { x: y }</style><title>Not\nhere</title></head><p class=a>Look <b>there</b>";
        let words: Vec<String> = without_tags(page).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), "Not here Look there");
        assert_eq!(without_tags("a < b"), "a  ");
    }

    #[test]
    fn no_password_goes_in_the_clear_or_breaks_a_header() {
        let site = |address: &str, password: &str| {
            let client = Client::new(Settings::default()).unwrap();
            let login = Login::Password { user: "me".into(), password: password.into() };
            Site::new(Address::parse(address).unwrap(), client, Some(login))
        };
        assert!(matches!(site("http://host.example/", "p"), Err(HttpError::Clear { .. })));
        assert!(site("https://host.example/", "p").is_ok() && site("http://127.0.0.1:1/", "p").is_ok());
        let client = Client::new(Settings::default()).unwrap();
        let address = Address::parse("https://host.example/").unwrap();
        let token = Login::Token("a\r\nX-Other: b".into());
        assert!(matches!(Site::new(address, client, Some(token)), Err(HttpError::Unsendable { .. })));
    }
}

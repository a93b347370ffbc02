//! Who we are to whom: logins, and the file `netrc` that holds them by host.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fmt;

/// What is shown to a host so that it lets us in.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    /// HTTP's basic authentication.
    Password {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// A token that stands for itself.
    Token(String),
}

impl Login {
    /// Returns the value of the header `Authorization`.
    pub(super) fn header(&self) -> String {
        match self {
            Self::Password { user, password } => {
                format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))
            }
            Self::Token(token) => format!("Bearer {token}"),
        }
    }

    /// Returns `text` with the secret, as it is and as it is sent, replaced.
    pub(super) fn redact(&self, text: &str) -> String {
        let secret = match self {
            Self::Password { password, .. } => password,
            Self::Token(token) => token,
        };
        let header = self.header();
        let sent = header.split_once(' ').map_or("", |(_, sent)| sent);
        [secret.as_str(), sent]
            .iter()
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(*secret, "***"))
    }
}

/// Without the secret.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password { .. } => "Password(***)",
            Self::Token(_) => "Token(***)",
        })
    }
}

/// The logins of a file in the form of `netrc`, by host.
#[derive(Clone, Debug, Default)]
pub struct Netrc {
    /// The host, in small letters, and its login; no host for `default`.
    entries: Vec<(Option<String>, Login)>,
}

impl Netrc {
    /// Reads the text of a `netrc`: `machine HOST login NAME password SECRET`, on one line or several, `default` for any
    /// other host. Macros and accounts are passed over; an entry without login or password is none.
    ///
    /// # Examples
    /// ```
    /// use oversight::http::Netrc;
    /// let netrc = Netrc::parse("machine data.example login me password secret\n# no more\n");
    /// assert!(netrc.login("DATA.example").is_some());
    /// assert!(netrc.login("example").is_none());
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut netrc = Self::default();
        let (mut host, mut user, mut password) = (None, None, None);
        let mut close = |host: &mut Option<Option<String>>,
                         user: &mut Option<String>,
                         password: &mut Option<String>| {
            if let (Some(host), Some(user), Some(password)) = (host.take(), user.take(), password.take()) {
                netrc.entries.push((host, Login::Password { user, password }));
            }
            (*user, *password) = (None, None);
        };
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let mut words = words(line).into_iter();
            while let Some(word) = words.next() {
                match word.as_str() {
                    "machine" => {
                        close(&mut host, &mut user, &mut password);
                        host = words.next().map(|host| Some(host.to_lowercase()));
                    }
                    "default" => {
                        close(&mut host, &mut user, &mut password);
                        host = Some(None);
                    }
                    "login" => user = words.next(),
                    "password" => password = words.next(),
                    "account" => drop(words.next()),
                    "macdef" => {
                        // A macro ends with an empty line.
                        lines.by_ref().take_while(|line| !line.trim().is_empty()).for_each(drop);
                        break;
                    }
                    _ => {}
                }
            }
        }
        close(&mut host, &mut user, &mut password);
        netrc
    }

    /// Returns the login for a host: of the first entry that names it, else of `default`.
    pub fn login(&self, host: &str) -> Option<&Login> {
        let host = host.to_lowercase();
        let of = |wanted: Option<&str>| self.entries.iter().find(|(name, _)| name.as_deref() == wanted);
        of(Some(&host)).or_else(|| of(None)).map(|(_, login)| login)
    }
}

/// Splits a line at blanks; quotes hold a word together, and `#` before a word begins a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = if let Some(quoted) = rest.strip_prefix('"') {
            quoted.split_once('"').unwrap_or((quoted, ""))
        } else {
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(netrc: &Netrc, host: &str) -> Option<String> {
        netrc.login(host).map(|login| match login {
            Login::Password { user, password } => format!("{user}/{password}"),
            Login::Token(token) => token.clone(),
        })
    }

    #[test]
    fn netrc_is_read_in_all_its_shapes() {
        let netrc = Netrc::parse(
            "# mine\nmachine a.example\n  login one\n  password p#1\nmachine b.example login two account x password \"p 2\"\n\
             macdef init\nmachine c.example login no password no\n\nmachine d.example login only\n\
             default login any password thing",
        );
        assert_eq!(password(&netrc, "A.example").as_deref(), Some("one/p#1"));
        assert_eq!(password(&netrc, "b.example").as_deref(), Some("two/p 2"));
        for host in ["c.example", "d.example", "example"] {
            assert_eq!(password(&netrc, host).as_deref(), Some("any/thing"), "{host}");
        }
        assert!(Netrc::parse("machine a login b").login("a").is_none());
    }

    #[test]
    fn a_secret_is_in_no_text() {
        let login = Login::Password { user: "me".into(), password: "hush".into() };
        assert_eq!(login.header(), "Basic bWU6aHVzaA==");
        assert_eq!(login.redact("hush? bWU6aHVzaA== me"), "***? *** me");
        assert!(!format!("{login:?}").contains("hush"));
        assert_eq!(format!("{:?}", Login::Token("hush".into())), "Token(***)");
    }
}

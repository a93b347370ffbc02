//! Addresses that a user names, and who the user is to them: the one place that reads credentials.
//!
//! A login is taken from the address itself, else from the environment, else from the user's `netrc`.

use super::error::Failure;
use crate::http::{Address, Client, Login, Netrc, Reach, Settings, Site};
use std::path::PathBuf;
use std::time::Duration;

/// The user at the endpoints of `--from`.
const USER: &str = "OVERSIGHT_ENDPOINT_USER";
/// The user's password.
const PASSWORD: &str = "OVERSIGHT_ENDPOINT_PASSWORD";
/// A token instead of both.
const TOKEN: &str = "OVERSIGHT_ENDPOINT_TOKEN";
/// Where the file of logins is, if not at its usual place.
const NETRC: &str = "NETRC";
/// Certificates to believe instead of Mozilla's.
const ROOTS: &str = "SSL_CERT_FILE";

/// Returns whether a source is an address.
pub(super) fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Returns how a source is named in what we write: an address without its secrets.
pub(super) fn shown(source: &str) -> String {
    match Address::parse(source) {
        Ok(address) if is_address(source) => address.to_string(),
        _ => source.to_owned(),
    }
}

/// Returns the sites of `--from`, in order.
///
/// # Arguments
/// * `whole`: until an answer is whole; none for no limit.
pub(super) fn named(addresses: &[&str], whole: Option<Duration>) -> Result<Vec<Site>, Failure> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let addresses = addresses.iter().map(|text| Address::parse(text)).collect::<Result<Vec<_>, _>>()?;
    let own = own_login()?;
    let hosts: Vec<&str> = addresses.iter().map(Address::host).collect();
    if own.is_some() && hosts.iter().any(|host| !host.eq_ignore_ascii_case(hosts[0])) {
        return Err(Failure::new("there is one login in the environment, and there are several hosts")
            .hint("which host it is for is not said there; write logins by host into a `netrc` file"));
    }
    let client = client(whole, Reach::Anywhere)?;
    let netrc = netrc()?;
    addresses
        .into_iter()
        .map(|address| {
            let login = own.clone().or_else(|| netrc.login(address.host()).cloned());
            Ok(Site::new(address, client.clone(), login)?)
        })
        .collect()
}

/// Returns what a query may name in `SERVICE` or `FROM`: reached at public addresses alone, and known by the user's `netrc`
/// alone.
pub(super) fn allowed(addresses: &[String], whole: Option<Duration>) -> Result<Vec<Site>, Failure> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let client = client(whole, Reach::Public)?;
    let netrc = netrc()?;
    addresses
        .iter()
        .map(|text| {
            let address = Address::parse(text)?;
            let login = netrc.login(address.host()).cloned();
            Ok(Site::new(address, client.clone(), login)?)
        })
        .collect()
}

fn client(whole: Option<Duration>, reach: Reach) -> Result<Client, Failure> {
    let roots = match variable(ROOTS) {
        None => None,
        Some(path) => Some(std::fs::read(&path).map_err(|error| {
            Failure::new(format!("cannot read the certificates `{path}`: {error}"))
                .hint(format!("the variable `{ROOTS}` names them"))
        })?),
    };
    Ok(Client::new(Settings { whole, reach, roots, ..Settings::default() })?)
}

fn own_login() -> Result<Option<Login>, Failure> {
    match (variable(TOKEN), variable(USER), variable(PASSWORD)) {
        (Some(token), None, None) => Ok(Some(Login::Token(token))),
        (None, Some(user), Some(password)) => Ok(Some(Login::Password { user, password })),
        (None, None, None) => Ok(None),
        _ => Err(Failure::new("the login in the environment is not clear")
            .hint(format!("set `{USER}` and `{PASSWORD}`, or `{TOKEN}` alone"))),
    }
}

/// Reads the user's `netrc`; none where there is none at the usual place.
fn netrc() -> Result<Netrc, Failure> {
    let named = variable(NETRC).map(PathBuf::from);
    let usual = || variable("HOME").map(|home| PathBuf::from(home).join(".netrc"));
    let Some(path) = named.clone().or_else(usual) else { return Ok(Netrc::default()) };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Netrc::parse(&text)),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(Netrc::default()),
        Err(error) => Err(Failure::new(format!("cannot read the logins `{}`: {error}", path.display()))),
    }
}

/// Returns what stands in a variable of the environment, unless it is empty.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "cli resolves the environment")]
    let value = std::env::var(name);
    value.ok().filter(|value| !value.is_empty())
}

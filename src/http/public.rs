//! Which addresses are public, and a look at them between the name and the connection.

use super::HttpError;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How far a client reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Wherever the user says.
    Anywhere,
    /// Public addresses, and others only where the address names them by number or as `localhost`.
    Public,
}

/// Looks names up and refuses those that stand for an address that is not public.
///
/// It is the addresses returned here that are connected to, so a name cannot change its mind in between.
#[derive(Debug, Default)]
pub(super) struct PublicOnly(DefaultResolver);

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        let is_named = host.eq_ignore_ascii_case("localhost")
            || host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        match found.iter().find(|address| !is_named && !is_public(address.ip())) {
            Some(address) => {
                let refused = HttpError::Private { host: host.to_owned(), ip: address.ip() };
                Err(ureq::Error::Other(Box::new(refused)))
            }
            None => Ok(found),
        }
    }
}

/// Returns whether an address is one of the public network: not of this machine, of a private or local network, of
/// documentation, of many machines at once, or one of these in the clothes of IPv6.
///
/// # Source
/// IANA's registries of special-purpose addresses for IPv4 and IPv6.
///
/// # Examples
/// ```
/// use oversight::http::is_public;
/// assert!(is_public("91.198.174.192".parse()?));
/// assert!(!is_public("169.254.169.254".parse()?));
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, .., last_but_one, last] = ip.segments();
    let inner = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    match (first, second) {
        // Translated and tunnelled IPv4.
        (0x64, 0xff9b) => inner(last_but_one, last),
        (0x2002, _) => inner(second, third),
        (0x2001, 0x0db8 | 0) => false,
        // What is in use of the public space begins with binary 001.
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in
            ["91.198.174.192", "100.128.0.1", "172.32.0.1", "2a02:ec80:300:ed1a::1", "64:ff9b::5bc6:aec0"]
        {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }
}

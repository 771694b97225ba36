//! Which servers a page may come from. Whoever types an address may mean any server, also one of an
//! internal network. A server of the open internet, though, must not send the program to one that only
//! this machine can reach: neither by a redirect, nor by a name that resolves to such an address, nor
//! by the entries of a feed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::page::Reach;

/// The addresses of a host, looked up once: what is checked here is what is connected to.
#[derive(Debug, Default)]
pub(super) struct CheckedResolver {
    pub(super) reach: Reach,
    /// Set where the host is one of the open internet.
    pub(super) is_public: Arc<AtomicBool>,
}

/// What the resolver says of a host that is out of reach.
pub(super) const OUT_OF_REACH: &str = "leads to an address of an internal network";

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let is_public = found.iter().all(|address| is_public(address.ip()));
        self.is_public.store(is_public, Ordering::Relaxed);
        if self.reach == Reach::Public && !is_public {
            return Err(ureq::Error::Other(OUT_OF_REACH.into()));
        }
        Ok(found)
    }
}

/// True for an address of the open internet (IANA's registries of special-purpose addresses).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => is_public_6(address),
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || a == 0
        || a >= 240
        // Networks of carriers (RFC 6598), where routers and neighbours are.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0);
    // 198.18.0.0/15, of benchmarks, counts as public: local proxies give every host such an address.
    !is_special
}

fn is_public_6(address: Ipv6Addr) -> bool {
    if let Some(inner) = embedded(address) {
        return is_public_4(inner);
    }
    let first = address.segments()[0];
    let is_special = address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        // Unique local, link-local and the former site-local addresses.
        || (first & 0xFE00) == 0xFC00
        || (first & 0xFF80) == 0xFE80;
    !is_special
}

/// The older address that a newer one leads to: mapped, compatible, translated (RFC 6052) or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match [a, b, c, d, e, f] {
        [0, 0, 0, 0, 0, 0xFFFF] | [0x64, 0xFF9B, 0, 0, 0, 0] => Some(of(high, low)),
        // ::1 and :: are no such address.
        [0, 0, 0, 0, 0, 0] if high != 0 => Some(of(high, low)),
        [0x2002, ..] => Some(of(b, c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_internal_networks_are_not_public() {
        let internal = [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in internal {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        let open = [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.18.0.7",
            "2400:3200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::",
        ];
        for address in open {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}

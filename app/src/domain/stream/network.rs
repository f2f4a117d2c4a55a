//! Networks that the portal must not be made to ask (server-side request forgery): everything that is not a public address.
//! By the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Host;

/// What an address belongs to, where it isn't public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// This machine: 127/8, `::1`
    Loopback,
    /// 10/8, 172.16/12, 192.168/16, `fc00::/7`
    Private,
    /// 169.254/16 (there clouds keep their passwords), `fe80::/10`
    LinkLocal,
    /// 100.64/10, shared by a provider's customers (RFC 6598)
    Shared,
    /// 224/4, `ff00::/8`
    Multicast,
    /// 0/8, `::`
    Unspecified,
    /// An IPv4 address in disguise: mapped, 6to4, Teredo, NAT64
    Embedded,
    /// Documentation, measurements, and what nobody has yet
    Reserved,
}

/// IPv4: network, bits, what it is.
const V4: [([u8; 4], u32, Network); 17] = [
    ([0, 0, 0, 0], 8, Network::Unspecified),
    ([10, 0, 0, 0], 8, Network::Private),
    ([100, 64, 0, 0], 10, Network::Shared),
    ([127, 0, 0, 0], 8, Network::Loopback),
    ([169, 254, 0, 0], 16, Network::LinkLocal),
    ([172, 16, 0, 0], 12, Network::Private),
    ([192, 0, 0, 0], 24, Network::Reserved),
    ([192, 0, 2, 0], 24, Network::Reserved),
    ([192, 31, 196, 0], 24, Network::Reserved),
    ([192, 52, 193, 0], 24, Network::Reserved),
    ([192, 88, 99, 0], 24, Network::Embedded),
    ([192, 168, 0, 0], 16, Network::Private),
    ([198, 18, 0, 0], 15, Network::Reserved),
    ([198, 51, 100, 0], 24, Network::Reserved),
    ([203, 0, 113, 0], 24, Network::Reserved),
    ([224, 0, 0, 0], 4, Network::Multicast),
    ([240, 0, 0, 0], 4, Network::Reserved),
];

/// Inside of `2000::/3`, which alone is public.
const V6: [([u16; 2], u32, Network); 4] = [
    // protocol assignments: Teredo, benchmarks, ORCHID
    ([0x2001, 0], 23, Network::Embedded),
    ([0x2001, 0x0db8], 32, Network::Reserved),
    ([0x2002, 0], 16, Network::Embedded),
    ([0x3fff, 0], 20, Network::Reserved),
];

/// The network that forbids asking an address; `None` for a public one.
#[must_use]
pub fn forbidding(address: IpAddr) -> Option<Network> {
    match address {
        IpAddr::V4(address) => of_v4(address),
        IpAddr::V6(address) => of_v6(address),
    }
}

fn of_v4(address: Ipv4Addr) -> Option<Network> {
    let is_in =
        |network: [u8; 4], bits: u32| (address.to_bits() ^ Ipv4Addr::from(network).to_bits()) >> (32 - bits) == 0;
    V4.iter().find(|(network, bits, _)| is_in(*network, *bits)).map(|(_, _, what)| *what)
}

fn of_v6(address: Ipv6Addr) -> Option<Network> {
    let [first, second, ..] = address.segments();
    if address.is_loopback() {
        return Some(Network::Loopback);
    }
    if address.is_unspecified() {
        return Some(Network::Unspecified);
    }
    match first {
        0x2000..=0x3fff => {}
        0xfc00..=0xfdff => return Some(Network::Private),
        0xfe80..=0xfebf => return Some(Network::LinkLocal),
        0xff00..=0xffff => return Some(Network::Multicast),
        // mapped, compatible, translated, NAT64 and its local form
        0 | 0x0064 => return Some(Network::Embedded),
        _ => return Some(Network::Reserved),
    }
    let head = (u32::from(first) << 16) | u32::from(second);
    let is_in = |network: [u16; 2], bits: u32| {
        (head ^ ((u32::from(network[0]) << 16) | u32::from(network[1]))) >> (32 - bits) == 0
    };
    V6.iter().find(|(network, bits, _)| is_in(*network, *bits)).map(|(_, _, what)| *what)
}

/// Hosts that the administrator named in `PORTAL_STREAM_ALLOW`: these may be asked although they are not public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Vec<(String, Option<u16>)>);

impl Allowed {
    /// Reads `host`, `host:port`, `[v6]:port`, separated by commas.
    ///
    /// # Errors
    /// The part that is no host.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| named(part).ok_or_else(|| part.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a host, written as in an address, is named.
    #[must_use]
    pub fn names(&self, host: &str, port: u16) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.0.iter().any(|(name, of)| *name == host && of.is_none_or(|of| of == port))
    }
}

fn named(said: &str) -> Option<(String, Option<u16>)> {
    let after_host = said.rfind(']').unwrap_or(0);
    let (host, port) = match said[after_host..].rfind(':') {
        Some(at) => (&said[..after_host + at], Some(said[after_host + at + 1..].parse().ok()?)),
        None => (said, None),
    };
    // an asterisk would look like a promise of patterns
    let host = Host::parse(host).ok().filter(|_| !host.contains('*'))?;
    Some((host.to_string().trim_end_matches('.').to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_forbidden() {
        for (text, expected) in [
            ("8.8.8.8", None),
            ("114.114.114.114", None),
            ("172.15.255.255", None),
            ("172.32.0.0", None),
            ("100.63.255.255", None),
            ("100.128.0.0", None),
            ("2400:3200::1", None),
            ("2606:4700::1111", None),
            ("127.0.0.1", Some(Network::Loopback)),
            ("127.255.255.255", Some(Network::Loopback)),
            ("10.0.0.1", Some(Network::Private)),
            ("172.16.0.0", Some(Network::Private)),
            ("172.31.255.255", Some(Network::Private)),
            ("192.168.1.64", Some(Network::Private)),
            ("169.254.169.254", Some(Network::LinkLocal)),
            ("100.64.0.0", Some(Network::Shared)),
            ("100.100.100.200", Some(Network::Shared)),
            ("100.127.255.255", Some(Network::Shared)),
            ("224.0.0.1", Some(Network::Multicast)),
            ("239.255.255.255", Some(Network::Multicast)),
            ("255.255.255.255", Some(Network::Reserved)),
            ("240.0.0.1", Some(Network::Reserved)),
            ("0.0.0.0", Some(Network::Unspecified)),
            ("0.1.2.3", Some(Network::Unspecified)),
            ("192.0.0.170", Some(Network::Reserved)),
            ("198.19.255.255", Some(Network::Reserved)),
            ("203.0.113.9", Some(Network::Reserved)),
            ("::", Some(Network::Unspecified)),
            ("::1", Some(Network::Loopback)),
            ("::ffff:127.0.0.1", Some(Network::Embedded)),
            ("::ffff:8.8.8.8", Some(Network::Embedded)),
            ("::7f00:1", Some(Network::Embedded)),
            ("64:ff9b::a9fe:a9fe", Some(Network::Embedded)),
            ("64:ff9b:1::1", Some(Network::Embedded)),
            ("2002:7f00:1::", Some(Network::Embedded)),
            ("2001:0:1::", Some(Network::Embedded)),
            ("2001:db8::1", Some(Network::Reserved)),
            ("3fff:fff::1", Some(Network::Reserved)),
            ("fc00::1", Some(Network::Private)),
            ("fd00:ec2::254", Some(Network::Private)),
            ("fe80::1", Some(Network::LinkLocal)),
            ("febf::1", Some(Network::LinkLocal)),
            ("fec0::1", Some(Network::Reserved)),
            ("ff02::1", Some(Network::Multicast)),
            ("5f00::1", Some(Network::Reserved)),
        ] {
            assert_eq!(forbidding(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn only_named_hosts_are_allowed() {
        let allowed = Allowed::parse(" gw.Internal.cn , 10.0.0.5:8080,[fd00::1]:80, ").unwrap();
        assert!(allowed.names("GW.internal.cn.", 1) && allowed.names("gw.internal.cn", 443));
        assert!(allowed.names("10.0.0.5", 8080) && !allowed.names("10.0.0.5", 80) && !allowed.names("10.0.0.6", 8080));
        assert!(allowed.names("[fd00::1]", 80) && !allowed.names("[fd00::1]", 81));
        assert!(!allowed.names("x.gw.internal.cn", 443) && !Allowed::default().names("localhost", 80));
        for wrong in ["*.example.cn", "a:b", "http://x/", "a b", "10.0.0.0/8"] {
            assert_eq!(Allowed::parse(wrong), Err(wrong.to_owned()), "{wrong}");
        }
    }
}

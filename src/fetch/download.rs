//! From an address to the bytes of a page, with limits of time, size and redirects. Only http and
//! https are spoken, and a redirect never leads from https back to http.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};
use url::{Host, Url};

use super::without_password;
use crate::error::{Error, FetchFault, Result};
use crate::fetch::page::{Fetched, Limits, Reach};
use crate::fetch::reach::{CheckedResolver, OUT_OF_REACH, is_public};

/// Fetches the page at `address`.
///
/// # Errors
/// The address is none of the web, the server cannot be reached or refuses, or a limit is reached.
pub fn fetch(address: &str, limits: &Limits) -> Result<Fetched> {
    let failed = |reason: FetchFault| Error::Fetch { address: without_password(address), reason };
    let mut url = web(address).map_err(failed)?;
    let deadline = Instant::now() + limits.time;
    let mut reach = limits.reach;
    for _ in 0..=limits.redirects {
        let left = deadline.saturating_duration_since(Instant::now());
        let (response, after) =
            ask(&url, left, reach).map_err(|error| failed(reason(&error, limits)))?;
        reach = after;
        match elsewhere(&url, &response).map_err(failed)? {
            Some(next) => url = next,
            None => return page((&url, reach), response, limits).map_err(failed),
        }
    }
    Err(failed(FetchFault::TooManyRedirects(limits.redirects)))
}

type Response = ureq::http::Response<Body>;

/// What the server answers, and which servers it may lead to.
fn ask(
    url: &Url,
    time: Duration,
    reach: Reach,
) -> std::result::Result<(Response, Reach), ureq::Error> {
    if time.is_zero() {
        return Err(ureq::Error::Timeout(ureq::Timeout::Global));
    }
    let proxy = if is_here(url) { None } else { Proxy::try_from_env() };
    // A proxy looks names up itself; numbers are looked at here.
    let by_number = match url.host() {
        Some(Host::Ipv4(host)) => Some(is_public(host.into())),
        Some(Host::Ipv6(host)) => Some(is_public(host.into())),
        Some(Host::Domain(_)) | None => None,
    };
    if reach == Reach::Public && (by_number == Some(false) || is_here(url)) {
        return Err(ureq::Error::Other(OUT_OF_REACH.into()));
    }
    let is_public = Arc::new(AtomicBool::new(by_number.unwrap_or(!is_here(url))));
    let resolver = match &proxy {
        Some(_) => CheckedResolver::default(),
        None => CheckedResolver { reach, is_public: Arc::clone(&is_public) },
    };
    let config = Agent::config_builder()
        // Followed here, where each step is looked at.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(time))
        .proxy(proxy)
        .user_agent(concat!("wenmai/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
    let response = agent.get(url.as_str()).call()?;
    let after = if is_public.load(Ordering::Relaxed) { Reach::Public } else { reach };
    Ok((response, after))
}

/// True for a server on this machine, to which no proxy leads.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(host)) => host.is_loopback(),
        Some(Host::Ipv6(host)) => host.is_loopback(),
        Some(Host::Domain(host)) => {
            let host = host.trim_end_matches('.');
            host == "localhost" || host.ends_with(".localhost")
        }
        None => false,
    }
}

/// `address` as an address of the web.
fn web(address: &str) -> std::result::Result<Url, FetchFault> {
    let url = Url::parse(address).map_err(|_| FetchFault::NoAddress)?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        other => Err(FetchFault::Scheme(other.to_owned())),
    }
}

/// Where the server sends us, if it does.
fn elsewhere(url: &Url, response: &Response) -> std::result::Result<Option<Url>, FetchFault> {
    if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED {
        return Ok(None);
    }
    let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let location = location.ok_or(FetchFault::BadRedirect)?;
    let next = url.join(location).map_err(|_| FetchFault::BadRedirect)?;
    let next = web(next.as_str())?;
    if url.scheme() == "https" && next.scheme() != "https" {
        return Err(FetchFault::Downgrade(next.into()));
    }
    Ok(Some(next))
}

fn page(
    (url, reach): (&Url, Reach),
    response: Response,
    limits: &Limits,
) -> std::result::Result<Fetched, FetchFault> {
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = media.map(|media| media.split(';').next().unwrap_or_default().trim().to_owned());
    let mut body = response.into_body();
    let bytes = body.with_config().limit(limits.bytes).read_to_vec();
    let bytes = bytes.map_err(|error| reason(&error, limits))?;
    let mut address = url.clone();
    // An address without a host has no name and password either.
    let _ = address.set_username("").and(address.set_password(None));
    address.set_fragment(None);
    Ok(Fetched { address: address.into(), reach, media, bytes })
}

fn reason(error: &ureq::Error, limits: &Limits) -> FetchFault {
    match error {
        ureq::Error::StatusCode(status) => {
            let status = StatusCode::from_u16(*status).ok();
            let said = status.map(|status| status.to_string()).unwrap_or_default();
            FetchFault::Status(said)
        }
        ureq::Error::Timeout(_) => FetchFault::Timeout(limits.time.as_secs_f32().to_string()),
        ureq::Error::BodyExceedsLimit(_) => FetchFault::TooLarge(limits.bytes),
        ureq::Error::HostNotFound => FetchFault::NoHost,
        ureq::Error::Other(error) if error.to_string() == OUT_OF_REACH => FetchFault::OutOfReach,
        other => FetchFault::Network(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};

    /// A server that answers each connection with what `answer` says to the path that is asked for,
    /// and where it listens. An empty answer is none: the connection is held open until it is
    /// closed at the other end.
    fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &answer);
            }
        });
        address
    }

    fn serve(mut stream: TcpStream, answer: &impl Fn(&str) -> Vec<u8>) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut request = String::new();
        while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        match answer(&path) {
            silent if silent.is_empty() => {
                let _ = reader.read_line(&mut request);
            }
            said => {
                let _ = stream.write_all(&said);
            }
        }
    }

    fn ok(media: &str, body: &str) -> Vec<u8> {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\
             connection: close\r\n\r\n{body}",
            body.len()
        )
        .into()
    }

    fn moved(to: &str) -> Vec<u8> {
        let head = "HTTP/1.1 302 Found\r\ncontent-length: 0\r\nconnection: close\r\n";
        format!("{head}location: {to}\r\n\r\n").into()
    }

    fn failure(address: &str, limits: &Limits) -> String {
        fetch(address, limits).unwrap_err().to_string()
    }

    #[test]
    fn a_page_is_fetched_through_its_redirects() {
        let at = server(|path| match path {
            "/a" => moved("b?x=1"),
            "/b?x=1" => moved("/c"),
            _ => ok("text/html; charset=gbk", "<p>页"),
        });
        let page = fetch(&format!("{at}/a#part"), &Limits::default()).unwrap();
        assert_eq!(page.address, format!("{at}/c"));
        assert_eq!(page.media.as_deref(), Some("text/html"));
        assert_eq!(page.bytes, "<p>页".as_bytes());
    }

    #[test]
    fn redirects_end_and_lead_only_to_the_web() {
        let at = server(|path| match path {
            "/file" => moved("file:///etc/passwd"),
            "/nowhere" => b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
            path => moved(&format!("{path}x")),
        });
        let limits = Limits { redirects: 3, ..Limits::default() };
        assert!(failure(&format!("{at}/x"), &limits).contains("more than 3 redirects"));
        assert!(failure(&format!("{at}/file"), &limits).contains("only http and https"));
        assert!(failure(&format!("{at}/nowhere"), &limits).contains("does not say where"));
        for address in ["ftp://a.cn/", "file:///etc/passwd", "javascript:alert(1)"] {
            assert!(failure(address, &limits).contains("only http and https"), "{address}");
        }
        assert!(failure("http://", &limits).contains("not an address"));
    }

    #[test]
    fn only_typed_addresses_reach_this_machine() {
        let at = server(|path| match path {
            "/a" => moved("/b"),
            _ => ok("text/html", "<p>页"),
        });
        let typed = fetch(&format!("{at}/a"), &Limits::default()).unwrap();
        assert_eq!(typed.reach, Reach::Any);
        let limits = Limits { reach: Reach::Public, ..Limits::default() };
        let named = at.replace("127.0.0.1", "localhost");
        for address in [&at, &named, "http://[::1]:9/", "http://[::ffff:10.0.0.1]/", "http://0/"] {
            assert!(failure(address, &limits).contains(OUT_OF_REACH), "{address}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let at = server(|_| b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec());
        let secret = at.replace("http://", "http://name:secret@");
        let said = failure(&format!("{secret}/x@y"), &Limits::default());
        assert!(!said.contains("secret") && said.contains("/x@y"), "{said}");
        assert_eq!(without_password("https://a:b@c@a.cn?x=@"), "https://a.cn?x=@");
        assert_eq!(without_password("a@b://c"), "a@b://c");
    }

    #[test]
    fn a_page_beyond_a_limit_of_size_or_time_is_given_up() {
        let at = server(|path| match path {
            "/silent" => Vec::new(),
            // Nobody says how long it is.
            "/long" => [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 5000]].concat(),
            "/cut" => b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf".to_vec(),
            "/broken" => b"GARBAGE\r\n\r\n".to_vec(),
            _ => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
        });
        let time = Duration::from_secs(20);
        let limits = Limits { bytes: 1000, time, redirects: 0, ..Limits::default() };
        assert!(failure(&format!("{at}/long"), &limits).contains("limit of 1000 bytes"));
        assert!(failure(&format!("{at}/gone"), &limits).contains("404 Not Found"));
        for path in ["cut", "broken"] {
            assert!(!failure(&format!("{at}/{path}"), &limits).is_empty());
        }
        let short = Limits { time: Duration::from_millis(30), ..limits };
        assert!(failure(&format!("{at}/silent"), &short).contains("not there after 0.03 s"));
    }
}

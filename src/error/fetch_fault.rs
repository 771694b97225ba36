//! Why a page could not be fetched. It is data; its sentence in the language of the interface is in the
//! locale files, under `fetch`.

/// Why a page could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// No address.
    #[error("not an address")]
    NoAddress,
    /// A scheme other than http and https.
    #[error("only http and https are fetched, not {0}")]
    Scheme(String),
    /// More redirects than this.
    #[error("more than {0} redirects")]
    TooManyRedirects(u32),
    /// A redirect without an address, or to what is none.
    #[error("a redirect that does not say where")]
    BadRedirect,
    /// A redirect from https to an address that is not encrypted.
    #[error("a redirect from https to {0}")]
    Downgrade(String),
    /// What the server answers: a status.
    #[error("the server answers {0}")]
    Status(String),
    /// No answer after this time, in seconds.
    #[error("not there after {0} s")]
    Timeout(String),
    /// A page above this number of bytes.
    #[error("more than the limit of {0} bytes")]
    TooLarge(u64),
    /// The name of the server is unknown.
    #[error("no such host")]
    NoHost,
    /// A page of the web leads to an address of the own network.
    #[error("leads to an address of an internal network")]
    OutOfReach,
    /// What the network says, in English.
    #[error("{0}")]
    Network(String),
}

impl FetchFault {
    /// Its name in the texts of the interface.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::Scheme(_) => "scheme",
            Self::TooManyRedirects(_) => "too-many-redirects",
            Self::BadRedirect => "bad-redirect",
            Self::Downgrade(_) => "downgrade",
            Self::Status(_) => "status",
            Self::Timeout(_) => "timeout",
            Self::TooLarge(_) => "too-large",
            Self::NoHost => "no-host",
            Self::OutOfReach => "out-of-reach",
            Self::Network(_) => "network",
        }
    }

    /// What its sentence names.
    pub fn detail(&self) -> String {
        match self {
            Self::Scheme(text)
            | Self::Downgrade(text)
            | Self::Status(text)
            | Self::Timeout(text)
            | Self::Network(text) => text.clone(),
            Self::TooManyRedirects(most) => most.to_string(),
            Self::TooLarge(bytes) => bytes.to_string(),
            Self::NoAddress | Self::BadRedirect | Self::NoHost | Self::OutOfReach => String::new(),
        }
    }

    /// Every kind.
    pub fn all() -> [Self; 11] {
        let text = String::new;
        [
            Self::NoAddress,
            Self::Scheme(text()),
            Self::TooManyRedirects(1),
            Self::BadRedirect,
            Self::Downgrade(text()),
            Self::Status(text()),
            Self::Timeout(text()),
            Self::TooLarge(1),
            Self::NoHost,
            Self::OutOfReach,
            Self::Network(text()),
        ]
    }
}

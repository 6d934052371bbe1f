//! Requests of the stores, one at a time, each with limits of time and size.
//!
//! `object_store` says what is to be asked; here it is asked, by `ureq`, which blocks: one upload is
//! in flight, on a thread of its own. What went wrong is kept apart from the stores' own errors,
//! whose texts hold addresses.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::BodyExt;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use rustls::CertificateError;
use ureq::http::{HeaderValue, Request, StatusCode, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, AsSendBody};

use super::Trouble;

/// How patient requests are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection, for the head of an answer, and before bytes begin to flow.
    pub pause: Duration,
    /// How many bytes a second are still worth waiting for.
    pub bytes_a_second: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(30),
            // A link of 1 kB/s that loses a third of what it carries.
            bytes_a_second: 500,
        }
    }
}

impl Patience {
    fn for_bytes(&self, bytes: u64) -> Duration {
        self.pause + Duration::from_secs(bytes / self.bytes_a_second.max(1))
    }
}

/// The wire to one server.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    agent: Agent,
    patience: Patience,
    /// S3 signs each request itself; `WebDAV` wants this.
    authorization: Option<HeaderValue>,
    /// Whether it is `WebDAV` that is spoken.
    dav: bool,
    seen: Arc<Mutex<Seen>>,
}

/// What was seen of the last request.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// The most bytes of an answer's body, set before.
    most: u64,
    /// The answer's body is longer, as it says itself.
    too_long: bool,
    status: Option<u16>,
    retry_after: Option<Duration>,
    /// Why there was no answer.
    trouble: Option<Trouble>,
}

impl Wire {
    pub(super) fn new(patience: Patience, dav: bool, authorization: Option<HeaderValue>) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .allow_non_standard_methods(true)
            .http_status_as_error(false)
            // An address that has moved is a mistake in the settings, not to be followed anywhere.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(32 * 1024)
            .user_agent("kepu")
            .timeout_resolve(Some(patience.pause))
            .timeout_connect(Some(patience.pause))
            .timeout_send_request(Some(patience.pause))
            .build();
        Self {
            agent: config.new_agent(),
            patience,
            authorization,
            dav,
            seen: Arc::default(),
        }
    }

    /// Forgets what was seen; the next answers may have so many bytes.
    pub(super) fn begin(&self, most: u64) {
        *self.lock() = Seen {
            most,
            ..Seen::default()
        };
    }

    /// Whether the last answer had more bytes than it might.
    pub(super) fn was_too_long(&self) -> bool {
        self.lock().too_long
    }

    /// The status of the last answer.
    pub(super) fn status(&self) -> Option<u16> {
        self.lock().status
    }

    /// What the last request tells of what is wrong.
    pub(super) fn trouble(&self) -> Trouble {
        let seen = self.lock();
        if let Some(trouble) = &seen.trouble {
            return trouble.clone();
        }
        match seen.status {
            Some(401 | 403) => Trouble::Denied,
            Some(300..=399 | 404 | 405 | 409 | 410 | 501) => Trouble::NoPlace,
            Some(413 | 507) => Trouble::Full,
            Some(408 | 423 | 425 | 429 | 500 | 502..=504) => Trouble::Busy(seen.retry_after),
            _ => Trouble::Broken,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(
        &self,
        request: Request<impl AsSendBody>,
        size: u64,
    ) -> Result<HttpResponse, ureq::Error> {
        let most = self.lock().most;
        let method = request.method().clone();
        let head = request.method() == ureq::http::Method::HEAD;
        let request = self
            .agent
            .configure_request(request)
            .timeout_send_body(Some(self.patience.for_bytes(size)))
            .timeout_recv_response(Some(self.patience.pause))
            .timeout_recv_body(Some(self.patience.for_bytes(most)))
            .build();
        let (mut parts, body) = self.agent.run(request)?.into_parts();
        {
            let mut seen = self.lock();
            seen.status = Some(parts.status.as_u16());
            let after = parts.headers.get(header::RETRY_AFTER);
            let seconds = after.and_then(|after| after.to_str().ok()?.trim().parse().ok());
            seen.retry_after = seconds.map(Duration::from_secs);
        }
        // nginx answers so where the folder is missing, and everybody so where it is there already;
        // the store waits for other words before it makes the folder.
        match (method.as_str(), parts.status.as_u16()) {
            ("PUT", 500) if self.dav => parts.status = StatusCode::CONFLICT,
            ("MKCOL", 405) => parts.status = StatusCode::CREATED,
            _ => {}
        }
        // Only what says its length is longer; what never ends is nonsense.
        if parts.status.is_success() && body.content_length().is_some_and(|size| size > most) {
            self.lock().too_long = true;
        }
        // An answer without success is only looked at, never believed or kept.
        let limit = if parts.status.is_success() {
            most
        } else {
            64 * 1024
        };
        let bytes = if head {
            Vec::new()
        } else {
            body.into_with_config().limit(limit).read_to_vec()?
        };
        Ok(HttpResponse::from_parts(parts, bytes.into()))
    }
}

#[async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (mut parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        if let Some(value) = &self.authorization {
            parts.headers.insert(header::AUTHORIZATION, value.clone());
        }
        if parts.method.as_str() == "MKCOL" {
            // Some servers make a folder only when its name ends as one.
            if let Ok(uri) = format!("{}/", parts.uri).parse::<Uri>() {
                parts.uri = uri;
            }
        }
        // `ureq` sets the length itself.
        parts.headers.remove(header::CONTENT_LENGTH);
        let takes_body = parts.method.as_str() == "PUT" || !body.is_empty();
        let size = body.len() as u64;
        let answer = if takes_body {
            self.ask(Request::from_parts(parts, body.to_vec()), size)
        } else {
            self.ask(Request::from_parts(parts, ()), size)
        };
        answer.map_err(|error| {
            let mut seen = self.lock();
            seen.trouble = Some(sort(&error));
            // The text of the error stays here: it may hold an address.
            HttpError::new(HttpErrorKind::Unknown, std::fmt::Error)
        })
    }
}

impl HttpConnector for Wire {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// What can be done about a request that got no answer.
fn sort(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Rustls(error) => sort_tls(error),
        ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(tls) => sort_tls(tls),
            None => Trouble::Network,
        },
        ureq::Error::Tls(_) | ureq::Error::RequireHttpsOnly(_) => Trouble::Certificate,
        ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl => Trouble::NoPlace,
        ureq::Error::Protocol(_)
        | ureq::Error::BodyExceedsLimit(_)
        | ureq::Error::LargeResponseHeader(..)
        | ureq::Error::Http(_) => Trouble::Broken,
        _ => Trouble::Network,
    }
}

fn sort_tls(error: &rustls::Error) -> Trouble {
    use CertificateError as Bad;
    match error {
        // A certificate is made before it is used: one that is not valid yet is a clock behind.
        rustls::Error::InvalidCertificate(Bad::NotValidYet | Bad::NotValidYetContext { .. }) => {
            Trouble::Clock
        }
        _ => Trouble::Certificate,
    }
}

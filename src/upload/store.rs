//! A `WebDAV` server or an S3-compatible store as a place.
//!
//! S3 writes a name once or not at all (`If-None-Match`). `WebDAV` knows no such thing, and its
//! servers keep torsos: there the bytes go to a name that ends in `.part`, are read back, copied to
//! their own name if nothing has it, and taken away. A store that ignores the condition does no
//! harm: the same name is the same bytes.

use std::future::Future;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use object_store::aws::AmazonS3Builder;
use object_store::http::HttpBuilder;
use object_store::path::Path;
use object_store::{
    Error, ListResult, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
};
use tokio::runtime::{Builder, Runtime};
use ureq::http::HeaderValue;

use super::credentials::{PASSWORD, USER};
use super::http::{Patience, Wire};
use super::place::Address;
use super::{BadUrl, Credentials, Found, Place, Published, Trouble};

/// The most bytes of a listing: some ten thousand names with all that servers say of them.
const MOST_LISTED: u64 = 64 * 1024 * 1024;

/// The most bytes of an answer that is only looked at.
const MOST_ANSWERED: u64 = 64 * 1024;

/// A store on a network.
#[derive(Debug)]
pub(super) struct Store {
    store: Box<dyn ObjectStore>,
    wire: Wire,
    runtime: Runtime,
    /// Whether the store itself refuses to write over what is there.
    creates: bool,
    /// The folder in the store, as paths that are listed begin with it.
    prefix: String,
    /// Whether the address leads to that folder already.
    based: bool,
}

impl Store {
    pub(super) fn new(
        address: &Address,
        credentials: &Credentials,
        patience: Patience,
    ) -> Result<Self, BadUrl> {
        // Trying again is ours, by the hour and not by the second.
        let retry = RetryConfig {
            max_retries: 0,
            ..RetryConfig::default()
        };
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|_| BadUrl::Form)?;
        match address {
            Address::Folder(_) => Err(BadUrl::Form),
            Address::WebDav(url) => {
                let wire = Wire::new(patience, true, basic(credentials));
                let store = HttpBuilder::new()
                    .with_url(url.as_str().trim_end_matches('/'))
                    .with_retry(retry)
                    .with_http_connector(wire.clone())
                    .build();
                Ok(Self {
                    store: Box::new(store.map_err(|_| BadUrl::Form)?),
                    wire,
                    runtime,
                    creates: false,
                    prefix: url.path().trim_matches('/').to_owned(),
                    based: true,
                })
            }
            Address::S3 {
                bucket,
                prefix,
                endpoint,
                region,
            } => {
                let wire = Wire::new(patience, false, None);
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region.as_deref().unwrap_or("us-east-1"))
                    .with_allow_http(true)
                    .with_retry(retry)
                    .with_http_connector(wire.clone());
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
                }
                let id = credentials.get("AWS_ACCESS_KEY_ID");
                let key = credentials.get("AWS_SECRET_ACCESS_KEY");
                builder = match (id, key) {
                    (Some(id), Some(key)) => {
                        builder.with_access_key_id(id).with_secret_access_key(key)
                    }
                    // As anybody; otherwise keys would be looked for in the network.
                    _ => builder.with_skip_signature(true),
                };
                if let Some(token) = credentials.get("AWS_SESSION_TOKEN") {
                    builder = builder.with_token(token);
                }
                Ok(Self {
                    store: Box::new(builder.build().map_err(|_| BadUrl::Form)?),
                    wire,
                    runtime,
                    creates: true,
                    prefix: prefix.clone(),
                    based: false,
                })
            }
        }
    }

    /// Asks the store, and sorts what went wrong by what was seen on the wire.
    fn ask<T>(
        &self,
        most: u64,
        asked: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, (Trouble, Error)> {
        self.wire.begin(most);
        self.runtime
            .block_on(asked)
            .map_err(|error| (self.wire.trouble(), error))
    }

    /// The path of a name, as the store wants it.
    fn path(&self, name: &str) -> Path {
        if self.based || self.prefix.is_empty() {
            Path::from(name)
        } else {
            Path::from(format!("{}/{name}", self.prefix))
        }
    }

    fn put(&self, name: &str, bytes: &[u8], mode: PutMode) -> Result<(), (Trouble, Error)> {
        let options = PutOptions::from(mode);
        let payload = PutPayload::from(bytes.to_vec());
        let path = self.path(name);
        let put = self.store.put_opts(&path, payload, options);
        self.ask(MOST_ANSWERED, put).map(|_| ())
    }

    /// Puts bytes beside a name and proves them.
    fn stage(&self, name: &str, bytes: &[u8]) -> Result<String, Trouble> {
        let part = format!("{name}.part");
        self.put(&part, bytes, PutMode::Overwrite)
            .map_err(|(trouble, _)| trouble)?;
        match self.read(&part, bytes.len() as u64)? {
            Found::Bytes(found) if found == bytes => Ok(part),
            _ => Err(Trouble::Broken),
        }
    }

    fn unstage(&self, part: &str) {
        // What stays behind never counts, and is written over with the same bytes.
        drop(self.ask(MOST_ANSWERED, self.store.delete(&self.path(part))));
    }

    fn list(&self, folder: Option<&Path>) -> Result<ListResult, Trouble> {
        let listed = self.ask(MOST_LISTED, self.store.list_with_delimiter(folder));
        listed.map_err(|(trouble, _)| trouble)
    }

    /// The files of the place's own folder, each with its size, sorted.
    pub(super) fn files(&self) -> Result<Vec<(String, u64)>, Trouble> {
        let listed = self.list(self.root().as_ref())?;
        let files = listed.objects.iter();
        let mut files: Vec<_> = files
            .filter_map(|object| Some((self.name(&object.location)?, object.size)))
            .filter(|(name, _)| !name.contains('/'))
            .collect();
        files.sort();
        Ok(files)
    }

    /// How many bytes a file has, as the store says.
    pub(super) fn size(&self, name: &str) -> Result<u64, Trouble> {
        let path = self.path(name);
        let asked = self.ask(MOST_ANSWERED, self.store.head(&path));
        asked
            .map(|object| object.size)
            .map_err(|(trouble, _)| trouble)
    }

    /// A part of a file; `None` where the store gives no parts.
    pub(super) fn range(&self, name: &str, part: Range<u64>) -> Result<Option<Vec<u8>>, Trouble> {
        let (path, wanted) = (self.path(name), part.end - part.start);
        match self.ask(wanted, self.store.get_range(&path, part)) {
            Ok(bytes) if bytes.len() as u64 == wanted => Ok(Some(bytes.to_vec())),
            Ok(_) => Err(Trouble::Broken),
            Err(_) if self.wire.status() == Some(200) => Ok(None),
            Err((trouble, _)) => Err(trouble),
        }
    }

    /// A whole file.
    pub(super) fn get(&self, name: &str, most: u64) -> Result<Found, Trouble> {
        let path = self.path(name);
        let asked = async { self.store.get(&path).await?.bytes().await };
        match self.ask(most, asked) {
            Ok(bytes) if bytes.len() as u64 > most => Ok(Found::TooLong),
            Ok(bytes) => Ok(Found::Bytes(bytes.to_vec())),
            Err(_) if self.wire.was_too_long() => Ok(Found::TooLong),
            Err((_, Error::NotFound { .. })) if self.wire.status() == Some(404) => {
                Ok(Found::Nothing)
            }
            Err((trouble, _)) => Err(trouble),
        }
    }

    /// The place's own folder, where the address does not lead to it already.
    fn root(&self) -> Option<Path> {
        (!self.based && !self.prefix.is_empty()).then(|| self.path(""))
    }

    /// The name of what was listed, from the place's folder.
    fn name(&self, path: &Path) -> Option<String> {
        let path = path.as_ref();
        if self.prefix.is_empty() {
            return Some(path.to_owned());
        }
        let name = path.strip_prefix(&self.prefix)?.strip_prefix('/')?;
        Some(name.to_owned())
    }
}

/// Name and password as `WebDAV` servers want them.
fn basic(credentials: &Credentials) -> Option<HeaderValue> {
    let user = credentials.get(USER)?;
    let password = credentials.get(PASSWORD).unwrap_or_default();
    let both = STANDARD.encode(format!("{user}:{password}"));
    let mut value = HeaderValue::from_str(&format!("Basic {both}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl Place for Store {
    fn publish(&self, name: &str, bytes: &[u8]) -> Result<Published, Trouble> {
        if self.creates {
            return match self.put(name, bytes, PutMode::Create) {
                Ok(()) => Ok(Published::Written),
                // Not 409: that says that somebody else writes just now.
                Err((_, Error::AlreadyExists { .. })) if self.wire.status() != Some(409) => {
                    Ok(Published::There)
                }
                Err((_, Error::AlreadyExists { .. })) => Err(Trouble::Busy(None)),
                Err((trouble, _)) => Err(trouble),
            };
        }
        let part = self.stage(name, bytes)?;
        let (from, to) = (self.path(&part), self.path(name));
        let copied = self.ask(MOST_ANSWERED, self.store.copy_if_not_exists(&from, &to));
        match copied {
            Ok(()) => {
                self.unstage(&part);
                Ok(Published::Written)
            }
            Err((_, Error::AlreadyExists { .. })) => {
                self.unstage(&part);
                Ok(Published::There)
            }
            Err((trouble, _)) => Err(trouble),
        }
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        if self.creates {
            let put = self.put(name, bytes, PutMode::Overwrite);
            return put.map_err(|(trouble, _)| trouble);
        }
        let part = self.stage(name, bytes)?;
        let (from, to) = (self.path(&part), self.path(name));
        self.ask(MOST_ANSWERED, self.store.copy(&from, &to))
            .map_err(|(trouble, _)| trouble)?;
        self.unstage(&part);
        Ok(())
    }

    fn read(&self, name: &str, most: u64) -> Result<Found, Trouble> {
        self.get(name, most)
    }

    fn stations(&self) -> Result<Vec<String>, Trouble> {
        let listed = self.list(self.root().as_ref())?;
        let names = listed.common_prefixes.iter().filter_map(|path| {
            let name = self.name(path)?;
            Some(name.strip_prefix("station=")?.to_owned())
        });
        let mut stations: Vec<_> = names.filter(|name| !name.contains('/')).collect();
        stations.sort();
        Ok(stations)
    }

    fn names(&self, station: &str) -> Result<Vec<String>, Trouble> {
        let folder = format!("station={station}");
        let listed = self.list(Some(&self.path(&folder)))?;
        let names = listed.objects.iter();
        let mut names: Vec<_> = names
            .filter_map(|object| self.name(&object.location))
            .filter(|name| name.starts_with(&format!("{folder}/")))
            .collect();
        names.sort();
        Ok(names)
    }
}

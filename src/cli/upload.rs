//! `kepu upload`: seals what may leave a station, and sends what has not arrived.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::progress::ProgressLine;
use super::{Failure, default_data_folder, language};
use crate::config::Station;
use crate::locale::{FluentValue, Locales};
use crate::records::RecordStore;
use crate::upload::{self, BadUrl, Credentials, Origin, Place, Trouble};

/// Sends this station's results to a folder, a stick or a server.
///
/// Whole past days leave, sealed into batches; what has arrived is not sent again. A kiosk that is
/// running does this by itself where station.ron names a place; this command is for one that is
/// not. Exit code 0: everything has arrived. 1: something has not, with the reason; run it again.
///
/// Names and passwords come from the environment, or from the file upload.credentials in the data
/// folder, which only its owner may read: `KEPU_UPLOAD_USER` and `KEPU_UPLOAD_PASSWORD` for
/// `WebDAV`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` for S3.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(
        long,
        value_name = "URL",
        help = "A folder, https://host/path/ (WebDAV) or s3://bucket/prefix?endpoint=https://host [default: `upload` in station.ron]"
    )]
    to: Option<String>,
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Language of messages, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let words = Words::new(arguments.lang.as_deref())?;
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => default_data_folder()?,
    };
    let station = Station::read(&data)?;
    let Some(origin) = origin(&station) else {
        return Err(words.failure("upload-demonstration", &[]));
    };
    let address = arguments.to.clone().or(station.upload);
    let address = address.ok_or_else(|| words.failure("upload-no-address", &[]))?;
    let place = words.place(&address, Some(&data))?;
    let today = upload::believable(&jiff::Zoned::now());
    let today = today.as_deref();

    let (mut store, _) = RecordStore::open(&data)?;
    let trouble = |trouble: Trouble| words.trouble(&trouble);
    let sealed = upload::seal_all(&mut store, &origin, today).map_err(trouble)?;
    let mut line = ProgressLine::new();
    let sent = upload::send_all(&mut store, &*place, today, &mut |done, all| {
        line.show(|| {
            let args = [("done", done.into()), ("all", all.into())];
            words.say("upload-progress", &args)
        });
    });
    line.clear();
    let sent = sent.map_err(trouble)?;
    let backlog = store.backlog()?;
    let mut said = Vec::new();
    if sealed > 0 {
        said.push(words.say("upload-sealed", &[("sessions", sealed.into())]));
    }
    if sent.batches > 0 {
        let args = [
            ("batches", sent.batches.into()),
            ("sessions", sent.sessions.into()),
        ];
        said.push(words.say("upload-sent", &args));
    } else if backlog.batches == 0 {
        said.push(words.say("upload-nothing", &[]));
    }
    if backlog.batches > 0 {
        let args = [
            ("batches", backlog.batches.into()),
            ("sessions", backlog.sessions.into()),
        ];
        said.push(words.say("upload-waiting", &args));
    }
    if backlog.unsealed > 0 {
        let args = [("sessions", backlog.unsealed.into())];
        said.push(words.say("upload-unsealed", &args));
    }
    said.push(String::new());
    io::stdout().write_all(said.join("\n").as_bytes())?;
    match sent.trouble {
        None => Ok(ExitCode::SUCCESS),
        Some(trouble) => Err(words.trouble(&trouble)),
    }
}

/// Where a station stands; none for a demonstration, whose results are nobody's.
pub(super) fn origin(station: &Station) -> Option<Origin> {
    Some(Origin {
        station: station.id.clone()?,
        division: station.division.clone(),
        venue: station.venue.clone(),
    })
}

/// Puts what happens into words.
pub(super) struct Words {
    locales: Locales,
    language: String,
}

impl Words {
    pub(super) fn new(asked: Option<&str>) -> Result<Self, Failure> {
        let locales = Locales::shipped()?;
        let language = language(&locales, asked);
        Ok(Self { locales, language })
    }

    pub(super) fn say(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locales.format(&self.language, key, args)
    }

    /// A sentence, and what to do about it.
    pub(super) fn failure(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> Failure {
        let hint = self.say(&format!("{key}.hint"), args);
        let help = self.say("check-help", &[]);
        Failure(format!("{}\n{help}: {hint}", self.say(key, args)))
    }

    pub(super) fn trouble(&self, trouble: &Trouble) -> Failure {
        let reason = match trouble {
            Trouble::Records(reason) => reason.as_str(),
            _ => "",
        };
        let key = format!("upload-trouble-{}", trouble.code());
        self.failure(&key, &[("reason", reason.into())])
    }

    /// The place that an address names, with what it needs to let us in.
    pub(super) fn place(
        &self,
        address: &str,
        data: Option<&Path>,
    ) -> Result<Box<dyn Place>, Failure> {
        let credentials = Credentials::find(data).map_err(|bad| {
            let args = [("path", bad.path.display().to_string().into())];
            self.failure(&format!("upload-credentials-{}", bad.code), &args)
        })?;
        let address = whole(address)?;
        upload::place(&address, &credentials)
            .map_err(|bad: BadUrl| self.failure(&format!("upload-address-{}", bad.code()), &[]))
    }

    /// The folder that an address names, if it names one.
    pub(super) fn folder(&self, address: &str) -> Result<Option<PathBuf>, Failure> {
        Ok(upload::folder_of(&whole(address)?))
    }
}

/// An address as a command line has it: there a relative path is fine, too.
fn whole(address: &str) -> Result<String, Failure> {
    if address.contains("://") || address.starts_with('/') {
        return Ok(address.to_owned());
    }
    let here = std::env::current_dir()?;
    Ok(here.join(address).display().to_string())
}

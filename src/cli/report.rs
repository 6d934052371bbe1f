//! `kepu report`: counts for the yearly report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Zoned;

use super::{Failure, default_data_folder, language};
use crate::bank::{PackFiles, find_packs};
use crate::locale::Locales;
use crate::packs::store::Store;
use crate::report::gather::gather;
use crate::report::period::Period;
use crate::report::places::Names;
use crate::report::summary::summarise;
use crate::report::{Beside, Catalogue, Edition, Report, make, targets};
use crate::{embedded, files};

/// The table of names of places, where none is given, in a station's data folder.
const PLACES: &str = "places.csv";

/// The table of targets, where none is given, in a station's data folder.
const TARGETS: &str = "targets.csv";

/// The tables that people write, for the long help.
const TABLES: &str = "\
Tables that you write, as CSV in UTF-8:
  places.csv   code,valid_from,zh-CN,en
               A code has 2 to 12 digits, zeros at the end may be left out. `valid_from` is a date
               or empty; of several names the one valid on the last day of the period is used.
  targets.csv  what,target
               A target is a whole number or `not set`. What: started, answered, completed, answers,
               days_active, stations_active, townships_covered, or answered sessions of a part:
               audience:senior, topic:health, venue:school, division:330106, station:east-gate,
               language:zh-CN.";

/// Writes the report of a year or a month: a workbook, tidy CSV tables, a page to print.
///
/// Sessions are counted (人次), never people; those of staff and of the program itself are not.
/// The public edition has no small numbers, and of those it has none can be worked out; it is made
/// for whole years only. Exit code 0: written. 1: something could not be read or written.
#[derive(Debug, Args)]
#[command(after_long_help = TABLES)]
pub(super) struct Arguments {
    /// The year, as in 2026
    #[arg(
        long,
        value_name = "YEAR",
        required_unless_present = "month",
        conflicts_with = "month"
    )]
    year: Option<String>,
    /// The month, as in 2026-03
    #[arg(long, value_name = "YEAR-MONTH")]
    month: Option<String>,
    /// A file of records, as collected from many stations, or a station's data folder; may be given
    /// more than once [default: kepu in the user's data folder]
    #[arg(long, value_name = "FILE|DIR")]
    records: Vec<PathBuf>,
    /// Exact numbers for those who run the stations, or what may be published
    #[arg(long, value_enum, default_value_t = EditionName::Internal)]
    edition: EditionName,
    /// Language of the report, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Where the files are written
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// A CSV table of targets: what, target [default: targets.csv beside the records]
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
    /// A CSV table of names of places: code, `valid_from`, zh-CN, en [default: places.csv beside
    /// the records]
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Packs whose questions are shown with their texts, besides those shipped and installed; may
    /// be given more than once
    #[arg(long, value_name = "DIR")]
    packs: Vec<PathBuf>,
    /// Files, or one JSON object on the standard output
    #[arg(long, value_enum, default_value_t = Format::Files)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EditionName {
    Internal,
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Files,
    Json,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let period: Period = match (&arguments.year, &arguments.month) {
        (Some(year), _) if !year.contains('-') => year.parse()?,
        (None, Some(month)) if month.contains('-') => month.parse()?,
        _ => {
            return Err(Failure(
                "cannot tell the period: write --year 2026 or --month 2026-03".to_owned(),
            ));
        }
    };
    let edition = match arguments.edition {
        EditionName::Internal => Edition::Internal,
        EditionName::Public => Edition::Public,
    };
    let records = match arguments.records.is_empty() {
        true => vec![default_data_folder()?],
        false => arguments.records.clone(),
    };
    let locales = Locales::shipped()?;
    let language = language(&locales, arguments.lang.as_deref());
    let given = Given {
        places: arguments.places.clone(),
        targets: arguments.targets.clone(),
        packs: &arguments.packs,
    };
    let report = report(&records, &given, (period, edition), &locales, &language)?;
    for note in &report.notes {
        let said = locales.format(
            &language,
            "report-warning",
            &[("note", note.as_str().into())],
        );
        writeln!(io::stderr(), "{said}")?;
    }
    if arguments.format == Format::Json {
        let text = serde_json::to_string_pretty(&report.json(edition, period))?;
        writeln!(io::stdout(), "{text}")?;
        return Ok(ExitCode::SUCCESS);
    }
    // All are made before the first is written, so that a mistake leaves the earlier ones alone.
    let made = report.files(edition, period)?;
    files::create_folder(&arguments.out)?;
    for (name, bytes) in &made {
        files::write(&arguments.out.join(name), bytes)?;
    }
    for name in report.files_gone(edition, period) {
        files::remove(&arguments.out.join(name))?;
    }
    let said = locales.format(
        &language,
        "report-written",
        &[
            ("files", made.len().into()),
            ("folder", arguments.out.display().to_string().into()),
        ],
    );
    writeln!(io::stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

/// What is named on the command line, in place of what lies beside the records.
#[derive(Default)]
struct Given<'a> {
    places: Option<PathBuf>,
    targets: Option<PathBuf>,
    packs: &'a [PathBuf],
}

/// The report of a station, exact, as its files.
#[cfg(feature = "kiosk")]
pub(super) fn of_station(
    data: &Path,
    period: Period,
    locales: &Locales,
    language: &str,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let (records, edition) = ([data.to_owned()], Edition::Internal);
    let given = Given::default();
    let report = report(&records, &given, (period, edition), locales, language)?;
    Ok(report.files(edition, period)?)
}

fn report(
    records: &[PathBuf],
    given: &Given<'_>,
    (period, edition): (Period, Edition),
    locales: &Locales,
    language: &str,
) -> Result<Report, Failure> {
    let beside = |given: &Option<PathBuf>, name: &str| {
        let mut own = records.iter().map(|path| path.join(name));
        given.clone().or_else(|| own.find(|path| path.is_file()))
    };
    let names = match beside(&given.places, PLACES) {
        Some(path) => Names::read(&path)?,
        None => Names::default(),
    };
    let targets = match beside(&given.targets, TARGETS) {
        Some(path) => targets::read(&path)?,
        None => Vec::new(),
    };
    let today = Zoned::now().date();
    let catalogue = Catalogue::new(packs(given.packs, records)?, today);
    let gathered = gather(records, period)?;
    let twice = gathered.twice.iter().map(|station| {
        let args = [("station", station.as_str().into())];
        locales.format(language, "report-twice", &args)
    });
    let beside = Beside {
        catalogue: &catalogue,
        names: &names,
        targets: &targets,
        today,
        sources: &gathered.sources,
        notes: &twice.collect::<Vec<_>>(),
    };
    let summary = summarise(period, &gathered.facts);
    Ok(make(&summary, edition, &beside, locales, language)?)
}

/// The packs that questions may be from: shipped, installed at the stations, and named.
fn packs(named: &[PathBuf], records: &[PathBuf]) -> Result<Vec<PackFiles>, Failure> {
    let mut packs: Vec<PackFiles> = embedded::packs().collect();
    let folder = |path: &Path| match path.is_dir() {
        true => Some(path.to_owned()),
        false => path.parent().map(Path::to_owned),
    };
    for data in records.iter().filter_map(|path| folder(path)) {
        packs.extend(Store::at(&data).active_packs().0);
    }
    for path in named {
        let found = find_packs(path)?;
        if found.is_empty() {
            return Err(Failure(format!(
                "cannot find a pack in {}: a pack is a folder with pack.ron and questions.ron",
                path.display()
            )));
        }
        packs.extend(found);
    }
    Ok(packs)
}

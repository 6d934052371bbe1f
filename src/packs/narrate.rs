//! Has a computer voice (`espeak-ng`) speak the texts of a pack that nobody has recorded.
//!
//! What it speaks lies among the media of the pack under names made from the text, so that one text
//! is spoken once however often it stands there, and a changed text is spoken anew. Which text is
//! spoken where stands in `narration.ron`; `questions.ron`, which people write, is never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::archive::PACK_LIMIT;
use super::manifest::{self, MOST_FILES};
use super::media::{Fault, SOUND_SECONDS, Sound};
use super::{Refused, shown};
use crate::bank::narration::{self, Recording, Spoken, fingerprint, parts};
use crate::bank::{FILE_LIMIT, Narration, Pack};
use crate::files;

/// The program that speaks.
const PROGRAM: &str = "espeak-ng";

/// How fast it speaks, in words a minute; 175 is its own choice, and too fast for many.
const SPEED: &str = "150";

/// What the names of its sounds begin with.
const PREFIX: &str = "media/espeak-";

/// The entries of a pack's `narration.ron`; none where there is no such file.
///
/// Refuses with `narrate-form` or `read-failed`.
pub fn load(folder: &Path) -> Result<Vec<Spoken>, Refused> {
    let path = folder.join(narration::FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = files::read(&path, FILE_LIMIT)
        .map_err(|error| Refused::new("read-failed").with("reason", error.to_string()))?;
    ron::de::from_bytes(&bytes).map_err(|error| {
        Refused::new("narrate-form")
            .with("line", error.span.start.line)
            .with("column", error.span.start.col)
            .with("reason", error.code.to_string())
    })
}

/// A text that is to be spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What will stand in `narration.ron`.
    pub spoken: Spoken,
    /// The text.
    pub text: String,
}

/// What is to be done for a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What has been spoken and still says what is written.
    pub keep: Vec<Spoken>,
    /// What is to be spoken.
    pub make: Vec<Wanted>,
    /// Files of the voice that are needed no more.
    pub remove: Vec<String>,
}

/// What is to be done so that every text of a pack can be heard in these languages.
///
/// The pack is one that was read without its `narration.ron`, whose entries are `had`; `there` are
/// the names of its media. What is spoken in other languages stays as far as it is right.
#[must_use]
pub fn plan(pack: &Pack, languages: &[&str], had: &[Spoken], there: &BTreeSet<String>) -> Plan {
    let mut plan = Plan::default();
    for question in pack.questions() {
        for (part, text) in parts(question) {
            for language in pack.info().languages() {
                // A person's voice comes before a machine's.
                if question.narration().of(&part, language).is_some() {
                    continue;
                }
                let text = text.get(language);
                let of = fingerprint(text);
                let file = format!("{PREFIX}{}-{of}.wav", language.to_ascii_lowercase());
                let spoken = Spoken {
                    question: question.id().to_owned(),
                    part: part.clone(),
                    language: language.to_owned(),
                    of,
                    file,
                };
                if there.contains(&spoken.file)
                    && (languages.contains(&language) || had.contains(&spoken))
                {
                    plan.keep.push(spoken);
                } else if languages.contains(&language) {
                    plan.make.push(Wanted {
                        spoken,
                        text: text.to_owned(),
                    });
                }
            }
        }
    }
    let narrations = pack.questions().iter().map(|question| question.narration());
    let by_people = narrations.flat_map(Narration::recordings);
    let needed: BTreeSet<&str> = plan
        .keep
        .iter()
        .chain(plan.make.iter().map(|wanted| &wanted.spoken))
        .map(|spoken| spoken.file.as_str())
        .chain(by_people.map(Recording::file))
        .collect();
    // Only what a narration of ours named: people may name their files as they like.
    let ours = had.iter().map(|spoken| &spoken.file);
    let gone = ours.filter(|file| file.starts_with(PREFIX) && there.contains(*file));
    let gone: BTreeSet<&String> = gone
        .filter(|file| !needed.contains(file.as_str()))
        .collect();
    plan.remove = gone.into_iter().cloned().collect();
    plan
}

/// Speaks what a plan wants, writes `narration.ron`, and removes what is needed no more; returns
/// how many sounds were made. `progress` is told how many of how many are.
///
/// What was spoken before a refusal is kept, so that the next run goes on from there.
///
/// Refuses with `too-many-files`, `too-large`, `narrate-no-program`, `narrate-no-voice`,
/// `narrate-failed`, `narrate-too-long` or `write-failed`.
pub fn carry_out(
    folder: &Path,
    plan: Plan,
    there: &BTreeSet<String>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, Refused> {
    let texts: BTreeMap<&str, &Wanted> = plan
        .make
        .iter()
        .map(|wanted| (wanted.spoken.file.as_str(), wanted))
        .collect();
    // Beside the media: pack.ron, questions.ron and narration.ron.
    let files = there.len() - plan.remove.len() + texts.len() + 3;
    if files > MOST_FILES {
        return Err(Refused::new("too-many-files").with("limit", MOST_FILES));
    }
    let mut size = size_of(folder, there);
    if !texts.is_empty() {
        files::create_folder(&folder.join("media")).map_err(failed)?;
    }
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut voices = BTreeMap::new();
    let mut spoken = Ok(());
    for (file, wanted) in &texts {
        progress(done.len(), texts.len());
        spoken = speak(wanted, &mut voices).and_then(|wav| {
            size += wav.len() as u64;
            if size > PACK_LIMIT {
                let limit = usize::try_from(PACK_LIMIT >> 20).unwrap_or(usize::MAX);
                return Err(Refused::new("too-large").with("limit", limit));
            }
            files::write(&folder.join(file), &wav).map_err(failed)
        });
        if spoken.is_err() {
            break;
        }
        done.insert(file);
    }
    let made = done.len();
    let made_now = plan.make.iter().map(|wanted| &wanted.spoken);
    let made_now = made_now.filter(|spoken| done.contains(spoken.file.as_str()));
    let mut entries: Vec<Spoken> = plan.keep.iter().chain(made_now).cloned().collect();
    entries.sort_by_cached_key(|spoken| {
        let Spoken {
            question,
            part,
            language,
            ..
        } = spoken;
        (question.clone(), part.clone(), language.clone())
    });
    let path = folder.join(narration::FILE);
    if !entries.is_empty() {
        files::write(&path, narration::written(&entries).as_bytes()).map_err(failed)?;
    } else if path.exists() {
        files::remove(&path).map_err(failed)?;
    }
    // Last: nothing names them any more.
    for file in &plan.remove {
        files::remove(&folder.join(file)).map_err(failed)?;
    }
    spoken.map(|()| made)
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn failed(error: files::Error) -> Refused {
    Refused::new("write-failed")
        .with("path", error.path.display().to_string())
        .with("reason", error.to_string())
}

/// The bytes of what a pack has so far, the texts at their most.
fn size_of(folder: &Path, there: &BTreeSet<String>) -> u64 {
    let sizes = there.iter().filter_map(|name| {
        let path: PathBuf = folder.join(name);
        fs::metadata(path).ok().map(|found| found.len())
    });
    sizes.sum::<u64>() + 3 * FILE_LIMIT + manifest::SIZE_LIMIT
}

/// The names that a voice of the program may have for a language, the best first.
fn voices_for(language: &str) -> Vec<String> {
    let tag = language.to_ascii_lowercase();
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default().to_owned();
    let has = |wanted: &[&str]| subtags.clone().any(|subtag| wanted.contains(&subtag));
    match first.as_str() {
        // Its name for Mandarin; in Hong Kong and Macau people speak Cantonese.
        "zh" if has(&["hk", "mo"]) => vec!["yue".to_owned(), "cmn".to_owned()],
        "zh" => vec!["cmn".to_owned()],
        "en" if has(&["us", "ca"]) => vec!["en-us".to_owned()],
        "en" => vec!["en-gb".to_owned()],
        _ => vec![tag.clone(), first],
    }
}

/// A text as a WAV file. `voices` remembers which voice a language has.
fn speak(wanted: &Wanted, voices: &mut BTreeMap<String, String>) -> Result<Vec<u8>, Refused> {
    let language = &wanted.spoken.language;
    let spoken = match voices.get(language) {
        Some(voice) => say(voice, &wanted.text)?,
        None => {
            let mut found = None;
            for voice in voices_for(language) {
                found = say(&voice, &wanted.text)?;
                if found.is_some() {
                    voices.insert(language.clone(), voice);
                    break;
                }
            }
            found
        }
    };
    let no_voice = || Refused::new("narrate-no-voice").with("language", language.as_str());
    let sound = sound_of(spoken.ok_or_else(no_voice)?);
    let id = wanted.spoken.question.as_str();
    sound
        .and_then(|sound| sound.to_wav())
        .map_err(|fault| match fault {
            Fault::TooLong => Refused::new("narrate-too-long")
                .with("id", id)
                .with("limit", SOUND_SECONDS as usize),
            _ => Refused::new("narrate-failed").with("reason", format!("{fault:?}")),
        })
}

/// What the program says to a text with a voice; `None` when it has no such voice.
fn say(voice: &str, text: &str) -> Result<Option<Vec<u8>>, Refused> {
    let trouble = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Refused::new("narrate-no-program"),
        _ => Refused::new("narrate-failed").with("reason", error.to_string()),
    };
    let mut child = Command::new(PROGRAM)
        .args(["-v", voice, "-s", SPEED, "-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(trouble)?;
    let input = child.stdin.take();
    // Two brackets begin sounds in its own alphabet. It says nothing before it has heard all.
    let text = text.replace("[[", "[ [");
    let told = input.map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(trouble)?;
    if output.status.success() {
        return told.map(|()| Some(output.stdout)).map_err(trouble);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("voice does not exist") {
        return Ok(None);
    }
    Err(Refused::new("narrate-failed").with("reason", shown(said.trim())))
}

/// The sound in what the program wrote: a WAV file whose sizes it could not know when it began.
fn sound_of(mut file: Vec<u8>) -> Result<Sound, Fault> {
    const HEADER: usize = 44;
    if file.get(36..40) != Some(b"data") {
        return Err(Fault::Format);
    }
    // Half a sample at the end would be one cut off.
    let size = (file.len() - HEADER) & !1;
    file.truncate(HEADER + size);
    let size = u32::try_from(size).map_err(|_| Fault::TooLong)?;
    if let Some(place) = file.get_mut(40..HEADER) {
        place.copy_from_slice(&size.to_le_bytes());
    }
    Sound::of_wav(&file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_voice_that_is_spoken_there() {
        let best = |tag| voices_for(tag).remove(0);
        assert_eq!(best("zh-CN"), "cmn");
        assert_eq!(best("zh-Hant"), "cmn");
        assert_eq!(best("zh-HK"), "yue");
        assert_eq!(best("en"), "en-gb");
        assert_eq!(best("en-US"), "en-us");
        assert_eq!(voices_for("pt-BR"), ["pt-br", "pt"]);
    }

    #[test]
    fn a_sound_is_read_whose_size_was_not_known_when_it_began() {
        let sound = Sound {
            channels: 1,
            rate: 22_050,
            samples: vec![1, -2, 3],
        };
        let mut file = sound.to_wav().expect("a file");
        file[40..44].copy_from_slice(&0x7fff_f000_u32.to_le_bytes());
        file.push(0);
        assert_eq!(sound_of(file), Ok(sound));
        assert_eq!(sound_of(b"RIFF".to_vec()), Err(Fault::Format));
    }
}

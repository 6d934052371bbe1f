//! Media are proven when a pack is installed: each file is decoded to its end by a process of its
//! own with hard limits, and only what that process made of it is kept.
//!
//! Whoever shows or plays media never reads a byte that came with a pack: a picture is a still PNG
//! with 8 bits a sample, a sound is a WAV file with 16 bits a sample, each written by us.

mod child;
mod fault;
mod picture;
mod sound;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use sha2::{Digest, Sha256};

pub use self::child::prove_one;
pub use self::fault::{CODES, Fault};
use super::Refused;
use super::archive::FileEntry;
pub use crate::bank::PICTURE_SIDE;

/// The longest sound, in seconds.
pub const SOUND_SECONDS: u32 = 60;
/// How large a media file of a pack may be, in bytes.
pub const SOURCE_LIMIT: u64 = 32 << 20;
/// How large a proven file may be, in bytes.
pub const PROVEN_LIMIT: u64 = 64 << 20;

const MIB: u64 = 1 << 20;

/// How long one file may take, by the clock on the wall. The child's own limit of processor time is
/// shorter: this one is for a machine that is busy, and for a child that only waits.
const DEADLINE: Duration = Duration::from_secs(30);

/// The folder for work in progress inside the folder of a pack; no file of a pack begins with a dot.
const WORKSHOP: &str = ".proving";

/// What a media file is, by the extension of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A still picture.
    Png,
    /// A still picture.
    Jpeg,
    /// A still picture.
    WebP,
    /// A sound without compression.
    Wav,
    /// A sound compressed as Vorbis.
    Ogg,
}

impl Kind {
    /// By an extension in lower case, without its dot.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::WebP),
            "wav" => Some(Self::Wav),
            "ogg" => Some(Self::Ogg),
            _ => None,
        }
    }

    /// An extension that means it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Wav => "wav",
            Self::Ogg => "ogg",
        }
    }
}

/// A sound, ready to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// 1 or 2.
    pub channels: u16,
    /// Samples a second in each channel, from 8,000 to 48,000.
    pub rate: u32,
    /// One after the other in time, those of all channels together: a minute at the most.
    pub samples: Vec<i16>,
}

impl Sound {
    /// Reads a WAV file. That is safe whatever the bytes are.
    pub fn of_wav(bytes: &[u8]) -> Result<Self, Fault> {
        sound::decode_wav(Cursor::new(bytes))
    }

    /// Decodes an Ogg file of our own; a stranger's is for [`Prover`].
    pub(super) fn of_own_ogg(bytes: &'static [u8]) -> Result<Self, Fault> {
        sound::decode_ogg(Cursor::new(bytes))
    }

    /// As a WAV file.
    pub fn to_wav(&self) -> Result<Vec<u8>, Fault> {
        let mut file = Vec::new();
        sound::write(&mut file, self)?;
        Ok(file)
    }
}

/// Where a media file of a pack lies once it has been proven.
///
/// A picture ends in `.png` and a sound in `.wav`, because that is what they are then: the ending
/// is added unless the name has it already. `media/well.jpg` becomes `media/well.jpg.png`. Questions
/// keep naming the file that their author named.
#[must_use]
pub fn proven_path(path: &str) -> String {
    match kind_of(path) {
        Some(Kind::Jpeg | Kind::WebP) => format!("{path}.png"),
        Some(Kind::Ogg) => format!("{path}.wav"),
        Some(Kind::Png | Kind::Wav) | None => path.to_owned(),
    }
}

/// The names by which questions may know a proven file: its own, and the one that it had before.
#[must_use]
pub fn names(proven: &str) -> Vec<String> {
    let before = proven.rsplit_once('.').map(|(before, _)| before);
    let before = before.filter(|before| *before != proven && proven_path(before) == proven);
    [Some(proven), before]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
}

fn kind_of(path: &str) -> Option<Kind> {
    path.rsplit_once('.')
        .and_then(|(_, extension)| Kind::from_extension(extension))
}

/// Proves all media of a staged pack folder in child processes, one a file, and replaces them by
/// what came out. Returns the entries of the files as they are now, in the same order.
///
/// Files that end in `.ron` or `.json` stay as they are. Whatever else is neither picture nor sound
/// is refused. After a refusal the folder is of no use any more.
pub fn prove(folder: &Path, files: &[FileEntry]) -> Result<Vec<FileEntry>, Refused> {
    Prover::this_program()?.prove(folder, files)
}

/// Proves a sound that lies in a folder which nobody has installed, in a child process, and leaves
/// everything as it is.
pub(super) fn prove_sound(path: &Path) -> Option<Sound> {
    let wav = Prover::this_program().ok()?.prove_file(path).ok()?;
    Sound::of_wav(&wav).ok()
}

/// Who proves and how long it may take, for those who are not themselves the program `kepu`.
#[derive(Clone, Debug)]
pub struct Prover {
    /// The program; it is started with `prove-media` and a [`Kind`], nothing else.
    pub program: PathBuf,
    /// How long one file may take.
    pub deadline: Duration,
}

impl Prover {
    /// This program, with as much time as an install takes.
    pub fn this_program() -> Result<Self, Refused> {
        let program = std::env::current_exe()
            .map_err(|error| Refused::new("media-not-started").with("reason", error.to_string()))?;
        Ok(Self {
            program,
            deadline: DEADLINE,
        })
    }

    /// As [`prove`].
    pub fn prove(&self, folder: &Path, files: &[FileEntry]) -> Result<Vec<FileEntry>, Refused> {
        let plan = plan(files)?;
        let workshop = folder.join(WORKSHOP);
        let started = fs::create_dir_all(workshop.join("empty"));
        started.map_err(|error| io_refused(WORKSHOP, &error))?;
        let proven = plan
            .into_iter()
            .map(|(entry, kind)| match kind {
                Some(kind) => self.replace(folder, entry, kind),
                None => Ok(entry.clone()),
            })
            .collect();
        let removed = fs::remove_dir_all(&workshop);
        removed.map_err(|error| io_refused(WORKSHOP, &error))?;
        proven
    }

    /// Proves one file and puts what came out in its place, durably.
    fn replace(&self, folder: &Path, entry: &FileEntry, kind: Kind) -> Result<FileEntry, Refused> {
        let refused = |error: io::Error| io_refused(&entry.path, &error);
        let old = folder.join(&entry.path);
        let path = proven_path(&entry.path);
        let new = folder.join(&path);
        let source = File::open(&old).map_err(refused)?;
        if source.metadata().map_err(refused)?.len() > SOURCE_LIMIT {
            return Err(too_large(&entry.path));
        }
        let workshop = folder.join(WORKSHOP);
        let out = workshop.join("out");
        let kept = File::create(&out).map_err(refused)?;
        let (proven, kept) = self.run(kind, source, &workshop.join("empty"), kept, &entry.path)?;
        kept.sync_all().map_err(refused)?;
        let (size, sha256) = proven;
        let moved = fs::remove_file(&old).and_then(|()| fs::rename(&out, &new));
        let moved = moved.and_then(|()| match new.parent() {
            Some(parent) => File::open(parent)?.sync_all(),
            None => Ok(()),
        });
        moved.map_err(refused)?;
        Ok(FileEntry { path, size, sha256 })
    }

    /// Proves one file, which stays as it is: what a child made of it is in memory.
    ///
    /// For packs that were never installed, as an author plays them.
    pub fn prove_file(&self, path: &Path) -> Result<Vec<u8>, Refused> {
        let name = path.to_string_lossy();
        let refused = |error: io::Error| io_refused(&name, &error);
        let unknown = || Refused::new("media-unknown").with("file", &*name);
        let kind = kind_of(&name).ok_or_else(unknown)?;
        // Asked before opening: opening a pipe would wait for somebody to write into it.
        if !fs::metadata(path).map_err(refused)?.is_file() {
            return Err(unknown());
        }
        let source = File::open(path).map_err(refused)?;
        if source.metadata().map_err(refused)?.len() > SOURCE_LIMIT {
            return Err(too_large(&name));
        }
        let (_, bytes) = self.run(kind, source, Path::new("/"), Vec::new(), &name)?;
        Ok(bytes)
    }

    /// Has a child that begins in the folder `at` prove what `source` holds, and keeps in `out`
    /// what it writes; `name` is the file's, for refusals.
    fn run<W: Write + Send + 'static>(
        &self,
        kind: Kind,
        source: File,
        at: &Path,
        out: W,
        name: &str,
    ) -> Result<(Proven, W), Refused> {
        let outcome = self.try_run(kind, source, at, out).map_err(|error| {
            Refused::new("media-not-started")
                .with("file", name)
                .with("reason", error.to_string())
        })?;
        outcome.map_err(|failure| failure.refused(name))
    }

    fn try_run<W: Write + Send + 'static>(
        &self,
        kind: Kind,
        source: File,
        at: &Path,
        mut out: W,
    ) -> io::Result<Result<(Proven, W), Failure>> {
        let mut child = Command::new(&self.program)
            .args(["prove-media", kind.as_str()])
            .env_clear()
            .current_dir(at)
            .stdin(source)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let Some(mut pipe) = child.stdout.take() else {
            return Err(end(&mut child).err().unwrap_or(io::ErrorKind::Other.into()));
        };
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let kept = keep(&mut pipe, &mut out).map(|proven| (proven, out));
            // Nobody listens any more once the deadline is over.
            drop(tell.send(kept));
        });
        let kept = told.recv_timeout(self.deadline);
        let status = end(&mut child)?;
        Ok(match kept {
            Err(_) => Err(Failure::Costly),
            Ok(Err(failure)) => Err(failure),
            Ok(Ok(((0, _), _))) if status.success() => Err(Failure::Crashed),
            Ok(Ok(kept)) => judge(status).map(|()| kept),
        })
    }
}

/// Ends a child that has said all it will ever be heard to say.
///
/// One that is already on its way out is not touched by being killed: its output closes only after
/// its exit status is settled. One that closed its output and lives on counts as killed. Whatever
/// a decoder was made to start goes with it.
fn end(child: &mut Child) -> io::Result<ExitStatus> {
    // The child leads a group of its own, so this is never ours.
    kill_process_group(Pid::from_child(child), Signal::KILL)?;
    child.wait()
}

/// Size in bytes and SHA-256 of a proven file.
type Proven = (u64, String);

/// Why a file was not proven.
enum Failure {
    /// The child says so.
    Fault(Fault),
    /// It took too much time or memory.
    Costly,
    /// The decoder failed as no decoder should.
    Crashed,
    /// What came out is too large.
    Output,
    /// What came out could not be kept.
    Io(io::Error),
}

impl Failure {
    fn refused(self, file: &str) -> Refused {
        let refused = match self {
            Self::Fault(fault) => fault.refused(),
            Self::Costly => Refused::new("media-costly"),
            Self::Crashed => Refused::new("media-crashed"),
            Self::Output => {
                Refused::new("media-output").with("limit", (PROVEN_LIMIT / MIB) as usize)
            }
            Self::Io(error) => return io_refused(file, &error),
        };
        refused.with("file", file)
    }
}

fn too_large(file: &str) -> Refused {
    Refused::new("media-source")
        .with("file", file)
        .with("limit", (SOURCE_LIMIT / MIB) as usize)
}

fn io_refused(file: &str, error: &io::Error) -> Refused {
    Refused::new("media-io")
        .with("file", file)
        .with("reason", error.to_string())
}

/// Copies what a child writes and hashes it on the way.
fn keep(from: &mut impl Read, to: &mut impl Write) -> Result<Proven, Failure> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Failure::Io(error)),
        };
        size += read as u64;
        if size > PROVEN_LIMIT {
            return Err(Failure::Output);
        }
        let bytes = buffer.get(..read).unwrap_or_default();
        hash.update(bytes);
        to.write_all(bytes).map_err(Failure::Io)?;
    }
    let digits = hash
        .finalize()
        .into_iter()
        .map(|byte| format!("{byte:02x}"));
    Ok((size, digits.collect()))
}

/// What the end of a child means.
fn judge(status: ExitStatus) -> Result<(), Failure> {
    // Memory that is refused aborts; the limit of processor time kills with either of the others.
    let limits = [Signal::ABORT, Signal::KILL, Signal::XCPU];
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(code), _) => {
            Err(Fault::from_exit_code(code).map_or(Failure::Crashed, Failure::Fault))
        }
        (None, Some(signal)) if limits.iter().any(|limit| limit.as_raw() == signal) => {
            Err(Failure::Costly)
        }
        (None, _) => Err(Failure::Crashed),
    }
}

/// Every file with its kind, `None` for those that stay as they are. Whatever needs no decoder to be
/// refused is refused here.
fn plan(files: &[FileEntry]) -> Result<Vec<(&FileEntry, Option<Kind>)>, Refused> {
    let mut taken = BTreeSet::new();
    let mut plan = Vec::new();
    for entry in files {
        let refused = |code| Refused::new(code).with("file", entry.path.as_str());
        let inside = Path::new(&entry.path)
            .components()
            .all(|part| matches!(part, Component::Normal(name) if name != WORKSHOP));
        let kind = kind_of(&entry.path);
        let stays = entry.path.ends_with(".ron") || entry.path.ends_with(".json");
        if !inside || (kind.is_none() && !stays) {
            return Err(refused("media-unknown"));
        }
        // Some file systems do not tell upper from lower case.
        if !taken.insert(proven_path(&entry.path).to_ascii_lowercase()) {
            return Err(refused("media-collision"));
        }
        plan.push((entry, kind));
    }
    Ok(plan)
}

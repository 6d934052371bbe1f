//! The loudspeaker: one thread that opens the sound device when there is something to be heard, and
//! closes it afterwards.
//!
//! The engine's own audio is not used. It holds the device open from start to end and mixes silence
//! into it for ever, where a still screen is to cost nothing; it does not look again for a device
//! that was not there; it ends the program over a sound that cannot be decoded; and without a
//! device the sound library writes half a screen of errors. Here whatever is not being read aloud
//! does not exist, the library turns any format into the device's own, and its errors stay with us.
//!
//! No more than [`AHEAD`] is ever handed to the device ahead of time, however much it would take: so
//! a reading that is interrupted is silent at once, and what is read is known as it is heard.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

use alsa::pcm::{Access, Format, HwParams, PCM};
use alsa::{Direction, Output, ValueOr};
use rustix::io::Errno;

use crate::packs::medium;

/// How much is handed to the device before it is heard.
const AHEAD: Duration = Duration::from_millis(100);

/// How much is handed over at once.
const PIECE: Duration = Duration::from_millis(20);

/// The silence after each text.
const PAUSE: Duration = Duration::from_millis(350);

/// A device that takes nothing for so long is one no more.
const STUCK: Duration = Duration::from_secs(2);

/// By which names the device is looked for: as the system says, and the same with its formats
/// converted where the system does not do that by itself.
const DEVICES: [&str; 2] = ["default", "plug:default"];

/// A sound file of a pack in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clip {
    /// The pack's folder.
    pub(super) folder: PathBuf,
    /// Its name in it.
    pub(super) file: String,
}

/// What the loudspeaker has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Whether there is a device.
    Device(bool),
    /// A clip of a reading begins to be heard.
    Began {
        /// The reading's number.
        reading: u64,
        /// Which clip.
        clip: usize,
    },
    /// A reading has come to its end by itself, or for want of a device.
    Ended {
        /// The reading's number.
        reading: u64,
    },
}

enum Order {
    Look,
    Read {
        reading: u64,
        clips: Vec<Clip>,
        gain: f32,
    },
    Gain(f32),
    Hush,
}

/// The way to the thread.
pub(super) struct Voice {
    orders: Sender<Order>,
    news: Mutex<Receiver<News>>,
}

impl Voice {
    /// Starts the thread; `wake` is called whenever there is news.
    pub(super) fn start(wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (orders, taken) = mpsc::channel();
        let (told, news) = mpsc::channel();
        let tell = move |what| {
            // The thread ends with the program only.
            let _ = told.send(what);
            wake();
        };
        thread::Builder::new()
            .name("loudspeaker".to_owned())
            .spawn(move || work(&taken, &tell))?;
        Ok(Self {
            orders,
            news: Mutex::new(news),
        })
    }

    /// Asks whether there is a device.
    pub(super) fn look(&self) {
        self.order(Order::Look);
    }

    /// Reads clips aloud one after the other, instead of whatever is being read.
    pub(super) fn read(&self, reading: u64, clips: Vec<Clip>, gain: f32) {
        self.order(Order::Read {
            reading,
            clips,
            gain,
        });
    }

    /// Makes what is being read louder or softer: 1 is as it was recorded.
    pub(super) fn set_gain(&self, gain: f32) {
        self.order(Order::Gain(gain));
    }

    /// Is silent, at once.
    pub(super) fn hush(&self) {
        self.order(Order::Hush);
    }

    /// What has happened since this was asked last.
    pub(super) fn news(&self) -> Vec<News> {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.try_iter().collect()
    }

    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

fn work(orders: &Receiver<Order>, tell: &dyn Fn(News)) {
    // Kept for as long as the thread lives: the sound library would write to the error stream.
    let _errors = Output::local_error_handler();
    let mut waiting = None;
    loop {
        let order = match waiting.take() {
            Some(order) => order,
            None => match orders.recv() {
                Ok(order) => order,
                Err(_) => return,
            },
        };
        match order {
            Order::Look => tell(News::Device(Speaker::open(1, 22_050).is_ok())),
            Order::Read {
                reading,
                clips,
                gain,
            } => {
                let mut reader = Reader { orders, tell, gain };
                match reader.read(reading, &clips) {
                    Ok(()) => tell(News::Ended { reading }),
                    Err(Cut::Device) => {
                        tell(News::Device(false));
                        tell(News::Ended { reading });
                    }
                    Err(Cut::Order(order)) => waiting = Some(order),
                    Err(Cut::Over) => return,
                }
            }
            Order::Gain(_) | Order::Hush => {}
        }
    }
}

/// Why a reading does not come to its end.
enum Cut {
    /// Something else is to be done.
    Order(Order),
    /// There is no device, or none any more.
    Device,
    /// The program ends.
    Over,
}

impl From<alsa::Error> for Cut {
    fn from(_: alsa::Error) -> Self {
        Self::Device
    }
}

struct Reader<'a> {
    orders: &'a Receiver<Order>,
    tell: &'a dyn Fn(News),
    gain: f32,
}

impl Reader<'_> {
    fn read(&mut self, reading: u64, clips: &[Clip]) -> Result<(), Cut> {
        let mut open: Option<Speaker> = None;
        for (clip, Clip { folder, file }) in clips.iter().enumerate() {
            // One that has gone since the check is passed over.
            let Some(sound) = medium::sound(folder, file) else {
                continue;
            };
            let fits = |speaker: &Speaker| speaker.suits(sound.channels, sound.rate);
            if open.as_ref().is_none_or(|speaker| !fits(speaker)) {
                if let Some(last) = open.take() {
                    self.listen(last.ahead())?;
                }
                open = Some(Speaker::open(sound.channels, sound.rate)?);
                (self.tell)(News::Device(true));
            }
            let Some(speaker) = &mut open else { continue };
            (self.tell)(News::Began { reading, clip });
            self.put(speaker, &sound.samples)?;
            let silence = vec![0; speaker.samples_in(PAUSE)];
            self.put(speaker, &silence)?;
        }
        match open {
            Some(speaker) => self.listen(speaker.ahead()),
            None => Ok(()),
        }
    }

    /// Hands samples to the device as they are due.
    fn put(&mut self, speaker: &mut Speaker, samples: &[i16]) -> Result<(), Cut> {
        for piece in samples.chunks(speaker.samples_in(PIECE)) {
            let loud: Vec<i16> = piece
                .iter()
                // The cast keeps within the range.
                .map(|sample| (f32::from(*sample) * self.gain) as i16)
                .collect();
            let mut left = loud.as_slice();
            let mut patience = STUCK;
            while !left.is_empty() {
                self.listen(speaker.ahead().saturating_sub(AHEAD))?;
                let taken = speaker.write(left)?;
                left = left.get(taken..).unwrap_or_default();
                if taken == 0 {
                    patience = patience.checked_sub(PIECE / 4).ok_or(Cut::Device)?;
                    self.listen(PIECE / 4)?;
                }
            }
        }
        Ok(())
    }

    /// Waits, and does what is ordered meanwhile.
    fn listen(&mut self, wait: Duration) -> Result<(), Cut> {
        let until = Instant::now() + wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.orders.recv_timeout(left) {
                Ok(Order::Gain(gain)) => self.gain = gain,
                Ok(Order::Look) => (self.tell)(News::Device(true)),
                Ok(order) => return Err(Cut::Order(order)),
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(Cut::Over),
            }
        }
    }
}

/// The device while something is being read. What it has not played yet when this goes is not
/// played any more.
struct Speaker {
    device: PCM,
    channels: u16,
    rate: u32,
    /// Where the clock stood when the first sample was handed over, if none had been late.
    began: Instant,
    /// Since then, in each channel.
    frames: u64,
}

impl Speaker {
    fn open(channels: u16, rate: u32) -> alsa::Result<Self> {
        let [first, second] = DEVICES.map(|name| Self::open_as(name, channels, rate));
        first.or(second)
    }

    fn open_as(name: &str, channels: u16, rate: u32) -> alsa::Result<Self> {
        // Without waiting: one that another program holds is as good as none.
        let device = PCM::new(name, Direction::Playback, true)?;
        {
            let form = HwParams::any(&device)?;
            form.set_access(Access::RWInterleaved)?;
            form.set_format(Format::s16())?;
            form.set_rate_resample(true)?;
            form.set_channels(channels.into())?;
            form.set_rate(rate, ValueOr::Nearest)?;
            // In microseconds. The room for a little more than is handed over ahead of time.
            let room = (AHEAD + PIECE).as_micros();
            form.set_buffer_time_near(u32::try_from(room).unwrap_or(u32::MAX), ValueOr::Nearest)?;
            device.hw_params(&form)?;
        }
        device.prepare()?;
        Ok(Self {
            device,
            channels,
            rate,
            began: Instant::now(),
            frames: 0,
        })
    }

    fn suits(&self, channels: u16, rate: u32) -> bool {
        self.channels == channels && self.rate == rate
    }

    /// Samples of all channels in a time.
    fn samples_in(&self, time: Duration) -> usize {
        let frames = time.as_millis() as usize * self.rate as usize / 1000;
        frames.max(1) * usize::from(self.channels)
    }

    /// How much has been handed over and is not yet heard.
    fn ahead(&self) -> Duration {
        let written = Duration::from_secs_f64(self.frames as f64 / f64::from(self.rate));
        written.saturating_sub(self.began.elapsed())
    }

    /// Hands samples over; returns how many were taken, which may be none.
    fn write(&mut self, samples: &[i16]) -> alsa::Result<usize> {
        if self.ahead().is_zero() {
            // It has run dry, or not begun.
            (self.began, self.frames) = (Instant::now(), 0);
        }
        let written = self.device.io_i16().and_then(|io| io.writei(samples));
        let frames = match written {
            Ok(frames) => frames,
            Err(full) if full.errno() == Errno::AGAIN.raw_os_error() => 0,
            Err(error) => {
                self.device.try_recover(error, true)?;
                0
            }
        };
        self.frames += frames as u64;
        Ok(frames * usize::from(self.channels))
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        // When this fails, there is nothing to be stopped.
        let _ = self.device.drop();
    }
}

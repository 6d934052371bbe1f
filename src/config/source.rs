//! `station.ron` as it is written: read into settings, and settings into a file to edit by hand.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ron::extensions::Extensions;
use serde::{Deserialize, Deserializer};

use super::{Error, Station};
use crate::texts::{self, Texts};

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Station")]
struct StationFile {
    id: Option<String>,
    name: Texts,
    division: Option<String>,
    venue: String,
    languages: Vec<String>,
    round_length: usize,
    idle_seconds: u64,
    idle_patient_seconds: u64,
    countdown_seconds: u64,
    volume: u8,
    panel_mm: Option<(u32, u32)>,
    distance_mm: u32,
    lower_edge_mm: Option<u32>,
    high_contrast: bool,
    motion: bool,
    keys: Vec<String>,
    admin_keys: Vec<String>,
    unsigned: Option<bool>,
    sticks: Vec<PathBuf>,
    #[serde(deserialize_with = "hotlines")]
    hotlines: Vec<(String, Option<String>)>,
    packs_from: Option<String>,
    upload: Option<String>,
    keep_years: u8,
}

fn hotlines<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(String, Option<String>)>, D::Error> {
    let wanted = "numbers by line, as in { \"antifraud\": \"96110\", \"government\": None }";
    texts::entries(deserializer, wanted)
}

impl Default for StationFile {
    fn default() -> Self {
        let station = Station::default();
        Self {
            id: station.id,
            name: Texts(station.name),
            division: station.division,
            venue: station.venue,
            languages: station.languages,
            round_length: station.round_length,
            idle_seconds: station.idle.as_secs(),
            idle_patient_seconds: station.idle_patient.as_secs(),
            countdown_seconds: station.countdown.as_secs(),
            volume: station.volume,
            panel_mm: station.panel_mm,
            distance_mm: station.distance_mm,
            lower_edge_mm: station.lower_edge_mm,
            high_contrast: station.high_contrast,
            motion: station.motion,
            keys: station.keys,
            admin_keys: station.admin_keys,
            unsigned: station.unsigned,
            sticks: station.sticks,
            hotlines: station.hotlines,
            packs_from: station.packs_from,
            upload: station.upload,
            keep_years: station.keep_years,
        }
    }
}

impl Station {
    /// Settings from the bytes of a file; `path` is for the messages.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        // So that `id: "east-gate"` may be written without `Some(…)` around it.
        let form = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let file: StationFile = form.from_bytes(bytes).map_err(|reason| Error::Form {
            path: path.to_owned(),
            reason: Box::new(reason),
        })?;
        let station = Self {
            id: file.id,
            name: file.name.0,
            division: file.division,
            venue: file.venue,
            languages: file.languages,
            round_length: file.round_length,
            idle: Duration::from_secs(file.idle_seconds),
            idle_patient: Duration::from_secs(file.idle_patient_seconds),
            countdown: Duration::from_secs(file.countdown_seconds),
            volume: file.volume,
            panel_mm: file.panel_mm,
            distance_mm: file.distance_mm,
            lower_edge_mm: file.lower_edge_mm,
            high_contrast: file.high_contrast,
            motion: file.motion,
            keys: file.keys,
            admin_keys: file.admin_keys,
            unsigned: file.unsigned,
            sticks: file.sticks,
            hotlines: file.hotlines,
            packs_from: file.packs_from,
            upload: file.upload,
            keep_years: file.keep_years,
        };
        let problems = station.problems();
        if problems.is_empty() {
            Ok(station)
        } else {
            let path = path.to_owned();
            Err(Error::Values { path, problems })
        }
    }

    /// The settings as a file with a comment on every field, to be edited by hand. Reading it
    /// gives the same settings again, if they have no [problems](Self::problems).
    #[must_use]
    pub fn to_ron(&self) -> String {
        let names = self.name.iter();
        let names: Vec<_> = names
            .map(|(tag, name)| format!("{tag:?}: {name:?}"))
            .collect();
        let hotlines = self.hotlines.iter();
        let hotlines: Vec<_> = hotlines
            .map(|(id, number)| {
                let number = number.as_ref().map(|number| format!("{number:?}"));
                format!("{id:?}: {}", or_none(number))
            })
            .collect();
        let seconds = |time: Duration| time.as_secs().to_string();
        let panel = self
            .panel_mm
            .map(|(width, height)| format!("({width}, {height})"));
        let fields = [
            (
                "What tells this station from all others. Without it: a demonstration.",
                "本站编号，不能与其他站重复；不填则为演示状态",
                "id",
                or_none(self.id.as_ref().map(|id| format!("{id:?}"))),
            ),
            (
                "What people call it, by language.",
                "本站名称，每种语言一个",
                "name",
                format!("{{{}}}", names.join(", ")),
            ),
            (
                "The administrative division it stands in: 12 digits, as text.",
                "所在行政区划代码：12 位数字，写在引号里",
                "division",
                or_none(self.division.as_ref().map(|code| format!("{code:?}"))),
            ),
            (
                "museum, science-station, school, village, community, mobile or other.",
                "场所类型：科技馆、科普站、学校、乡村、社区、流动设施、其他，照上一行英文填写",
                "venue",
                format!("{:?}", self.venue),
            ),
            (
                "Languages offered, the default first. Empty: zh-CN and en.",
                "提供的语言，第一个为默认语言；留空则提供 zh-CN 和 en",
                "languages",
                list(&self.languages),
            ),
            (
                "Questions in a round, 3 to 20.",
                "每轮题数，3 到 20",
                "round_length",
                self.round_length.to_string(),
            ),
            (
                "Seconds without a touch before the countdown, 10 to 600.",
                "无人触摸多少秒后开始倒计时，10 到 600",
                "idle_seconds",
                seconds(self.idle),
            ),
            (
                "The same for young and older people, 10 to 600.",
                "同上，用于青少年和老年人，10 到 600",
                "idle_patient_seconds",
                seconds(self.idle_patient),
            ),
            (
                "Seconds of the countdown, 20 to 600.",
                "倒计时秒数，20 到 600",
                "countdown_seconds",
                seconds(self.countdown),
            ),
            (
                "0 is silent, 10 is loudest.",
                "音量：0 为静音，10 为最大",
                "volume",
                self.volume.to_string(),
            ),
            (
                "Width and height of the picture on the panel, in millimetres, as in (527, 296).",
                "屏幕画面的宽和高，单位毫米，例如 (527, 296)",
                "panel_mm",
                or_none(panel),
            ),
            (
                "How far from the panel people stand, in millimetres, 300 to 3000.",
                "观看距离，单位毫米，300 到 3000；站得远，字就大",
                "distance_mm",
                self.distance_mm.to_string(),
            ),
            (
                "Height of the picture above the floor, in mm, 0 to 1000: keeps all within reach. None: all is used.",
                "画面下边离地多高，单位毫米，0 到 1000：所有按钮都放在够得着的高度；None 表示用整个屏幕",
                "lower_edge_mm",
                or_none(self.lower_edge_mm.map(|edge| edge.to_string())),
            ),
            (
                "Colours of high contrast for everyone: true or false.",
                "一直使用高对比度颜色：true 或 false",
                "high_contrast",
                self.high_contrast.to_string(),
            ),
            (
                "May what comes in move for a moment: true or false.",
                "画面切换时能否有短暂的动画：true 或 false",
                "motion",
                self.motion.to_string(),
            ),
            (
                "Public keys (minisign) whose question packs are trusted: the current, the next.",
                "受信任的题包公钥（minisign），可同时写现用的和下一个",
                "keys",
                list(&self.keys),
            ),
            (
                "Public keys (minisign) that may reset the PIN.",
                "可以重设工作人员密码的公钥（minisign）",
                "admin_keys",
                list(&self.admin_keys),
            ),
            (
                "May staff install unsigned packs: true or false. None: only while there are no keys.",
                "工作人员能否安装未签名的题包：true 为能，false 为不能；None 表示没有公钥时才能",
                "unsigned",
                or_none(self.unsigned.map(|allowed| allowed.to_string())),
            ),
            (
                "The folders in which the system shows USB sticks.",
                "系统挂载优盘的文件夹",
                "sticks",
                list(self.sticks.iter().map(|path| path.display().to_string())),
            ),
            (
                "Own numbers of telephone lines, as in {\"antifraud\": \"96110\", \"government\": None}; None: no such line here, and questions that name it are not asked. Not named: the usual number.",
                "本地的热线号码，例如 {\"antifraud\": \"96110\", \"government\": None}；None 表示本地没有，写到它的题目不出；没写的用通用号码",
                "hotlines",
                format!("{{{}}}", hotlines.join(", ")),
            ),
            (
                "A server's folder with question packs: https:// or s3://, no password in it. None: sticks only.",
                "题包服务器的文件夹：https:// 或 s3:// 地址（不要写密码）；None 表示只用优盘",
                "packs_from",
                or_none(self.packs_from.as_ref().map(|place| format!("{place:?}"))),
            ),
            (
                "Where results go: a full path, https:// or s3://, no password in it. None: they stay here.",
                "成绩发送到哪里：完整路径，或 https://、s3:// 地址（不要写密码）；None 表示留在本机",
                "upload",
                or_none(self.upload.as_ref().map(|place| format!("{place:?}"))),
            ),
            (
                "Years after which sessions go that have arrived there, 0 to 50. 0: never.",
                "已送达的记录保存几年，0 到 50；0 表示一直保存",
                "keep_years",
                self.keep_years.to_string(),
            ),
        ];
        let mut text = String::from(
            "// The settings of this station. A field that is taken out has its default.\n\
             // 本站设置。删去的字段使用默认值。\n(\n",
        );
        for (english, chinese, field, value) in fields {
            text.push_str(&format!(
                "    // {english}\n    // {chinese}\n    {field}: {value},\n"
            ));
        }
        text.push_str(")\n");
        text
    }
}

fn or_none(value: Option<String>) -> String {
    value.unwrap_or_else(|| "None".to_owned())
}

fn list(values: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let values = values.into_iter();
    let values: Vec<_> = values
        .map(|value| format!("{:?}", value.as_ref()))
        .collect();
    format!("[{}]", values.join(", "))
}

//! All screens of a visit, made without a window: what is read of them, in which order, and
//! whether four keys are enough for all of it.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use accesskit::{Action, Node, NodeId, Role, Toggled, TreeUpdate};
use bevy::ecs::system::RunSystemOnce;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput, NativeKey};
use bevy::input_focus::{InputDispatchPlugin, InputFocus, InputFocusVisible};
use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use bevy::ui_widgets::UiWidgetsPlugins;
use bevy::window::PrimaryWindow;

use super::order::Reading;
use super::tree::Told;
use super::{focus, keypad};
use crate::bank::{self, Kind, PackFiles};
use crate::kiosk::idle::{self, Pause};
use crate::kiosk::screens::Screen;
use crate::kiosk::theme::text;
use crate::kiosk::visit::{Profile, Questions, Visit};
use crate::kiosk::{input, layout, narration};
use crate::locale::Locales;
use crate::session::Phase;

/// The four keys, and nothing else.
const DOWN: KeyCode = KeyCode::ArrowDown;
const UP: KeyCode = KeyCode::ArrowUp;
const CHOOSE: KeyCode = KeyCode::Enter;
const BACK: KeyCode = KeyCode::Escape;

/// The kiosk without a window, played by keys. In each of its frames half a second goes by.
struct Stage(App);

impl Stage {
    fn new(size: (u32, u32)) -> Self {
        let mut app = layout::windowless(Locales::shipped().unwrap());
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kiosk_access/pack");
        let (bank, problems) = bank::load([PackFiles::read(&pack)], "2126-12-01".parse().unwrap());
        assert_eq!(problems, []);
        app.init_resource::<narration::Narrator>()
            .insert_resource(Questions(bank))
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(
                500,
            )))
            .add_plugins((
                InputDispatchPlugin,
                UiWidgetsPlugins,
                input::plugin,
                idle::plugin,
                focus::plugin,
                keypad::plugin,
            ));
        layout::begin(&mut app);
        layout::turn(app.world_mut(), size);
        let mut stage = Self(app);
        stage.settle();
        assert_eq!(stage.screen(), "attract");
        stage
    }

    /// A few frames: a key, what it leads to, and its layout.
    fn settle(&mut self) {
        for _ in 0..4 {
            self.0.update();
        }
    }

    fn press(&mut self, key_code: KeyCode) {
        let world = self.0.world_mut();
        let mut windows = world.query_filtered::<Entity, With<PrimaryWindow>>();
        let window = windows.single(world).unwrap();
        world.write_message(KeyboardInput {
            key_code,
            logical_key: Key::Unidentified(NativeKey::Unidentified),
            state: ButtonState::Pressed,
            text: None,
            repeat: false,
            window,
        });
        self.settle();
    }

    fn screen(&self) -> &'static str {
        let world = self.0.world();
        if *world.resource::<State<Pause>>().get() == Pause::Asking {
            return "countdown";
        }
        world.resource::<State<Screen>>().get().name()
    }

    fn visit(&self) -> &Visit {
        self.0.world().resource::<Visit>()
    }

    fn kind(&self) -> Kind {
        let play = self.visit().play.as_ref().unwrap();
        play.session.current().question().kind()
    }

    /// The number of the question.
    fn number(&self) -> usize {
        self.visit().play.as_ref().unwrap().session.ordinal()
    }

    /// The name of what has the focus, where that is seen.
    fn focused(&self) -> Option<String> {
        let world = self.0.world();
        let focus = world.resource::<InputFocus>().get();
        let focus = focus.filter(|_| world.resource::<InputFocusVisible>().0);
        let focus = focus.and_then(|focus| world.get_entity(focus).ok());
        let has_ring = |focus: &EntityRef| focus.contains::<Outline>();
        let focus = focus.inspect(|focus| assert!(has_ring(focus), "a focus that is not seen"));
        focus.and_then(|focus| focus.get::<Name>().map(ToString::to_string))
    }

    /// The names of the controls as they are read, and as Down reaches them.
    fn names(&mut self) -> [Vec<String>; 2] {
        let find = |reading: Reading, names: Query<&Name>| {
            [reading.controls(), reading.controls_downwards()].map(|controls| {
                let name = |control| names.get(control).unwrap().to_string();
                controls.into_iter().map(name).collect()
            })
        };
        self.0.world_mut().run_system_once(find).unwrap()
    }

    fn tree(&mut self) -> TreeUpdate {
        let told = |told: Told| told.tree();
        self.0.world_mut().run_system_once(told).unwrap().unwrap()
    }

    /// Goes to a control by one of the two arrows, to wherever it is.
    fn go(&mut self, arrow: KeyCode, name: &str) {
        for _ in 0..40 {
            self.press(arrow);
            if self.focused().as_deref() == Some(name) {
                return;
            }
        }
        panic!("`{name}` is not reached on {}", self.screen());
    }

    fn choose(&mut self, arrow: KeyCode, name: &str) {
        self.go(arrow, name);
        self.press(CHOOSE);
    }

    /// Everything written on what is on the screen, icons and marks left out.
    fn written(&mut self) -> Vec<String> {
        let find = |reading: Reading, texts: Query<(&Text, &TextFont)>| {
            let mut written = Vec::new();
            reading.walk(reading.page().unwrap(), &mut |entity| {
                if let Ok((text, font)) = texts.get(entity)
                    && !text::is_symbol(font)
                    && text.chars().any(char::is_alphanumeric)
                {
                    written.push(text::read(text.0.trim()));
                }
                true
            });
            written
        };
        self.0.world_mut().run_system_once(find).unwrap()
    }

    /// Holds what must be true of every screen.
    fn check(&mut self) -> TreeUpdate {
        let (tree, written) = (self.tree(), self.written());
        let screen = format!("{} in {}", self.screen(), self.visit().language);
        let mut ids: HashSet<NodeId> = HashSet::new();
        assert!(
            tree.nodes.iter().all(|(id, _)| ids.insert(*id)),
            "{screen}: an id twice"
        );
        let children: Vec<NodeId> = tree
            .nodes
            .iter()
            .flat_map(|(_, node)| node.children().to_vec())
            .collect();
        let of: HashSet<NodeId> = children.iter().copied().collect();
        assert_eq!(of.len(), children.len(), "{screen}: a child twice");
        let root = tree.tree.as_ref().unwrap().root;
        let below: HashSet<NodeId> = ids.iter().copied().filter(|id| *id != root).collect();
        assert_eq!(of, below, "{screen}: something hangs in the air");
        assert!(ids.contains(&tree.focus), "{screen}: the focus is nowhere");
        let mut read = String::new();
        for (_, node) in in_order(&tree) {
            read.push_str(name(node));
            read.push('\n');
        }
        for text in &written {
            assert!(
                read.contains(text.as_str()),
                "{screen}: `{text}` is not read of {read}"
            );
        }
        let mut names: HashSet<&str> = HashSet::new();
        let controls = tree.nodes.iter().filter(|(_, node)| is_control(node));
        for (_, node) in controls.clone() {
            assert!(!name(node).is_empty(), "{screen}: {node:?} has no name");
            assert!(names.insert(name(node)), "{screen}: `{}` twice", name(node));
            assert!(node.supports_action(Action::Focus), "{screen}");
            assert!(
                node.bounds().is_some_and(|place| place.width() > 0.0),
                "{screen}"
            );
        }
        // Nothing that can be tapped is left out, and nothing else is in.
        let [read, mut downwards] = self.names();
        assert_eq!(read.len(), controls.count(), "{screen}");
        let unique: HashSet<&String> = read.iter().collect();
        assert_eq!(unique.len(), read.len(), "{screen}");
        let mut sorted = read;
        sorted.sort();
        downwards.sort();
        assert_eq!(
            downwards, sorted,
            "{screen}: two keys must reach everything"
        );
        tree
    }
}

fn is_control(node: &Node) -> bool {
    node.supports_action(Action::Click)
}

fn name(node: &Node) -> &str {
    node.label().or(node.value()).unwrap_or_default()
}

/// The nodes as they are read.
fn in_order(tree: &TreeUpdate) -> Vec<&(NodeId, Node)> {
    fn add<'a>(tree: &'a TreeUpdate, id: NodeId, found: &mut Vec<&'a (NodeId, Node)>) {
        let Some(one) = tree.nodes.iter().find(|(own, _)| *own == id) else {
            return;
        };
        found.push(one);
        for child in one.1.children() {
            add(tree, *child, found);
        }
    }
    let mut found = Vec::new();
    add(tree, tree.tree.as_ref().unwrap().root, &mut found);
    found
}

/// What is read, a line each: role, name, state.
fn lines(tree: &TreeUpdate) -> Vec<String> {
    let line = |(id, node): &&(NodeId, Node)| {
        let state = match (node.toggled(), node.is_disabled()) {
            (Some(Toggled::True), _) => " +",
            (Some(_), _) => " -",
            (None, true) => " (not yet)",
            (None, false) => "",
        };
        let focus = if *id == tree.focus { " <" } else { "" };
        let live = node
            .live()
            .map_or(String::new(), |live| format!(" {live:?}!"));
        format!("{:?} {}{state}{live}{focus}", node.role(), name(node))
    };
    let order = in_order(tree);
    // The window itself is the same everywhere.
    order[1..]
        .iter()
        .map(line)
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn find<'a>(tree: &'a TreeUpdate, name_of_it: &str) -> &'a Node {
    let found = tree.nodes.iter().find(|(_, node)| name(node) == name_of_it);
    &found
        .unwrap_or_else(|| panic!("no `{name_of_it}` in {:#?}", lines(tree)))
        .1
}

/// The options as they are shown.
fn options(stage: &Stage) -> Vec<String> {
    let play = stage.visit().play.as_ref().unwrap();
    let language = &stage.visit().language;
    let options = play.session.current().options();
    options
        .map(|option| option.text().get(language).to_owned())
        .collect()
}

/// Chooses what is right of the question on the screen, by keys.
fn answer(stage: &mut Stage) {
    let play = stage.visit().play.as_ref().unwrap();
    let asked = play.session.current();
    let position = |wanted: &str| {
        asked
            .options()
            .position(|option| option.id() == wanted)
            .unwrap()
    };
    let right: Vec<usize> = match stage.kind() {
        // In the order of the pack.
        Kind::Order => asked
            .question()
            .options()
            .iter()
            .map(|option| position(option.id()))
            .collect(),
        _ => {
            let options = asked.options().enumerate();
            options
                .filter(|(_, option)| option.is_correct())
                .map(|(at, _)| at)
                .collect()
        }
    };
    let several = matches!(stage.kind(), Kind::Multi | Kind::Order);
    for at in right {
        stage.choose(DOWN, &format!("option-{at}"));
    }
    if several {
        stage.choose(DOWN, "confirm");
    }
}

#[test]
fn four_keys_are_enough_for_a_whole_visit_and_every_screen_of_it_is_read() {
    for (size, language) in [((1080, 1920), "en"), ((1366, 768), "zh-CN")] {
        let mut stage = Stage::new(size);
        stage.check();
        // Another language, and back again: the bar is behind what the screen is about.
        stage.choose(UP, "language");
        assert_eq!(stage.screen(), "language");
        let tree = stage.check();
        assert_eq!(find(&tree, "简体中文").toggled(), Some(Toggled::True));
        assert_eq!(find(&tree, "English").toggled(), Some(Toggled::False));
        stage.choose(DOWN, &format!("language-{language}"));
        assert_eq!(
            (stage.screen(), stage.visit().language.as_str()),
            ("attract", language)
        );
        stage.check();
        // Larger text; the focus stays where it was.
        stage.choose(UP, "size");
        assert_eq!(stage.visit().profile, Profile::Large);
        assert_eq!(stage.focused().as_deref(), Some("size"));
        stage.press(CHOOSE);
        assert_eq!(stage.visit().profile, Profile::Standard);
        stage.choose(DOWN, "start");
        assert_eq!(stage.screen(), "audience");
        stage.check();
        stage.choose(DOWN, "audience-general");
        assert_eq!(stage.screen(), "topic");
        stage.check();
        stage.press(BACK);
        assert_eq!(stage.screen(), "audience");
        stage.choose(UP, "audience-general");
        stage.choose(DOWN, "topic-aloud");
        for question in 1..=4 {
            assert_eq!(stage.screen(), "question");
            stage.check();
            // The first key leads to the first option.
            stage.press(DOWN);
            assert_eq!(stage.focused().as_deref(), Some("option-0"));
            if question == 2 {
                // Whether to leave: what lies over the page has the keys for itself.
                stage.press(BACK);
                assert_eq!((stage.screen(), stage.focused()), ("countdown", None));
                stage.check();
                assert_eq!(stage.names()[0], ["keep-going", "start-over"]);
                stage.choose(DOWN, "keep-going");
                assert_eq!(stage.screen(), "question");
                assert_eq!(stage.focused().as_deref(), Some("option-0"));
            }
            // Past the first one, around to it again.
            stage.press(UP);
            answer(&mut stage);
            assert_eq!(stage.screen(), "feedback");
            stage.check();
            let play = stage.visit().play.as_ref().unwrap();
            assert!(play.session.answers().last().unwrap().correct);
            stage.press(DOWN);
            assert_eq!(stage.focused().as_deref(), Some("next"));
            stage.press(CHOOSE);
        }
        assert_eq!(stage.screen(), "results");
        stage.check();
        let play = stage.visit().play.as_ref().unwrap();
        assert_eq!(play.session.phase(), Phase::Finished);
        assert_eq!(play.session.score().correct, 4);
        stage.choose(DOWN, "again");
        stage.choose(DOWN, "topic-aloud");
        // Leaving.
        stage.press(BACK);
        stage.choose(UP, "start-over");
        assert_eq!(stage.screen(), "attract");
        assert_eq!(stage.visit().language, "zh-CN");
    }
}

/// Goes to the question of a kind, by keys.
fn go_to(stage: &mut Stage, kind: Kind) {
    stage.choose(DOWN, "start");
    stage.choose(DOWN, "audience-general");
    stage.choose(DOWN, "topic-aloud");
    while stage.kind() != kind {
        answer(stage);
        stage.choose(DOWN, "next");
        assert_eq!(stage.screen(), "question", "no {kind:?} in the round");
    }
}

#[test]
fn a_question_and_its_feedback_are_read_as_they_are_meant() {
    let mut stage = Stage::new((1080, 1920));
    stage.choose(UP, "language");
    stage.choose(DOWN, "language-en");
    go_to(&mut stage, Kind::Multi);
    stage.press(DOWN);
    stage.press(CHOOSE);
    let options = options(&stage);
    let mut expected = vec![
        "Main".to_owned(),
        format!("Label Question {} of 4 Polite!", stage.number()),
        "Heading Which foods belong in a fridge?".to_owned(),
        "Label Choose 2 answers".to_owned(),
        "Group".to_owned(),
    ];
    expected.push(format!("CheckBox {} + <", options[0]));
    expected.extend(
        options[1..]
            .iter()
            .map(|option| format!("CheckBox {option} -")),
    );
    expected.extend(
        [
            "Button Choose 1 more (not yet)",
            "Button Leave",
            "Button High contrast",
            "Button Larger",
        ]
        .map(str::to_owned),
    );
    expected.push("Button 中文, change the language".to_owned());
    assert_eq!(lines(&stage.tree()), expected);
    // What was chosen is taken back.
    stage.press(CHOOSE);
    let tree = stage.tree();
    assert!(
        lines(&tree).contains(&"Button Choose 2 more (not yet)".to_owned()),
        "{:#?}",
        lines(&tree)
    );
    assert_eq!(
        find(&tree, "Choose 2 more").description(),
        Some("Not available yet")
    );
    stage.press(UP);
    answer(&mut stage);
    let listed = options.iter().map(|option| match option.as_str() {
        "Fresh milk" | "Raw pork" => format!("ListItem {option} You got it"),
        _ => format!("ListItem {option}"),
    });
    let mut expected = vec![
        "Main".to_owned(),
        format!("Label Question {} of 4", stage.number()),
        "Heading Which foods belong in a fridge?".to_owned(),
        "List".to_owned(),
    ];
    expected.extend(listed);
    expected.extend(
        [
            "Alert That’s right! Assertive! <",
            "Label Why",
            "Label Milk and meat spoil fast unless cold. Polite!",
            "Label Source: Guide to storing food, Standards office",
        ]
        .map(str::to_owned),
    );
    let way_on = if stage.number() == 4 {
        "See how it went"
    } else {
        "Next question"
    };
    expected.push(format!("Button {way_on}"));
    expected.extend(["Button Leave", "Button High contrast", "Button Larger"].map(str::to_owned));
    expected.push("Button 中文, change the language".to_owned());
    assert_eq!(lines(&stage.tree()), expected);
}

#[test]
fn steps_are_read_with_their_numbers() {
    let mut stage = Stage::new((1366, 768));
    go_to(&mut stage, Kind::Order);
    let options = options(&stage);
    for press in [DOWN, DOWN, CHOOSE, UP, CHOOSE] {
        stage.press(press);
    }
    let tree = stage.check();
    let lines = lines(&tree);
    for line in [
        format!("CheckBox 2 {} + <", options[0]),
        format!("CheckBox 1 {} +", options[1]),
        format!("CheckBox {} -", options[2]),
    ] {
        assert!(lines.contains(&line), "`{line}` in {lines:#?}");
    }
}

#[test]
fn what_lies_over_the_page_hides_it_from_those_who_read_and_from_keys() {
    let mut stage = Stage::new((1080, 1920));
    go_to(&mut stage, Kind::Single);
    stage.press(BACK);
    let tree = stage.check();
    let roles: Vec<Role> = tree.nodes.iter().map(|(_, node)| node.role()).collect();
    assert!(
        roles.contains(&Role::AlertDialog) && !roles.contains(&Role::Main),
        "{roles:?}"
    );
    assert!(!roles.contains(&Role::RadioButton), "{roles:?}");
    // The same key again goes on.
    stage.press(BACK);
    assert_eq!(stage.screen(), "question");
}

#[test]
fn in_a_grid_arrows_move_as_one_sees_it() {
    let mut stage = Stage::new((1080, 1920));
    stage.choose(DOWN, "start");
    let go = |stage: &mut Stage, key: KeyCode| {
        stage.press(key);
        stage.focused().unwrap()
    };
    let corner = go(&mut stage, DOWN);
    let [read, _] = stage.names();
    assert_eq!(corner, read[0]);
    // Two columns: what is read second is beside the first, and what is read third below it.
    assert_eq!(go(&mut stage, KeyCode::ArrowRight), read[1]);
    assert_eq!(go(&mut stage, DOWN), read[3]);
    assert_eq!(go(&mut stage, KeyCode::ArrowLeft), read[2]);
    assert_eq!(go(&mut stage, UP), read[0]);
    assert_eq!(go(&mut stage, KeyCode::Tab), read[1]);
    // Round the end: the bar is last.
    assert_eq!(go(&mut stage, UP), read[4]);
    assert_eq!(read[6..], ["leave", "contrast", "size", "language"]);
}

#[test]
fn the_first_key_shows_where_one_is_and_does_nothing_else() {
    let mut stage = Stage::new((1920, 1080));
    stage.press(CHOOSE);
    assert_eq!(
        (stage.screen(), stage.focused().as_deref()),
        ("attract", Some("start"))
    );
    stage.press(CHOOSE);
    assert_eq!((stage.screen(), stage.focused()), ("audience", None));
    // Keypads have one key or another for the same.
    stage.press(KeyCode::NumpadEnter);
    let first = stage.names()[0][0].clone();
    assert_eq!(stage.focused(), Some(first));
    stage.press(KeyCode::NumpadEnter);
    assert_eq!(stage.screen(), "topic");
    for key in [KeyCode::Home, KeyCode::BrowserBack] {
        stage.press(key);
        assert_eq!(stage.screen(), "audience");
        stage.press(DOWN);
        stage.press(CHOOSE);
    }
}

//! The tray icon: how the nodes are, at a glance, and what can be done about it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use freehold_app::{App, Glance, NodeGlance};
use freehold_contract::{Language, NodeRequest};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::shell::Shell;
use crate::{events, link, quit, window};

mod words;
use words::Words;

const ID: &str = "freehold";

/// What the icon says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// Everything that should run is at the tip.
    Good,
    /// Something is starting, pulling or syncing.
    Busy,
    /// Something needs a look.
    Alert,
    /// Nothing runs.
    Off,
}

impl Mood {
    fn icon(self) -> Image<'static> {
        match self {
            Self::Good => tauri::include_image!("icons/tray-ok.png"),
            Self::Busy => tauri::include_image!("icons/tray-busy.png"),
            Self::Alert => tauri::include_image!("icons/tray-alert.png"),
            Self::Off => tauri::include_image!("icons/tray-off.png"),
        }
    }
}

/// What the tray shows now.
#[derive(Default)]
struct Shown(Mutex<Option<State>>);

struct State {
    mood: Mood,
    /// Which entries there are; the menu is made anew only when these change, since some desktops close an open menu then.
    entries: Vec<String>,
    lines: Vec<String>,
    nodes: BTreeMap<String, Submenu<Wry>>,
}

/// Makes the icon with its menu. False where this desktop has no place for it.
pub(crate) fn build(tauri: &AppHandle) -> Result<bool, tauri::Error> {
    tauri.manage(Shown::default());
    let (menu, _) = menu(tauri, &[], &words::of(Language::En))?;
    let built = TrayIconBuilder::with_id(ID)
        .icon(Mood::Off.icon())
        .tooltip("Freehold")
        .menu(&menu)
        .on_menu_event(|tauri, event| chosen(tauri, event.id().as_ref()))
        .build(tauri);
    if let Err(error) = &built {
        tracing::warn!(%error, "this desktop has no place for an icon");
    }
    Ok(built.is_ok())
}

/// Carries out what was chosen in the menu.
fn chosen(tauri: &AppHandle, entry: &str) {
    match entry {
        "show" => window::show(tauri),
        "hide" => window::hide(tauri),
        "quit" => {
            if !quit::ask(tauri) {
                tauri.exit(0);
            }
        }
        _ => {
            let Some((action, node)) = entry.split_once(' ') else {
                return;
            };
            let page = format!("#/node/{node}");
            if action == "open" {
                link::go(tauri, page);
                window::show(tauri);
                return;
            }
            let (tauri, starts, node) = (tauri.clone(), action == "start", node.to_owned());
            tauri::async_runtime::spawn(async move {
                let shell = tauri.state::<Shell>();
                let Ok(app) = shell.app() else { return };
                let request = NodeRequest { node };
                let done = if starts {
                    app.node_start(request).await
                } else {
                    app.node_stop(request).await
                };
                if let Err(fault) = done {
                    events::tell(&tauri, &fault.title(), &fault.message());
                    link::go(&tauri, page);
                    window::show(&tauri);
                }
            });
        }
    }
}

/// The menu, and the entry of each node in it by the node's id.
type NodesMenu = (Menu<Wry>, BTreeMap<String, Submenu<Wry>>);

/// Makes the menu.
fn menu(tauri: &AppHandle, nodes: &[NodeGlance], words: &Words) -> Result<NodesMenu, tauri::Error> {
    let menu = Menu::new(tauri)?;
    let entry = |id: String, text: &str| MenuItem::with_id(tauri, id, text, true, None::<&str>);
    let mut of_nodes = BTreeMap::new();
    for node in nodes {
        let submenu = Submenu::new(tauri, line(node, words), true)?;
        submenu.append(&entry(format!("open {}", node.id), words.open)?)?;
        match action(node) {
            Some("start") => submenu.append(&entry(format!("start {}", node.id), words.start)?)?,
            Some(_) => submenu.append(&entry(format!("stop {}", node.id), words.stop)?)?,
            None => {}
        }
        menu.append(&submenu)?;
        of_nodes.insert(node.id.clone(), submenu);
    }
    if nodes.is_empty() {
        menu.append(&MenuItem::new(tauri, words.no_nodes, false, None::<&str>)?)?;
    }
    menu.append(&PredefinedMenuItem::separator(tauri)?)?;
    menu.append(&entry("show".to_owned(), words.show)?)?;
    menu.append(&entry("hide".to_owned(), words.hide)?)?;
    menu.append(&PredefinedMenuItem::separator(tauri)?)?;
    menu.append(&entry("quit".to_owned(), words.quit)?)?;
    Ok((menu, of_nodes))
}

/// What can be done with a node from here. A node of somebody else is only watched.
fn action(node: &NodeGlance) -> Option<&'static str> {
    match (node.is_external, node.is_wanted) {
        (true, _) => None,
        (false, true) => Some("stop"),
        (false, false) => Some("start"),
    }
}

/// `Bitcoin Core: syncing 61 %`.
fn line(node: &NodeGlance, words: &Words) -> String {
    let state = words.state(node.state);
    match node.percent {
        // Cut and not rounded: a hundred only when it is really done.
        Some(percent) => format!("{}: {state} {:.0} %", node.name, percent.floor().min(99.0)),
        None => format!("{}: {state}", node.name),
    }
}

/// Shows how everything is.
pub(crate) fn show_state(tauri: &AppHandle, app: &App) {
    let Some(tray) = tauri.tray_by_id(ID) else { return };
    let Some(shown) = tauri.try_state::<Shown>() else {
        return;
    };
    let glance = app.glance();
    let words = words::of(app.language());
    let mood = mood(&glance);
    let lines: Vec<String> = glance.nodes.iter().map(|node| line(node, &words)).collect();
    let entry = |node: &NodeGlance| format!("{} {}", node.id, action(node).unwrap_or_default());
    let entries: Vec<String> = std::iter::once(words.open.to_owned())
        .chain(glance.nodes.iter().map(entry))
        .collect();
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    let before = shown.take();
    // A desktop without a tray refuses; there is nothing to show it on then.
    if before.as_ref().is_none_or(|before| before.mood != mood) {
        let _ = tray.set_icon(Some(mood.icon()));
    }
    if before.as_ref().is_none_or(|before| before.lines != lines) {
        let _ = tray.set_tooltip(Some(if lines.is_empty() {
            words.no_nodes.to_owned()
        } else {
            lines.join("\n")
        }));
    }
    let nodes = match before {
        Some(before) if before.entries == entries => {
            for (node, line) in glance.nodes.iter().zip(&lines) {
                if let Some(submenu) = before.nodes.get(&node.id)
                    && !before.lines.contains(line)
                {
                    let _ = submenu.set_text(line);
                }
            }
            before.nodes
        }
        _ => match menu(tauri, &glance.nodes, &words) {
            Ok((menu, nodes)) => {
                let _ = tray.set_menu(Some(menu));
                nodes
            }
            Err(_) => return,
        },
    };
    *shown = Some(State {
        mood,
        entries,
        lines,
        nodes,
    });
}

fn mood(glance: &Glance) -> Mood {
    if glance.engine_is_down && !glance.nodes.is_empty() {
        return Mood::Alert;
    }
    let states = || glance.nodes.iter().map(|node| node.state);
    if states().any(|state| {
        matches!(
            state,
            "failed" | "degraded" | "wrong-chain" | "expired" | "retrying" | "unknown"
        )
    }) {
        Mood::Alert
    } else if states().any(|state| matches!(state, "pulling" | "starting" | "syncing" | "stopping" | "moving")) {
        Mood::Busy
    } else if states().any(|state| state == "ready") {
        Mood::Good
    } else {
        Mood::Off
    }
}

#[cfg(test)]
mod tests {
    use freehold_app::{Glance, NodeGlance};
    use freehold_contract::Language;

    use super::{Mood, action, line, mood, words};

    fn node(state: &'static str, is_wanted: bool) -> NodeGlance {
        NodeGlance {
            id: "a".to_owned(),
            name: "Bitcoin Core".to_owned(),
            state,
            percent: (state == "syncing").then_some(99.99),
            is_wanted,
            is_alive: is_wanted,
            is_external: false,
        }
    }

    #[test]
    fn the_icon_shows_the_worst() {
        let of = |states: &[&'static str], engine_is_down| {
            let nodes = states.iter().map(|state| node(state, true)).collect();
            mood(&Glance { engine_is_down, nodes })
        };
        assert_eq!(of(&["ready", "syncing", "failed"], false), Mood::Alert);
        assert_eq!(of(&["ready", "syncing"], false), Mood::Busy);
        assert_eq!(of(&["ready", "stopped"], false), Mood::Good);
        assert_eq!(of(&["stopped"], false), Mood::Off);
        assert_eq!(of(&["ready"], true), Mood::Alert);
        assert_eq!(of(&[], true), Mood::Off, "without nodes nothing is wrong");
    }

    #[test]
    fn a_line_never_says_a_hundred_too_early() {
        assert_eq!(
            line(&node("syncing", true), &words::of(Language::En)),
            "Bitcoin Core: syncing 99 %"
        );
        assert_eq!(
            line(&node("ready", true), &words::of(Language::De)),
            "Bitcoin Core: bereit"
        );
    }

    #[test]
    fn each_node_has_the_one_action_that_fits() {
        assert_eq!(action(&node("ready", true)), Some("stop"));
        assert_eq!(action(&node("retrying", true)), Some("stop"));
        assert_eq!(action(&node("stopped", false)), Some("start"));
        let theirs = NodeGlance {
            is_external: true,
            ..node("ready", true)
        };
        assert_eq!(action(&theirs), None);
    }
}

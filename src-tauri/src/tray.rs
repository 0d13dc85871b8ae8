//! The tray icon: how the nodes are, at a glance.

use freehold_app::{Glance, NodeGlance};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager};

use crate::{quit, window};

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

/// Makes the icon with its menu.
pub(crate) fn build(tauri: &AppHandle) -> Result<(), tauri::Error> {
    TrayIconBuilder::with_id(ID)
        .icon(Mood::Off.icon())
        .tooltip("Freehold")
        .menu(&menu(tauri, &[])?)
        .on_menu_event(|tauri, event| match event.id().as_ref() {
            "open" => window::show(tauri),
            "quit" if !quit::ask(tauri) => tauri.exit(0),
            _ => {}
        })
        .build(tauri)?;
    Ok(())
}

fn menu(tauri: &AppHandle, nodes: &[NodeGlance]) -> Result<Menu<tauri::Wry>, tauri::Error> {
    let menu = Menu::new(tauri)?;
    for node in nodes {
        menu.append(&MenuItem::with_id(
            tauri,
            format!("node-{}", node.id),
            line(node),
            false,
            None::<&str>,
        )?)?;
    }
    if !nodes.is_empty() {
        menu.append(&PredefinedMenuItem::separator(tauri)?)?;
    }
    menu.append(&MenuItem::with_id(tauri, "open", "Open Freehold", true, None::<&str>)?)?;
    menu.append(&MenuItem::with_id(tauri, "quit", "Quit…", true, None::<&str>)?)?;
    Ok(menu)
}

/// `Bitcoin Core: syncing 61 %`.
fn line(node: &NodeGlance) -> String {
    match node.percent {
        Some(percent) => format!("{}: {} {percent:.0} %", node.name, node.state),
        None => format!("{}: {}", node.name, node.state),
    }
}

/// Shows how everything is.
pub(crate) fn show_state(tauri: &AppHandle, glance: &Glance) {
    let Some(tray) = tauri.tray_by_id(ID) else { return };
    let mood = mood(glance);
    let lines: Vec<String> = glance.nodes.iter().map(line).collect();
    let state = (mood, lines.join("\n"));
    // Menus are rebuilt only when a line changed: some desktops close an open menu on every change.
    let shown = tauri.try_state::<Shown>();
    if let Some(shown) = &shown
        && shown.0.lock().is_ok_and(|last| *last == Some(state.clone()))
    {
        return;
    }
    // A desktop without a tray refuses; there is nothing to show it on then.
    let _ = tray.set_icon(Some(mood.icon()));
    let _ = tray.set_tooltip(Some(if lines.is_empty() {
        "Freehold: no nodes".to_owned()
    } else {
        lines.join("\n")
    }));
    if let Ok(menu) = menu(tauri, &glance.nodes) {
        let _ = tray.set_menu(Some(menu));
    }
    match shown {
        Some(shown) => {
            if let Ok(mut last) = shown.0.lock() {
                *last = Some(state);
            }
        }
        None => {
            tauri.manage(Shown(std::sync::Mutex::new(Some(state))));
        }
    }
}

/// What the tray shows now.
struct Shown(std::sync::Mutex<Option<(Mood, String)>>);

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

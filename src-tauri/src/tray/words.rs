//! The few words of the tray's menu in every language; the page has its own.

use freehold_contract::Language;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) open: &'static str,
    pub(super) start: &'static str,
    pub(super) stop: &'static str,
    pub(super) show: &'static str,
    pub(super) hide: &'static str,
    pub(super) quit: &'static str,
    pub(super) no_nodes: &'static str,
    /// In the order of [`STATES`].
    states: [&'static str; 14],
}

/// Names of states on the wire.
const STATES: [&str; 14] = [
    "pulling",
    "starting",
    "syncing",
    "ready",
    "degraded",
    "stopping",
    "stopped",
    "retrying",
    "failed",
    "wrong-chain",
    "expired",
    "moving",
    "paused",
    "unknown",
];

impl Words {
    /// A state in words; one that is not known here under its own name.
    pub(super) fn state<'a>(&self, state: &'a str) -> &'a str {
        let at = STATES.iter().position(|known| *known == state);
        at.and_then(|at| self.states.get(at)).copied().unwrap_or(state)
    }
}

const EN: Words = Words {
    open: "Open",
    start: "Start",
    stop: "Stop",
    show: "Show Freehold",
    hide: "Hide window",
    quit: "Quit…",
    no_nodes: "No nodes",
    states: [
        "pulling",
        "starting",
        "syncing",
        "ready",
        "needs a look",
        "stopping",
        "stopped",
        "trying again",
        "failed",
        "wrong chain",
        "expired",
        "moving",
        "paused",
        "unknown",
    ],
};

const DE: Words = Words {
    open: "Öffnen",
    start: "Starten",
    stop: "Anhalten",
    show: "Freehold zeigen",
    hide: "Fenster ausblenden",
    quit: "Beenden …",
    no_nodes: "Keine Nodes",
    states: [
        "wird geladen",
        "startet",
        "synchronisiert",
        "bereit",
        "braucht einen Blick",
        "hält an",
        "angehalten",
        "versucht es erneut",
        "fehlgeschlagen",
        "falsche Kette",
        "abgelaufen",
        "zieht um",
        "pausiert",
        "unbekannt",
    ],
};

const ES: Words = Words {
    open: "Abrir",
    start: "Iniciar",
    stop: "Detener",
    show: "Mostrar Freehold",
    hide: "Ocultar la ventana",
    quit: "Salir…",
    no_nodes: "Ningún nodo",
    states: [
        "descargando",
        "iniciando",
        "sincronizando",
        "listo",
        "requiere atención",
        "deteniéndose",
        "detenido",
        "reintentando",
        "ha fallado",
        "cadena equivocada",
        "caducado",
        "moviéndose",
        "en pausa",
        "desconocido",
    ],
};

const PT: Words = Words {
    open: "Abrir",
    start: "Iniciar",
    stop: "Parar",
    show: "Mostrar o Freehold",
    hide: "Ocultar a janela",
    quit: "Sair…",
    no_nodes: "Nenhum nó",
    states: [
        "baixando",
        "iniciando",
        "sincronizando",
        "pronto",
        "precisa de atenção",
        "parando",
        "parado",
        "tentando de novo",
        "falhou",
        "cadeia errada",
        "expirado",
        "movendo",
        "em pausa",
        "desconhecido",
    ],
};

const FR: Words = Words {
    open: "Ouvrir",
    start: "Démarrer",
    stop: "Arrêter",
    show: "Afficher Freehold",
    hide: "Masquer la fenêtre",
    quit: "Quitter…",
    no_nodes: "Aucun nœud",
    states: [
        "téléchargement",
        "démarrage",
        "synchronisation",
        "prêt",
        "à vérifier",
        "arrêt en cours",
        "arrêté",
        "nouvel essai",
        "échec",
        "mauvaise chaîne",
        "expiré",
        "déplacement",
        "en pause",
        "inconnu",
    ],
};

const JA: Words = Words {
    open: "開く",
    start: "開始",
    stop: "停止",
    show: "Freehold を表示",
    hide: "ウィンドウを隠す",
    quit: "終了…",
    no_nodes: "ノードはありません",
    states: [
        "取得中",
        "起動中",
        "同期中",
        "準備完了",
        "要確認",
        "停止処理中",
        "停止",
        "再試行中",
        "失敗",
        "チェーン違い",
        "期限切れ",
        "移動中",
        "一時停止",
        "不明",
    ],
};

/// The words of a language; as the system means its own, or English.
pub(super) fn of(language: Language) -> Words {
    match language {
        Language::System => of_system(
            std::env::var("LC_ALL")
                .ok()
                .or_else(|| std::env::var("LANG").ok())
                .as_deref(),
        ),
        Language::En => EN,
        Language::De => DE,
        Language::Es => ES,
        Language::Pt => PT,
        Language::Fr => FR,
        Language::Ja => JA,
    }
}

/// By the system's name for its language, such as `de_AT.UTF-8`.
fn of_system(name: Option<&str>) -> Words {
    match name.and_then(|name| name.get(..2)) {
        Some("de") => DE,
        Some("es") => ES,
        Some("pt") => PT,
        Some("fr") => FR,
        Some("ja") => JA,
        _ => EN,
    }
}

#[cfg(test)]
mod tests {
    use super::{DE, EN, ES, FR, JA, PT, STATES, of_system};

    #[test]
    fn every_state_has_its_word_in_every_language() {
        for words in [EN, DE, ES, PT, FR, JA] {
            for state in STATES {
                assert!(!words.state(state).is_empty());
            }
        }
        for words in [DE, ES, PT, FR, JA] {
            assert!(!STATES.contains(&words.state("retrying")), "a state without its word");
        }
        assert_eq!(EN.state("new-state"), "new-state");
    }

    #[test]
    fn the_system_s_language_is_its_first_two_letters() {
        assert_eq!(of_system(Some("de_AT.UTF-8")).open, DE.open);
        assert_eq!(of_system(Some("C.UTF-8")).open, EN.open);
        assert_eq!(of_system(None).open, EN.open);
    }
}

//! The stored pictures of every screen (`tests/fixtures/screens`), and what is shown now beside them.
//!
//! `FREEHOLD_BLESS=1` stores what is shown now; look at the pictures before you commit them. `made-with.json` beside them
//! says with which fonts they were made: with others the comparison is told to bear more, and says so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::evidence::left_out;
use crate::page::{Page, save};
use crate::picture::{Picture, Tolerance};

/// How wide the interface's two fonts set a line, in hundredths of a pixel: the same fonts give the same numbers.
const FONTS: &str = "
const pen = document.createElement('canvas').getContext('2d');
const style = getComputedStyle(document.documentElement);
const width = (font) => { pen.font = font; return Math.round(pen.measureText('Hamburgefonstiv 0123456789 %.,').width * 100); };
const text = getComputedStyle(document.body).fontFamily;
const code = style.getPropertyValue('--font-code');
return { text: width(`16px ${text}`), bold: width(`700 16px ${text}`), code: width(`16px ${code}`) };";
/// All stored pictures together; the repository must stay small.
const MOST_BYTES: u64 = 3_000_000;

/// The stored pictures, and what differed from them so far.
#[derive(Debug)]
pub struct Screens {
    stored: PathBuf,
    artifacts: PathBuf,
    tolerance: Tolerance,
    is_blessing: bool,
    seen: BTreeSet<String>,
    looks: JoinSet<Result<Option<String>>>,
}

/// One picture on its way to be compared.
#[derive(Debug)]
struct Look {
    bytes: Vec<u8>,
    kept: PathBuf,
    drawn: PathBuf,
    stored: PathBuf,
    name: String,
    tolerance: Tolerance,
    is_blessing: bool,
}

impl Look {
    /// What is different; `None` where it looks as it did.
    fn compare(self) -> Result<Option<String>> {
        let Self { name, stored, .. } = &self;
        save(&self.kept, &self.bytes)?;
        let now = Picture::of_screenshot(&self.bytes)?;
        let before = std::fs::read(stored).ok();
        let before = before.map(|bytes| Picture::from_png(&bytes)).transpose();
        let before = before.with_context(|| format!("{} cannot be read", stored.display()))?;
        let difference = before.map(|before| before.compare(&now, self.tolerance));
        let why = match &difference {
            Some(difference) => difference.why.clone(),
            None => Some("no picture is stored".to_owned()),
        };
        let Some(why) = why else { return Ok(None) };
        if self.is_blessing {
            save(stored, &now.to_png()?)?;
            return Ok(None);
        }
        let Some(difference) = difference else {
            return Ok(Some(format!("{name}: {why}")));
        };
        save(&self.drawn, &difference.shown.to_png()?)?;
        Ok(Some(format!("{name}: {why}; see {}", self.drawn.display())))
    }
}

impl Screens {
    /// Opens the stored pictures; `page` shows the interface and tells the fonts. What differs is drawn into `artifacts`.
    pub async fn open(page: &Page, artifacts: &Path) -> Result<Self> {
        let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/screens");
        let fonts = page.run(FONTS, vec![]).await?;
        let is_blessing = std::env::var_os("FREEHOLD_BLESS").is_some();
        let record = stored.join("made-with.json");
        if is_blessing {
            std::fs::create_dir_all(&stored)?;
            save(&record, format!("{:#}\n", json!({ "fonts": fonts })).as_bytes())?;
        }
        let made_with: Value = match std::fs::read(&record) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(error) => {
                return Err(error).with_context(|| format!("{}: FREEHOLD_BLESS=1 writes it", record.display()));
            }
        };
        let tolerance = if made_with["fonts"] == fonts {
            Tolerance::SAME_FONTS
        } else {
            left_out("this machine has other fonts than the stored pictures; only large differences count");
            Tolerance::OTHER_FONTS
        };
        std::fs::create_dir_all(artifacts)?;
        Ok(Self {
            stored,
            artifacts: artifacts.to_owned(),
            tolerance,
            is_blessing,
            seen: BTreeSet::new(),
            looks: JoinSet::new(),
        })
    }

    /// Keeps what the page shows as `NAME.png` in the artifacts, and begins to compare it with the stored picture of that
    /// name; the page may go on meanwhile.
    pub async fn look(&mut self, page: &Page, name: &str) -> Result<()> {
        ensure!(self.seen.insert(name.to_owned()), "two screens are called {name}");
        let look = Look {
            bytes: page.picture().await?,
            kept: self.artifacts.join(format!("{name}.png")),
            drawn: self.artifacts.join(format!("{name}-difference.png")),
            stored: self.stored.join(format!("{name}.png")),
            name: name.to_owned(),
            tolerance: self.tolerance,
            is_blessing: self.is_blessing,
        };
        self.looks.spawn_blocking(move || look.compare());
        Ok(())
    }

    /// Fails where something differed, where a picture is stored that nothing shows any more, or where all are too large.
    pub async fn end(mut self) -> Result<()> {
        let mut different = Vec::new();
        while let Some(compared) = self.looks.join_next().await {
            different.extend(compared??);
        }
        different.sort();
        let mut bytes = 0;
        let mut stale = Vec::new();
        for entry in std::fs::read_dir(&self.stored)? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_none_or(|extension| extension != "png") {
                continue;
            }
            if self.seen.contains(&name) {
                bytes += std::fs::metadata(&path)?.len();
            } else if self.is_blessing {
                std::fs::remove_file(&path)?;
            } else {
                stale.push(name);
            }
        }
        ensure!(
            bytes <= MOST_BYTES,
            "the stored pictures have {bytes} bytes, more than {MOST_BYTES}"
        );
        ensure!(stale.is_empty(), "pictures that nothing shows any more: {stale:?}");
        ensure!(
            different.is_empty(),
            "screens look different from the stored ones (if that is meant: FREEHOLD_BLESS=1):\n{}",
            different.join("\n")
        );
        Ok(())
    }
}

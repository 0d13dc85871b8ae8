//! A catalog folder of one test's own, on top of the built-in catalog.

use std::fs;
use std::path::{Path, PathBuf};

use crate::image::Image;

const IMAGES: &str = "images.toml";
const HEAD: &str = "[[image]]";

/// Starts with the image references of the tests' registry; a test may change those and add entries.
#[derive(Debug)]
pub struct Overlay {
    folder: tempfile::TempDir,
}

impl Overlay {
    /// A copy of the shared one.
    pub(crate) fn copy_of(shared: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("freehold-overlay-").tempdir();
        let overlay = Self {
            folder: folder.expect("a temporary folder"),
        };
        fs::copy(shared.join(IMAGES), overlay.images()).expect("images.toml of the tests' registry");
        overlay
    }

    /// The folder, for `--catalog`.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes a service of an entry use another image. The service's old reference goes.
    pub fn use_image(&self, client: &str, service: &str, image: &Image) {
        self.put(client, service, image, Some(&image.digest));
    }

    /// The same without a digest: Freehold has to ask the registry for it.
    pub fn use_tag(&self, client: &str, service: &str, image: &Image) {
        self.put(client, service, image, None);
    }

    /// Adds an entry, or puts it in the place of the one that is there.
    pub fn add_entry(&self, id: &str, text: &str) {
        let folder = self.path().join(id);
        fs::create_dir_all(&folder).expect("a folder for the entry");
        write(&folder.join("node.toml"), text);
    }

    /// Puts a changed copy of a built-in entry in the place of the original.
    pub fn change_entry(&self, id: &str, change: impl FnOnce(String) -> String) {
        let shipped = shipped(id);
        let changed = change(shipped.clone());
        assert_ne!(changed, shipped, "the entry {id} was to be changed");
        self.add_entry(id, &changed);
    }

    /// Takes an entry away again; the built-in one of that name is back.
    pub fn remove_entry(&self, id: &str) {
        fs::remove_dir_all(self.path().join(id)).expect("the entry was there");
    }

    fn images(&self) -> PathBuf {
        self.path().join(IMAGES)
    }

    fn put(&self, client: &str, service: &str, image: &Image, digest: Option<&str>) {
        let text = fs::read_to_string(self.images()).expect("images.toml can be read");
        let (head, blocks) = text.split_once(HEAD).unwrap_or((&text, ""));
        let is_same = |block: &str| {
            block.contains(&format!("client = \"{client}\"")) && block.contains(&format!("service = \"{service}\""))
        };
        let others = blocks
            .split(HEAD)
            .filter(|block| !block.trim().is_empty() && !is_same(block));
        let others = others.map(|block| format!("{HEAD}{block}"));
        let Image { repository, tag, .. } = image;
        let digest = digest.map_or_else(String::new, |digest| format!("digest = \"{digest}\"\n"));
        let reference = format!(
            "\n{HEAD}\nclient = \"{client}\"\nservice = \"{service}\"\nrepository = \"{repository}\"\ntag = \"{tag}\"\n\
             {digest}platforms = [\"linux/amd64\"]\n"
        );
        let changed = std::iter::once(head.to_owned()).chain(others).chain([reference]);
        let changed: String = changed.collect();
        write(&self.images(), &changed);
    }
}

/// The text of a built-in entry.
pub fn shipped(id: &str) -> String {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/catalog");
    let file = catalog.join(id).join("node.toml");
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Through a rename, so that a Freehold that looks meanwhile never reads half a file.
fn write(file: &Path, text: &str) {
    let partial = file.with_extension("partial");
    #[expect(clippy::disallowed_methods, reason = "a test's own file need not survive a crash")]
    fs::write(&partial, text).expect("the overlay can be written");
    fs::rename(&partial, file).expect("the overlay can be changed");
}

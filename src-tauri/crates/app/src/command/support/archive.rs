//! A support bundle as one compressed archive.

use std::io::{Result, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use freehold_contract::SupportPreview;
use tar::{Builder, Header};

/// The folder that everything lies in once it is unpacked.
const FOLDER: &str = "freehold-support";

/// The archive's bytes. Owner and machine are not in it.
pub(super) fn pack(bundle: &SupportPreview) -> Result<Vec<u8>> {
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for file in &bundle.files {
        let mut header = Header::new_gnu();
        header.set_size(u64::try_from(file.text.len()).unwrap_or(u64::MAX));
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(bundle.at / 1000).unwrap_or_default());
        archive.append_data(&mut header, format!("{FOLDER}/{}", file.name), file.text.as_bytes())?;
    }
    let mut packed = archive.into_inner()?;
    packed.flush()?;
    packed.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use freehold_contract::{SupportFile, SupportPreview};

    #[test]
    fn what_was_shown_is_what_is_packed() {
        let bundle = SupportPreview {
            id: "1".to_owned(),
            at: 1_700_000_000_000,
            file_name: "x.tar.gz".to_owned(),
            hidden: 0,
            files: vec![SupportFile {
                name: "nodes/a/bitcoind.log".to_owned(),
                about: String::new(),
                text: "line\n".repeat(1_000),
            }],
        };
        let packed = super::pack(&bundle).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let mut found = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            found.push((entry.path().unwrap().display().to_string(), text));
        }
        let wanted = (
            "freehold-support/nodes/a/bitcoind.log".to_owned(),
            bundle.files[0].text.clone(),
        );
        assert_eq!(found, [wanted]);
    }
}

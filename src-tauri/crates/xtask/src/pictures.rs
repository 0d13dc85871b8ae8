//! The pictures of README and guide, from the screenshots that the end-to-end tests have made.
//!
//! They are kept in the repository, so each is made small: at most 256 colours. One that has not changed keeps its
//! bytes, since the same pixels give the same file.

mod palette;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail, ensure};

use crate::cli::PicturesArgs;
use crate::files;
use crate::paths::Places;
use crate::pictures::palette::{Palette, Rgb};

/// A picture's name, and the views that it can be taken from, the best first.
const CHOSEN: [(&str, &[&str]); 6] = [
    ("node", &["node"]),
    ("welcome", &["welcome"]),
    ("install-practice", &["install-practice"]),
    ("wallets", &["wallets", "wallets-before"]),
    ("audit", &["audit"]),
    ("drill", &["drill"]),
];
/// How a screenshot's name goes on after its view.
const SHOT: &str = "-1280x800-light.png";
/// No picture is larger, in bytes.
const LARGEST: usize = 150_000;
/// All of them together, in bytes.
const LARGEST_SUM: usize = 700_000;

/// Writes every chosen picture. One without a screenshot stays as it is; it must be there already.
pub(crate) fn command(args: &PicturesArgs) -> Result<ExitCode> {
    let places = Places::find()?;
    let from = args.from.clone().unwrap_or_else(|| places.artifacts().join("e2e"));
    ensure!(
        from.is_dir(),
        "there are no screenshots in {}; `cargo xtask test` makes them",
        from.display()
    );
    let to = places.ui().join("help").join("pictures");
    let mut sum = 0;
    for (name, views) in CHOSEN {
        let target = to.join(format!("{name}.png"));
        let shot = views
            .iter()
            .map(|view| from.join(format!("{view}{SHOT}")))
            .find(|shot| shot.is_file());
        let size = match shot {
            Some(shot) => {
                let small =
                    shrink(&files::read(&shot)?).with_context(|| format!("cannot shrink {}", shot.display()))?;
                files::write(&target, &small)?;
                println!("{name}: {} kB", small.len().div_ceil(1000));
                small.len()
            }
            None if target.is_file() => {
                println!("{name}: no screenshot of it in {}; it stays as it is", from.display());
                files::read(&target)?.len()
            }
            None => bail!("there is no screenshot of {} in {}", views.join(" or "), from.display()),
        };
        ensure!(size <= LARGEST, "{name} has {size} bytes, more than {LARGEST}");
        sum += size;
    }
    ensure!(
        sum <= LARGEST_SUM,
        "the pictures have {sum} bytes, more than {LARGEST_SUM}"
    );
    println!("{} kB in {}", sum.div_ceil(1000), to.display());
    Ok(ExitCode::SUCCESS)
}

/// The same picture with at most 256 colours.
fn shrink(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let mut buffer = vec![0; reader.output_buffer_size().context("it is too large")?];
    let frame = reader.next_frame(&mut buffer)?;
    let step = match frame.color_type {
        png::ColorType::Rgb => 3,
        png::ColorType::Rgba => 4,
        other => bail!("a screenshot has colours, this one is {other:?}"),
    };
    let pixels: Vec<Rgb> = buffer[..frame.buffer_size()]
        .chunks_exact(step)
        .map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    encode(frame.width, frame.height, &pixels)
}

fn encode(width: u32, height: u32, pixels: &[Rgb]) -> Result<Vec<u8>> {
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let palette = Palette::of(&counts);
    let indices: Vec<u8> = pixels.iter().map(|pixel| palette.index(*pixel)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.bytes());
    encoder.set_compression(png::Compression::High);
    // Indices are names, not values: a difference between two says nothing.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// How wide and high a picture is.
    fn size(path: &Path) -> Result<(u32, u32)> {
        let reader = png::Decoder::new(Cursor::new(files::read(path)?)).read_info()?;
        Ok(reader.info().size())
    }

    fn decoded(bytes: &[u8]) -> Vec<Rgb> {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        buffer
            .chunks_exact(3)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect()
    }

    #[test]
    fn few_colours_stay_exactly_as_they_are() {
        let pixels: Vec<Rgb> = (0..=99).map(|value| [value, 255 - value, 40]).collect();
        assert_eq!(decoded(&encode(10, 10, &pixels).unwrap()), pixels);
    }

    #[test]
    fn many_colours_become_close_ones_and_common_ones_stay() {
        let paper: Rgb = [240, 243, 237];
        let mut pixels = vec![paper; 4096];
        pixels.extend((0..64_u8).flat_map(|red| (0..64_u8).map(move |green| [red * 4, green * 4, 128])));
        let small = decoded(&encode(64, 128, &pixels).unwrap());
        assert_eq!(small[..4096], pixels[..4096]);
        let worst = pixels
            .iter()
            .zip(&small)
            .flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)))
            .max();
        assert!(worst < Some(48), "a colour is off by {worst:?}");
    }

    #[test]
    fn the_pictures_in_the_repository_are_within_their_bounds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/help/pictures");
        let mut sum = 0;
        for (name, _) in CHOSEN {
            let path = folder.join(format!("{name}.png"));
            assert_eq!(size(&path).unwrap(), (1280, 800), "{name}");
            let bytes = files::read(&path).unwrap().len();
            assert!(bytes <= LARGEST, "{name} has {bytes} bytes");
            sum += bytes;
        }
        assert!(sum <= LARGEST_SUM, "the pictures have {sum} bytes");
        assert_eq!(
            std::fs::read_dir(folder).unwrap().count(),
            CHOSEN.len(),
            "no picture beside the chosen ones"
        );
    }
}

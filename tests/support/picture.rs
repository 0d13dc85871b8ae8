//! Compares what is shown with what was shown before, so that a new font is no difference and a missing button is one.
//!
//! A screenshot is cut into cells of 5 x 5 pixels, and each cell counts by its mean colour. So letters become a tone, and
//! how their edges are smoothed no longer matters. A cell is another one if no cell beside it (a shift of a letter) has
//! had its colour. What this finds: another layout, colour, size, icon, a part that is missing or new. What it cannot
//! find: another word of the same length.

use anyhow::{Context as _, Result, bail, ensure};

/// Edge of a cell in pixels.
const CELL: usize = 5;
/// Steps of each colour's 256 that are kept, so that stored pictures are small.
const STEP: u8 = 8;
/// Colours that differ by less than this, of 255, look the same; it is more than [`STEP`] and the smoothing of edges make.
const SAME_COLOUR: u8 = 30;
/// Edge of a tile in cells: 80 pixels, the size of a button with its surroundings.
const TILE: usize = 16;

/// How much may be different.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Share of all cells.
    pub overall: f64,
    /// Share of the cells of one tile.
    pub tile: f64,
}

impl Tolerance {
    /// On a machine with the fonts of the one that made the stored pictures: letters fall into the same places.
    pub const SAME_FONTS: Self = Self {
        overall: 0.01,
        tile: 0.25,
    };
    /// With other fonts lines break elsewhere and everything below moves; only what is quite different is found.
    pub const OTHER_FONTS: Self = Self {
        overall: 0.25,
        tile: 1.0,
    };
}

/// Mean colours of the cells of a screenshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    cells: Vec<[u8; 3]>,
}

/// What is different between two pictures.
#[derive(Debug)]
pub struct Difference {
    /// Why they are not taken for the same; `None` where they are.
    pub why: Option<String>,
    /// Share of the cells that differ.
    pub share: f64,
    /// The stored picture, the new one, and the new one with what differs in red, side by side.
    pub shown: Picture,
}

impl Picture {
    /// Reads a screenshot, a PNG of 8 bits with or without transparency.
    pub fn of_screenshot(bytes: &[u8]) -> Result<Self> {
        let (width, height, pixels) = decode(bytes)?;
        let (columns, rows) = (width / CELL, height / CELL);
        let mut cells = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                cells.push(mean(&pixels, width, column * CELL, row * CELL));
            }
        }
        Ok(Self {
            width: columns,
            height: rows,
            cells,
        })
    }

    /// Reads a picture that [`Self::to_png`] wrote.
    pub fn from_png(bytes: &[u8]) -> Result<Self> {
        let (width, height, cells) = decode(bytes)?;
        Ok(Self { width, height, cells })
    }

    /// A PNG with one pixel for each cell.
    pub fn to_png(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let size = (u32::try_from(self.width)?, u32::try_from(self.height)?);
        let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.cells.as_flattened())?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Compares what is shown now with this stored picture.
    #[must_use]
    pub fn compare(&self, now: &Self, tolerance: Tolerance) -> Difference {
        if (self.width, self.height) != (now.width, now.height) {
            return Difference {
                why: Some(format!(
                    "it was {}x{} cells large and is {}x{}",
                    self.width, self.height, now.width, now.height
                )),
                share: 1.0,
                shown: now.clone(),
            };
        }
        let differs: Vec<bool> = (0..self.cells.len())
            .map(|at| !now.has_near(at, self.cells[at]) || !self.has_near(at, now.cells[at]))
            .collect();
        let share = share(differs.iter());
        let (tile, tile_at) = self.worst_tile(&differs);
        let why = if share > tolerance.overall {
            Some(format!("{:.1} % of it is different", share * 100.0))
        } else if tile > tolerance.tile {
            let (x, y) = (tile_at.0 * CELL, tile_at.1 * CELL);
            Some(format!("{:.0} % is different around {x}, {y}", tile * 100.0))
        } else {
            None
        };
        Difference {
            why,
            share,
            shown: self.beside(now, &differs),
        }
    }

    /// Whether this cell or one beside it has this colour.
    fn has_near(&self, at: usize, colour: [u8; 3]) -> bool {
        let (x, y) = (at % self.width, at / self.width);
        let rows = y.saturating_sub(1)..=(y + 1).min(self.height - 1);
        rows.into_iter().any(|row| {
            let columns = x.saturating_sub(1)..=(x + 1).min(self.width - 1);
            columns
                .into_iter()
                .any(|column| is_same(self.cells[row * self.width + column], colour))
        })
    }

    /// The largest share of different cells in one tile, and the tile's first cell.
    fn worst_tile(&self, differs: &[bool]) -> (f64, (usize, usize)) {
        let mut worst = (0.0, (0, 0));
        // Tiles overlap by half, so that a button on an edge between two is not halved.
        for top in (0..self.height).step_by(TILE / 2) {
            for left in (0..self.width).step_by(TILE / 2) {
                let rows = top..(top + TILE).min(self.height);
                let cells: Vec<_> = rows
                    .flat_map(|row| &differs[row * self.width + left..row * self.width + (left + TILE).min(self.width)])
                    .collect();
                let here = cells.iter().filter(|one| ***one).count() as f64 / (TILE * TILE) as f64;
                if here > worst.0 {
                    worst = (here, (left, top));
                }
            }
        }
        worst
    }

    fn beside(&self, now: &Self, differs: &[bool]) -> Self {
        let mut cells = Vec::with_capacity(self.cells.len() * 3);
        for row in 0..self.height {
            let range = row * self.width..(row + 1) * self.width;
            cells.extend_from_slice(&self.cells[range.clone()]);
            cells.extend_from_slice(&now.cells[range.clone()]);
            cells.extend(range.map(|at| if differs[at] { [255, 0, 0] } else { now.cells[at] }));
        }
        Self {
            width: self.width * 3,
            height: self.height,
            cells,
        }
    }
}

fn is_same(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) < SAME_COLOUR)
}

fn share<'a>(differs: impl ExactSizeIterator<Item = &'a bool>) -> f64 {
    let all = differs.len().max(1);
    differs.filter(|one| **one).count() as f64 / all as f64
}

fn mean(pixels: &[[u8; 3]], width: usize, left: usize, top: usize) -> [u8; 3] {
    let mut sums = [0_usize; 3];
    for row in top..top + CELL {
        for pixel in &pixels[row * width + left..row * width + left + CELL] {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += usize::from(*value);
            }
        }
    }
    sums.map(|sum| {
        let mean = u8::try_from(sum / (CELL * CELL)).unwrap_or(u8::MAX);
        mean / STEP * STEP
    })
}

/// Width, height and colours of a PNG.
fn decode(bytes: &[u8]) -> Result<(usize, usize, Vec<[u8; 3]>)> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info()?;
    let size = reader.output_buffer_size().context("the picture is too large")?;
    let mut buffer = vec![0; size];
    let info = reader.next_frame(&mut buffer)?;
    ensure!(info.bit_depth == png::BitDepth::Eight, "8 bits for each colour");
    let samples = match info.color_type {
        png::ColorType::Rgb => 3,
        png::ColorType::Rgba => 4,
        other => bail!("a picture in {other:?} is not read"),
    };
    let pixels = buffer[..info.buffer_size()].chunks_exact(samples);
    let pixels = pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Ok((usize::try_from(info.width)?, usize::try_from(info.height)?, pixels))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 256;
    const HEIGHT: usize = 160;

    /// A page with a text of thin lines and a button.
    fn page(shift: usize, has_button: bool, ink: u8) -> Picture {
        let mut cells = vec![[240; 3]; WIDTH * HEIGHT];
        for row in (20..120).step_by(4) {
            for column in 10 + shift..150 + shift {
                cells[row * WIDTH + column] = [ink; 3];
            }
        }
        if has_button {
            for row in 130..137 {
                cells[row * WIDTH + 200..row * WIDTH + 220].fill([30, 90, 200]);
            }
        }
        Picture {
            width: WIDTH,
            height: HEIGHT,
            cells,
        }
    }

    fn why(now: &Picture, tolerance: Tolerance) -> Option<String> {
        page(0, true, 120).compare(now, tolerance).why
    }

    #[test]
    fn smoothing_and_a_shift_of_a_letter_are_no_difference() {
        assert_eq!(why(&page(0, true, 120), Tolerance::SAME_FONTS), None);
        assert_eq!(why(&page(1, true, 136), Tolerance::SAME_FONTS), None);
    }

    #[test]
    fn a_missing_button_is_found_and_where_it_was() {
        let found = why(&page(0, false, 120), Tolerance::SAME_FONTS).unwrap();
        assert!(found.contains("around"), "{found}");
    }

    #[test]
    fn other_fonts_are_borne_and_another_theme_is_not() {
        // Letters so much wider that each line ends two tiles further.
        let wider = page(2 * TILE, true, 120);
        assert_eq!(why(&wider, Tolerance::OTHER_FONTS), None);
        assert!(why(&wider, Tolerance::SAME_FONTS).is_some());
        let mut dark = page(0, true, 120);
        for cell in &mut dark.cells {
            *cell = cell.map(|value| 255 - value);
        }
        assert!(why(&dark, Tolerance::OTHER_FONTS).is_some());
    }

    #[test]
    fn another_size_is_a_difference() {
        let mut narrow = page(0, true, 120);
        narrow.height = 80;
        narrow.cells.truncate(80 * WIDTH);
        assert!(why(&narrow, Tolerance::OTHER_FONTS).is_some());
    }

    #[test]
    fn a_stored_picture_reads_as_it_was_written() {
        let picture = page(3, true, 64);
        assert_eq!(Picture::from_png(&picture.to_png().unwrap()).unwrap(), picture);
    }

    #[test]
    fn a_screenshot_becomes_cells() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 10, 5);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let pixels: Vec<u8> = (0..50)
            .flat_map(|at| {
                if at % 10 < 5 {
                    [255, 0, 16, 255]
                } else {
                    [0, 80, 0, 255]
                }
            })
            .collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        let picture = Picture::of_screenshot(&bytes).unwrap();
        assert_eq!((picture.width, picture.height), (2, 1));
        assert_eq!(picture.cells, [[248, 0, 16], [0, 80, 0]]);
    }
}

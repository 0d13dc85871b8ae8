//! At most 256 colours for a screenshot. Its grounds and inks, which fill most of it, keep their exact value; what lies
//! between them at the edges of letters is chosen by a neural net.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use color_quant::NeuQuant;

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// What a picture may have.
const MOST: usize = 256;
/// So many of the commonest colours stay exact where there are too many.
const EXACT: usize = 96;
/// A colour counts at most so often when the others are chosen, so that rare ones are not lost.
const WEIGHT: usize = 48;
/// The net looks at every colour, not at a sample.
const EVERY: i32 = 1;

/// The colours, and which of them stands for which.
#[derive(Debug)]
pub(super) struct Palette {
    colours: Vec<Rgb>,
    known: RefCell<HashMap<Rgb, u8>>,
}

impl Palette {
    /// Colours for a picture in which each one is so often.
    pub(super) fn of(counts: &BTreeMap<Rgb, usize>) -> Self {
        let mut order: Vec<(Rgb, usize)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
        order.sort_by_key(|(colour, count)| (Reverse(*count), *colour));
        let colours = if order.len() <= MOST {
            order.iter().map(|(colour, _)| *colour).collect()
        } else {
            let (common, rest) = order.split_at(EXACT);
            let mut colours: Vec<Rgb> = common.iter().map(|(colour, _)| *colour).collect();
            let sample: Vec<u8> = rest
                .iter()
                .flat_map(|([red, green, blue], count)| [*red, *green, *blue, 255].repeat((*count).min(WEIGHT)))
                .collect();
            let chosen = NeuQuant::new(EVERY, MOST - EXACT, &sample).color_map_rgb();
            colours.extend(chosen.chunks_exact(3).map(|colour| [colour[0], colour[1], colour[2]]));
            colours
        };
        Self {
            colours,
            known: RefCell::default(),
        }
    }

    /// The place of the nearest colour.
    pub(super) fn index(&self, colour: Rgb) -> u8 {
        *self.known.borrow_mut().entry(colour).or_insert_with(|| {
            let distance = |other: &Rgb| -> u32 {
                colour
                    .iter()
                    .zip(other)
                    .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2))
                    .sum()
            };
            let nearest = (0_u8..=255).zip(&self.colours).min_by_key(|(_, other)| distance(other));
            nearest.map_or(0, |(index, _)| index)
        })
    }

    /// Three bytes for each colour.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colours.concat()
    }
}

//! Journeys in Freehold's own window, on a virtual display, with a real engine and a real node.

mod engine_gone;
mod journey;
mod stage;

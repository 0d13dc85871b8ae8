//! Journeys in Freehold's own window, on a virtual display, with a real engine and a real node.

mod engine_gone;
mod first_run;
mod journey;
mod quit;
mod second_start;
mod stage;
mod wallet;

//! What tests with the real thing share: the surroundings that `cargo xtask test` provides, a Freehold of its own for
//! each test, and a relay that can take the engine away. Never shipped.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test that cannot go on should end, and say why"
)]

pub mod environment;
pub mod image;
pub mod overlay;
pub mod pending;
pub mod relay;
pub mod sandbox;

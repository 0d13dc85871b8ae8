//! Builders and helpers for tests; never shipped.

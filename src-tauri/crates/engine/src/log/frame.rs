//! Takes an engine's log stream apart: eight bytes of header (stream and length), then the payload.
//!
//! A container with a terminal has no headers; its bytes are taken as standard output.

use bytes::{Buf as _, BytesMut};

use super::LogStream;

const HEADER: usize = 8;
/// Engines cut lines at 16 KiB and put one line into a frame; more than this is not a log.
const LONGEST_FRAME: usize = 1 << 20;

/// The stream taken apart so far.
#[derive(Debug, Default)]
pub(super) struct Frames {
    buffer: BytesMut,
    has_headers: Option<bool>,
}

impl Frames {
    /// Takes bytes in and hands out each complete frame. False where this is not a log.
    pub(super) fn add(&mut self, bytes: &[u8], mut take: impl FnMut(LogStream, &[u8])) -> bool {
        self.buffer.extend_from_slice(bytes);
        loop {
            match self.has_headers {
                None => {
                    if self.buffer.len() < HEADER {
                        return true;
                    }
                    self.has_headers = Some(self.buffer[0] <= 2 && self.buffer[1..4] == [0, 0, 0]);
                }
                Some(true) => {
                    let Some(header) = self.buffer.first_chunk::<HEADER>() else {
                        return true;
                    };
                    let [kind, _, _, _, a, b, c, d] = *header;
                    let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
                    if kind > 2 || length > LONGEST_FRAME {
                        return false;
                    }
                    if self.buffer.len() < HEADER + length {
                        return true;
                    }
                    self.buffer.advance(HEADER);
                    let payload = self.buffer.split_to(length);
                    take(if kind == 2 { LogStream::Err } else { LogStream::Out }, &payload);
                }
                Some(false) => {
                    let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') else {
                        return self.buffer.len() <= LONGEST_FRAME;
                    };
                    let line = self.buffer.split_to(end + 1);
                    take(LogStream::Out, &line);
                }
            }
        }
    }

    /// The stream is over: what is left without headers is a last line. A cut frame is dropped; it comes again.
    pub(super) fn finish(&mut self, mut take: impl FnMut(LogStream, &[u8])) {
        if self.has_headers != Some(true) && !self.buffer.is_empty() {
            take(LogStream::Out, &self.buffer);
        }
        self.buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frames, LogStream};

    fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).expect("short").to_be_bytes();
        [&[kind, 0, 0, 0], &length[..], payload].concat()
    }

    proptest! {
        #[test]
        fn frames_come_out_as_they_went_in_however_the_bytes_are_cut(
            payloads in proptest::collection::vec((1_u8..=2, proptest::collection::vec(any::<u8>(), 0..50)), 1..20),
            cut in 1_usize..40,
        ) {
            let bytes: Vec<u8> = payloads.iter().flat_map(|(kind, payload)| frame(*kind, payload)).collect();
            let mut found = Vec::new();
            let mut frames = Frames::default();
            for part in bytes.chunks(cut) {
                let is_log = frames.add(part, |stream, payload| found.push((if stream == LogStream::Err { 2 } else { 1 }, payload.to_vec())));
                prop_assert!(is_log, "a log is recognised");
            }
            prop_assert_eq!(found, payloads);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut frames = Frames::default();
            frames.add(&bytes, |_, _| {});
            frames.finish(|_, _| {});
        }
    }

    #[test]
    fn a_terminal_s_output_has_no_headers() {
        let mut found = Vec::new();
        let mut frames = Frames::default();
        frames.add(b"hello world\nand", |_, payload| found.push(payload.to_vec()));
        frames.finish(|_, payload| found.push(payload.to_vec()));
        assert_eq!(found, [b"hello world\n".to_vec(), b"and".to_vec()]);
    }
}

//! A container's log, page by page.
//!
//! The one rule: pages join without a gap and without a repeated line. A cursor names the last line handed out by its
//! time and by which of the lines of that very time it was (Podman's times are whole seconds); the next page starts
//! after that line in the log's own order, which is the only order that is certain.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::Method;
use serde_json::Value;
use tokio::time::Instant;

use crate::engine::READ_LIMIT;
use crate::wire::{encoded, path_with_query};
use crate::{Engine, EngineError};

mod assemble;
mod cursor;
mod frame;
mod text;

use assemble::{Assembler, StampedLine};
use cursor::{Cursor, Seeker};
use frame::Frames;

/// Most lines of one page; more wait for the next.
const PAGE_LINES: usize = 2000;
/// Lines read from the log's end to find the cursor again, before the whole log is read: engines read a log from its
/// start unless told how many lines are wanted.
const USUAL_TAIL: usize = 2000;
/// After the first new line, others that belong to the same moment are waited for this long.
const SETTLE: Duration = Duration::from_millis(40);
/// The log of a container that does not run is looked at this often: it may be started again.
const STOPPED_EVERY: Duration = Duration::from_secs(1);

const OPERATION: &str = "Reading the log";

/// What is wanted of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogQuery {
    /// The cursor of the page before, or a time in RFC 3339: lines after it are wanted. `None`: from the log's end.
    pub after: Option<String>,
    /// Without a cursor: how many lines from the log's end, at least one.
    pub tail: u32,
    /// How long to wait for a line when there is none.
    pub wait: Duration,
}

/// A part of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPage {
    /// The lines, oldest first; empty when none came in time.
    pub lines: Vec<LogLine>,
    /// Where the next page starts. Opaque, but starts with a time.
    pub cursor: Option<String>,
}

/// Which of the program's outputs a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogStream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When the engine took it, RFC 3339 in UTC.
    pub at: String,
    /// Where it came from.
    pub stream: LogStream,
    /// Its text: no escape sequences, no control characters, at most 16 KiB.
    pub text: String,
}

impl Engine {
    /// One page of the log. Waits up to `query.wait` for a first line, also while the container does not run.
    pub async fn logs(&self, container: &str, query: &LogQuery) -> Result<LogPage, EngineError> {
        let outcome = self.follow_log(container, query).await;
        if outcome.is_err() && matches!(self.is_gone(container).await, Ok(true)) {
            // It was taken away meanwhile, as it is when another takes its place: there is nothing more to read.
            tokio::time::sleep(STOPPED_EVERY.min(query.wait)).await;
            return Ok(page(Vec::new(), query.after.as_deref().and_then(Cursor::parse), query));
        }
        outcome
    }

    /// Whether the container was taken away, or is just being: Docker reads no log of one that it removes.
    async fn is_gone(&self, container: &str) -> Result<bool, EngineError> {
        let Some(seen) = self.inspect(container).await? else {
            return Ok(true);
        };
        let status = seen.pointer("/State/Status").and_then(Value::as_str);
        Ok(matches!(status, Some("removing" | "dead")))
    }

    async fn follow_log(&self, container: &str, query: &LogQuery) -> Result<LogPage, EngineError> {
        let deadline = Instant::now() + query.wait;
        let cursor = query.after.as_deref().and_then(Cursor::parse);
        loop {
            let lines = self.present_lines(container, cursor, query).await?;
            if !lines.is_empty() || Instant::now() >= deadline {
                return Ok(page(lines, cursor, query));
            }
            let (lines, is_over) = self.coming_lines(container, cursor, deadline).await?;
            if !lines.is_empty() || Instant::now() >= deadline {
                return Ok(page(lines, cursor, query));
            }
            if is_over {
                tokio::time::sleep_until(deadline.min(Instant::now() + STOPPED_EVERY)).await;
            }
        }
    }

    /// New lines that are in the log already.
    async fn present_lines(
        &self,
        container: &str,
        cursor: Option<Cursor>,
        query: &LogQuery,
    ) -> Result<Vec<StampedLine>, EngineError> {
        let wanted = usize::try_from(query.tail.max(1)).unwrap_or(PAGE_LINES).min(PAGE_LINES);
        let mut seeker = Seeker::new(cursor);
        self.read_log(container, cursor, Some(USUAL_TAIL), |line| seeker.add(line))
            .await?;
        if seeker.is_unsure(USUAL_TAIL) {
            seeker = Seeker::new(cursor);
            self.read_log(container, cursor, None, |line| seeker.add(line)).await?;
        }
        let mut lines = seeker.finish();
        if cursor.is_none() {
            // More was read than was asked for, so that the last line's place among those of its time is known.
            lines.drain(..lines.len().saturating_sub(wanted));
        }
        Ok(lines)
    }

    /// Waits for new lines; true where the engine ended the log because the container does not run.
    async fn coming_lines(
        &self,
        container: &str,
        cursor: Option<Cursor>,
        deadline: Instant,
    ) -> Result<(Vec<StampedLine>, bool), EngineError> {
        let mut seeker = Seeker::new(cursor);
        let mut reader = self.open_log(container, cursor, Some(USUAL_TAIL), true).await?;
        let mut until = deadline;
        loop {
            match tokio::time::timeout_at(until, reader.next(self)).await {
                Ok(Ok(Some(line))) => {
                    seeker.add(line);
                    if seeker.has_new() {
                        until = until.min(Instant::now() + SETTLE);
                    }
                    if seeker.new_lines() >= PAGE_LINES {
                        return Ok((seeker.finish_certain(), false));
                    }
                }
                Ok(Ok(None)) => return Ok((seeker.finish_certain(), true)),
                Ok(Err(error)) => return Err(error),
                Err(_) => return Ok((seeker.finish_certain(), false)),
            }
        }
    }

    async fn read_log(
        &self,
        container: &str,
        cursor: Option<Cursor>,
        tail: Option<usize>,
        mut take: impl FnMut(StampedLine),
    ) -> Result<(), EngineError> {
        let mut reader = self.open_log(container, cursor, tail, false).await?;
        loop {
            let asked = self.asked(OPERATION, READ_LIMIT);
            match tokio::time::timeout(READ_LIMIT, reader.next(self)).await {
                Ok(Ok(Some(line))) => take(line),
                Ok(Ok(None)) => return Ok(()),
                Ok(Err(error)) => return Err(error),
                Err(_) => return Err(asked.timed_out()),
            }
        }
    }

    async fn open_log(
        &self,
        container: &str,
        cursor: Option<Cursor>,
        tail: Option<usize>,
        follow: bool,
    ) -> Result<Reader, EngineError> {
        let tail = tail.map_or_else(|| "all".to_owned(), |count| count.to_string());
        let since = cursor.map(|cursor| cursor.since().to_string());
        let mut query = vec![
            ("stdout", "true"),
            ("stderr", "true"),
            ("timestamps", "true"),
            ("tail", tail.as_str()),
        ];
        query.push(("follow", if follow { "true" } else { "false" }));
        if let Some(since) = &since {
            query.push(("since", since));
        }
        let path = path_with_query(&format!("/containers/{}/logs", encoded(container)), &query);
        let response = self
            .wire()
            .open(Method::GET, &path, self.asked(OPERATION, READ_LIMIT))
            .await?;
        Ok(Reader {
            body: response.into_body(),
            frames: Frames::default(),
            assembler: Assembler::default(),
            is_over: false,
        })
    }
}

/// A log being read.
struct Reader {
    body: hyper::body::Incoming,
    frames: Frames,
    assembler: Assembler,
    is_over: bool,
}

impl Reader {
    async fn next(&mut self, engine: &Engine) -> Result<Option<StampedLine>, EngineError> {
        let asked = engine.asked(OPERATION, READ_LIMIT);
        loop {
            if let Some(line) = self.assembler.next() {
                return Ok(Some(line));
            }
            if self.is_over {
                return Ok(None);
            }
            match self.body.frame().await {
                Some(Ok(part)) => {
                    let Ok(bytes) = part.into_data() else { continue };
                    let is_readable = self
                        .frames
                        .add(&bytes, |stream, payload| self.assembler.add(stream, payload));
                    if !is_readable {
                        return Err(EngineError::Refused {
                            operation: OPERATION,
                            reason: "its reply is not a log".to_owned(),
                        });
                    }
                }
                Some(Err(error)) => return Err(asked.broke_off(&error)),
                None => {
                    self.is_over = true;
                    self.frames
                        .finish(|stream, payload| self.assembler.add(stream, payload));
                }
            }
        }
    }
}

fn page(mut lines: Vec<StampedLine>, before: Option<Cursor>, query: &LogQuery) -> LogPage {
    lines.truncate(PAGE_LINES);
    let cursor = lines.last().map(|line| Cursor::of(line).to_string());
    let kept = || before.map(|cursor| cursor.to_string()).or_else(|| query.after.clone());
    LogPage {
        cursor: cursor.or_else(kept),
        lines: lines.into_iter().map(|line| line.line).collect(),
    }
}

#[cfg(test)]
mod tests;

//! Requests that a browser sends again because it lost the connection: answered once.
//!
//! A browser drops every connection, those to its own machine too, when a network comes or goes on the machine; and each
//! container that starts brings one. What was asked may then be done already, so that asking anew would do it twice.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use freehold_model::{Fault, FaultCode};
use futures_util::FutureExt as _;
use futures_util::future::Shared;
use tokio::sync::oneshot;

/// The header with a request's id, the same each time it is sent.
pub(super) const REQUEST_ID: &str = "freehold-request";
/// How long an answer is kept after its question came. A browser asks again within seconds.
const KEPT_FOR: Duration = Duration::from_secs(30);

/// What is answered: JSON as it is sent.
pub(super) type Answer = Result<Bytes, Fault>;

/// The latest requests with an id, and what becomes of them.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<VecDeque<Question>>);

#[derive(Debug)]
struct Question {
    /// The request's id with its command.
    id: String,
    since: Instant,
    answer: Shared<oneshot::Receiver<Answer>>,
}

impl Asked {
    /// The answer to a question. It is asked with `begin` unless that was done before; then that answer is waited for.
    /// `begin` starts work that goes on by itself: a future that stood still because its connection is gone would keep
    /// what it has locked.
    pub(super) async fn once(&self, id: String, begin: impl FnOnce(oneshot::Sender<Answer>)) -> Answer {
        let answer = self.find_or_begin(id, begin);
        answer
            .await
            .unwrap_or_else(|_| Err(Fault::new(FaultCode::Internal).with("reason", "Freehold ends")))
    }

    fn find_or_begin(
        &self,
        id: String,
        begin: impl FnOnce(oneshot::Sender<Answer>),
    ) -> Shared<oneshot::Receiver<Answer>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        kept.retain(|question| now.duration_since(question.since) < KEPT_FOR);
        if let Some(before) = kept.iter().find(|question| question.id == id) {
            return before.answer.clone();
        }
        let (say, said) = oneshot::channel();
        begin(say);
        let answer = said.shared();
        kept.push_back(Question {
            id,
            since: now,
            answer: answer.clone(),
        });
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// Says how often it has begun, after a moment.
    fn counting(begun: &AtomicU32) -> impl FnOnce(oneshot::Sender<Answer>) + use<> {
        let count = begun.fetch_add(1, Ordering::SeqCst) + 1;
        move |say| {
            tokio_util::task::TaskTracker::new().spawn(async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                let _ = say.send(Ok(Bytes::from(count.to_string())));
            });
        }
    }

    #[tokio::test]
    async fn what_is_asked_again_is_begun_once_and_goes_on_by_itself() {
        let asked = Asked::default();
        let begun = AtomicU32::new(0);
        let ask = |id: &str| asked.once(id.to_owned(), |say| counting(&begun)(say));
        let lost = tokio::time::timeout(Duration::from_millis(5), ask("a")).await;
        assert!(
            lost.is_err() && begun.load(Ordering::SeqCst) == 1,
            "the connection went in the middle"
        );
        assert_eq!(ask("a").await.unwrap(), "1");
        assert_eq!(ask("a").await.unwrap(), "1");
        assert_eq!(ask("b").await.unwrap(), "2", "another question");
    }

    #[tokio::test]
    async fn what_was_asked_long_ago_is_forgotten() {
        let asked = Asked::default();
        let begun = AtomicU32::new(0);
        let ask = |id: &str| asked.once(id.to_owned(), |say| counting(&begun)(say));
        ask("a").await.unwrap();
        asked.0.lock().unwrap()[0].since -= KEPT_FOR;
        assert_eq!(ask("b").await.unwrap(), "2");
        assert_eq!(asked.0.lock().unwrap().len(), 1);
        assert_eq!(ask("a").await.unwrap(), "3");
    }

    #[tokio::test]
    async fn work_that_was_cut_off_is_a_fault() {
        let fault = Asked::default().once("a".to_owned(), drop).await.unwrap_err();
        assert_eq!(fault.code, FaultCode::Internal);
    }
}

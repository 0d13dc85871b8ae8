//! Requests that a browser sends again because it lost the connection: answered once.
//!
//! A browser drops every connection, those to its own machine too, when a network comes or goes on the machine; and each
//! container that starts brings one. What was asked may then be done already, so that asking anew would do it twice.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use freehold_model::Fault;
use futures_util::FutureExt as _;
use futures_util::future::Shared;
use serde_json::Value;

/// The header with a request's id, the same each time it is sent.
pub(super) const REQUEST_ID: &str = "freehold-request";
/// Answers kept. A browser asks again within seconds.
const KEPT: usize = 64;

type Answer = Result<Value, Fault>;
type Answering = Shared<Pin<Box<dyn Future<Output = Answer> + Send>>>;

/// The latest requests with an id, and what becomes of them.
#[derive(Default)]
pub(super) struct Asked(Mutex<VecDeque<(String, Answering)>>);

impl Asked {
    /// Answers `question`, or goes on with the answer that was begun when it was asked before.
    pub(super) async fn once<F>(&self, question: String, answer: impl FnOnce() -> F) -> Answer
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        let answering = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let before = kept.iter().find(|(asked, _)| *asked == question);
            if let Some((_, answering)) = before {
                answering.clone()
            } else {
                let future: Pin<Box<dyn Future<Output = Answer> + Send>> = Box::pin(answer());
                let answering = future.shared();
                kept.push_back((question, answering.clone()));
                if kept.len() > KEPT {
                    kept.pop_front();
                }
                answering
            }
        };
        answering.await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use serde_json::json;

    use super::{Asked, KEPT};

    #[tokio::test]
    async fn what_is_asked_again_is_done_once_and_goes_on_where_it_was() {
        let asked = Asked::default();
        let done: &'static AtomicU32 = Box::leak(Box::default());
        let work = || async {
            done.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(50)).await;
            done.fetch_add(10, Ordering::SeqCst);
            Ok(json!(done.load(Ordering::SeqCst)))
        };
        let lost = tokio::time::timeout(Duration::from_millis(5), asked.once("a".to_owned(), work)).await;
        assert!(
            lost.is_err() && done.load(Ordering::SeqCst) == 1,
            "the connection went in the middle"
        );
        assert_eq!(asked.once("a".to_owned(), work).await.unwrap(), json!(11));
        assert_eq!(asked.once("a".to_owned(), work).await.unwrap(), json!(11));
        for other in 0..KEPT {
            asked
                .once(other.to_string(), || async { Ok(json!(null)) })
                .await
                .unwrap();
        }
        assert_eq!(
            asked.once("a".to_owned(), work).await.unwrap(),
            json!(22),
            "long ago is forgotten"
        );
    }
}

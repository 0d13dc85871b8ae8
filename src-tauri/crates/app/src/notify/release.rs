//! News about releases: a newer one is there, or the one that runs ends soon.

use std::time::Duration;

use freehold_model::{NodeRecord, NodeSpec, Timestamp};
use freehold_store::{Activity, ActivityKind};
use freehold_supervisor::{NodeSnapshot, ending_warnings};

use super::{News, Topic};

/// How the entry about a release that ends begins: by it the last one is found again.
const ENDING: &str = "Release ending: ";
/// A release that ends is told about once in this time.
const ONCE_IN: Duration = Duration::from_hours(24);

/// The version that the catalog names, where the node runs another one. `None` while a new one is on its way, and for a
/// node that somebody else runs.
fn newer_version(record: &NodeRecord, spec: &NodeSpec) -> Option<String> {
    if record.external.is_some() || record.update.is_some() {
        return None;
    }
    let mut others = record.images.iter().filter_map(|(service, image)| {
        let named = &spec.service(service)?.image;
        let is_other = named.tag != image.tag || named.digest.as_ref().is_some_and(|digest| *digest != image.digest);
        is_other.then(|| named.tag.clone())
    });
    others.next()
}

/// News that there is a newer version. The sentence is the same each time, so that it can be found among what was told.
pub(crate) fn update_news(node: &NodeSnapshot) -> Option<News> {
    let record = &node.record;
    let version = newer_version(record, node.spec.as_deref()?)?;
    let name = &record.name;
    Some(News {
        topic: Topic::Update,
        node: Some(record.id.clone()),
        title: format!("An update for {name}"),
        body: format!("Version {version} is there for {name}; it is installed when you say so."),
        entry: Some(ActivityKind::Notice),
    })
}

/// News that the release ends soon.
pub(crate) fn ending_news(node: &NodeSnapshot, now: Timestamp) -> Option<News> {
    let record = &node.record;
    let report = node.probe.report.as_ref();
    let warning = ending_warnings(record, node.spec.as_deref()?, report, now)
        .into_iter()
        .next()?;
    let name = &record.name;
    Some(News {
        topic: Topic::Expiring,
        node: Some(record.id.clone()),
        title: format!("The release of {name} ends soon"),
        body: format!("{ENDING}{name}. {warning}"),
        entry: Some(ActivityKind::Notice),
    })
}

/// Whether it was told already: an update ever, a release that ends within the last day. `entries` are the node's own.
pub(crate) fn is_told(news: &News, entries: &[Activity], now: Timestamp) -> bool {
    let mut notices = entries.iter().filter(|entry| entry.kind == ActivityKind::Notice);
    match news.topic {
        Topic::Expiring => {
            notices.any(|entry| entry.text.starts_with(ENDING) && now.since(entry.at) < ONCE_IN && entry.at <= now)
        }
        _ => notices.any(|entry| entry.text == news.body),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use freehold_model::{Digest, ImageReference, NodeStatus, Timestamp};
    use freehold_store::{Activity, ActivityKind};

    use super::{ending_news, is_told, newer_version, update_news};
    use crate::test_node::{node, spec};

    fn entry(at: Timestamp, text: &str) -> Activity {
        Activity {
            id: 1,
            at,
            kind: ActivityKind::Notice,
            subject: Some("a".to_owned()),
            text: text.to_owned(),
            changes: Vec::new(),
        }
    }

    fn digest() -> Digest {
        format!("sha256:{}", "0".repeat(64)).parse().unwrap()
    }

    #[test]
    fn an_update_is_told_once_for_each_version() {
        let mut node = node("a", NodeStatus::Ready);
        let spec = spec("bitcoin-core");
        node.spec = Some(spec.clone());
        for service in &spec.services {
            let named = &service.image;
            let image = ImageReference {
                repository: named.repository.clone(),
                tag: named.tag.clone(),
                digest: named.digest.clone().unwrap_or_else(digest),
                platforms: Vec::new(),
            };
            node.record.images.insert(service.name.clone(), image);
        }
        assert_eq!(update_news(&node), None, "it runs what the catalog names");
        node.record
            .images
            .values_mut()
            .for_each(|image| image.tag = "0.1".to_owned());
        let version = newer_version(&node.record, &spec).unwrap();
        let news = update_news(&node).unwrap();
        assert!(news.body.contains(&version), "{news:?}");
        let now = Timestamp(10_000_000_000);
        assert!(!is_told(&news, &[], now));
        assert!(
            is_told(&news, &[entry(Timestamp(1), &news.body)], now),
            "however long ago"
        );
        let other = entry(Timestamp(1), &news.body.replace(&version, "0.2"));
        assert!(!is_told(&news, &[other], now), "another version is another thing");
    }

    #[test]
    fn an_ending_release_is_told_once_a_day() {
        let mut node = node("a", NodeStatus::Ready);
        let now = Timestamp(1_795_347_635_000);
        node.spec = Some(spec("bitcoin-core"));
        node.record.images.insert(
            node.services.first().unwrap().service.clone(),
            ImageReference {
                repository: "bitcoin/bitcoin".to_owned(),
                tag: "0.1".to_owned(),
                digest: digest(),
                platforms: Vec::new(),
            },
        );
        assert_eq!(ending_news(&node, now), None, "it has no end");
        node.record.good_until.date = Some("2026-12-01".to_owned());
        let news = ending_news(&node, now).unwrap();
        assert!(news.body.contains("2026-12-01"), "{news:?}");
        let hours = |hours| now.plus(Duration::from_hours(hours));
        assert!(is_told(&news, &[entry(now, &news.body)], hours(23)));
        assert!(!is_told(&news, &[entry(now, &news.body)], hours(25)));
        assert!(!is_told(&news, &[entry(now, "Something else")], hours(1)));
    }
}

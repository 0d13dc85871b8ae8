//! Image references: a host and a path, a release, platforms.

use freehold_model::spec::ImageSpec;

use super::is_plain_name;

/// What is wrong with an image reference: key, reason, hint.
pub(super) fn problems(image: &ImageSpec) -> Vec<(&'static str, String, Option<String>)> {
    let mut found = Vec::new();
    let repository = &image.repository;
    let name = repository.rsplit('/').next().unwrap_or_default();
    if repository.contains('@') || name.contains(':') {
        let hint = "tag and digest have keys of their own".to_owned();
        found.push((
            "repository",
            format!("`{repository}` must hold neither tag nor digest"),
            Some(hint),
        ));
    } else if !is_repository(repository) {
        let hint = "write the registry's host too, for example `docker.io/bitcoin/bitcoin`".to_owned();
        found.push((
            "repository",
            format!("`{repository}` is not a registry host and a path in lower case"),
            Some(hint),
        ));
    }
    if image.tag == "latest" || image.tag.is_empty() {
        let reason = format!("the tag `{}` names no release", image.tag);
        found.push(("tag", reason, Some("write the release that the digest is".to_owned())));
    }
    let is_platform = |text: &str| {
        let parts: Vec<&str> = text.split('/').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_plain_name(part))
    };
    if image.platforms.is_empty() {
        found.push((
            "platforms",
            "at least one platform is needed".to_owned(),
            Some("for example `linux/amd64`".to_owned()),
        ));
    }
    for platform in image.platforms.iter().filter(|platform| !is_platform(platform)) {
        found.push((
            "platforms",
            format!("`{platform}` is not a platform"),
            Some("for example `linux/amd64`".to_owned()),
        ));
    }
    found
}

fn is_repository(text: &str) -> bool {
    let Some((host, path)) = text.split_once('/') else {
        return false;
    };
    let host_is_plain = host
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:".contains(&b));
    let is_host = host == "localhost" || host.contains(['.', ':']);
    let part_is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
    };
    host_is_plain && is_host && path.split('/').all(part_is_plain)
}

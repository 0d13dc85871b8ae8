//! The tests' image registry, spoken to as any client would: to move a tag from one image to another.

use anyhow::{Context as _, Result, ensure};

use crate::http;
use crate::image::Image;

/// What a manifest may be; the registry says which.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
                      application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

/// Makes `tag` in the image's repository point to the image.
pub fn point(tag: &str, image: &Image) -> Result<()> {
    let (headers, manifest) = manifest(image, &image.digest)?;
    let kind = header(&headers, "content-type").context("a manifest has a type")?;
    let line = format!("PUT /v2/{}/manifests/{tag}", image.name());
    let sent = [("Host", image.registry()), ("Content-Type", kind)];
    let answer = http::request(image.registry(), &line, &sent, &manifest)?;
    ensure!(answer.status == 201, "{line}: {} {}", answer.status, answer.text);
    ensure!(
        digest_of(tag, image)? == image.digest,
        "{tag} does not point to {}",
        image.digest
    );
    Ok(())
}

/// The digest that a tag of the image's repository points to.
pub fn digest_of(tag: &str, image: &Image) -> Result<String> {
    let (headers, _) = manifest(image, tag)?;
    let digest = header(&headers, "docker-content-digest").context("a manifest has a digest")?;
    Ok(digest.to_owned())
}

fn manifest(image: &Image, reference: &str) -> Result<(String, String)> {
    let line = format!("GET /v2/{}/manifests/{reference}", image.name());
    let headers = [("Host", image.registry()), ("Accept", ACCEPT)];
    let answer = http::request(image.registry(), &line, &headers, "")?;
    ensure!(answer.status == 200, "{line}: {} {}", answer.status, answer.text);
    let (headers, body) = answer.text.split_once("\r\n\r\n").context("an answer has a body")?;
    Ok((headers.to_owned(), body.to_owned()))
}

fn header<'a>(headers: &'a str, name: &str) -> Option<&'a str> {
    let fields = headers.lines().filter_map(|line| line.split_once(':'));
    let mut found = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim())
}

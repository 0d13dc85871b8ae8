//! Uploads an image over the registry's HTTP interface: only what the registry does not have yet.

use anyhow::{Context as _, Result, bail};

use super::oci::{Blob, INDEX, Image};
use crate::http::{self, Request, Response};
use crate::steps::Notes;

pub(super) fn push(registry: &str, repository: &str, tag: &str, image: &Image, notes: &Notes) -> Result<()> {
    let target = Target { registry, repository };
    for (at, blob) in image.layers.iter().chain([&image.config]).enumerate() {
        if target.blob(blob)? {
            notes.say(&format!(
                "{repository}:{tag}: part {} of {}, {} KB",
                at + 1,
                image.layers.len() + 1,
                blob.bytes.len().div_ceil(1000)
            ));
        }
    }
    target.manifest(&image.manifest, &image.manifest.digest)?;
    target.manifest(&image.index, tag)
}

/// Whether the registry has this image under this tag already.
pub(super) fn has(registry: &str, repository: &str, tag: &str, digest: &str) -> Result<bool> {
    let target = Target { registry, repository };
    let path = format!("/v2/{repository}/manifests/{tag}");
    let known = target.ask("HEAD", &path, &[("Accept", INDEX)], &[])?;
    Ok(known.status == 200 && known.header("docker-content-digest") == Some(digest))
}

struct Target<'a> {
    registry: &'a str,
    repository: &'a str,
}

impl Target<'_> {
    /// Uploads one blob; `false` when it was there.
    fn blob(&self, blob: &Blob) -> Result<bool> {
        let known = format!("/v2/{}/blobs/{}", self.repository, blob.digest);
        if self.ask("HEAD", &known, &[], &[])?.status == 200 {
            return Ok(false);
        }
        let begun = self.ask("POST", &format!("/v2/{}/blobs/uploads/", self.repository), &[], &[])?;
        let location = begun
            .header("location")
            .context("the registry named no place for the upload")?;
        let path = self.path_of(location);
        let mark = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{mark}digest={}", blob.digest);
        let put = self.ask(
            "PUT",
            &path,
            &[("Content-Type", "application/octet-stream")],
            &blob.bytes,
        )?;
        expect(&put, 201, "a part of the image")?;
        Ok(true)
    }

    fn manifest(&self, manifest: &Blob, name: &str) -> Result<()> {
        let path = format!("/v2/{}/manifests/{name}", self.repository);
        let put = self.ask("PUT", &path, &[("Content-Type", manifest.media_type)], &manifest.bytes)?;
        expect(&put, 201, "the image's manifest")?;
        match put.header("docker-content-digest") {
            Some(digest) if digest == manifest.digest => Ok(()),
            other => bail!(
                "the registry stored the manifest as {other:?}, expected {}",
                manifest.digest
            ),
        }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Response> {
        let request = Request {
            method,
            path,
            host: self.registry,
            headers,
            body,
        };
        http::over_tcp(&request).with_context(|| format!("the registry at {} failed", self.registry))
    }

    /// The path of a location that may be given with or without its host.
    fn path_of<'l>(&self, location: &'l str) -> &'l str {
        location
            .strip_prefix("http://")
            .and_then(|rest| rest.strip_prefix(self.registry))
            .unwrap_or(location)
    }
}

fn expect(response: &Response, status: u16, what: &str) -> Result<()> {
    if response.status == status {
        return Ok(());
    }
    let why = String::from_utf8_lossy(&response.body).into_owned();
    bail!(
        "the registry refused {what} with status {}: {}",
        response.status,
        why.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_place_is_understood_in_both_forms() {
        let target = Target {
            registry: "127.0.0.1:5055",
            repository: "a/b",
        };
        assert_eq!(
            target.path_of("http://127.0.0.1:5055/v2/a/b/blobs/uploads/1?_state=x"),
            "/v2/a/b/blobs/uploads/1?_state=x"
        );
        assert_eq!(target.path_of("/v2/a/b/blobs/uploads/1"), "/v2/a/b/blobs/uploads/1");
    }
}

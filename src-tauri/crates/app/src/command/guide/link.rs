//! The links that telephones' wallets read, and their pictures. Pure.

use freehold_model::{Credential, Fault, FaultCode};
use freehold_wallets::LinkForm;
use qrcode::QrCode;
use qrcode::render::svg;

/// Pixels of one side at least; an SVG is scaled at will.
const SIDE: u32 = 240;

/// What a link is made of.
#[derive(Debug)]
pub(super) struct LinkParts<'a> {
    /// Host and port, IPv6 in brackets.
    pub(super) authority: &'a str,
    /// The chain, for wallets of several.
    pub(super) chain: &'a str,
    pub(super) credential: Option<&'a Credential>,
    /// The node's name.
    pub(super) label: &'a str,
}

/// The link, as the wallet's own source reads it.
pub(super) fn link(form: LinkForm, parts: &LinkParts<'_>) -> String {
    let authority = parts.authority;
    match form {
        // `t`: TCP without TLS.
        LinkForm::Bluewallet => {
            format!(
                "bluewallet:setelectrumserver?server={}",
                encoded(&format!("{authority}:t"))
            )
        }
        LinkForm::FullyNoded => {
            let login = parts
                .credential
                .map(|login| format!("{}:{}@", encoded(&login.user), encoded(login.password.expose())));
            format!(
                "btcrpc://{}{authority}?label={}",
                login.unwrap_or_default(),
                encoded(parts.label)
            )
        }
        LinkForm::Cake if parts.chain == "monero" => {
            let login = parts.credential.map(|login| {
                format!(
                    "username={}&password={}&",
                    encoded(&login.user),
                    encoded(login.password.expose())
                )
            });
            format!("monero_node:{authority}?{}trusted=true", login.unwrap_or_default())
        }
        LinkForm::Cake => format!("tcp://{authority}"),
    }
}

/// Everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`, as in a part of a URL.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |nibble: u8| {
                char::from_digit(u32::from(nibble), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase()
            };
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

/// The text as an SVG with a quiet zone, dark on light whatever the window's colours are: cameras want it so.
pub(crate) fn picture(text: &str) -> Result<String, Fault> {
    let code = QrCode::new(text.as_bytes()).map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(SIDE, SIDE)
        .quiet_zone(true)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build())
}

#[cfg(test)]
mod tests {
    use freehold_model::Secret;

    use super::*;

    fn login() -> Credential {
        Credential {
            user: "free hold".to_owned(),
            password: Secret::new("a/b+c&d"),
        }
    }

    #[test]
    fn links_have_the_form_that_each_wallet_reads() {
        let login = login();
        let parts = |chain, credential| LinkParts {
            authority: "192.168.1.10:50001",
            chain,
            credential,
            label: "My node",
        };
        for (form, parts, link_text) in [
            (
                LinkForm::Bluewallet,
                parts("bitcoin", None),
                "bluewallet:setelectrumserver?server=192.168.1.10%3A50001%3At",
            ),
            (
                LinkForm::FullyNoded,
                parts("bitcoin", Some(&login)),
                "btcrpc://free%20hold:a%2Fb%2Bc%26d@192.168.1.10:50001?label=My%20node",
            ),
            (
                LinkForm::Cake,
                parts("monero", Some(&login)),
                "monero_node:192.168.1.10:50001?username=free%20hold&password=a%2Fb%2Bc%26d&trusted=true",
            ),
            (LinkForm::Cake, parts("bitcoin", None), "tcp://192.168.1.10:50001"),
        ] {
            assert_eq!(link(form, &parts), link_text);
        }
    }

    /// Reads the picture as a camera would: its dark squares, with the light frame around them.
    fn read(svg: &str) -> (String, usize) {
        let number = |name: &str| -> usize {
            let rest = svg.split_once(&format!("{name}=\"")).unwrap().1;
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let side = number("width");
        let mut dark = vec![false; side * side];
        let path = svg.split_once(" d=\"").unwrap().1.split_once('"').unwrap().0;
        let mut least = side;
        // Each rectangle is `Mx yhWIDTHvHEIGHTHxVy`, as this library writes them.
        for square in path.split('M').filter(|part| !part.is_empty()) {
            let (x, rest) = square.split_once([' ', ',']).unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (width, rest) = rest.split_once('v').unwrap();
            let height = rest.split_once('H').unwrap().0;
            let [x, y, width, height] = [x, y, width, height].map(|text| text.parse::<usize>().unwrap());
            least = least.min(x).min(y);
            for row in y..y + height {
                for column in x..x + width {
                    dark[row * side + column] = true;
                }
            }
        }
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark[y * side + x] { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        (grids[0].decode().unwrap().1, least)
    }

    #[test]
    fn a_camera_reads_the_link_back() {
        let long = format!("btcrpc://user:{}@{}.onion:8332?label=x", "p".repeat(64), "o".repeat(56));
        for text in [
            "tcp://192.168.1.10:50001",
            "bluewallet:setelectrumserver?server=a%3At",
            long.as_str(),
        ] {
            let svg = picture(text).unwrap();
            let (back, frame) = read(&svg);
            assert_eq!(back, text);
            // The standard asks for four modules of quiet around the code; a module here is several pixels.
            assert!(frame >= 8, "a quiet zone of {frame} pixels");
            assert!(!svg.contains("<script") && !svg.contains("href"), "a picture only");
        }
    }
}

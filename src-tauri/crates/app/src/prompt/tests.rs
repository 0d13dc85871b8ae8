//! What a page lets in, over a real socket: only its own browser tab, once, in time.

use std::sync::atomic::{AtomicUsize, Ordering};

use freehold_wallets::{evm_chain, fill, guide};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::*;

const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

struct Stage {
    port: u16,
    prompt: Arc<Prompt>,
    asked: Arc<AtomicUsize>,
    server: JoinHandle<()>,
}

fn page() -> Page {
    let guide = guide("metamask").unwrap();
    let steps = fill(guide, &guide.revert, &[]);
    Page::new(&PageFacts {
        words: guide.prompt.as_ref().unwrap(),
        chain: evm_chain(1).unwrap(),
        node: "My <node> \"{data}\"",
        url: "http://127.0.0.1:23001",
        revert: &steps,
    })
}

async fn stage(lifetime: Duration) -> Stage {
    let (listener, address) = bind().await.unwrap();
    assert!(address.ip().is_loopback());
    let prompt = Arc::new(Prompt {
        id: "id".to_owned(),
        wallet: "metamask".to_owned(),
        node: "node".to_owned(),
        progress: watch::Sender::new(Progress::at(PromptState::Waiting)),
        end: CancellationToken::new(),
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let answer = move |outcome: Outcome| {
        counted.fetch_add(1, Ordering::SeqCst);
        let height = (outcome.outcome == OutcomeKind::Approved).then_some(7);
        async move { Reply { height } }
    };
    let served = serve(
        listener,
        address,
        TOKEN.to_owned(),
        page(),
        prompt.clone(),
        lifetime,
        answer,
    );
    #[expect(clippy::disallowed_methods, reason = "joined or aborted by the test")]
    let server = tokio::spawn(served);
    Stage {
        port: address.port(),
        prompt,
        asked,
        server,
    }
}

impl Stage {
    fn own(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    async fn send(&self, text: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
        // A refusal may come before everything was sent; what arrived is what counts.
        let _reset_is_fine = read.expect("every answer comes in time");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        (status, answer)
    }

    async fn get(&self, path: &str, headers: &str) -> (u16, String) {
        self.send(&format!("GET {path} HTTP/1.1\r\n{headers}\r\n")).await
    }

    async fn tell(&self, body: &str, headers: &str) -> (u16, String) {
        let length = body.len();
        self.send(&format!(
            "POST /{TOKEN}/outcome HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    async fn tell_own(&self, outcome: &str) -> (u16, String) {
        let own = self.own();
        let headers = format!("Host: {own}\r\nOrigin: http://{own}\r\nContent-Type: application/json\r\n");
        self.tell(&format!("{{\"outcome\":\"{outcome}\",\"said\":null}}"), &headers)
            .await
    }

    fn state(&self) -> PromptState {
        self.prompt.progress.borrow().state
    }
}

const LONG: Duration = Duration::from_mins(1);

#[tokio::test]
async fn the_page_is_whole_and_loads_nothing_from_elsewhere() {
    let stage = stage(LONG).await;
    let host = format!("Host: {}\r\n", stage.own());
    let (status, page) = stage.get(&format!("/{TOKEN}/"), &host).await;
    assert_eq!(status, 200);
    assert_eq!(stage.state(), PromptState::Opened);
    let lower = page.to_lowercase();
    for header in [
        "content-security-policy: default-src 'none'; script-src 'self';",
        "frame-ancestors 'none'",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
    ] {
        assert!(lower.contains(header), "{header} is missing in {page}");
    }
    assert!(!lower.contains("access-control-"), "no CORS header");
    assert!(!lower.contains("unsafe"), "no inline code");
    let body = page.split_once("\r\n\r\n").unwrap().1;
    for foreign in ["https://", "//cdn", "@import", "<script>", " onclick", " style="] {
        assert!(!body.contains(foreign), "{foreign}");
    }
    assert!(body.contains("My &lt;node&gt; &quot;"), "names are escaped");
    let data = body.split_once("data-page=\"").unwrap().1.split_once('"').unwrap().0;
    let data = data
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let data: Value = serde_json::from_str(&data.replace("&amp;", "&")).unwrap();
    let request = &data["request"];
    assert_eq!(request["chainId"], "0x1");
    assert_eq!(request["rpcUrls"], serde_json::json!(["http://127.0.0.1:23001"]));
    assert_eq!(
        request["nativeCurrency"],
        serde_json::json!({ "name": "Ether", "symbol": "ETH", "decimals": 18 })
    );
    for (path, kind) in [("page.js", "text/javascript"), ("page.css", "text/css")] {
        let (status, answer) = stage.get(&format!("/{TOKEN}/{path}"), &host).await;
        assert_eq!(status, 200);
        assert!(answer.contains(kind));
    }
    stage.server.abort();
}

#[tokio::test]
async fn another_host_or_origin_is_refused_before_anything_else() {
    let stage = stage(LONG).await;
    let (own, port) = (stage.own(), stage.port);
    let path = format!("/{TOKEN}/");
    for host in [
        format!("evil.example:{port}"),
        "evil.example".to_owned(),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port.wrapping_add(1)),
        format!("0.0.0.0:{port}"),
        format!("localhost.:{port}"),
        format!("LOCALHOST:{port}"),
        String::new(),
    ] {
        let (status, _) = stage.get(&path, &format!("Host: {host}\r\n")).await;
        assert_eq!(status, 421, "`{host}` (DNS rebinding)");
    }
    let twice = format!("Host: {own}\r\nHost: evil.example\r\n");
    assert_eq!(stage.get(&path, &twice).await.0, 421);
    assert_eq!(stage.get(&path, "").await.0, 421, "no Host at all");
    let absolute = format!("http://evil.example{path}");
    assert_eq!(stage.get(&absolute, &format!("Host: {own}\r\n")).await.0, 421);
    for origin in [
        "http://evil.example",
        "https://127.0.0.1",
        "null",
        "http://127.0.0.1:1",
        "",
    ] {
        let (status, _) = stage.get(&path, &format!("Host: {own}\r\nOrigin: {origin}\r\n")).await;
        assert_eq!(status, 403, "`{origin}`");
    }
    let localhost = format!("Host: localhost:{port}\r\nOrigin: http://{own}\r\n");
    assert_eq!(stage.get(&path, &localhost).await.0, 403, "Origin and Host differ");
    let embedded =
        format!("Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n");
    assert_eq!(stage.get(&format!("{path}page.js"), &embedded).await.0, 403);
    assert_eq!(stage.state(), PromptState::Waiting, "none of these counts as opened");
    let good = format!("Host: localhost:{port}\r\n");
    assert_eq!(stage.get(&path, &good).await.0, 200);
    stage.server.abort();
}

#[tokio::test]
async fn without_the_token_nothing_is_told() {
    let stage = stage(LONG).await;
    let host = format!("Host: {}\r\n", stage.own());
    let other = "0".repeat(64);
    for path in [
        "/",
        "/page.js",
        "/favicon.ico",
        &format!("/{other}/"),
        &format!("/{TOKEN}"),
        &format!("/{}/", &TOKEN[..63]),
    ] {
        let (status, answer) = stage.get(path, &host).await;
        assert_eq!(status, 404, "{path}");
        assert!(!answer.to_lowercase().contains("freehold"), "{path} tells who is here");
    }
    assert_eq!(stage.get(&format!("/{TOKEN}/other"), &host).await.0, 404);
    let wrong = format!("PUT /{TOKEN}/ HTTP/1.1\r\n{host}\r\n");
    assert_eq!(stage.send(&wrong).await.0, 405);
    assert_eq!(stage.get(&format!("/{TOKEN}/outcome"), &host).await.0, 405);
    stage.server.abort();
}

#[tokio::test]
async fn an_outcome_counts_only_from_the_page_itself() {
    let stage = stage(LONG).await;
    let own = stage.own();
    let body = r#"{"outcome":"approved"}"#;
    let json = "Content-Type: application/json\r\n";
    let origin = format!("Origin: http://{own}\r\n");
    for (headers, status, why) in [
        (format!("Host: {own}\r\n{json}"), 403, "no Origin"),
        (
            format!("Host: {own}\r\n{json}Origin: http://evil.example\r\n"),
            403,
            "a foreign Origin",
        ),
        (
            format!("Host: {own}\r\n{origin}Content-Type: text/plain\r\n"),
            415,
            "what a form can send",
        ),
        (
            format!("Host: {own}\r\n{origin}{json}Sec-Fetch-Site: same-site\r\n"),
            403,
            "another port's page",
        ),
        (format!("Host: evil.example\r\n{origin}{json}"), 421, "a rebound name"),
    ] {
        assert_eq!(stage.tell(body, &headers).await.0, status, "{why}");
    }
    let good = format!("Host: {own}\r\n{origin}{json}");
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"outcome":"other"}"#,
        r#"{"outcome":"approved","more":1}"#,
    ] {
        assert_eq!(stage.tell(bad, &good).await.0, 400, "`{bad}`");
    }
    let large = format!("{{\"outcome\":\"approved\",\"said\":\"{}\"}}", "x".repeat(8192));
    assert_eq!(stage.tell(&large, &good).await.0, 413);
    assert_eq!(stage.asked.load(Ordering::SeqCst), 0, "none of these counted");
    stage.server.abort();
}

#[tokio::test]
async fn a_refusal_may_be_mended_and_an_approval_ends_the_page() {
    let stage = stage(LONG).await;
    for (outcome, state) in [
        ("asking", PromptState::Opened),
        ("refused", PromptState::Refused),
        ("no-wallet", PromptState::NoWallet),
        ("wrong-chain", PromptState::WrongChain),
        ("failed", PromptState::Failed),
    ] {
        assert_eq!(stage.tell_own(outcome).await.0, 200);
        assert_eq!(stage.state(), state);
    }
    let (status, answer) = stage.tell_own("approved").await;
    assert_eq!(status, 200);
    assert!(answer.ends_with("{\"height\":7}"), "{answer}");
    assert_eq!(stage.state(), PromptState::Approved);
    let ended = tokio::time::timeout(Duration::from_secs(10), stage.server).await;
    assert!(ended.is_ok(), "the listener is gone after its one use");
    let again = TcpStream::connect(("127.0.0.1", stage.port)).await;
    assert!(again.is_err(), "nobody listens there any more");
    assert_eq!(stage.prompt.progress.borrow().height, Some(7));
}

#[tokio::test]
async fn what_is_slow_or_large_is_cut_off() {
    let stage = stage(LONG).await;
    let own = stage.own();
    let head = format!(
        "GET /{TOKEN}/ HTTP/1.1\r\nHost: {own}\r\nX: {}\r\n",
        "x".repeat(64 * 1024)
    );
    let (status, _) = stage.send(&format!("{head}\r\n")).await;
    assert!(
        status == 431 || status == 0,
        "a large head is refused, not answered with {status}"
    );
    // Headers that never end, and a body that never comes: both are ended by the server.
    let (status, _) = stage.send("GET / HTTP/1.1\r\n").await;
    assert!(
        status == 408 || status == 0,
        "slow headers are not answered with {status}"
    );
    let slow = format!(
        "POST /{TOKEN}/outcome HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    assert_eq!(stage.send(&slow).await.0, 408);
    assert_eq!(stage.asked.load(Ordering::SeqCst), 0);
    stage.server.abort();
}

#[tokio::test]
async fn time_or_a_newer_page_ends_it() {
    let stage = stage(Duration::from_millis(200)).await;
    tokio::time::timeout(Duration::from_secs(10), stage.server)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stage.prompt.progress.borrow().state, PromptState::Expired);

    let first = self::stage(LONG).await;
    let prompts = Prompts::default();
    prompts.add(first.prompt.clone());
    let second = self::stage(LONG).await;
    prompts.add(second.prompt.clone());
    tokio::time::timeout(Duration::from_secs(10), first.server)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(first.prompt.progress.borrow().state, PromptState::Expired);
    assert_eq!(second.state(), PromptState::Waiting);
    second.server.abort();
}

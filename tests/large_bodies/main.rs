//! A body of 100 MB, which is not held in memory. This is a program of its own, since memory is measured for all of it.

#[path = "../agent_server/clients/server.rs"]
#[allow(dead_code, reason = "the other test needs more")]
mod server;

use agent_server_models::client::{Client, Failure};
use agent_server_models::operations::download_file_query::{Params, call};

use server::Server;

const SIZE: usize = 100 << 20;

/// What may be held on the way, in bytes.
const HELD: usize = 24 << 20;

/// A server of a body of 100 MB, with its length or in chunks.
fn server() -> Server {
    Server::start(|request, out| {
        let chunk = vec![b'x'; 1 << 20];
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n";
        let is_chunked = request.line.contains("chunked");
        let length = if is_chunked {
            "Transfer-Encoding: chunked".to_owned()
        } else {
            format!("Content-Length: {SIZE}")
        };
        let mut send = || {
            write!(out, "{head}{length}\r\n\r\n")?;
            for _ in 0..SIZE / chunk.len() {
                if is_chunked {
                    write!(out, "{:x}\r\n", chunk.len())?;
                }
                out.write_all(&chunk)?;
                if is_chunked {
                    out.write_all(b"\r\n")?;
                }
            }
            if is_chunked { out.write_all(b"0\r\n\r\n") } else { Ok(()) }
        };
        // Who has read enough goes away.
        let _: std::io::Result<()> = send();
    })
}

/// The most memory that this program held, in bytes, where the system says it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok().map(|kilobytes: usize| kilobytes * 1024)
}

fn params(path: &str) -> Params {
    Params { path: path.to_owned() }
}

async fn download(client: &Client, path: &str) -> usize {
    let call = call(&params(path)).expect("it can be made");
    let response = client.open(&call).await.expect("it is answered");
    let mut body = response.into_body();
    let (mut length, mut longest) = (0, 0);
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk.expect("it arrives");
        length += chunk.len();
        longest = longest.max(chunk.len());
    }
    assert!(longest <= 1 << 20, "a chunk has {longest} bytes");
    length
}

#[test]
fn large_bodies_are_read_in_chunks_or_refused() {
    let server = server();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it can be made");
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    let clients =
        [Client::new(server.url.as_str(), agent), Client::new(server.url.as_str(), reqwest::Client::new())];
    let before = peak();
    for client in clients {
        for path in ["whole", "chunked"] {
            assert_eq!(runtime.block_on(download(&client, path)), SIZE);
        }
        // What is read as a whole has a limit.
        let client = client.limit(1 << 20);
        let call = call(&params("whole")).expect("it can be made");
        let failure = runtime.block_on(call.answer(&client)).expect_err("it is too long");
        let Failure::Transport(error) = failure else { panic!("{failure:?}") };
        assert_eq!(error.to_string(), "the body is longer than 1048576 bytes");
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < HELD, "it held {} bytes more", after - before);
    }
}

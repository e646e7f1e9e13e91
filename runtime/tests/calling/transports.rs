//! An HTTP library that is async: its responses are streams, too.

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::pin;
use std::sync::mpsc;
use std::thread;

use crate::streams::ENDPOINT;
use futures_core::Stream;
use modelsmith_runtime::client::{Client, Frame, Source, Streamed, Streams};
use modelsmith_runtime::{Answers, Call, Endpoint, Error, Upload, from_slice};
use serde_json::{Value, json};

#[derive(Debug)]
struct Response;

impl Answers for Response {
    type Success = Infallible;

    fn read(_: u16, _: Option<&str>, _: &[u8]) -> Result<Self, Error> {
        Ok(Response)
    }

    fn success(self) -> Result<Infallible, Self> {
        Err(self)
    }
}

impl Streams for Response {
    type Item = Value;
    const STREAM: &'static Streamed =
        &Streamed { media_types: &["application/x-ndjson"], done: None, secret: false };

    fn item(frame: &Frame) -> Result<Value, Error> {
        frame.read(Source::Data, from_slice)
    }
}

/// A server for one connection: it answers with lines in pieces, of which each waits until it may be sent.
fn serve(pieces: &'static [&'static str]) -> (String, mpsc::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    let (go, wait) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody calls");
        let mut sent = Vec::new();
        let mut chunk = [0; 4096];
        while !sent.windows(4).any(|end| end == b"\r\n\r\n") {
            let length = stream.read(&mut chunk).expect("it sends");
            sent.extend_from_slice(&chunk[..length]);
        }
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).expect("it listens");
        for piece in pieces {
            wait.recv().expect("it reads");
            write!(stream, "{:x}\r\n{piece}\r\n", piece.len()).expect("it listens");
            stream.flush().expect("it listens");
        }
        wait.recv().expect("it reads");
        stream.write_all(b"0\r\n\r\n").expect("it listens");
    });
    (url, go)
}

#[test]
fn reqwest_reads_items_as_they_come() {
    let (url, go) = serve(&["[1]\n[", "2]\n"]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = Client::new(url, reqwest::Client::new());
        let call = Call::<Response>::new(&ENDPOINT, &[], None).expect("it can be made");
        let mut items = call.stream(&client).await.expect("it is a stream");
        go.send(()).expect("it serves");
        assert_eq!(items.next().await.and_then(Result::ok), Some(json!([1])));
        go.send(()).expect("it serves");
        let next = std::future::poll_fn(|context| pin!(&mut items).as_mut().poll_next(context)).await;
        assert_eq!(next.and_then(Result::ok), Some(json!([2])));
        go.send(()).expect("it serves");
        assert!(items.next().await.is_none());
    });
}

/// A reader that breaks, and one that panics.
struct Broken(u8);

impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0 += 1;
        match self.0 {
            1 => {
                into.fill(b'x');
                Ok(into.len())
            }
            2 => Err(std::io::Error::other("the disk is gone")),
            _ => panic!("the reader is broken"),
        }
    }
}

/// What does not end well is not sent as if it did.
#[test]
fn a_reader_that_fails_fails_the_request() {
    static ENDPOINT: Endpoint = Endpoint { method: "POST", ..crate::streams::ENDPOINT };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            // It is sent something, and never all.
            thread::spawn(move || std::io::copy(&mut stream, &mut std::io::sink()));
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let clients = [
        Client::new(url.as_str(), ureq::Agent::new_with_defaults()),
        Client::new(url.as_str(), reqwest::Client::new()),
    ];
    for client in &clients {
        let call = Call::<Response>::new(&ENDPOINT, &[], None).expect("it can be made");
        let failure = runtime.block_on(call.upload(Upload::reader(Broken(0), None)).answer(client));
        let failure = failure.expect_err("the reader fails");
        let shown = format!("{failure:?}");
        assert!(shown.contains("the disk is gone"), "{shown}");
    }
    let call = Call::<Response>::new(&ENDPOINT, &[], None).expect("it can be made");
    let failure = runtime.block_on(call.upload(Upload::reader(Broken(2), None)).answer(&clients[1]));
    let shown = format!("{:?}", failure.expect_err("the reader panics"));
    assert!(shown.contains("the reader of the body panicked"), "{shown}");
}

//! A file of 100 MB that is sent in a form, and is not held in memory. This is a program of its own, since memory is measured for
//! all of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write, copy, sink};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use modelsmith_runtime as runtime;
use modelsmith_runtime::client::Client;
use modelsmith_runtime::{Call, Content, Endpoint, File, Sent, Upload};

#[path = "support/response.rs"]
mod response;

use response::Response;

const SIZE: u64 = 100 << 20;

/// What may be held on the way, in bytes.
const HELD: usize = 8 << 20;

static ENDPOINT: Endpoint = Endpoint {
    id: "upload",
    method: "POST",
    path: "/files",
    parameters: &[],
    answers: &[],
    security: &[],
    server: None,
    success: None,
    rules: &runtime::rules!(),
};

/// What came of a request.
#[derive(Debug, PartialEq)]
struct Seen {
    /// The length of the body.
    length: u64,
    is_chunked: bool,
    /// The beginning of the body.
    first: String,
}

/// A server that reads bodies and forgets them.
fn server() -> (String, Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    let (sender, seen) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // Who breaks off a request goes away.
            let Some(request) = read(&stream) else { continue };
            sender.send(request).expect("the test waits");
            let mut stream = &stream;
            stream.write_all(b"HTTP/1.1 204 Done\r\nConnection: close\r\n\r\n").expect("it listens");
        }
    });
    (url, seen)
}

fn read(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        Some(line.trim_end().to_ascii_lowercase())
    };
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let line = line()?;
        if line.is_empty() {
            break;
        }
        if let Some(text) = line.strip_prefix("content-length: ") {
            length = text.parse().ok()?;
        }
        is_chunked |= line == "transfer-encoding: chunked";
    }
    let mut first = vec![0; 13];
    if !is_chunked {
        reader.read_exact(&mut first).ok()?;
        let rest = copy(&mut reader.take(length - 13), &mut sink()).ok()?;
        let first = String::from_utf8_lossy(&first).into_owned();
        return (rest == length - 13).then_some(Seen { length, is_chunked, first });
    }
    let mut begin = String::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).ok()?;
        let size = u64::from_str_radix(size.trim(), 16).ok()?;
        let mut chunk = reader.by_ref().take(size);
        if begin.is_empty() && size > 0 {
            chunk.read_exact(&mut first).ok()?;
            begin = String::from_utf8_lossy(&first).into_owned();
        }
        copy(&mut chunk, &mut sink()).ok()?;
        length += size;
        reader.read_line(&mut String::new()).ok()?;
        if size == 0 {
            return Some(Seen { length, is_chunked, first: begin });
        }
    }
}

/// The most memory that this program held, in bytes, where the system says it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok().map(|kilobytes: usize| kilobytes * 1024)
}

/// A form with a file, and how long it is beside the file.
fn form(file: File) -> (Call<Response>, u64) {
    let form = BTreeMap::from([("file".to_owned(), file)]);
    let sent = Sent { media_type: "multipart/form-data", content: Content::Form(&form, &[]) };
    let call = Call::new(&ENDPOINT, &[], Some(sent)).expect("it can be made");
    let boundary = "modelsmith-".len() + 32;
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"large\"\r\nContent-Type: application/octet-stream";
    (call, (boundary + 4 + head.len() + 4 + 2 + boundary + 6) as u64)
}

#[test]
fn large_files_are_sent_in_pieces() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("large");
    std::fs::File::create(&path).and_then(|file| file.set_len(SIZE)).expect("the file can be made");
    let (url, seen) = server();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("it can be made");
    let clients =
        [Client::new(url.as_str(), ureq::Agent::new_with_defaults()), Client::new(url.as_str(), http)];
    let before = peak();
    for client in &clients {
        let (call, more) = form(File::from_path(&path));
        // A file can be sent again.
        for _ in 0..2 {
            runtime.block_on(call.send(client)).expect("it is a success");
            let first = "--modelsmith-".to_owned();
            assert_eq!(
                seen.recv().expect("it serves"),
                Seen { length: SIZE + more, is_chunked: false, first }
            );
        }
        let reader = |length| Upload::reader(std::io::repeat(b'x').take(SIZE), length);
        let (call, more) = form(File::from_upload("large", reader(None)));
        runtime.block_on(call.send(client)).expect("it is a success");
        let first = "--modelsmith-".to_owned();
        assert_eq!(seen.recv().expect("it serves"), Seen { length: SIZE + more, is_chunked: true, first });
        let call =
            Call::<Response>::new(&ENDPOINT, &[], None).expect("it can be made").upload(reader(Some(SIZE)));
        runtime.block_on(call.send(client)).expect("it is a success");
        let first = "x".repeat(13);
        assert_eq!(seen.recv().expect("it serves"), Seen { length: SIZE, is_chunked: false, first });
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        let held = after - before;
        println!("{} KiB more were held", held >> 10);
        assert!(held < HELD, "it held {held} bytes more");
    }
}

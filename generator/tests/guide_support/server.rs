//! The server that stands for an API: it answers what the `http` blocks of a page say.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Where pages say that it is.
const SHOWN: &str = "127.0.0.1:8000";

/// A server on a free port of this machine, for as long as the test runs.
pub struct Server {
    address: String,
    answers: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it has an address").to_string();
        let answers: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let known = Arc::clone(&answers);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away early is its own business.
                let _ = serve(stream, &known.lock().expect("nobody panics"));
            }
        });
        Self { address, answers }
    }

    /// Answers a request, such as `GET /pets`, from now on.
    pub fn answer(&self, request: &str, answer: &str) {
        let mut answers = self.answers.lock().expect("nobody panics");
        answers.retain(|(known, _)| known != request);
        answers.push((request.to_owned(), answer.to_owned()));
    }

    /// A text of the page with the address where the server is.
    pub fn real(&self, text: &str) -> String {
        text.replace(SHOWN, &self.address)
    }

    /// The same text as the page shows it.
    pub fn shown(&self, text: &str) -> String {
        text.replace(&self.address, SHOWN)
    }
}

/// Answers one request. The query does not matter.
fn serve(stream: TcpStream, answers: &[(String, String)]) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let target = line.rsplit_once(' ').map_or("", |(target, _)| target);
    let request = target.split('?').next().unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
    let found = answers.iter().find(|(known, _)| *known == request);
    let answer = found.map_or("HTTP/1.1 404 Not Found\n\n", |(_, answer)| answer.as_str());
    let (head, body) = answer.split_once("\n\n").unwrap_or((answer.trim_end(), ""));
    let head = head.replace('\n', "\r\n");
    let length = body.len();
    let text = format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    reader.into_inner().write_all(text.as_bytes())
}

//! A server of our own that answers as it is told, well or badly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a stub does with a request; the connection ends after the last step.
#[derive(Clone)]
pub(super) enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
}

/// A server on loopback. Its thread ends with the tests.
pub(super) struct Stub {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// Starts a server that answers request `number`, from 0, with the steps that `answer` gives.
    pub(super) fn new(answer: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Self { port, requests }
    }

    /// A server that gives the same answer to every request.
    pub(super) fn always(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |_, _| vec![Step::Send(answer.clone())])
    }

    /// Returns an address there.
    pub(super) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far, head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>, answer: &dyn Fn(usize, &str) -> Vec<Step>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
                break;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(length) => request.extend_from_slice(&buffer[..length]),
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    for step in answer(number, &request) {
        match step {
            Step::Wait(time) => thread::sleep(time),
            // Whoever has heard enough hangs up.
            Step::Send(bytes) => drop(stream.write_all(&bytes).and_then(|()| stream.flush())),
        }
    }
}

/// A whole answer with its length.
pub(super) fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

/// A good answer of this media type.
pub(super) fn good(media_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", &[("Content-Type", media_type)], body)
}

/// The media type of rows.
pub(super) const ROWS: &str = "application/sparql-results+json";
/// The media type of triples.
pub(super) const LINES: &str = "application/n-triples";

/// Rows of one column `x`.
pub(super) fn rows(count: usize) -> String {
    let row = |number| format!("{{\"x\":{{\"type\":\"literal\",\"value\":\"row {number}\"}}}}");
    let rows: Vec<String> = (1..=count).map(row).collect();
    format!("{{\"head\":{{\"vars\":[\"x\"]}},\"results\":{{\"bindings\":[{}]}}}}", rows.join(","))
}

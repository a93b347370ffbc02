//! Asks an installed Graphviz where boxes and lines go.
//!
//! # Invariants
//! * No shell; the program gets fixed arguments, and what it is asked on its standard input.
//! * It is ended when its time is over.

use super::error::Failure;
use crate::diagram::engine::Engine;
use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long it may take.
const TIME: Duration = Duration::from_mins(1);
/// How much of an answer is read, in bytes: many times what a picture that can be drawn has.
const MOST: u64 = 1 << 28;

/// Returns Graphviz's answer in `json0` to a request in DOT.
pub(super) fn layout(engine: Engine, request: &str) -> Result<String, Failure> {
    let mut command = Command::new("dot");
    command.arg(format!("-K{}", engine.slug())).arg("-Tjson0");
    asked(&mut command, request, TIME)
}

fn asked(command: &mut Command, request: &str, time: Duration) -> Result<String, Failure> {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| {
        let hint = "install Graphviz (on Debian and Ubuntu: `apt install graphviz`), or leave `--engine` out: the \
                    layout of our own needs nothing";
        let failure = match error.kind() {
            io::ErrorKind::NotFound => Failure::new("`--engine` needs Graphviz, and there is no program `dot`"),
            _ => Failure::new("cannot start Graphviz").cause(error.to_string()),
        };
        failure.hint(hint)
    })?;
    // Each stream has a thread of its own, so that none waits for another.
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let request = request.to_owned();
    thread::spawn(move || input.map(|mut input| input.write_all(request.as_bytes())));
    let output = thread::spawn(move || read(output));
    let errors = thread::spawn(move || read(errors));
    let Some(worked) = ended(&mut child, time)? else {
        return Err(Failure::new(format!("Graphviz took more than {} s", time.as_secs_f32()))
            .hint("draw less, or leave `--engine` out"));
    };
    let output = output.join().unwrap_or_default();
    if worked {
        return Ok(String::from_utf8_lossy(&output).into_owned());
    }
    let errors = errors.join().unwrap_or_default();
    let said = String::from_utf8_lossy(&errors);
    let said = said.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(300);
    let failure = Failure::new("Graphviz could not lay the picture out").cause(said.collect::<String>());
    Err(failure.hint("another engine may do: dot, neato, fdp or sfdp"))
}

fn read(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        // What has been read before an error is still worth reading.
        let _ = stream.take(MOST).read_to_end(&mut bytes);
    }
    bytes
}

/// Waits until it has ended, and returns whether it worked; nothing, where its time was over first.
fn ended(child: &mut Child, time: Duration) -> Result<Option<bool>, Failure> {
    let failure = |error: io::Error| Failure::new("cannot wait for Graphviz").cause(error.to_string());
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait().map_err(failure)? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() > time {
            // It may have ended by itself in between; then there is nothing to end.
            let _ = child.kill();
            child.wait().map_err(failure)?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_ended() {
        let begun = Instant::now();
        let error = asked(Command::new("sleep").arg("30"), "", Duration::from_millis(80)).unwrap_err();
        assert!(error.message().contains("more than"), "{}", error.message());
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_is_told() {
        let error = asked(&mut Command::new("no-such-program"), "", TIME).unwrap_err();
        assert!(error.message().contains("no program") && !error.hints().is_empty());
        let error = asked(&mut Command::new("false"), "", TIME).unwrap_err();
        assert!(error.message().contains("could not lay"));
    }
}

//! Endpoints that fail: a message that says what and what to do, exit 2, and nothing that could pass for an answer.

use super::servers::free_port;
use super::stub::{LINES, ROWS, Step, Stub, answer, good, rows};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const SELECT: &str = "SELECT ?x { ?x ?p ?o }";

fn run(args: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.args(args).env_clear().envs(environment.iter().copied()).output().unwrap()
}

fn query(url: &str, more: &[&str]) -> Output {
    run(&[&["query", "--from", url, "-e", SELECT, "--format", "csv"], more].concat(), &[])
}

/// Holds that a command fails with a message that has these parts, and gives nothing else.
fn refuses(output: &Output, parts: &[&str]) -> String {
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    for part in parts {
        assert!(message.contains(part), "no `{part}` in: {message}");
    }
    assert!(message.contains("\nhint: ") && !message.contains("panicked"), "{message}");
    message
}

/// A query and a feed of the same bad answer, each with what it says.
fn both(query_answer: &[u8], feed_answer: &[u8], parts: &[&str]) {
    refuses(&query(&Stub::always(query_answer).at("/sparql"), &[]), parts);
    let feed = Stub::always(feed_answer);
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("findings.json");
    let args = ["gaps", "--from", &feed.at("/sparql"), "--format", "json", "-o", path.to_str().unwrap()];
    refuses(&run(&args, &[]), parts);
    assert!(!path.exists(), "a file of findings was left");
}

fn link(number: usize) -> String {
    let body = "https://w3id.org/oversight/id/xl";
    format!(
        "<{body}/b{number}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/oversight/ns#Institution> .\n"
    )
}

fn lines(count: usize) -> String {
    (0..count).map(link).collect()
}

/// A server that gives an answer, and `count` where it is asked how many triples there are.
fn counted(answer: Vec<u8>, count: u32) -> Stub {
    Stub::new(move |_, request| {
        let asks_count = request.contains("COUNT");
        vec![Step::Send(if asks_count {
            good("text/csv", format!("n\r\n{count}\r\n"))
        } else {
            answer.clone()
        })]
    })
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_web_page_is_no_answer() {
    let page = good("text/html; charset=utf-8", "<html><style>x</style><h1>Welcome</h1> to our data");
    both(&page, &page, &["answers with a web page (\"Welcome to our data\")", "often ends in `/sparql`"]);
    let other = good("application/octet-stream", "x");
    both(&other, &other, &["answers with `application/octet-stream`"]);
    let file = Stub::always(page);
    refuses(&run(&["gaps", "--from", &file.at("/data.ttl")], &[]), &["not with an RDF file"]);
}

#[test]
fn half_an_answer_is_none() {
    let cut = |whole: Vec<u8>, less: usize| whole[..whole.len() - less].to_vec();
    both(
        &cut(good(ROWS, rows(50)), 20),
        // At the end of a line, so that what is there looks whole.
        &cut(good(LINES, lines(50)), link(49).len()),
        &["breaks off"],
    );
    let chunked = |media_type: &str, text: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: {media_type}\r\n\r\n{:x}\r\n{text}\r\n",
            text.len()
        )
    };
    both(chunked(ROWS, &rows(3)).as_bytes(), chunked(LINES, &lines(3)).as_bytes(), &["breaks off"]);
    let packed = |media_type: &str, text: &str| {
        let whole = gzip(text.as_bytes());
        answer(
            "200 OK",
            &[("Content-Type", media_type), ("Content-Encoding", "gzip")],
            &whole[..whole.len() - 9],
        )
    };
    both(&packed(ROWS, &rows(50)), &packed(LINES, &lines(50)), &["breaks off"]);
}

#[test]
fn an_answer_without_end_is_taken_only_where_its_syntax_tells_the_end() {
    let endless =
        |media_type: &str, text: &str| format!("HTTP/1.0 200 OK\r\nContent-Type: {media_type}\r\n\r\n{text}");
    let whole = Stub::always(endless(ROWS, &rows(2)));
    let output = query(&whole.at("/sparql"), &[]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "x\r\nrow 1\r\nrow 2\r\n");
    both(
        endless("text/tab-separated-values", "?x\n\"a\"\n").as_bytes(),
        endless(LINES, &lines(2)).as_bytes(),
        &["neither its length nor its end"],
    );
    let cut = Stub::always(endless(ROWS, &rows(2)[..40]));
    refuses(&query(&cut.at("/sparql"), &[]), &["cannot be read as results"]);
}

#[test]
fn an_engine_that_fails_midway_is_heard() {
    let rows = rows(2).replace("]}}", ",\n500 query timed out");
    let lines = lines(2) + "Error: query timed out\n";
    both(
        &good(ROWS, rows),
        &good(LINES, lines),
        &["the answer of `http://127.0.0.1:", "nothing of it was used"],
    );
}

#[test]
fn nothing_is_no_answer() {
    refuses(&query(&Stub::always(good(ROWS, "")).at("/"), &[]), &["cannot be read as results"]);
    let feed = counted(good(LINES, ""), 0);
    let parts = ["gives no triple of this vocabulary", "default-graph-uri"];
    refuses(&run(&["gaps", "--from", &feed.at("/")], &[]), &parts);
    refuses(&run(&["gaps", "--pushdown", "--from", &feed.at("/")], &[]), &parts);
    both(b"", b"", &["cannot be reached"]);
    let nobody = format!("http://127.0.0.1:{}/sparql", free_port());
    refuses(&query(&nobody, &[]), &["cannot be reached", "is the address right"]);
    refuses(&run(&["gaps", "--from", "https://no-such-host.invalid/sparql"], &[]), &["no machine is called"]);
}

#[test]
fn a_part_that_says_so_is_not_taken_for_the_whole() {
    let cut = |media_type, body: String| {
        answer("200 OK", &[("Content-Type", media_type), ("X-SPARQL-MaxRows", "10000")], body)
    };
    both(&cut(ROWS, rows(2)), &cut(LINES, lines(2)), &["a part of the answer only", "after 10000 rows"]);
    let partial = |media_type, body: String| {
        answer("206 Partial", &[("Content-Type", media_type), ("X-SQL-Message", "interrupted")], body)
    };
    both(&partial(ROWS, rows(2)), &partial(LINES, lines(2)), &["a part of the answer only: interrupted"]);
    // What some engines do with triples.
    let silent = counted(good(LINES, lines(2)), 3);
    refuses(&run(&["gaps", "--from", &silent.at("/")], &[]), &["a part of the answer only: 2 of 3 triples"]);
    let refuses_count = Stub::always(good(LINES, lines(2)));
    refuses(&run(&["gaps", "--from", &refuses_count.at("/")], &[]), &["not with SPARQL results in CSV"]);
}

#[test]
fn a_refusal_is_told_with_what_it_says() {
    for (status, parts) in [
        ("400 Bad", ["answers 400: Why <not>?", "does not take the query"]),
        ("401 No", ["answers 401", "OVERSIGHT_ENDPOINT_USER"]),
        ("403 No", ["answers 403", "`~/.netrc`"]),
        ("404 No", ["answers 404", "the endpoint itself"]),
        ("500 Oh", ["answers 500", "it is the endpoint that fails"]),
    ] {
        let refusal = answer(status, &[("Content-Type", "text/plain")], "Why\n <not>?");
        both(&refusal, &refusal, &parts);
    }
}

#[test]
fn a_slow_endpoint_is_given_up() {
    let slow = Stub::new(|_, _| {
        let long = good(ROWS, "x".repeat(1000));
        let mut steps = vec![Step::Send(long[..long.len() - 1000].to_vec())];
        for _ in 0..300 {
            steps.extend([Step::Wait(Duration::from_millis(100)), Step::Send(b" ".to_vec())]);
        }
        steps
    });
    let begun = Instant::now();
    refuses(&query(&slow.at("/"), &["--timeout", "500ms"]), &["within 0.5 s", "--timeout"]);
    let silent = Stub::new(|_, _| vec![Step::Wait(Duration::from_secs(30))]);
    let args = ["gaps", "--from", &silent.at("/"), "--fetch-timeout", "500ms"];
    refuses(&run(&args, &[]), &["within 0.5 s", "--fetch-timeout"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn a_busy_endpoint_is_asked_again_and_not_longer_than_is_fair() {
    let busy = Stub::new(|number, _| {
        let wait = [("Retry-After", "0")];
        let answers = [answer("503 Busy", &wait, ""), answer("429 Slow", &[], ""), good(ROWS, rows(1))];
        vec![Step::Send(answers[number.min(2)].clone())]
    });
    let begun = Instant::now();
    let output = query(&busy.at("/"), &[]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "x\r\nrow 1\r\n");
    assert_eq!(busy.requests().len(), 3);
    assert!(begun.elapsed() >= Duration::from_secs(1), "the second pause is a second");
    let later = Stub::always(answer("429 Slow", &[("Retry-After", "3600")], ""));
    refuses(
        &query(&later.at("/"), &[]),
        &["answers 429 and asks to wait 3600 s", "asks for more time than is waited for"],
    );
    assert_eq!(later.requests().len(), 1);
    let never = Stub::always(answer("503 Busy", &[("Retry-After", "0")], "full"));
    refuses(&query(&never.at("/"), &[]), &["answers 503: full", "was asked several times"]);
    assert_eq!(never.requests().len(), 5);
}

#[test]
fn redirects_stay_on_their_host() {
    let to = |place: &'static str| {
        Stub::new(move |_, request| {
            let found = request.starts_with("POST /there ");
            let moved = answer("307 Moved", &[("Location", place)], "");
            vec![Step::Send(if found { good(ROWS, rows(1)) } else { moved })]
        })
    };
    let here = to("/there");
    let output = query(&here.at("/here"), &[]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "x\r\nrow 1\r\n");
    assert!(here.requests()[1].contains("query=SELECT"), "the query goes along");
    refuses(&query(&to("http://other.example/").at("/"), &[]), &["`http://other.example/`, another host"]);
    refuses(&query(&to("/round").at("/"), &[]), &["one address after the other"]);
    refuses(&query(&to("file:///etc/passwd").at("/"), &[]), &["sends on to", "not followed"]);
}

#[test]
fn compressed_answers_are_read_and_bombs_are_not() {
    let packed =
        |text: &[u8]| answer("200 OK", &[("Content-Type", LINES), ("Content-Encoding", "gzip")], gzip(text));
    let fair = counted(packed(lines(100).as_bytes()), 100);
    let output = run(&["check", "--from", &fair.at("/"), "--format", "json"], &[]);
    assert!(output.status.code() != Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(fair.requests()[0].to_lowercase().contains("accept-encoding: gzip"));
    let bomb = Stub::always(packed(&b"# nothing but a comment\n".repeat(4 << 20)));
    refuses(&run(&["gaps", "--from", &bomb.at("/")], &[]), &["more than 250 times as long as what was sent"]);
}

#[test]
fn limits_of_queries_hold_for_answers_from_elsewhere() {
    let many = Stub::always(good(ROWS, rows(5)));
    refuses(&query(&many.at("/"), &["--max-rows", "4"]), &["more than 4 rows"]);
    let triples = Stub::always(good(LINES, lines(5)));
    let describe = ["query", "--from", &triples.at("/"), "-e", "DESCRIBE <urn:x>", "--max-rows", "4"];
    refuses(&run(&describe, &[]), &["more than 4 rows"]);
    for (text, part) in [
        ("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }", "asks another endpoint"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "reads <file:"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
    ] {
        refuses(&run(&["query", "--from", &many.at("/"), "-e", text], &[]), &[part]);
    }
    refuses(
        &run(&["query", "--from", &many.at("/"), "--from", "data.ttl", "-e", SELECT], &[]),
        &["cannot stand beside other sources"],
    );
    assert_eq!(many.requests().len(), 1, "what is refused is not sent");
}

#[test]
fn logins_go_to_their_host_and_into_no_message() {
    // Whoever is refused says what was sent, as some servers do.
    let nosy = || {
        Stub::new(|_, request| {
            let said =
                request.lines().find(|line| line.to_lowercase().starts_with("authorization")).unwrap_or("");
            vec![Step::Send(answer("401 No", &[], format!("you sent {said}")))]
        })
    };
    let header = |stub: &Stub| {
        let sent = stub.requests()[0]
            .lines()
            .find(|line| line.to_lowercase().starts_with("authorization"))?
            .to_owned();
        Some(sent.split_once(": ").unwrap().1.to_owned())
    };
    let basic = Some("Basic bWU6aHVzaA==".to_owned());
    let select = |url: &str, environment: &[(&str, &str)]| {
        let message = refuses(&run(&["query", "--from", url, "-e", SELECT], environment), &["answers 401"]);
        assert!(!message.contains("hush ") && !message.contains("bWU6"), "{message}");
    };

    let stub = nosy();
    select(&format!("http://me:hu%73h@127.0.0.1:{}/?key=hush", stub.port()), &[]);
    assert_eq!(header(&stub), basic);

    let environment = [("OVERSIGHT_ENDPOINT_USER", "me"), ("OVERSIGHT_ENDPOINT_PASSWORD", "hush")];
    let stub = nosy();
    select(&stub.at("/"), &environment);
    assert_eq!(header(&stub), basic);

    let stub = nosy();
    select(&stub.at("/"), &[("OVERSIGHT_ENDPOINT_TOKEN", "hush")]);
    assert_eq!(header(&stub).as_deref(), Some("Bearer hush"));

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".netrc"), "machine 127.0.0.1 login me password hush\n").unwrap();
    let home = [("HOME", folder.path().to_str().unwrap())];
    let stub = nosy();
    select(&stub.at("/"), &home);
    assert_eq!(header(&stub), basic);
    let stub = nosy();
    select(&format!("http://localhost:{}/", stub.port()), &home);
    assert_eq!(header(&stub), None, "it is for another host");

    let clear = run(&["query", "--from", "http://host.invalid/", "-e", SELECT], &environment);
    refuses(&clear, &["without TLS, so no password is sent", "use `https`"]);
    let two = ["gaps", "--from", "https://a.invalid/", "--from", "https://b.invalid/"];
    refuses(&run(&two, &environment), &["there are several hosts", "netrc"]);
    let unclear = [("OVERSIGHT_ENDPOINT_USER", "me")];
    refuses(
        &run(&["gaps", "--from", "https://a.invalid/"], &unclear),
        &["not clear", "OVERSIGHT_ENDPOINT_TOKEN"],
    );

    let picture = counted(good(LINES, lines(2)), 2);
    let url = format!("http://me:hush@127.0.0.1:{}/sparql?key=hush", picture.port());
    let output = run(&["draw", "gaps", "--from", &url], &[]);
    let drawn = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && drawn.contains("/sparql") && !drawn.contains("hush"), "{drawn}");
}

#[test]
fn a_service_is_asked_where_it_is_allowed_by_name() {
    let service = Stub::always(good(ROWS, rows(2)));
    let exland = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland");
    let ask = |address: &str, allowed: &[&str], environment: &[(&str, &str)]| {
        let text = format!("SELECT ?x {{ SERVICE <{address}> {{ ?x ?p ?o }} }}");
        let mut args = vec!["query", "--from", exland, "--format", "csv", "-e", &text];
        args.extend(allowed.iter().flat_map(|url| ["--allow-service", url]));
        run(&args, environment)
    };
    let address = service.at("/sparql");
    refuses(&ask(&address, &[], &[]), &["asks another endpoint", "--allow-service"]);
    refuses(&ask(&address, &[&service.at("/other")], &[]), &["asks another endpoint"]);
    assert!(service.requests().is_empty());
    let environment = [("OVERSIGHT_ENDPOINT_TOKEN", "hush")];
    let output = ask(&address, &[&address], &environment);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(shown, "x\r\nrow 1\r\nrow 2\r\n", "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!service.requests()[0].contains("hush"), "the login is for the endpoint of `--from`");

    // The number of loopback as one, which is looked up like a name.
    let hidden = format!("http://2130706433:{}/sparql", service.port());
    refuses(
        &ask(&hidden, &[&hidden], &[]),
        &["is at 127.0.0.1, which is not a public address", "by its number"],
    );
    let silent = Stub::always(good(ROWS, &rows(2)[..40]));
    refuses(&ask(&silent.at("/"), &[&silent.at("/")], &[]), &["cannot be read as results"]);
}

#[test]
fn a_file_on_the_web_is_read_as_a_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland/institutions.ttl");
    let text = fs::read(file).unwrap();
    let web = Stub::always(good("text/plain", gzip(&text)));
    let list = ["export", "--to", "graphml", "--as-of", "2024-06-01", "--from"];
    let there = run(&[&list[..], &[&web.at("/data/institutions.ttl.gz?v=1")]].concat(), &[]);
    let here = run(&[&list[..], &[file]].concat(), &[]);
    assert!(there.status.success(), "{}", String::from_utf8_lossy(&there.stderr));
    assert_eq!(there.stdout, here.stdout);
    assert!(web.requests()[0].starts_with("GET /data/institutions.ttl.gz?v=1 "));
}

#[test]
fn rows_that_an_engine_gives_twice_to_distinct_come_once() {
    let row = "{\"x\":{\"type\":\"literal\",\"value\":\"a\"}}";
    let twice = format!(
        "{{\"head\":{{\"vars\":[\"x\",\"y\"]}},\"results\":{{\"bindings\":[{row},{{}},{row},{{}}]}}}}"
    );
    let stub = Stub::always(good(ROWS, twice));
    let ask = |text: &str| {
        let output = run(&["query", "--from", &stub.at("/sparql"), "--format", "csv", "-e", text], &[]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(ask("SELECT DISTINCT ?x ?y { ?x ?p ?y }"), "x,y\r\na,\r\n,\r\n");
    assert_eq!(ask("SELECT ?x ?y { ?x ?p ?y }"), "x,y\r\na,\r\n,\r\na,\r\n,\r\n");
}

#[test]
fn a_document_on_the_web_is_read_where_from_names_it_and_it_is_allowed() {
    let web = Stub::always(good("text/turtle", "<urn:s> <urn:p> 1 ."));
    let exland = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland");
    let ask = |address: &str, allowed: &[&str]| {
        let text = format!("SELECT ?s ?o FROM <{address}> {{ ?s ?p ?o }}");
        let mut args = vec!["query", "--from", exland, "--format", "csv", "-e", &text];
        args.extend(allowed.iter().flat_map(|url| ["--allow-from", url]));
        run(&args, &[])
    };
    let address = web.at("/data.ttl");
    refuses(&ask(&address, &[]), &["which is not loaded", "--allow-from"]);
    refuses(&ask(&address, &[&web.at("/other.ttl")]), &["which is not loaded"]);
    assert!(web.requests().is_empty());
    let output = ask(&address, &[&address]);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(shown, "s,o\r\nurn:s,1\r\n", "{}", String::from_utf8_lossy(&output.stderr));
    // The number of loopback as one, which is looked up like a name.
    let hidden = format!("http://2130706433:{}/data.ttl", web.port());
    refuses(&ask(&hidden, &[&hidden]), &["is at 127.0.0.1, which is not a public address"]);
    refuses(&ask(&web.at("/sparql"), &[&web.at("/sparql")]), &["no extension of an RDF syntax"]);
    let remote = ["query", "--from", &web.at("/sparql"), "-e", "ASK {}", "--allow-from", &address];
    refuses(&run(&remote, &[]), &["cannot stand with an endpoint"]);
}

//! Servers that are not ours, on loopback for as long as a test needs them.

use crate::support::tools;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

/// A server of our own; it ends with this value.
pub(super) struct Server {
    child: Child,
    folder: TempDir,
    /// Where it takes queries.
    endpoint: String,
    load: Load,
}

/// The default graph of Oxigraph's server.
pub(super) const DEFAULT: &str = "default";

/// How triples get into a server.
enum Load {
    /// By POST to this address, as the graph store protocol has it.
    Post(String),
    /// By Virtuoso's own language, at this address.
    Sql(String),
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Puts the N-Triples of a file into a graph, and returns the endpoint's address with that graph as its default.
    /// [`DEFAULT`] stands for the server's own default graph, which Oxigraph reads several times as fast.
    pub(super) fn load(&self, file: &Path, graph: &str) -> String {
        let own = graph == DEFAULT;
        match &self.load {
            Load::Post(store) => {
                let answer = ureq::post(if own {
                    format!("{store}?default")
                } else {
                    format!("{store}?graph={graph}")
                })
                .content_type("application/n-triples")
                .send(fs::File::open(file).unwrap())
                .unwrap();
                assert!(answer.status().is_success());
            }
            Load::Sql(address) => {
                let script = self.folder.path().join("load.sql");
                let file = file.display();
                let text = format!("DB.DBA.TTLP_MT(file_to_string_output('{file}'), '', '{graph}');\n");
                fs::write(&script, text).unwrap();
                let done =
                    Command::new("isql-vt").args([address, "dba", "dba"]).arg(&script).output().unwrap();
                let said = String::from_utf8_lossy(&done.stderr).into_owned()
                    + &String::from_utf8_lossy(&done.stdout);
                assert!(done.status.success() && !said.contains("*** Error"), "{said}");
            }
        }
        if own { self.endpoint.clone() } else { format!("{}?default-graph-uri={graph}", self.endpoint) }
    }

    fn start(command: &mut Command, folder: TempDir, endpoint: String, load: Load) -> Self {
        let child = command
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { child, folder, endpoint, load };
        for _ in 0..1800 {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("the server ended: {status}");
            }
            if ureq::get(format!("{}?query=ASK%7B%7D", server.endpoint)).call().is_ok() {
                return server;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("the server did not start");
    }
}

/// Oxigraph's own server, in memory.
pub(super) fn oxigraph() -> Option<Server> {
    let python = tools::python()?;
    let program: PathBuf = python.with_file_name("oxigraph");
    tools::is_there("Oxigraph's server", &program, "--version").then(|| {
        let bind = format!("127.0.0.1:{}", free_port());
        Server::start(
            Command::new(program).args(["serve", "--bind", &bind]),
            tempfile::tempdir().unwrap(),
            format!("http://{bind}/query"),
            Load::Post(format!("http://{bind}/store")),
        )
    })
}

/// A Virtuoso server that cuts answers after `rows` rows.
pub(super) fn virtuoso(rows: u32) -> Option<Server> {
    tools::is_installed("Virtuoso", "virtuoso-t").then(|| {
        let folder = tempfile::tempdir().unwrap();
        let (sql, http) = (free_port(), free_port());
        let at = folder.path().display().to_string();
        fs::write(
            folder.path().join("virtuoso.ini"),
            format!(
                "[Database]\nDatabaseFile = {at}/virtuoso.db\nErrorLogFile = {at}/virtuoso.log\n\
                 LockFile = {at}/virtuoso.lck\nTransactionFile = {at}/virtuoso.trx\n\
                 xa_persistent_file = {at}/virtuoso.pxa\n[TempDatabase]\nDatabaseFile = {at}/virtuoso-temp.db\n\
                 TransactionFile = {at}/virtuoso-temp.trx\n[Parameters]\nServerPort = 127.0.0.1:{sql}\n\
                 NumberOfBuffers = 20000\nDirsAllowed = /\n[HTTPServer]\nServerPort = 127.0.0.1:{http}\n\
                 [SPARQL]\nResultSetMaxRows = {rows}\n"
            ),
        )
        .unwrap();
        Server::start(
            Command::new("virtuoso-t").args(["+configfile", "virtuoso.ini", "+foreground"]),
            folder,
            format!("http://127.0.0.1:{http}/sparql"),
            Load::Sql(format!("127.0.0.1:{sql}")),
        )
    })
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

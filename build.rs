//! Lists `ontology/`, `data/` and `queries/` so that the binary carries them: a new file needs no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for folder in ["ontology", "data", "queries"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&root).expect("below the root");
        let name = name.to_str().expect("file names here are ASCII").replace('\\', "/");
        let path = file.to_str().expect("a checkout path is UTF-8");
        writeln!(list, "    ShippedFile {{ path: {name:?}, bytes: include_bytes!({path:?}) }},")
            .expect("writing to a string");
    }
    list.push_str("]\n");
    fs::write(out.join("shipped.rs"), list).expect("OUT_DIR can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "ttl" || e == "rq" || e == "jsonld") {
            files.push(path);
        }
    }
}

//! House rules as programs: layers, headers, no forgotten test file.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the lowest; modules of one layer are neighbours and do not meet.
const LAYERS: &[&[&str]] = &[
    &["vocab", "http", "cores"],
    &["rdf", "tables"],
    &["model"],
    &["store", "gaps"],
    &["analysis", "change", "palette", "pushdown", "wording"],
    &["diagram", "export", "report", "import"],
    &["web"],
    &["cli"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no layer"))
}

/// The top module that a file of `src` belongs to; none for `lib.rs` and `main.rs`.
fn module_of(file: &Path) -> Option<String> {
    let path = file.strip_prefix(root().join("src")).unwrap();
    let first = path.iter().next()?.to_str()?.trim_end_matches(".rs").to_owned();
    (!matches!(first.as_str(), "lib" | "main")).then_some(first)
}

/// Every `crate::module` that a text names in code, without comments.
fn crate_paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        let mut rest = code;
        while let Some(at) = rest.find("crate::") {
            rest = &rest[at + "crate::".len()..];
            if let Some(list) = rest.strip_prefix('{') {
                // `use crate::{model::x, rdf::y}` names several.
                let list = list.split('}').next().unwrap();
                let names = list.split(',').map(|part| part.trim().split("::").next().unwrap());
                found.extend(names.map(|name| (number + 1, name.to_owned())));
            } else {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((number + 1, name));
            }
        }
    }
    found
}

#[test]
fn a_module_uses_only_the_layers_below_it() {
    let mut faults = Vec::new();
    let mut checked = 0;
    for file in rust_files(&root().join("src")) {
        let Some(own) = module_of(&file) else { continue };
        for (line, used) in crate_paths(&fs::read_to_string(&file).unwrap()) {
            checked += 1;
            if used != own && layer(&used) >= layer(&own) {
                faults.push(format!("{}:{line}: `{own}` uses `{used}`", file.display()));
            }
        }
    }
    assert!(checked > 100, "only {checked} paths were read: does the reader still understand the code?");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn outside_crates_are_named_by_their_layer_only() {
    // Crate, the modules that may name it.
    let owners: &[(&str, &[&str])] = &[
        ("oxigraph::", &["store"]),
        ("spargebra::", &["store"]),
        ("ureq::", &["http"]),
        ("clap::", &["cli"]),
        ("graphviz_rust::", &["diagram"]),
        ("csv::", &["import", "export", "report"]),
        // In `export` tests read back what was written.
        ("calamine::", &["import", "export"]),
        ("rusqlite::", &["export"]),
        ("arrow_array::", &["export"]),
        ("arrow_ipc::", &["export"]),
        ("rust_xlsxwriter::", &["export"]),
        ("krilla::", &["diagram", "report"]),
        ("krilla_svg::", &["diagram", "report"]),
        ("resvg::", &["diagram", "report"]),
        ("ttf_parser::", &["diagram", "report"]),
        ("hypher::", &["report"]),
        ("zip::", &["cli", "export", "import", "report"]),
        ("sha2::", &["rdf", "diagram"]),
        ("petgraph::", &["model", "gaps", "analysis"]),
    ];
    let mut faults = Vec::new();
    for file in rust_files(&root().join("src")) {
        let Some(own) = module_of(&file) else { continue };
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            for (name, allowed) in owners {
                let named = !line.trim_start().starts_with("//") && line.contains(name);
                if named && !allowed.contains(&own.as_str()) {
                    faults.push(format!("{}:{}: `{own}` names `{name}`", file.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for file in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("//! "), "{} has no header", file.display());
        }
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests/it")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let wired = matches!(name, "main" | "snapshots") || main.contains(&format!("mod {name};"));
        assert!(wired, "tests/it/main.rs does not name `{name}`");
    }
}

#[test]
fn no_country_stands_in_the_code() {
    let codes: Vec<String> = fs::read_dir(root().join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert!(codes.len() > 6);
    for file in rust_files(&root().join("src")) {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for code in codes.iter().filter(|code| code.len() == 2) {
                // `"uk"` is a language, `"no"` a word; a path into a country is neither.
                let names = [format!("\"{code}/"), format!("/id/{code}/"), format!("data/{code}")];
                assert!(
                    names.iter().all(|name| !line.contains(name.as_str())),
                    "{}:{}: names the country `{code}`",
                    file.display(),
                    number + 1
                );
            }
        }
    }
}

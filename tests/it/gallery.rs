//! `docs/gallery.md` and its pictures: made anew by `OVERSIGHT_BLESS=1 cargo test --test it gallery`, else held.

#![expect(clippy::unwrap_used, reason = "a picture that cannot be drawn fails the test")]

use crate::support::bless::hold;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A view, what is seen in it, and the pictures: file, arguments, words below it.
struct Shown {
    view: &'static str,
    about: &'static str,
    pictures: &'static [(&'static str, &'static str, &'static str)],
}

/// The day that all pictures are of.
const DAY: &str = "2026-11-23";
/// What all pictures may take, in bytes.
const MOST: u64 = 4_000_000;

const GALLERY: &[Shown] = &[
    Shown {
        view: "map",
        about: "Who controls whom. Every line stands for all links of a pair of boxes, the wider the more mechanisms; a \
                whole country is summarised until it fits a sheet of A3.",
        pictures: &[
            ("map-ua", "map ua", "Ukraine: 285 bodies on a sheet of A3."),
            ("map-no", "map no", "Norway, where there is room for glyphs beside most lines."),
            ("map-exland", "map --from tests/fixtures/exland", "Exland, the made-up country of the tests."),
        ],
    },
    Shown {
        view: "gaps",
        about: "The same skeleton held against norms. What is there stands back; what is on paper only is grey and \
                dashed; what is missing comes in red from a box that names the missing kind of overseer, with the \
                numbers of norms that the key explains.",
        pictures: &[
            ("gaps-ua", "gaps ua", "Ukraine."),
            ("gaps-ua-uk", "gaps ua --lang uk", "The same in Ukrainian."),
            ("gaps-no", "gaps no", "Norway."),
            (
                "gaps-exland",
                "gaps --from tests/fixtures/exland",
                "Exland, which lacks as much as a country can.",
            ),
        ],
    },
    Shown {
        view: "body",
        about: "One institution: its superiors above, those who control it on the left, those whom it controls on the \
                right, its units below; mechanism and article beside each line.",
        pictures: &[
            ("body-ua", "body ua/sbu", "The Security Service of Ukraine."),
            ("body-no", "body no/pst", "The Norwegian Police Security Service."),
        ],
    },
    Shown {
        view: "chain",
        about: "The shortest ways from a body to the voters; broken where a step is on paper only, and with a red box \
                where no way leads on.",
        pictures: &[
            ("chain-ua", "chain ua/sbu", "Ukraine: martial law has suspended elections."),
            ("chain-ua-uk", "chain ua/sbu --lang uk", "The same in Ukrainian."),
            ("chain-no", "chain no/pst", "Norway: four steps."),
            (
                "chain-exland",
                "chain xl/police --from tests/fixtures/exland",
                "Exland, whose record names no voters.",
            ),
        ],
    },
    Shown {
        view: "matrix",
        about: "Bodies by pillars, or by norms, mechanisms, documents, principles: the worst verdict as colour and glyph, \
                the number of links, totals at the edges, the worst first.",
        pictures: &[
            ("matrix-ua", "matrix ua", "Ukraine, by pillars of overseers."),
            ("matrix-no", "matrix no --columns documents", "Norway, by the documents that norms come from."),
            (
                "matrix-exland",
                "matrix --from tests/fixtures/exland --columns principles",
                "Exland, by principles.",
            ),
        ],
    },
    Shown {
        view: "timeline",
        about: "Verdicts through the years, the laws that changed them marked on the axis, and a strip for each body.",
        pictures: &[
            ("timeline-ua", "timeline ua", "Ukraine since 1991."),
            ("timeline-no", "timeline no --since 1990", "Norway since 1990."),
            ("timeline-exland", "timeline --from tests/fixtures/exland", "Exland."),
        ],
    },
    Shown {
        view: "compare",
        about: "The same norms in several countries, side by side.",
        pictures: &[("compare", "compare ua,no,de", "Ukraine, Norway and Germany, by document.")],
    },
];

fn page() -> String {
    let mut page = String::from(
        "# Gallery\n\nEvery view of `oversight draw`, as it is written: none was touched by hand. How to read them, and how to \
         draw your own, is in\n[pictures.md](pictures.md). Opened by itself, each tells in tooltips what is behind a box or a \
         line.\n\n",
    );
    writeln!(
        page,
        "All are as of {DAY}. `OVERSIGHT_BLESS=1 cargo test --test it gallery` makes this page and its pictures; the tests \
         hold them to the data.\n"
    )
    .unwrap();
    for shown in GALLERY {
        writeln!(page, "## {}\n{}\n", shown.view, shown.about).unwrap();
        for (file, arguments, words) in shown.pictures {
            writeln!(page, "{words}\n```sh\noversight draw {arguments} -o {file}.svg\n```").unwrap();
            writeln!(page, "[![{}](gallery/{file}.svg)](gallery/{file}.svg)\n", words.trim_end_matches('.'))
                .unwrap();
        }
    }
    page.trim_end().to_owned() + "\n"
}

fn drawn(arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("draw").args(arguments.split(' '));
    let output = command.args(["--as-of", DAY, "--format", "svg"]).output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_gallery_is_current() {
    let all: Vec<_> = GALLERY.iter().flat_map(|shown| shown.pictures).collect();
    let svgs = std::thread::scope(|scope| {
        // Two at a time.
        let halves = all.chunks(all.len().div_ceil(2)).map(|half| {
            scope.spawn(move || half.iter().map(|(_, arguments, _)| drawn(arguments)).collect::<Vec<_>>())
        });
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect::<Vec<_>>()
    });
    hold("docs/gallery.md", &page());
    for ((file, ..), svg) in all.iter().zip(&svgs) {
        hold(&format!("docs/gallery/{file}.svg"), svg);
    }
    // It stays small, and nothing else stands in it.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery");
    let expected: BTreeSet<String> =
        GALLERY.iter().flat_map(|shown| shown.pictures).map(|(file, ..)| format!("{file}.svg")).collect();
    let mut found = BTreeSet::new();
    let mut bytes = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        bytes += entry.metadata().unwrap().len();
        found.insert(entry.file_name().into_string().unwrap());
    }
    assert_eq!(found, expected);
    assert!(bytes < MOST, "{bytes} bytes");
}

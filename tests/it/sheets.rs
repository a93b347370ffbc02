//! Facts in spreadsheets: workbooks in, what is said of bad ones, empty ones, and back again without loss.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::import::words;
use assert_cmd::Command;
use oversight::export::facts::facts as tables_of;
use oversight::export::{Sheet, template, workbook};
use oversight::import::{Country, Imported, facts};
use oversight::model::load;
use oversight::rdf::{Document, Source, documents};
use oversight::tables::facts::TABLES;
use oxrdfio::{RdfFormat, RdfParser};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const XX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/facts/xx");
/// The files that tables hold; `about.ttl` and `international.ttl` are edited by hand.
const FILES: &[&str] = &["institutions.ttl", "acts.ttl", "links.ttl", "powers.ttl", "surveys.ttl"];

fn oversight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

/// Runs what should work, and returns what is said on standard error.
fn said(arguments: &[&str]) -> String {
    let output = oversight(arguments).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    errors
}

fn refused(arguments: &[&str]) -> String {
    let output = oversight(arguments).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
    errors
}

fn country(code: &str, language: &str) -> Country {
    Country { code: code.to_owned(), language: language.to_owned(), name_en: "Exilia".to_owned() }
}

/// The triples of a Turtle text, one string each.
fn triples(name: &str, text: &[u8]) -> BTreeSet<String> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(text);
    quads.map(|quad| quad.unwrap_or_else(|error| panic!("{name}: {error}")).to_string()).collect()
}

#[test]
fn every_table_of_every_shipped_country_comes_back_as_it_was() {
    let codes = ["ca", "de", "gb", "ge", "no", "pl", "ua"];
    let folder = tempfile::tempdir().unwrap();
    for code in codes {
        for form in ["csv", "xlsx"] {
            let tables = folder.path().join(format!("{code}.{form}"));
            let out = folder.path().join(format!("{code}-{form}"));
            let [tables, out] = [&tables, &out].map(|path| path.to_str().unwrap());
            let lost = said(&["export", code, "--to", "facts", "-o", tables]);
            assert_eq!(lost.lines().count(), 1, "{lost}");
            // No language is named: the columns tell it.
            said(&["import", "facts", tables, "--country", code, "-o", out]);
            let mut count = 0;
            for file in FILES {
                let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(code).join(file);
                let made = Path::new(out).join(file);
                assert_eq!(shipped.exists(), made.exists(), "{code} {file}");
                if !shipped.exists() {
                    continue;
                }
                let before = triples(file, &fs::read(&shipped).unwrap());
                let after = triples(file, &fs::read(&made).unwrap());
                let differ: Vec<_> = before.symmetric_difference(&after).take(5).collect();
                assert!(differ.is_empty(), "{code} {form} {file}: {differ:#?}");
                count += after.len();
            }
            assert!(count > 4_500, "{code}: {count} triples");
        }
    }
}

/// The fixtures as tables, each with its header in the first row.
fn fixture() -> Vec<(&'static str, Vec<Vec<String>>)> {
    let tables = TABLES.iter().filter(|table| table.name != "provisions");
    let read = |name: &str| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(Path::new(XX).join(format!("{name}.csv")))
            .unwrap();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect::<Vec<Vec<String>>>()
    };
    tables.map(|table| (table.name, read(table.name))).collect()
}

/// Writes the fixtures as a workbook, with a change to one sheet.
fn workbook_with(folder: &TempDir, sheet: &str, change: impl FnOnce(&mut Worksheet, u32)) -> PathBuf {
    let mut book = Workbook::new();
    let mut change = Some(change);
    for (name, rows) in fixture() {
        let page = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells) {
                if !cell.is_empty() {
                    page.write_string(row, column, cell).unwrap();
                }
            }
        }
        if name == sheet {
            change.take().unwrap()(page, rows.len() as u32);
        }
    }
    let path = folder.path().join("book.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn a_workbook_gives_what_its_tables_give_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_with(&folder, "links", |_, _| {});
    let from_book = facts(&path, &country("xx", "uk"), &words()).unwrap();
    let from_csv = facts(Path::new(XX), &country("xx", "uk"), &words()).unwrap();
    assert_eq!(from_book.files, from_csv.files);
    assert_eq!(from_book.counts, from_csv.counts);
}

#[test]
fn whole_numbers_empty_rows_at_the_end_and_sheets_for_reading_are_no_faults() {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_with(&folder, "acts", |page, rows| {
        // The number of the first act, as a person types it; formats far below.
        page.write_number(1, 3, 3921).unwrap();
        page.write_blank(rows + 50, 2, &Format::new().set_bold()).unwrap();
        page.write_string_with_format(rows + 3, 1, "", &Format::new().set_bold()).unwrap();
    });
    let imported = facts(&path, &country("xx", "uk"), &words()).unwrap();
    assert!(imported.files[1].1.contains("eli:id_local \"3921\""), "{}", imported.files[1].1);
    assert_eq!(imported.counts[1], ("acts", 4));
}

type Change = fn(&mut Worksheet, u32);

/// Sheet, what is done to it, and the faults that are told then.
#[rustfmt::skip]
const BAD_SHEETS: &[(&str, Change, &str)] = &[
    ("links", |page, _| { page.write_string(0, 3, "mechanisms").unwrap(); },
        "links!D1: header `mechanisms`: no such column, the nearest is `mechanism`\n  links!1:1: header `mechanism`: the column is missing"),
    ("links", |page, _| { page.write_blank(0, 3, &Format::new().set_bold()).unwrap(); },
        "links!D1: header ``: no such column\n  links!1:1: header `mechanism`: the column is missing"),
    ("links", |page, _| { page.write_string(0, 2, "overseer").unwrap(); },
        "links!C1: header `overseer`: the column stands here twice\n  links!1:1: header `overseen`: the column is missing"),
    ("links", |page, _| { page.write_string(4, 20, "remark").unwrap(); },
        "links!U5: cells `remark`: a value beside the table, in a column without a header"),
    ("acts", |page, _| { page.merge_range(1, 2, 3, 2, "same", &Format::new()).unwrap(); },
        "acts!C2: cells `C2:C4`: the cells C2:C4 are merged; unmerge them and fill in each"),
    ("links", |page, _| { page.write_formula(3, 3, Formula::new("=D3").set_result("hearing")).unwrap(); },
        "links!D4: mechanism `=D3`: a formula; put its value in its place"),
    ("institutions", |page, rows| { page.write_string(rows + 1, 0, "late").unwrap(); },
        "institutions!9:9: row ``: an empty row between others; delete it"),
    ("institutions", |page, rows| { for (column, cell) in [(0, "parliament"), (1, "Second"), (4, "ngo"), (15, "no")] { page.write_string(rows, column, cell).unwrap(); } },
        "institutions!A9: id `parliament`: the same as in row 7"),
    ("institutions", |page, _| { page.write_datetime_with_format(1, 7, ExcelDateTime::from_ymd(1991, 7, 5).unwrap(), &Format::new().set_num_format("dd.mm.yyyy")).unwrap(); },
        "institutions!H2: established `1991-07-05`: a date cell; format the column as text, then type `1991-07-05`, or less if no more is known"),
    ("institutions", |page, _| { page.write_number(1, 7, 33424).unwrap(); },
        "institutions!H2: established `33424`: a number where a date must be text; format the column as text, then type YYYY, YYYY-MM or YYYY-MM-DD (as the serial number of a day it is 1991-07-05)"),
    ("institutions", |page, _| { page.write_number(1, 7, 1991).unwrap(); },
        "institutions!H2: established `1991`: a number where a date must be text; format the column as text, then type YYYY, YYYY-MM or YYYY-MM-DD (as the serial number of a day it is 1905-06-13)"),
    ("links", |page, _| { page.write_datetime_with_format(1, 5, ExcelDateTime::from_ymd(2024, 1, 2).unwrap(), &Format::new().set_num_format("d-mmm")).unwrap(); },
        "links!F2: article `2024-01-02`: a date cell; format the column as text, then type `2024-01-02`, or less if no more is known"),
    ("links", |page, _| { page.write_number(1, 5, 9.5).unwrap(); },
        "links!F2: article `9.5`: a number with a fraction; format the column as text, then type it again"),
    ("acts", |page, _| { page.write_boolean(1, 10, true).unwrap(); },
        "acts!K2: checked `TRUE`: a truth value; format the column as text, then type `yes` or `no`"),
    ("links", |page, _| { page.write_string(1, 1, "yy/president").unwrap(); },
        "links!B2: overseer `yy/president`: of another country, `yy`; tables hold one country and stay within it"),
    ("links", |page, _| { page.write_string(1, 2, "https://w3id.org/oversight/id/yy/service").unwrap(); },
        "links!C2: overseen `https://w3id.org/oversight/id/yy/service`: of another country, `yy`; tables hold one country and stay within it"),
    ("links", |page, _| { page.write_string(1, 1, "xx:president").unwrap(); },
        "links!B2: overseer `xx:president`: write the id alone, `president`"),
    ("links", |page, _| { page.write_string(1, 1, "presidnet").unwrap(); },
        "links!B2: overseer `presidnet`: no such institution, the nearest is `president`"),
    ("surveys", |page, _| { page.write_string(1, 0, "yy/service").unwrap(); },
        "surveys!A2: scope `yy/service`: of another country, `yy`; tables hold one country and stay within it"),
    ("links", |page, _| { page.write_string(2, 11, "art. 9 \u{fffd} 2").unwrap(); },
        "links!L3: note `art. 9 \u{fffd} 2`: a character was lost in an earlier conversion; type it again"),
    ("surveys", |page, _| { page.set_name("survey").unwrap(); },
        "survey: sheet `survey`: no such sheet, the nearest is `surveys`; sheets of your own must begin with `_`\n  surveys: sheet `surveys`: the sheet is missing"),
];

#[test]
fn every_fault_of_a_workbook_names_sheet_row_column_and_what_to_do() {
    for (sheet, change, expected) in BAD_SHEETS {
        let folder = tempfile::tempdir().unwrap();
        let path = workbook_with(&folder, sheet, change);
        let error = facts(&path, &country("xx", "uk"), &words()).map(drop).expect_err(expected).to_string();
        let text = error.replace(&format!("{}:", path.display()), "");
        let (first, faults) = text.split_once("\n  ").unwrap();
        assert!(first.starts_with("nothing is imported for "), "{first}");
        assert_eq!(faults, *expected);
    }
}

#[test]
fn a_bad_workbook_writes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (sheet, change, expected) = BAD_SHEETS[9];
    let path = workbook_with(&folder, sheet, change);
    let out = folder.path().join("out");
    let [book, out_name] = [&path, &out].map(|path| path.to_str().unwrap());
    let arguments = ["import", "facts", book, "--country", "xx", "--language", "uk", "-o", out_name];
    let text = refused(&arguments);
    assert!(text.contains(expected) && text.ends_with("hint: nothing was written\n"), "{text}");
    assert!(!out.exists());
    // Nor does a file that is no workbook, or none at all.
    fs::write(&path, "id,name_en\n").unwrap();
    assert!(refused(&arguments).contains("hint: name a folder with CSV tables, or a workbook in XLSX"));
    fs::remove_file(&path).unwrap();
    assert!(refused(&arguments).starts_with("error: cannot read `"));
    assert!(!out.exists());
}

/// A copy of the fixtures with a change to one file, as it is read.
fn changed(file: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Result<Imported, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, _) in fixture() {
        let name = format!("{name}.csv");
        let bytes = fs::read(Path::new(XX).join(&name)).unwrap();
        fs::write(folder.path().join(&name), if name == file { change(bytes) } else { bytes }).unwrap();
    }
    let imported = facts(folder.path(), &country("xx", "uk"), &words());
    imported.map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn replaced(file: &str, from: &str, to: &[u8]) -> Result<Imported, String> {
    changed(file, |bytes| {
        let at = bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        [&bytes[..at], to, &bytes[at + from.len()..]].concat()
    })
}

#[test]
fn encodings_that_are_mixed_are_told_from_others_with_row_and_column() {
    // "ö" of Windows-1252, below Ukrainian in UTF-8.
    let text = replaced("institutions.csv", "ombudsman,", b"ombudsman,H\xf6he").unwrap_err();
    assert!(
        text.contains(
            "name_en `H\u{fffd}…`: not UTF-8, though there is UTF-8 above: two encodings are mixed"
        ),
        "{text}"
    );
    let text = changed("links.csv", |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
    })
    .unwrap_err();
    assert!(
        text.contains("links.csv:1: text `\u{fffd}…`: not UTF-8; save the table as CSV in UTF-8"),
        "{text}"
    );
}

#[test]
fn tables_as_other_programs_save_them_are_told_what_is_wrong() {
    let with = |mark: u8| {
        changed("surveys.csv", |bytes| bytes.into_iter().map(|b| if b == b',' { mark } else { b }).collect())
    };
    for mark in *b";\t" {
        let text = with(mark).unwrap_err();
        assert!(text.contains("surveys.csv:1: header `scope"), "{text}");
        assert!(text.ends_with("one column only; save the table with commas between the columns"), "{text}");
    }
    let text = replaced("surveys.csv", "\nservice", b"\n,,,\nservice").unwrap_err();
    assert!(text.ends_with("surveys.csv:3: row ``: an empty row between others; delete it"), "{text}");
    let good = changed("surveys.csv", |mut bytes| {
        bytes.extend(b",,,\n , ,,\n");
        bytes
    });
    assert_eq!(good.unwrap().counts[4], ("surveys", 3));
}

#[test]
fn surveys_known_to_the_month_or_the_year_come_back() {
    let imported = changed("surveys.csv", |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("2026-10-01", "2026-10").replace("2025-12-31", "2025").into_bytes()
    })
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &imported.files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let before = fs::read(folder.path().join("surveys.ttl")).unwrap();
    let text = String::from_utf8_lossy(&before);
    assert!(text.contains("\"2026-10\"^^xsd:gYearMonth") && text.contains("\"2025\"^^xsd:gYear"), "{text}");
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(folder.path().to_owned())];
    let back = tables_back(&documents(&sources).unwrap(), "xx", "uk");
    let (_, after) = back.files.iter().find(|(name, _)| name == "surveys.ttl").unwrap();
    assert_eq!(triples("before", &before), triples("after", after.as_bytes()));
}

#[test]
fn a_workbook_that_swells_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.xlsx");
    let mut one = ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    one.write_all(&vec![b' '; 1 << 24]).unwrap();
    let mut one = one.finish_into_readable().unwrap();
    // The same packed bytes under many names; a file of a few KiB that says nothing of its size.
    let mut bomb = ZipWriter::new(fs::File::create(&path).unwrap());
    for sheet in 0..9 {
        let name = format!("xl/worksheets/sheet{sheet}.xml");
        bomb.raw_copy_file_rename(one.by_index(0).unwrap(), name).unwrap();
    }
    bomb.finish().unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    let out = folder.path().join("out");
    let [book, out_name] = [&path, &out].map(|path| path.to_str().unwrap());
    let text = refused(&["import", "facts", book, "--country", "ua", "-o", out_name]);
    assert!(text.contains("bomb.xlsx` holds more than 128 MiB once unpacked"), "{text}");
    assert!(text.contains("\nhint: ") && !out.exists(), "{text}");
}

#[test]
fn names_in_other_languages_names_of_rows_and_several_acts_can_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    write(
        "institutions.csv",
        "id,name_en,name_native,name_gd,name_cy,acronym,type,parent,head,established,dissolved,legal_basis,powers,\
         wikidata,website,note,source,checked\n\
         p,Parliament,House,Pàrlamaid,,P,parliament,,,,,law art. 1-1,,,,,,yes\n\
         s,Service,Service,,,,police,,,,,law art. 1(1),arrest,,,,,no\n",
    );
    write(
        "acts.csv",
        "id,title_en,title_native,title_gd,number,kind,adopted,in_force,repealed,url,source,checked\n\
         law,Law,Statute,Lagh,,law,,,,,,no\nother,Other,,,,law,,,,,,no\n",
    );
    write(
        "links.csv",
        "overseer,overseen,mechanism,act,article,from,to,status,note,source,checked,other_basis,id\n\
         p,s,hearing,law,art. 1-1;art. 2,2001,,in-force,,,no,other art. 3;other,\n\
         p,s,hearing,law,,,,in-force,,,no,,p.hears.s\n\
         p,s,hearing,law,,2001,,in-force,,,no,,\n",
    );
    write("surveys.csv", "scope,mechanisms,surveyed_on,note,id\ncountry,all,2026-01-01,,first\n");
    write("provisions.csv", "id,act,article\nlaw.art-1-1,law,art. 1(1)\nlaw.extra,law,art. 77\n");
    let imported = facts(folder.path(), &country("gb", "en"), &words()).unwrap_or_else(|e| panic!("{e}"));
    let text: String = imported.files.iter().map(|(_, text)| text.as_str()).collect();
    for part in [
        "skos:prefLabel \"Parliament\"@en , \"Pàrlamaid\"@gd ;\n    skos:altLabel \"House\"@en , \"P\" ;",
        "eli:title \"Law\"@en , \"Lagh\"@gd ;\n    skos:altLabel \"Statute\"@en ;",
        "provision:law.extra a ov:Provision ;",
        "provision:law.art-1-1 a ov:Provision ;\n    eli:is_part_of act:law ;\n    eli:number \"art. 1(1)\" .",
        "provision:law.art-1-1-2 a ov:Provision ;\n    eli:is_part_of act:law ;\n    eli:number \"art. 1-1\" .",
        "ov:legalBasis provision:law.art-1-1-2 , provision:law.art-2 , provision:other.art-3 , act:other ;",
        "link:p.hears.s a ov:Control ;",
        "link:p.hearing.s.2001.law a ov:Control ;",
        "survey:first a ov:Survey ;",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    // And all of it comes back, but for a provision that nothing rests on.
    let files =
        imported.files.iter().map(|(name, text)| (name.clone(), text.replace("law.extra", "law.art-77")));
    let files: Vec<_> = files.filter(|(name, _)| name != "about.ttl").collect();
    let mut all = documents(&[Source::Shipped("ontology/".to_owned())]).unwrap();
    for (name, text) in &files {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        all.extend(documents(&[Source::Path(path)]).unwrap());
    }
    let back = tables_back(&all, "gb", "en");
    for (name, text) in &files {
        let again = back.files.iter().find(|(other, _)| other == name).unwrap();
        let (mut before, after) = (triples(name, text.as_bytes()), triples(name, again.1.as_bytes()));
        before.retain(|triple| !triple.contains("law.art-77"));
        let differ: Vec<_> = before.symmetric_difference(&after).collect();
        assert!(differ.is_empty(), "{name}: {differ:#?}");
    }
}

/// Makes tables of what the documents hold, and reads them again.
fn tables_back(documents: &[Document], code: &str, language: &str) -> Imported {
    let graph = load(documents).unwrap();
    let made = tables_of(&graph, code);
    assert_eq!(made.lost, Vec::<String>::new());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    fs::write(&path, workbook(&made.sheets).unwrap()).unwrap();
    facts(&path, &country(code, language), &words()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_no_table_holds_is_told() {
    let text = "@prefix ov: <https://w3id.org/oversight/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
        @prefix xl: <https://w3id.org/oversight/id/xl/> . @prefix id: <https://w3id.org/oversight/id/> .\n\
        @prefix org: <http://www.w3.org/ns/org#> . @prefix link: <https://w3id.org/oversight/id/xl/link/> .\n\
        @prefix type: <https://w3id.org/oversight/type/> . @prefix m: <https://w3id.org/oversight/mechanism/> .\n\
        @prefix status: <https://w3id.org/oversight/status/> .\n\
        xl:a a ov:Institution ; skos:prefLabel \"A\"@en , \"bare\" ; org:classification type:police , type:court ;\n\
            ov:jurisdiction id:xl ; skos:exactMatch <https://other.example/a> ; ov:headTitle \"Chef\"@fr ;\n\
            skos:altLabel \"A1\" , \"A2\" , \"Ah\"@fr .\n\
        xl:B a ov:Institution ; skos:prefLabel \"B\"@en ; ov:jurisdiction id:xl .\n\
        <https://w3id.org/oversight/id/yl/c> a ov:Institution ; skos:prefLabel \"C\"@en ; ov:jurisdiction id:yl .\n\
        <https://w3id.org/oversight/id/xl/link/a b> a ov:Control ; ov:overseer xl:a ; ov:overseen xl:a .\n\
        link:x a ov:Control ; ov:overseer <https://w3id.org/oversight/id/yl/c> ; ov:overseen xl:a ;\n\
            ov:mechanism m:hearing ; ov:status status:in-force ; ov:legalBasis <https://law.example/1> .\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("xl.ttl");
    fs::write(
        &path,
        text.replace("xl/link/a b", "xl/link/a%20b").replace(
            "ov:overseen xl:a .",
            "ov:overseen xl:a ; ov:mechanism m:hearing ; ov:status status:in-force .",
        ),
    )
    .unwrap();
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(path)];
    let made = tables_of(&load(&documents(&sources).unwrap()).unwrap(), "xl");
    assert_eq!(
        made.lost,
        [
            "`xl/B`: its id is not kebab-case",
            "`xl/a`: the name `bare` in no language that a column can bear",
            "`xl/a`: the other name `Ah`",
            "`xl/a`: `A2` beside `A1` in the column `acronym`",
            "`xl/a`: `police` beside `court` in the column `type`",
            "`xl/a`: `Chef` in the column `head`, which is in English",
            "`xl/a`: the same as <https://other.example/a>",
            "`xl/link/a%20b`: its name has signs that no row can bring along",
            "`xl/link/x`: it names `yl/c`, of which no table of this country can tell",
        ]
    );
    assert_eq!(made.sheets.iter().map(|sheet| sheet.rows.len()).collect::<Vec<_>>(), [1, 0, 0, 0]);
}

#[test]
fn an_empty_workbook_can_be_filled_in_by_its_own_examples() {
    let graph = load(&documents(&[Source::Shipped("ontology/".to_owned())]).unwrap()).unwrap();
    let mut sheets = template(&graph);
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["institutions", "acts", "links", "powers", "surveys", "columns", "words"]);
    let empty = workbook(&sheets).unwrap();
    assert_eq!(empty, workbook(&template(&graph)).unwrap(), "the same bytes each time");
    // Every word that the sheet offers is taken, and every taken word is offered.
    let words = words();
    let of = |list: &str| -> BTreeSet<String> {
        sheets[6].rows.iter().filter(|row| row[0] == list).map(|row| row[1].clone()).collect()
    };
    assert_eq!(of("type"), words.types);
    assert_eq!(of("mechanism"), words.mechanisms);
    assert_eq!(of("power"), words.powers);
    assert_eq!(of("status"), words.statuses);
    assert_eq!(of("effect"), words.effects);
    assert_eq!(of("limit"), words.limits);
    for sheet in &mut sheets[..5] {
        let table = TABLES.iter().find(|table| table.name == sheet.name).unwrap();
        let example = |name: &String| table.column(name).unwrap().example.to_owned();
        sheet.rows.push(sheet.header.iter().map(example).collect());
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    fs::write(&path, workbook(&sheets).unwrap()).unwrap();
    let imported = facts(&path, &country("xx", "uk"), &words).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        imported.counts,
        [("institutions", 1), ("acts", 1), ("links", 1), ("powers", 1), ("surveys", 1)]
    );
}

#[test]
fn the_template_is_written_as_workbook_and_as_folder_and_read_as_empty() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["facts.xlsx", "facts"] {
        let path = folder.path().join(name);
        let out = folder.path().join(format!("{name}-out"));
        let [path, out] = [&path, &out].map(|path| path.to_str().unwrap());
        said(&["import", "--template", path]);
        let text = said(&["import", "facts", path, "--country", "ua", "-o", out]);
        assert!(text.starts_with("imported 0 institutions, 0 acts, 0 links, 0 powers, 0 surveys"), "{text}");
    }
    let columns = fs::read_to_string(folder.path().join("facts/columns.csv")).unwrap();
    assert!(columns.starts_with("table,column,need,meaning,example,list\ninstitutions,id,must be filled,"));
    fs::write(folder.path().join("taken"), "").unwrap();
    let taken = folder.path().join("taken");
    assert!(
        refused(&["import", "--template", taken.to_str().unwrap()])
            .contains("is there already, and may be filled in")
    );
    assert!(refused(&["import", "--template", "x.xlsx", "norms", "."]).contains("cannot be used with"));
}

#[test]
fn tables_are_of_one_country_and_need_a_place() {
    assert!(refused(&["export", "ua", "--to", "facts"]).contains("hint: name it with `-o`"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("t.xlsx");
    let out = out.to_str().unwrap();
    assert!(
        refused(&["export", "--to", "facts", "-o", out]).contains("tables hold one country, and there are")
    );
    assert!(refused(&["export", "ua", "--verified-only", "--to", "facts", "-o", out]).contains("`checked`"));
    assert!(refused(&["export", "ua", "--to", "facst", "-o", out]).contains("did you mean `facts`?"));
    assert!(!Path::new(out).exists());
}

#[test]
fn a_workbook_bears_only_text() {
    let sheet = Sheet {
        name: "links",
        header: vec!["article".to_owned(), "from".to_owned()],
        rows: vec![vec!["=1+1".to_owned(), "2024-01-02".to_owned()]],
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.xlsx");
    fs::write(&path, workbook(&[sheet]).unwrap()).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "links").unwrap();
    let cells: Vec<_> = range.rows().nth(1).unwrap().to_vec();
    assert_eq!(cells, ["=1+1", "2024-01-02"].map(|text| calamine::Data::String(text.to_owned())));
}

#[test]
fn the_page_has_every_column() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md");
    let page = fs::read_to_string(path).unwrap();
    let (begin, end) = ("<!-- begin columns (generated) -->\n", "<!-- end columns -->");
    let (before, rest) = page.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let mut rows = String::new();
    for table in TABLES {
        let _ = write!(
            rows,
            "**{}**\n\n| column | need | meaning | example |\n| --- | --- | --- | --- |\n",
            table.name
        );
        for column in table.columns {
            let example =
                if column.example.is_empty() { String::new() } else { format!("`{}`", column.example) };
            let cells =
                format!("| `{}` | {} | {} | {example} |\n", column.name, column.need.word(), column.meaning);
            rows += &cells.replace("|  |", "| |");
        }
        rows += "\n";
    }
    crate::support::bless::hold(
        "docs/import.md",
        &format!("{before}{begin}{}{end}{after}", rows.trim_end().to_owned() + "\n"),
    );
}

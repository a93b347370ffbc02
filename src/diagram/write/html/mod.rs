//! Writes a scene as one page of HTML that people can move, zoom, search and filter: the SVG, the facts as lists, and a
//! script and a style of ours (`assets/page`).
//!
//! # Invariants
//! * Nothing is fetched: the page names no file, and its policy (`Content-Security-Policy`) lets only this script and
//!   this style run, by their hashes.
//! * Labels are text wherever they stand; only addresses of the web become links.
//! * Without a script the page shows the picture and its facts.

mod data;
mod list;
mod words;

use super::super::fact::{Fact, Time};
use super::super::scene::{Group, Scene};
use super::super::words::filled;
use super::escaped;
use super::svg::{self, For};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};
use std::cell::Cell;
use words::word;

const SCRIPT: &str = include_str!("../../../../assets/page/page.js");
const STYLE: &str = include_str!("../../../../assets/page/page.css");

/// Returns `scene` as a page.
pub(super) fn write(scene: &Scene) -> String {
    let groups: Vec<&Group> = scene.groups();
    let language = scene.language.as_str();
    let say = |name: &str| escaped(word(name, language));
    let day = scene.day.map(|day| day.to_string()).unwrap_or_default();
    let dated = |name: &str| escaped(&filled(word(name, language), &[&day]));
    let subtitle: String = scene.subtitle.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let menu = |name: &str| {
        format!(
            "<details class=\"menu\" id=\"{name}\" hidden><summary>{} <b></b></summary><div></div></details>\n",
            say(name)
        )
    };
    let hint = match scene.time {
        Time::Still if day.is_empty() => String::new(),
        Time::Still => dated("still"),
        Time::Ever => dated("ever"),
        Time::Axis(_) => say("axis"),
    };
    let button = |id: &str, sign: &str| {
        format!(
            "<button type=\"button\" id=\"{id}\" title=\"{0}\" aria-label=\"{0}\">{sign}</button>",
            say(id)
        )
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body class=\"{}\">\n",
        escaped(language),
        hash(SCRIPT),
        hash(STYLE),
        escaped(&scene.title),
        // On paper it lies or stands.
        if scene.height - scene.head > scene.width { "tall" } else { "wide" },
    );
    page.push_str(&format!(
        "<div id=\"app\">\n<header>\n<h1 dir=\"auto\">{}</h1>\n{subtitle}</header>\n<div id=\"bar\" hidden>\n\
         <div id=\"find\" role=\"search\"><input id=\"search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" \
         role=\"combobox\" aria-expanded=\"false\" aria-controls=\"results\" aria-autocomplete=\"list\" \
         placeholder=\"{search}\" aria-label=\"{search}\"><ul id=\"results\" role=\"listbox\" aria-label=\"{search}\" \
         hidden></ul><span id=\"said\" role=\"status\"></span></div>\n{}{}{}\
         <a class=\"button\" href=\"#facts\">{}</a>\n\
         <details class=\"menu\" id=\"help\"><summary aria-label=\"{help}\" title=\"{help}\">?</summary><div>{}</div>\
         </details>\n</div>\n",
        escaped(&scene.title),
        menu("pillars"),
        menu("mechanisms"),
        menu("verdicts"),
        say("text"),
        say("keys"),
        search = say("search"),
        help = say("help"),
    ));
    page.push_str(&format!(
        "<main id=\"middle\">\n<div id=\"stage\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}\
         <div class=\"zoom\">{}{}{}</div></div>\n\
         <aside id=\"panel\" tabindex=\"-1\" aria-label=\"{}\" hidden></aside>\n</main>\n",
        say("picture"),
        svg::write(scene, For::Page(&Cell::new(0))),
        button("closer", "+"),
        button("farther", "−"),
        button("whole", "⤢"),
        say("details"),
    ));
    if scene.time != Time::Still {
        page.push_str(&format!(
            "<div id=\"time\" hidden>{}<input type=\"range\" id=\"range\" aria-label=\"{day}\">{}\
             <input type=\"date\" id=\"exact\" aria-label=\"{day}\"><button type=\"button\" id=\"drawn\">{}</button>\
             <p id=\"readout\" role=\"status\"></p></div>\n",
            button("earlier", "‹"),
            button("later", "›"),
            dated("drawn"),
            day = say("day"),
        ));
    }
    page.push_str(&format!(
        "<p class=\"hint\" id=\"hint\" hidden>{hint}</p>\n</div>\n<div id=\"tip\" hidden></div>\n\
         <section id=\"facts\">\n<details>\n<summary>{}</summary>\n<p>{}</p>\n{}</details>\n</section>\n\
         <footer>{}</footer>\n",
        say("facts"),
        escaped(&scene.description),
        list::write(scene, &groups),
        escaped(&scene.source),
    ));
    page.push_str(&format!(
        "<script type=\"application/json\" id=\"data\">{}</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        data::write(scene, &groups),
    ));
    page
}

/// Returns by what a policy knows a script or a style.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// What the record tells of the time of a fact.
enum Times<'f> {
    Unknown,
    Since(&'f str),
    Until(&'f str),
    Between(&'f str, &'f str),
}

fn times(fact: &Fact) -> Times<'_> {
    match (fact.since.as_str(), fact.until.as_str()) {
        ("", "") => Times::Unknown,
        (since, "") => Times::Since(since),
        ("", until) => Times::Until(until),
        (since, until) => Times::Between(since, until),
    }
}

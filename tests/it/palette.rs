//! The colours of pictures, as people with colour-blindness and grey printers see them.
//!
//! Dichromats are simulated as Machado, Oliveira and Fernandes do ("A Physiologically-based Model for Simulation of
//! Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0), in linear light; distances are those of CIE Lab
//! (1976), where 2.3 can just be noticed side by side.

#![expect(clippy::unwrap_used, reason = "a test fails where a colour is none")]

use oversight::diagram::EdgeKind;
use oversight::diagram::style::{
    GREY, INK, PAPER, RED, colour, edge, fill, gaps_widely, glyph, glyph_on, pillar_glyph, way_glyph,
};
use oversight::diagram::way::Way;
use oversight::gaps::Verdict;
use oversight::model::Pillar;
use oversight::palette::shades;

type Colour = [f64; 3];

/// How a colour is seen, as a matrix over linear red, green and blue.
const SIGHTS: [(&str, [Colour; 3]); 5] = [
    ("normal sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
    ("grey print", [LUMINANCE, LUMINANCE, LUMINANCE]),
];
const LUMINANCE: Colour = [0.2126, 0.7152, 0.0722];

fn linear(hex: &str) -> Colour {
    [1, 3, 5].map(|at| {
        let part = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn dot(a: Colour, b: Colour) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn lab(colour: Colour) -> Colour {
    let curve = |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = curve(dot([0.4124, 0.3576, 0.1805], colour) / 0.950_47);
    let y = curve(dot(LUMINANCE, colour));
    let z = curve(dot([0.0193, 0.1192, 0.9505], colour) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn seen(hex: &str, sight: [Colour; 3]) -> Colour {
    lab(sight.map(|row| dot(row, linear(hex)).clamp(0.0, 1.0)))
}

/// Holds every two of some colours apart: by `sighted` for each kind of sight, and by `grey` in grey print.
fn apart(colours: &[(String, &str)], sighted: f64, grey: f64) {
    for (sight, matrix) in SIGHTS {
        let least = if sight == "grey print" { grey } else { sighted };
        for (at, (name, hex)) in colours.iter().enumerate() {
            for (other, other_hex) in &colours[at + 1..] {
                let (a, b) = (seen(hex, matrix), seen(other_hex, matrix));
                let difference = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
                let distance = dot(difference, difference).sqrt();
                assert!(
                    distance >= least,
                    "{sight}: {name} {hex} and {other} {other_hex} are {distance:.1} apart"
                );
            }
        }
    }
}

fn pillars() -> Vec<Option<Pillar>> {
    Pillar::ALL.iter().copied().map(Some).chain([None]).collect()
}

#[test]
fn pillars_are_told_apart_by_everybody() {
    let mut colours: Vec<(String, &str)> =
        pillars().into_iter().map(|pillar| (format!("{pillar:?}"), colour(pillar))).collect();
    colours.push(("on paper".to_owned(), GREY));
    apart(&colours, 18.0, 5.0);
    // Red is told by its wide gaps and its weight too; in grey print it may come near to others.
    colours.push(("missing".to_owned(), RED));
    apart(&colours, 18.0, 2.5);
}

#[test]
fn verdicts_are_told_apart_by_everybody() {
    let fills: Vec<(String, &str)> =
        Verdict::ALL.iter().map(|verdict| (verdict.to_string(), fill(*verdict).ground)).collect();
    apart(&fills, 11.5, 10.0);
}

#[test]
fn text_can_be_read_on_what_it_stands_on() {
    let luminance = |hex: &str| dot(LUMINANCE, linear(hex));
    let contrast = |a: &str, b: &str| {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    for verdict in Verdict::ALL {
        let fill = fill(*verdict);
        assert!(contrast(fill.ink, fill.ground) >= 4.5, "{verdict}: {}", contrast(fill.ink, fill.ground));
    }
    assert!(contrast(RED, PAPER) >= 4.5);
    for pillar in pillars() {
        let shades = shades(pillar);
        assert!(
            contrast(INK, shades.ground) >= 7.0 && contrast(shades.ink, shades.ground) >= 4.5,
            "{pillar:?}"
        );
    }
}

#[test]
fn colour_is_never_alone() {
    let patterns: Vec<&str> = pillars().into_iter().map(|p| edge(EdgeKind::InForce(p)).dash).collect();
    all_differ("the patterns of pillars", &patterns);
    assert!(patterns.iter().all(|dash| !gaps_widely(dash)));
    let others = [EdgeKind::OnPaper, EdgeKind::NotEnough, EdgeKind::Missing].map(|kind| edge(kind).dash);
    all_differ("the patterns of what is not in force", &others);
    assert!(others.iter().all(|dash| gaps_widely(dash)));
    let shape =
        |glyph: oversight::diagram::style::Glyph| (glyph.outline, glyph.filled, glyph.mark, glyph.solid);
    all_differ(
        "the glyphs of pillars",
        &pillars().into_iter().map(|p| shape(pillar_glyph(p))).collect::<Vec<_>>(),
    );
    all_differ("the glyphs of verdicts", &Verdict::ALL.iter().map(|v| shape(glyph(*v))).collect::<Vec<_>>());
    all_differ("the glyphs on areas", &Verdict::ALL.iter().map(|v| shape(glyph_on(*v))).collect::<Vec<_>>());
    all_differ("the glyphs of ways", &Way::ALL.iter().map(|w| shape(way_glyph(*w, INK))).collect::<Vec<_>>());
}

fn all_differ<T: PartialEq>(what: &str, all: &[T]) {
    for (at, one) in all.iter().enumerate() {
        assert!(!all[at + 1..].contains(one), "{what} are not all different");
    }
}

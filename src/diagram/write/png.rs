//! Writes a picture as PNG: bands of it on all cores, each drawn from what reaches into it, and packed by itself.
//!
//! # Invariants
//! * Bands have the same height on every machine, so the bytes do not tell how many cores there were.
//! * No more pixels are in memory than bands are at work.
//!
//! # Source
//! PNG, third edition (W3C, 2025): chunks, filters; RFC 1950 and 1951: a stream of several packed parts.

use super::super::scene::Scene;
use super::raster::{WriteError, tree};
use crate::cores;
use flate2::{Compress, Compression, FlushCompress};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use simd_adler32::Adler32;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Most rows of a band.
const BAND: u32 = 768;
/// How hard rows are packed: harder takes longer than drawing them, and saves little.
const LEVEL: u32 = 2;
/// The head of a packed stream: window of 32 KiB, no level told.
const STREAM: [u8; 2] = [0x78, 0x01];
/// The largest prime below 2^16, of the sum of Adler.
const PRIME: u32 = 65_521;

/// A band as it stands in the file.
struct Packed {
    bytes: Vec<u8>,
    /// Sum of Adler over the rows, and how many bytes they were.
    sum: (u32, u32),
    length: u64,
}

/// Returns a picture of `width` by `height` pixels, `scale` of them for a unit of it, as a PNG file.
///
/// # Arguments
/// * `per_metre`: pixels a metre, which the file tells, so that it prints as large as it is meant.
pub(super) fn write(
    scene: &Scene,
    (width, height): (u32, u32),
    scale: f64,
    per_metre: u32,
) -> Result<Vec<u8>, WriteError> {
    // An even number, so that two cores are done at the same time.
    let rows = height.div_ceil(2 * height.div_ceil(2 * BAND));
    let bands: Vec<u32> = (0..height.div_ceil(rows)).map(|at| at * rows).collect();
    let parts = cores::map(&bands, |top| {
        let area = (width, rows.min(height - top));
        band(scene, *top, area, scale, top + area.1 == height)
    });

    let mut file = SIGNATURE.to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // Eight bits each of red, green and blue; then the methods that there are.
    chunk(&mut file, *b"IHDR", &[&size, &[8, 2, 0, 0, 0]]);
    chunk(&mut file, *b"pHYs", &[&per_metre.to_be_bytes(), &per_metre.to_be_bytes(), &[1]]);
    let mut sum = (1, 0);
    for (at, packed) in parts.into_iter().enumerate() {
        let packed = packed?;
        sum = joined(sum, packed.sum, packed.length);
        let head = if at == 0 { &STREAM[..] } else { &[] };
        let adler = ((sum.1 << 16) | sum.0).to_be_bytes();
        let end = if at + 1 == bands.len() { &adler[..] } else { &[] };
        chunk(&mut file, *b"IDAT", &[head, &packed.bytes, end]);
    }
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn failed(why: &str) -> WriteError {
    WriteError::Png(why.to_owned())
}

/// Draws and packs the band of `width` by `rows` pixels below `top`.
fn band(
    scene: &Scene,
    top: u32,
    (width, rows): (u32, u32),
    scale: f64,
    is_last: bool,
) -> Result<Packed, WriteError> {
    let mut pixels = Pixmap::new(width, rows).ok_or_else(|| failed("a band is too large"))?;
    pixels.fill(Color::WHITE);
    let (upper, lower) = (f64::from(top), f64::from(top + rows));
    let tree = tree(scene, upper / scale, lower / scale)?;
    let place = Transform::from_scale(scale as f32, scale as f32).post_translate(0.0, -(upper as f32));
    resvg::render(&tree, place, &mut pixels.as_mut());
    let row_length = 1 + 3 * width as usize;
    let mut raw = vec![0; row_length * rows as usize];
    let lines = raw.chunks_exact_mut(row_length).zip(pixels.pixels().chunks_exact(width as usize));
    for (line, row) in lines {
        for (bytes, pixel) in line[1..].chunks_exact_mut(3).zip(row) {
            bytes[0] = pixel.red();
            bytes[1] = pixel.green();
            bytes[2] = pixel.blue();
        }
    }
    let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Sync };
    let mut packer = Compress::new(Compression::new(LEVEL), false);
    let mut bytes = Vec::with_capacity(raw.len() / 16 + 1024);
    loop {
        let read = packer.total_in() as usize;
        packer.compress_vec(&raw[read..], &mut bytes, flush).map_err(|error| failed(&error.to_string()))?;
        // With room to spare all has been written.
        if bytes.len() < bytes.capacity() && packer.total_in() as usize == raw.len() {
            break;
        }
        bytes.reserve(bytes.len().max(1024));
    }
    Ok(Packed { bytes, sum: adler(&raw), length: raw.len() as u64 })
}

/// Returns the two sums of Adler-32.
fn adler(bytes: &[u8]) -> (u32, u32) {
    let mut sum = Adler32::new();
    sum.write(bytes);
    (sum.finish() & 0xffff, sum.finish() >> 16)
}

/// Returns the sums of two parts as one; `length` is that of the second.
fn joined(first: (u32, u32), second: (u32, u32), length: u64) -> (u32, u32) {
    let prime = u64::from(PRIME);
    let [a, b, c, d] = [first.0, first.1, second.0, second.1].map(u64::from);
    let sum = (a + c + prime - 1) % prime;
    let sums = (b + d + (length % prime) * (a + prime - 1)) % prime;
    (sum as u32, sums as u32)
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    file.extend((length as u32).to_be_bytes());
    let begin = file.len();
    file.extend(name);
    for part in parts {
        file.extend(*part);
    }
    let mut sum = flate2::Crc::new();
    sum.update(&file[begin..]);
    file.extend(sum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::super::page::{About, Page};
    use super::super::super::scene::{Item, Path, Text};
    use super::super::super::style::{Line, NAME};
    use super::super::raster::whole;
    use super::*;

    #[test]
    fn bands_are_the_picture_drawn_at_once() {
        let about = About { title: "Bands".to_owned(), ..About::default() };
        let mut page = Page::new("map", 300.0, &about, &[]);
        let line = Line { colour: "#cc0000", dash: "5 3", width: 3.0, opacity: 0.7 };
        for at in 0..40 {
            let y = page.y();
            let far = [(20.0, y), (280.0, y + 37.0 * f64::from(at))];
            page.add(Item::stroke(Path::line(&far), line));
            page.add(Item::Text(Text::new(NAME, 40.0, y + 12.0, format!("Верховна Рада {at}"))));
            page.reach(y + 31.3);
        }
        page.reach(page.y() + 900.0);
        let scene = page.finish("");
        let all = tree(&scene, f64::NEG_INFINITY, f64::INFINITY).unwrap();
        for scale in [0.5, 1.0, 1.7] {
            let size = [scene.width, scene.height].map(|side| whole((side * scale).ceil()));
            let mut once = Pixmap::new(size[0], size[1]).unwrap();
            once.fill(Color::WHITE);
            resvg::render(&all, Transform::from_scale(scale as f32, scale as f32), &mut once.as_mut());
            let file = write(&scene, (size[0], size[1]), scale, 7559).unwrap();
            let read = Pixmap::decode_png(&file).unwrap();
            assert_eq!((read.width(), read.height()), (size[0], size[1]));
            // Edges are rounded elsewhere, by a step or two of the sixteen that a pixel has; nothing is missing.
            let off = once.data().iter().zip(read.data()).map(|(a, b)| a.abs_diff(*b));
            assert!(off.clone().max() <= Some(40), "{:?} of 255", off.max());
            assert!(off.filter(|off| *off > 4).count() * 500 < once.data().len());
            assert!(once.data().chunks(4).any(|pixel| pixel[1] < 60));
        }
    }

    #[test]
    fn sums_of_parts_are_the_sum_of_the_whole() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|at| (at * 7 % 256) as u8).collect();
        assert_eq!(adler(b"Wikipedia"), (0x0398, 0x11e6));
        for cut in [0, 1, 65_521, 70_000, 100_000] {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(joined(adler(head), adler(tail), tail.len() as u64), adler(&bytes));
        }
    }
}

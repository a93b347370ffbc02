//! The files that the binary carries: `ontology/`, `data/`, `queries/`.

/// One file of the checkout that the binary was built from.
#[derive(Debug)]
pub struct ShippedFile {
    /// Path from the top of the checkout, with `/`, such as `data/ua/links.ttl`.
    pub path: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// All shipped files, by path.
pub static SHIPPED: &[ShippedFile] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

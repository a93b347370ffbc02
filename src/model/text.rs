//! Interned strings and labels in several languages.

use string_interner::StringInterner;
use string_interner::backend::StringBackend;
use string_interner::symbol::SymbolU32;

/// A string of one graph, by number; the graph's [`Texts`] turns it back.
pub type Symbol = SymbolU32;

/// All strings of one graph, each kept once.
#[derive(Clone, Debug, Default)]
pub struct Texts(StringInterner<StringBackend<Symbol>>);

impl Texts {
    /// Returns the symbol of `text`, keeping it if it is new.
    pub(super) fn keep(&mut self, text: &str) -> Symbol {
        self.0.get_or_intern(text)
    }

    /// Returns the symbol of `text` if it is kept.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.0.get(text)
    }

    /// Returns the string.
    ///
    /// # Panics
    /// If the symbol is of another graph.
    pub fn get(&self, symbol: Symbol) -> &str {
        self.0.resolve(symbol).expect("a symbol of this graph")
    }
}

/// A text in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The language tag, lower case; absent for a plain literal.
    pub language: Option<Symbol>,
    /// The text.
    pub text: Symbol,
}

/// The same text in several languages, sorted by language tag, then text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(pub(super) Vec<Label>);

impl Labels {
    /// Returns the text in `language`, or what [`in_language`] falls back to.
    pub fn pick(&self, texts: &Texts, language: &str) -> Option<Symbol> {
        self.pick_label(texts, language).map(|label| label.text)
    }

    /// Returns the text that [`Labels::pick`] picks, with the language that it is in.
    pub fn pick_label(&self, texts: &Texts, language: &str) -> Option<Label> {
        let tagged = self.0.iter().map(|label| (label.language.map(|tag| texts.get(tag)), *label));
        in_language(tagged, language)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the text in exactly this language.
    pub fn exactly(&self, texts: &Texts, language: &str) -> Option<Symbol> {
        self.0.iter().find(|l| l.language.is_some_and(|tag| texts.get(tag) == language)).map(|l| l.text)
    }

    /// Returns all, sorted by language tag.
    pub fn iter(&self) -> impl Iterator<Item = Label> {
        self.0.iter().copied()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A text and its translations, of what stands in no graph: a rule, a shipped query.
///
/// ```
/// use oversight::model::Tagged;
/// let text = Tagged::english("body").with("uk", "орган");
/// assert_eq!((text.pick("uk"), text.pick("no")), ("орган", "body"));
/// assert_eq!(Tagged::default().pick("en"), "");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tagged(Vec<(String, String)>);

impl Tagged {
    /// Makes one in English.
    pub fn english(text: impl Into<String>) -> Self {
        Self(vec![("en".to_owned(), text.into())])
    }

    /// Adds the text in another language, a tag in lower case; an empty one is none.
    #[must_use]
    pub fn with(mut self, language: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push((language.to_owned(), text));
        }
        self
    }

    /// Returns the text that a reader of `language` gets; empty where there is none.
    pub fn pick(&self, language: &str) -> &str {
        let tagged = self.0.iter().map(|(tag, text)| (Some(tag.as_str()), text.as_str()));
        in_language(tagged, language).unwrap_or_default()
    }
}

/// Returns the one in `language`, or its primary part (`uk` of `uk-ua`); else in English; else without language; else the first there is.
///
/// This is the one place where the order of fallback is decided. `tagged` are language tags in lower case, each with
/// what is in that language.
pub fn in_language<'a, T>(
    tagged: impl Iterator<Item = (Option<&'a str>, T)> + Clone,
    language: &str,
) -> Option<T> {
    let mut tagged = tagged;
    let find = |wanted: Option<&str>| tagged.clone().find(|(tag, _)| *tag == wanted).map(|(_, item)| item);
    find(Some(language))
        .or_else(|| find(language.split('-').next()))
        .or_else(|| find(Some("en")))
        .or_else(|| find(None))
        .or_else(|| tagged.next().map(|(_, item)| item))
}

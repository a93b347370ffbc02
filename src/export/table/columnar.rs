//! Files of columns, one a table: Parquet, and Arrow's IPC file format (Feather 2).
//!
//! # Invariants
//! * Words, ends of links, dates as told and bodies of findings are dictionary-encoded. A file of Arrow takes one
//!   dictionary a column, so they are gathered in a pass of their own; they grow with bodies and acts, not with links.
//! * Rows are handed on in batches that are bounded in rows and in bytes.

use super::rows::{Table, tables};
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::record::{Kind, Value};
use crate::export::select::View;
use crate::model::Day;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

/// How much stands in a batch at most.
const ROWS: usize = 1 << 16;
const BYTES: usize = 1 << 24;

pub(super) fn parquet(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    for table in tables(view) {
        out.begin(&format!("{}.parquet", table.name))?;
        let mut batches = Batches::new(view, &table)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(2 * ROWS))
            .build();
        let mut writer = ArrowWriter::try_new(&mut *out, Arc::clone(&batches.schema), Some(properties))
            .map_err(io::Error::other)?;
        batches.run(&table, |batch| writer.write(batch).map_err(io::Error::other))?;
        writer.close().map_err(io::Error::other)?;
        out.loss.merge(batches.loss);
    }
    Ok(())
}

pub(super) fn arrow(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    for table in tables(view) {
        out.begin(&format!("{}.arrow", table.name))?;
        let mut batches = Batches::new(view, &table)?;
        let mut writer = FileWriter::try_new(&mut *out, &batches.schema).map_err(io::Error::other)?;
        batches.run(&table, |batch| writer.write(batch).map_err(io::Error::other))?;
        writer.finish().map_err(io::Error::other)?;
        drop(writer);
        out.loss.merge(batches.loss);
    }
    Ok(())
}

/// The words of a column, and where each stands.
#[derive(Default)]
struct Words {
    places: HashMap<String, i32>,
    values: StringBuilder,
}

impl Words {
    fn see(&mut self, word: &str) {
        if !self.places.contains_key(word) {
            let place = i32::try_from(self.places.len()).unwrap_or(i32::MAX);
            self.places.insert(word.to_owned(), place);
            self.values.append_value(word);
        }
    }

    fn done(mut self) -> Dictionary {
        Dictionary { places: Rc::new(self.places), values: Arc::new(self.values.finish()) }
    }
}

/// All words of a column.
#[derive(Clone)]
struct Dictionary {
    places: Rc<HashMap<String, i32>>,
    values: ArrayRef,
}

/// A column on its way.
enum Column {
    Text(StringBuilder),
    Words(Int32Builder, Dictionary),
    List(ListBuilder<StringBuilder>),
    Day(Date32Builder),
    Flag(BooleanBuilder),
    Number(Int64Builder),
}

impl Column {
    fn kind(&self) -> DataType {
        match self {
            Self::Text(_) => DataType::Utf8,
            Self::Words(..) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::List(_) => DataType::new_list(DataType::Utf8, true),
            Self::Day(_) => DataType::Date32,
            Self::Flag(_) => DataType::Boolean,
            Self::Number(_) => DataType::Int64,
        }
    }

    /// Appends a text, and returns how many bytes it takes.
    fn text(&mut self, text: &str) -> usize {
        match self {
            Self::Words(keys, words) => keys.append_option(words.places.get(text).copied()),
            Self::Text(texts) => {
                texts.append_value(text);
                return text.len();
            }
            _ => {}
        }
        0
    }

    fn nothing(&mut self) {
        match self {
            Self::Text(texts) => texts.append_null(),
            Self::Words(keys, _) => keys.append_null(),
            Self::List(lists) => lists.append_null(),
            Self::Day(days) => days.append_null(),
            Self::Flag(flags) => flags.append_null(),
            Self::Number(numbers) => numbers.append_null(),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(texts) => Arc::new(texts.finish()),
            Self::Words(keys, words) => {
                Arc::new(DictionaryArray::<Int32Type>::try_new(keys.finish(), Arc::clone(&words.values))?)
            }
            Self::List(lists) => Arc::new(lists.finish()),
            Self::Day(days) => Arc::new(days.finish()),
            Self::Flag(flags) => Arc::new(flags.finish()),
            Self::Number(numbers) => Arc::new(numbers.finish()),
        })
    }
}

/// The rows of a table on their way, column by column.
struct Batches {
    schema: SchemaRef,
    columns: Vec<Column>,
    loss: Loss,
}

impl Batches {
    fn new(view: &View<'_>, table: &Table<'_>) -> io::Result<Self> {
        let mut names: Vec<String> = table.keys.iter().map(|key| (*key).to_owned()).collect();
        let mut columns = Vec::new();
        let texts = || Column::Text(StringBuilder::new());
        let words = |words: &Dictionary| Column::Words(Int32Builder::new(), words.clone());
        if table.name == "edges" {
            let mut bodies = Words::default();
            view.nodes().for_each(|id| bodies.see(view.graph().iri(id)));
            let bodies = bodies.done();
            columns.extend([texts(), words(&bodies), words(&bodies)]);
        } else {
            columns.extend(table.keys.iter().map(|_| texts()));
        }
        let found = dictionaries(table)?;
        for (field, found) in table.fields.iter().zip(&found) {
            names.push(field.name.clone().into_owned());
            columns.push(match (found, field.kind) {
                (Some(found), _) => words(found),
                (None, Kind::List) => Column::List(ListBuilder::new(StringBuilder::new())),
                (None, Kind::Flag) => Column::Flag(BooleanBuilder::new()),
                (None, Kind::Number) => Column::Number(Int64Builder::new()),
                (None, _) => texts(),
            });
            if matches!(field.kind, Kind::Start | Kind::End) {
                names.push(format!("{}_day", field.name));
                columns.push(Column::Day(Date32Builder::new()));
            }
        }
        let fields: Vec<Field> = names
            .into_iter()
            .zip(&columns)
            .map(|(name, column)| Field::new(name, column.kind(), true))
            .collect();
        Ok(Self { schema: Arc::new(Schema::new(fields)), columns, loss: Loss::default() })
    }

    /// Calls `each` with the rows, batch by batch.
    fn run(
        &mut self,
        table: &Table<'_>,
        mut each: impl FnMut(&RecordBatch) -> io::Result<()>,
    ) -> io::Result<()> {
        let (mut rows, mut bytes) = (0, 0);
        table.rows(|keys, values| {
            let mut columns = self.columns.iter_mut();
            for (key, column) in keys.iter().zip(columns.by_ref()) {
                bytes += column.text(key);
            }
            for (field, value) in table.fields.iter().zip(values) {
                let Some(column) = columns.next() else { break };
                let day = if matches!(field.kind, Kind::Start | Kind::End) { columns.next() } else { None };
                bytes += append(column, day, *value, &mut self.loss);
            }
            rows += 1;
            if rows == ROWS || bytes >= BYTES {
                (rows, bytes) = (0, 0);
                return each(&self.batch().map_err(io::Error::other)?);
            }
            Ok(())
        })?;
        if rows > 0 { each(&self.batch().map_err(io::Error::other)?) } else { Ok(()) }
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let arrays = self.columns.iter_mut().map(Column::finish).collect::<Result<_, _>>()?;
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
    }
}

/// Appends a value; returns how many bytes its texts take.
fn append(column: &mut Column, day: Option<&mut Column>, value: Option<Value<'_>>, loss: &mut Loss) -> usize {
    let mut bytes = 0;
    let mut first: Option<Day> = None;
    match (column, value) {
        (column, None) => column.nothing(),
        (column, Some(Value::Text(text))) => bytes = column.text(text),
        (Column::List(lists), Some(Value::List(list))) => {
            list.for_each(|text| {
                bytes += text.len();
                lists.values().append_value(text);
            });
            lists.append(true);
        }
        (Column::Flag(flags), Some(Value::Flag(flag))) => flags.append_value(flag),
        (Column::Number(numbers), Some(Value::Number(number))) => numbers.append_value(number.cast_signed()),
        (column, Some(Value::Start(date))) => {
            column.text(&date.to_string());
            first = Some(date.first_day());
        }
        (column, Some(Value::End(date))) => {
            column.text(&date.to_string());
            first = Some(date.first_day_after());
        }
        (column, Some(_)) => column.nothing(),
    }
    if let Some(column) = day
        && let Column::Day(days) = column
    {
        // Python and pandas have no day after 9999.
        if first.is_some_and(|day| day.year() > 9999) {
            loss.add(Part::Time, "days after 9999 (the text tells them)", 1);
        }
        days.append_option(first.filter(|day| day.year() <= 9999).map(Day::number));
    }
    bytes
}

/// Gathers the words of the columns that have a dictionary.
fn dictionaries(table: &Table<'_>) -> io::Result<Vec<Option<Dictionary>>> {
    let has_words = |kind: Kind, name: &str| match kind {
        Kind::Word | Kind::Start | Kind::End => true,
        Kind::Text => name == "institution",
        _ => false,
    };
    let mut found: Vec<Option<Words>> =
        table.fields.iter().map(|field| has_words(field.kind, &field.name).then(Words::default)).collect();
    table.rows(|_, values| {
        for (value, found) in values.iter().zip(&mut found) {
            match (found, value) {
                (Some(words), Some(Value::Text(text))) => words.see(text),
                (Some(words), Some(Value::Start(date) | Value::End(date))) => words.see(&date.to_string()),
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(found.into_iter().map(|words| words.map(Words::done)).collect())
}

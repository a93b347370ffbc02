//! From documents to the graph: one thread parses, this one builds.

use super::builder::BATCH;
use super::facts::{Batch, Packer};
use super::{Builder, Graph};
use crate::rdf::{Document, RdfError, read};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// How many batches may wait, which bounds the memory between the two threads.
const WAITING: usize = 32;

/// What the parsing thread sends.
enum Message<'d> {
    Begin(&'d str),
    Triples(Batch),
}

/// Reads `documents` one after the other and builds the graph.
///
/// # Errors
/// The first [`RdfError`]; no part of a graph is given then.
///
/// # Cost
/// About the time to parse the documents alone, on two cores.
pub fn load(documents: &[Document]) -> Result<Graph, RdfError> {
    load_telling(documents, |_| ())
}

/// As [`load`], and tells how many triples have been taken, now and then, for those who wait.
///
/// # Errors
/// As [`load`].
pub fn load_telling(documents: &[Document], mut tell: impl FnMut(usize)) -> Result<Graph, RdfError> {
    let mut builder = Builder::new();
    let (sender, receiver) = sync_channel(WAITING);
    let mut taken = 0;
    thread::scope(|scope| {
        let parser = scope.spawn(move || parse(documents, &sender));
        for message in receiver {
            match message {
                Message::Begin(document) => builder.begin(document),
                Message::Triples(triples) => {
                    builder.add_batch(&triples);
                    taken += triples.len();
                    tell(taken);
                }
            }
        }
        parser.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    Ok(builder.finish())
}

fn parse<'d>(documents: &'d [Document], sender: &SyncSender<Message<'d>>) -> Result<(), RdfError> {
    // The receiver takes everything until this end hangs up, so a send does not fail.
    let send = |message| drop(sender.send(message));
    let mut packer = Packer::new();
    for document in documents {
        send(Message::Begin(&document.name));
        read(document, |quad| {
            if packer.add(&quad) >= BATCH {
                send(Message::Triples(packer.take()));
            }
        })?;
        send(Message::Triples(packer.take()));
    }
    Ok(())
}

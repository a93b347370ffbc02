//! Many records made by several threads, piece by piece, and taken in their order.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many records are a piece. With texts of 100,000 characters it is 50 MB, and a worker holds at most three.
const PIECE: usize = 512;

/// How many threads make pieces, beside the one that takes them.
const WORKERS: usize = 4;

/// Makes a piece of every 512 ids, with the number of its first, and hands the pieces to `take` in order.
///
/// Each worker goes through all ids, and makes every fourth piece; it waits until the last but one is taken. So
/// memory does not grow with the number of ids.
///
/// # Errors
/// That of `take`; no more pieces are made then.
pub(super) fn in_pieces<I: Iterator, P: Send>(
    ids: impl Fn() -> I + Sync,
    make: impl Fn(usize, &mut dyn Iterator<Item = I::Item>) -> P + Sync,
    mut take: impl FnMut(P) -> io::Result<()>,
) -> io::Result<()> {
    let (ids, make) = (&ids, &make);
    thread::scope(|scope| {
        let worker = |worker: usize| -> Receiver<P> {
            let (send, receive) = sync_channel(1);
            scope.spawn(move || {
                let mut ids = ids();
                let mut skipped = worker * PIECE;
                let mut first = 0;
                loop {
                    first += skipped;
                    let mut piece = ids.by_ref().skip(skipped).take(PIECE).peekable();
                    if piece.peek().is_none() || send.send(make(first, &mut piece)).is_err() {
                        break;
                    }
                    first += PIECE;
                    skipped = (WORKERS - 1) * PIECE;
                }
            });
            receive
        };
        let pieces: Vec<Receiver<P>> = (0..WORKERS).map(worker).collect();
        // The first that has no piece has no successor.
        for piece in pieces.iter().cycle() {
            let Ok(piece) = piece.recv() else { break };
            take(piece)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_none_is_missing() {
        for count in [0, 1, PIECE - 1, PIECE, PIECE + 1, 9 * PIECE + 7] {
            let mut taken = Vec::new();
            let make = |first: usize, ids: &mut dyn Iterator<Item = usize>| {
                let ids: Vec<usize> = ids.collect();
                assert_eq!(ids[0], first);
                ids
            };
            let done = in_pieces(
                || 0..count,
                make,
                |piece| {
                    taken.extend(piece);
                    Ok(())
                },
            );
            assert!(done.is_ok());
            assert_eq!(taken, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut taken = 0;
        let done = in_pieces(
            || 0..usize::MAX,
            |first, _| first,
            |_| {
                taken += 1;
                if taken < 3 { Ok(()) } else { Err(io::Error::other("full")) }
            },
        );
        assert!(done.is_err() && taken == 3);
    }
}

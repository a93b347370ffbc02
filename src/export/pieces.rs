//! Many records made by several threads, piece by piece, and taken in their order.

use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// How many records the first turn of a thread is, and at most a later one.
const TURN: [usize; 2] = [16, 8192];

/// How many pieces of a turn wait to be taken before its thread does.
const WAITING: usize = 8;

/// At most how many threads make pieces, beside the one that takes them.
const WORKERS: usize = 4;

/// How many records the next turn is after one of so many that made so many pieces: turns of small records are long, or
/// threads would mostly wait for each other.
fn next_turn(records: usize, pieces: usize) -> usize {
    match pieces {
        0 | 1 => (records * 2).min(TURN[1]),
        2..=4 => records,
        _ => (records / 2).max(1),
    }
}

/// Hands out the ids in turns, each with the number of its first, and hands to `take`, in their order, the pieces that
/// `make` gives.
///
/// At most one turn more than there are threads is begun and not yet taken, so memory does not grow with the number of
/// ids; and where `make` gives pieces of a bounded size, it does not grow with the size of records.
///
/// # Errors
/// That of `take`; no more turns begin then.
pub(super) fn in_pieces<I: Iterator<Item: Send> + Send, P: Send>(
    ids: I,
    make: impl Fn(usize, Vec<I::Item>, &mut dyn FnMut(P)) + Sync,
    take: impl FnMut(P) -> io::Result<()>,
) -> io::Result<()> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(WORKERS);
    let ids = Mutex::new((0, ids));
    let (queue, turns) = sync_channel::<Receiver<P>>(workers);
    thread::scope(|scope| {
        for queue in vec![queue; workers] {
            let (ids, make) = (&ids, &make);
            scope.spawn(move || {
                let mut records = TURN[0];
                // Only a panic leaves it locked, and the scope hands that on.
                while let Ok(mut left) = ids.lock() {
                    let (first, turn): (usize, Vec<I::Item>) =
                        (left.0, left.1.by_ref().take(records).collect());
                    left.0 += turn.len();
                    let (give, pieces) = sync_channel(WAITING);
                    // Before another turn is handed out, so that turns queue in their order.
                    if turn.is_empty() || queue.send(pieces).is_err() {
                        break;
                    }
                    drop(left);
                    let mut given = 0;
                    make(first, turn, &mut |piece| {
                        given += 1;
                        // Where nobody takes it, there is no next turn either.
                        let _ = give.send(piece);
                    });
                    records = next_turn(records, given);
                }
            });
        }
        // Theirs ends with this, and threads learn so of an error.
        let turns = turns;
        turns.into_iter().flatten().try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_none_is_missing() {
        for count in [0, 1, TURN[0] - 1, TURN[0], TURN[0] + 1, 99 * TURN[1] + 7] {
            let mut taken = Vec::new();
            let make = |first: usize, ids: Vec<usize>, give: &mut dyn FnMut(Vec<usize>)| {
                assert_eq!(ids[0], first);
                // More pieces than wait, or one of all.
                let size = if first < 9 * TURN[1] { ids.len().div_ceil(3 * WAITING) } else { ids.len() };
                ids.chunks(size).for_each(|piece| give(piece.to_vec()));
            };
            let done = in_pieces(0..count, make, |piece| {
                taken.extend(piece);
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(taken, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut taken = 0;
        let make = |first: usize, _: Vec<usize>, give: &mut dyn FnMut(usize)| give(first);
        let done = in_pieces(0..usize::MAX, make, |_| {
            taken += 1;
            if taken < 3 { Ok(()) } else { Err(io::Error::other("full")) }
        });
        assert!(done.is_err() && taken == 3);
    }
}

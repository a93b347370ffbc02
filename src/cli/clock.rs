//! The one place that reads the clock.

use crate::model::Day;

/// Returns today's date where the computer stands.
pub(super) fn today() -> Day {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let date = jiff::ZonedDateTime::now().date();
    Day::new(date.year(), date.month(), date.day()).unwrap_or_else(|| {
        // A clock before the year 1 or after 9999 is broken; the verdicts of that day are the user's to set.
        Day::new(1, 1, 1).expect("the first day of the calendar")
    })
}

//! Dates known to the year, the month or the day.

use std::fmt;
use std::str::FromStr;

/// A calendar day; what verdicts are asked for.
///
/// Days order by time. Built only from real days, by [`Day::new`] or by parsing `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// Returns the day, or nothing where the calendar has no such day or the year is not in 1..=9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        (1..=9999).contains(&year).then(|| Self::packed(date))
    }

    fn packed(date: jiff::civil::Date) -> Self {
        Self(i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day()))
    }

    /// Returns the day before; the first day of the year 1 has none, and is returned itself.
    #[must_use]
    pub fn previous(self) -> Self {
        let (year, month, day) = self.parts();
        let (year, month, day) = match (month, day) {
            (_, 2..) => (year, month, day - 1),
            (2.., _) => {
                let last = (28..=31)
                    .rev()
                    .find(|last| jiff::civil::Date::new(year as i16, month as i8 - 1, *last).is_ok());
                (year, month - 1, last.map_or(28, i32::from))
            }
            _ if year > 1 => (year - 1, 12, 31),
            _ => return self,
        };
        Self(year * 512 + month * 32 + day)
    }

    /// The year, four digits.
    pub fn year(self) -> i32 {
        self.0 / 512
    }

    /// The year and how much of it is over, for a place on an axis of time.
    pub fn in_years(self) -> f64 {
        let (year, month, day) = self.parts();
        // Months as if all had 31 days: days stay in order, and none is more than two days off.
        f64::from(year) + f64::from((month - 1) * 31 + day - 1) / 372.0
    }

    /// The number of days since 1970-01-01, below 0 before; what formats that have dates count in.
    ///
    /// ```
    /// use oversight::model::Day;
    /// assert_eq!(Day::new(1970, 1, 1).unwrap().number(), 0);
    /// assert_eq!(Day::new(1900, 2, 28).unwrap().number() + 1, Day::new(1900, 3, 1).unwrap().number());
    /// assert_eq!(Day::new(2024, 2, 29).unwrap().number(), 19_782);
    /// ```
    pub fn number(self) -> i32 {
        let (year, month, day) = self.parts();
        // Years that begin in March have the leap day as their last.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
    }

    /// `YYYY-MM-DD`, as [`Display`](fmt::Display) tells it, without its detours.
    pub fn digits(self) -> Digits {
        let (year, month, day) = self.parts();
        Digits::new(year.unsigned_abs(), Some(month.unsigned_abs()), Some(day.unsigned_abs()))
    }

    fn parts(self) -> (i32, i32, i32) {
        (self.0 / 512, self.0 / 32 % 16, self.0 % 32)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits().as_str())
    }
}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.parse()? {
            Date { year, month: Some(month), day: Some(day) } => {
                Self::new(year, month, day).ok_or_else(|| DateError(text.to_owned()))
            }
            _ => Err(DateError(text.to_owned())),
        }
    }
}

/// The digits of a day or date, for writers of a million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    bytes: [u8; 11],
    length: usize,
}

impl Digits {
    fn new(year: u32, month: Option<u32>, day: Option<u32>) -> Self {
        let mut digits = Self { bytes: [b'-'; 11], length: 0 };
        // The day after the last year is in the year 10000.
        digits.put(year, if year > 9999 { 5 } else { 4 });
        for part in [month, day].into_iter().flatten() {
            digits.length += 1;
            digits.put(part, 2);
        }
        digits
    }

    fn put(&mut self, mut number: u32, count: usize) {
        for at in (self.length..self.length + count).rev() {
            self.bytes[at] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length += count;
    }

    /// Returns them as text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Digits {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// A date as a source tells it: `2018`, `2018-07` or `2018-07-08`; the precision is kept.
///
/// ```
/// use oversight::model::{Date, Day};
/// let year: Date = "2018".parse()?;
/// assert_eq!(year.first_day(), Day::new(2018, 1, 1).unwrap());
/// assert_eq!(year.first_day_after(), Day::new(2019, 1, 1).unwrap());
/// let day: Date = "2018-07-08".parse()?;
/// // As an end, a day is the first on which the thing no longer holds.
/// assert_eq!(day.first_day_after(), Day::new(2018, 7, 8).unwrap());
/// # Ok::<(), oversight::model::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// Returns the first day that this date, as a start, takes in.
    pub fn first_day(self) -> Day {
        self.real(self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Returns the first day that this date, as an end, leaves out: a year or month counts until its last day,
    /// a day is itself the first on which the thing no longer holds.
    pub fn first_day_after(self) -> Day {
        match (self.month, self.day) {
            (Some(month), Some(day)) => self.real(month, day),
            (Some(month), None) if month < 12 => self.real(month + 1, 1),
            _ => Day(i32::from(self.year + 1) * 512 + 32 + 1),
        }
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as [`Display`](fmt::Display) tells it, without its detours.
    pub fn digits(self) -> Digits {
        let part = |part: Option<i8>| part.map(|part| part.unsigned_abs().into());
        Digits::new(self.year.unsigned_abs().into(), part(self.month), part(self.day))
    }

    /// The year, four digits.
    pub fn year(self) -> i16 {
        self.year
    }

    fn real(self, month: i8, day: i8) -> Day {
        Day(i32::from(self.year) * 512 + i32::from(month) * 32 + i32::from(day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits().as_str())
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time zone, which RDF dates may bear, is dropped.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let number = |digits: &str, length: usize| -> Option<i16> {
            (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()))
                .then(|| digits.parse().ok())?
        };
        let mut parts = without_zone(text).split('-');
        let year = parts.next().and_then(|y| number(y, 4)).filter(|y| *y > 0).ok_or_else(error)?;
        let mut two = || parts.next().map(|p| number(p, 2).map(|n| n as i8).ok_or_else(error)).transpose();
        let (month, day) = (two()?, two()?);
        if parts.next().is_some() || Day::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_none() {
            return Err(error());
        }
        Ok(Self { year, month, day })
    }
}

/// Cuts `Z` and `+02:00`, the zones of XML Schema dates.
fn without_zone(text: &str) -> &str {
    if let Some(rest) = text.strip_suffix('Z') {
        return rest;
    }
    match text.len().checked_sub(6).and_then(|at| Some((text.get(..at)?, text.get(at..)?))) {
        Some((date, zone)) if zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':' => date,
        _ => text,
    }
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD)")]
pub struct DateError(pub String);

/// The time during which a link or a body is on record: from its start, up to but not including its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The start as the source tells it; absent: open.
    pub start: Option<Date>,
    /// The end as the source tells it; absent: open.
    pub end: Option<Date>,
}

impl Interval {
    /// Returns whether `start ≤ day < end`.
    pub fn contains(self, day: Day) -> bool {
        self.start.is_none_or(|start| start.first_day() <= day)
            && self.end.is_none_or(|end| day < end.first_day_after())
    }

    /// Returns whether no day at all lies in it though both ends are known, as when they are swapped.
    pub fn is_reversed(self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if end.first_day_after() < start.first_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: &str, end: &str) -> Interval {
        Interval { start: start.parse().ok(), end: end.parse().ok() }
    }

    #[test]
    fn bounds_of_each_precision() {
        for (start, end, day, inside) in [
            ("", "", "2020-01-01", true),
            ("2020", "", "2019-12-31", false),
            ("2020", "", "2020-01-01", true),
            ("2020-05", "", "2020-04-30", false),
            ("2020-05", "", "2020-05-01", true),
            ("2020-05-02", "", "2020-05-01", false),
            ("2020-05-02", "", "2020-05-02", true),
            ("", "2020", "2020-12-31", true),
            ("", "2020", "2021-01-01", false),
            ("", "2020-05", "2020-05-31", true),
            ("", "2020-05", "2020-06-01", false),
            ("", "2020-12", "2020-12-31", true),
            ("", "2020-12", "2021-01-01", false),
            ("", "2020-05-02", "2020-05-01", true),
            ("", "2020-05-02", "2020-05-02", false),
            ("2020-05-02", "2020-05-02", "2020-05-02", false),
        ] {
            let day: Day = day.parse().unwrap();
            assert_eq!(interval(start, end).contains(day), inside, "{start}..{end} on {day}");
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for good in
            ["1991", "1991-08", "1991-08-24", "2024-02-29", "2020-01-01Z", "2020-01-01+02:00", "1991Z"]
        {
            assert!(good.parse::<Date>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "91",
            "19912",
            "1991-13",
            "1991-2",
            "2023-02-29",
            "1991-08-24-01",
            "24.08.1991",
            "0000",
            "-1991",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert!("1991-08".parse::<Day>().is_err());
    }

    #[test]
    fn the_day_before() {
        for (day, before) in [
            ("2024-03-01", "2024-02-29"),
            ("2023-03-01", "2023-02-28"),
            ("2024-05-01", "2024-04-30"),
            ("2024-01-01", "2023-12-31"),
            ("2024-01-31", "2024-01-30"),
            ("0001-01-01", "0001-01-01"),
        ] {
            assert_eq!(day.parse::<Day>().unwrap().previous().to_string(), before);
        }
        let end: Date = "9999".parse().unwrap();
        assert_eq!(end.first_day_after().previous().to_string(), "9999-12-31");
    }

    #[test]
    fn reversed_is_end_before_start() {
        assert!(interval("2020-02-01", "2020-01-01").is_reversed());
        assert!(!interval("2020-02-01", "2020-02-01").is_reversed());
        assert!(!interval("2020-02-01", "2020").is_reversed());
    }
}

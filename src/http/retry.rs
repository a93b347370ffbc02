//! How long to wait before the next attempt.

use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;
use ureq::http::HeaderMap;

/// Returns how long to wait after attempt `number`, from 0: what the other side asks for, else twice as long each time.
pub(super) fn pause(first: Duration, number: u32, headers: &HeaderMap) -> Duration {
    asked(headers).unwrap_or_else(|| first.saturating_mul(2_u32.saturating_pow(number)))
}

/// Returns what the header `Retry-After` asks for: seconds, or a date, which is read against the answer's own `Date`:
/// whose clock is right does not matter then.
fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let asked = text("retry-after")?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let seconds = |text: &str| Some(DateTimeParser::new().parse_timestamp(text).ok()?.as_second());
    let wait = seconds(asked)? - seconds(text("date")?)?;
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(number: u32, headers: &[(&'static str, &str)]) -> u64 {
        let headers = headers
            .iter()
            .map(|(name, value)| (ureq::http::HeaderName::from_static(name), value.parse().unwrap()));
        pause(Duration::from_secs(1), number, &headers.collect()).as_secs()
    }

    #[test]
    fn pauses_double_unless_the_other_side_says_how_long() {
        assert_eq!([0, 1, 2, 3].map(|number| wait(number, &[])), [1, 2, 4, 8]);
        assert_eq!(wait(3, &[("retry-after", "5")]), 5);
        let date = ("date", "Thu, 26 Nov 2026 12:00:00 GMT");
        assert_eq!(wait(0, &[date, ("retry-after", "Thu, 26 Nov 2026 12:01:30 GMT")]), 90);
        assert_eq!(wait(2, &[date, ("retry-after", "Thu, 26 Nov 2026 11:00:00 GMT")]), 0);
        for unreadable in ["soon", "-3", ""] {
            assert_eq!(wait(1, &[date, ("retry-after", unreadable)]), 2, "{unreadable}");
        }
        assert_eq!(wait(1, &[("retry-after", "Thu, 26 Nov 2026 12:01:30 GMT")]), 2);
    }
}

//! When a request is sent again.

use std::time::{Duration, SystemTime};

/// How often and after which time requests are sent again. It neither waits nor sends: the code that sends requests
/// uses it, since only that code knows how to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How many times a request is sent again, at most.
    pub times: u32,
    /// The time before the second attempt. It doubles for each further attempt.
    pub first: Duration,
    /// The longest time to wait. A server that wants more time is not asked again.
    pub longest: Duration,
    /// Whether requests are repeated even if they are not idempotent. The server may then carry out a request twice.
    pub any_method: bool,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            times: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(60),
            any_method: false,
        }
    }
}

impl Retry {
    /// How long to wait before a request is sent again, after `attempt` (from 1) was answered with `status` and, if the
    /// server sent it, `Retry-After`. `None` if the request is not to be sent again.
    pub fn wait(
        &self,
        method: &str,
        attempt: u32,
        status: u16,
        retry_after: Option<&str>,
        now: SystemTime,
    ) -> Option<Duration> {
        let is_passing = matches!(status, 408 | 429 | 502 | 503 | 504);
        if !is_passing || attempt > self.times || !self.is_repeated(method) {
            return None;
        }
        let asked = retry_after.and_then(|text| retry_after_of(text.trim(), now));
        match asked {
            // A server that wants a longer pause must not be asked earlier.
            Some(asked) if asked > self.longest => None,
            Some(asked) => Some(asked),
            None => Some(self.doubled(self.first, attempt)),
        }
    }

    /// Whether requests with this method are repeated.
    pub(super) fn is_repeated(&self, method: &str) -> bool {
        self.any_method || matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }

    /// A time that doubles with each attempt after the first.
    pub(super) fn doubled(&self, first: Duration, attempt: u32) -> Duration {
        let times = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        first.saturating_mul(times).min(self.longest)
    }
}

/// `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
fn retry_after_of(text: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(http_date(text)?))?;
    Some(until.duration_since(now).unwrap_or_default())
}

/// The seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
fn http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let day: u64 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? as u64 + 1;
    let year: u64 = words.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let mut time = words.next()?.split(':').map(|part| part.parse::<u64>().ok());
    let (hours, minutes, seconds) = (time.next()??, time.next()??, time.next()??);
    if words.next() != Some("GMT") || hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    // Days since 1970, counted in years that begin in March, so that a leap day is the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

use super::difference;

/// The recorded exchanges, one in each line behind the first. Secrets are replaced.
const EXCHANGES: &str = include_str!("traffic.jsonl");

/// Reads these lines of `traffic.jsonl`, and says of all of them what does not hold.
#[track_caller]
pub fn check(lines: std::ops::RangeInclusive<usize>, read: impl Fn(&mut Exchange)) {
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(EXCHANGES.lines()).filter(|(number, _)| lines.contains(number)) {
        let members = serde_json::from_str(line).expect("a line is a JSON object");
        let mut exchange = Exchange { number, members, wrong: Vec::new() };
        read(&mut exchange);
        wrong.append(&mut exchange.wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A recorded exchange, and what of it does not hold.
pub struct Exchange {
    number: usize,
    members: std::collections::BTreeMap<&'static str, &'static serde_json::value::RawValue>,
    wrong: Vec<String>,
}

#[allow(dead_code, reason = "not every kind of value need be recorded")]
impl Exchange {
    /// Reads a member as a type and writes it, and again what was written.
    pub fn holds<T: serde::de::DeserializeOwned + serde::Serialize>(&mut self, member: &str) {
        let text = self.text(member);
        let written = serde_json::from_str::<T>(text).and_then(|value| serde_json::to_vec(&value));
        if let Some(after) = self.compared(member, text, written) {
            let again = serde_json::from_value::<T>(after.clone()).and_then(serde_json::to_value);
            self.settled(member, &after, again);
        }
    }

    /// Reads the response and writes it. `is_other` says whether it was kept without being read.
    pub fn answers<R, E: std::fmt::Display>(
        &mut self,
        read: fn(u16, Option<&str>, &[u8]) -> Result<R, E>,
        write: fn(&R) -> Result<Vec<u8>, E>,
        is_other: fn(&R) -> bool,
    ) {
        let text = self.text("response");
        let status = self.member("status").unwrap_or_default();
        let media_type = self.member::<String>("media_type");
        let response = match read(status, media_type.as_deref(), text.as_bytes()) {
            Ok(response) if !is_other(&response) => response,
            Ok(_) => return self.say(format!("the response {status} is not one of those that are read")),
            Err(error) => return self.say(format!("the response {status} is not read: {error}")),
        };
        if let Some(after) = self.compared("response", text, write(&response)) {
            let again = read(status, media_type.as_deref(), after.to_string().as_bytes());
            let again = again.and_then(|response| write(&response));
            let again = again.map(|body| serde_json::from_slice(&body).unwrap_or_default());
            self.settled("response", &after, again);
        }
    }

    /// Compares a member with what was written of it. Gives that, if it is the same.
    fn compared<E: std::fmt::Display>(
        &mut self,
        member: &str,
        text: &str,
        written: Result<Vec<u8>, E>,
    ) -> Option<serde_json::Value> {
        let after: serde_json::Value = match written {
            Ok(written) => serde_json::from_slice(&written).expect("what is written is JSON"),
            Err(error) => {
                self.say(format!("the {member} is not read: {error}"));
                return None;
            }
        };
        let before = serde_json::from_str(text).expect("what was recorded is JSON");
        let except = self.member::<Vec<String>>("except").unwrap_or_default();
        if let Some((at, before, after)) = difference::first(&format!("/{member}"), &except, &before, &after)
        {
            self.say(format!("`{at}` changes\n  read:    {before}\n  written: {after}"));
            return None;
        }
        Some(after)
    }

    /// What was written is read and written as it is.
    fn settled<E: std::fmt::Display>(
        &mut self,
        member: &str,
        after: &serde_json::Value,
        again: Result<serde_json::Value, E>,
    ) {
        match again {
            Ok(again) if again == *after => {}
            Ok(again) => {
                self.say(format!("the {member} changes again\n  read:    {after}\n  written: {again}"))
            }
            Err(error) => {
                self.say(format!("what is written of the {member} is not read: {error}\n  {after}"))
            }
        }
    }

    fn text(&self, member: &str) -> &'static str {
        self.members.get(member).map_or("null", |json| json.get())
    }

    fn member<T: serde::de::DeserializeOwned>(&self, member: &str) -> Option<T> {
        serde_json::from_str(self.text(member)).ok()
    }

    fn say(&mut self, what: String) {
        let recorded = self.member::<String>("recorded").unwrap_or_default();
        self.wrong.push(format!("line {} of traffic.jsonl ({recorded}): {what}", self.number));
    }
}

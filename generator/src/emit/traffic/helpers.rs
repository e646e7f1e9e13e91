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
        if let Some((at, before, after)) = difference(&format!("/{member}"), &except, &before, &after) {
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
            Err(error) => self.say(format!("what is written of the {member} is not read: {error}\n  {after}")),
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

/// Where something of `before` is not in `after`, and both. Absent and `null` are the same, `8` and `8.0` are, and there may
/// be more in `after`: constants and defaults. Nothing else may change but what `except` points to: properties that the
/// schema does not name, texts that have several forms, defaults that are not written.
fn difference(
    at: &str,
    except: &[String],
    before: &serde_json::Value,
    after: &serde_json::Value,
) -> Option<(String, serde_json::Value, serde_json::Value)> {
    use serde_json::Value;
    let same = match (before, after) {
        _ if except.iter().any(|except| is_excepted(except, at)) => true,
        (Value::Object(before), Value::Object(after)) => {
            return before.iter().find_map(|(key, value)| {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                difference(&at, except, value, after.get(key).unwrap_or(&Value::Null))
            });
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut items = before.iter().zip(after).enumerate();
            return items.find_map(|(index, (before, after))| {
                difference(&format!("{at}/{index}"), except, before, after)
            });
        }
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        (before, after) => before == after,
    };
    if same { None } else { Some((at.to_owned(), before.clone(), after.clone())) }
}

/// Whether a pointer is one of those that a pattern stands for, in which `*` is any element.
fn is_excepted(pattern: &str, at: &str) -> bool {
    let is_it = |(wanted, token): (&str, &str)| wanted == "*" || wanted == token;
    pattern.split('/').count() == at.split('/').count() && pattern.split('/').zip(at.split('/')).all(is_it)
}

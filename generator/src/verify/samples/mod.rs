//! Selects recorded values for tests: those that cover something new, with their secrets replaced.
//!
//! A value that the models refuse is left out, since its test would fail although the document is wrong: `verify`
//! reports it. So is a value that the models refuse once its secrets are replaced.

mod coverage;
mod line;

use std::collections::HashSet;
use std::io;
use std::path::Path;

use modelsmith_runtime::known_secrets::redacted_json;
use serde_json::Value;

use self::coverage::{Feature, features};
use self::line::Line;
use super::exchange::{Examiner, Payload, Shared};
use super::matching::Routes;
use super::place::generalised;
use super::secrets::Secrets;
use super::tally::Origin;
use super::target::{self, Target, UnknownTarget};
use super::traffic::{Broken, Frame, Frames, Layout};
use crate::diagnostics::Pointer;
use crate::ir::accept::{Accepted, Interpreter};
use crate::ir::{Graph, Owner, Recorded, RecordedValue, TypeRef};
use crate::limits::{RECORD, SAMPLE, SAMPLES};
use crate::load::{Documents, RecordingFile};
use crate::number;

/// Recordings with the same kind of content.
#[derive(Debug, Clone)]
pub struct Source {
    /// What they contain: exchanges (`None`) or payloads of one type.
    pub target: Option<Target>,
    /// The files, in order.
    pub files: Vec<RecordingFile>,
}

/// What became of the recordings of a source.
#[derive(Debug, Default)]
pub struct Sampled {
    /// Set if the document does not have the target.
    pub unknown: Option<UnknownTarget>,
    /// The places that cannot be read, each with the reason.
    pub unreadable: Vec<String>,
    /// The number of exchanges that belong to operations of the document, or the number of payloads.
    pub matched: usize,
    /// How many of them are tested, or cover nothing that is not tested already.
    pub tested: usize,
    /// Those that do not fit the document.
    pub unfit: Counted,
    /// Those that the models refuse without their secrets.
    pub secretive: Counted,
    /// Those that are too large, or exceed the size of all tests.
    pub too_large: Counted,
}

/// A number of exchanges or payloads, and the place of the first.
#[derive(Debug, Default)]
pub struct Counted {
    /// The number.
    pub count: usize,
    /// Where the first was recorded.
    pub first: String,
}

impl Counted {
    fn add(&mut self, place: &str) {
        if self.count == 0 {
            place.clone_into(&mut self.first);
        }
        self.count += 1;
    }
}

/// Selects values for tests from recordings, and reports what became of each source. `read` reads a file.
pub fn samples(
    graph: &Graph,
    documents: &Documents,
    sources: &[Source],
    read: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
) -> (Vec<Recorded>, Vec<Sampled>) {
    let routes = Routes::of(graph, &[]);
    let shared = Shared { graph, documents, routes, secrets: Secrets::of(graph), unknown: false };
    let mut examiner = Examiner::new(&shared);
    examiner.samples = Some(Samples::of(graph, shared.secrets.names()));
    let mut reports = Vec::with_capacity(sources.len());
    for source in sources {
        let target = source.target.as_ref().map(|target| target::find(target, graph, documents)).transpose();
        let (mut unknown, mut unreadable) = (None, Vec::new());
        match target {
            Ok(payload) => {
                for file in &source.files {
                    unreadable.extend(recording(&mut examiner, file, payload.as_ref(), read));
                }
            }
            Err(error) => unknown = Some(error),
        }
        let counted = examiner.samples.as_mut().map(|samples| std::mem::take(&mut samples.report));
        reports.push(Sampled { unknown, unreadable, ..counted.unwrap_or_default() });
    }
    let samples = examiner.samples.take();
    (samples.map(Samples::into_recorded).unwrap_or_default(), reports)
}

/// Reads a recording. Returns the errors in it.
fn recording<'a>(
    examiner: &mut Examiner<'a>,
    file: &RecordingFile,
    payload: Option<&Payload<'a>>,
    read: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
) -> Vec<String> {
    let bytes = match read(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => return vec![format!("`{}` cannot be read: {error}", file.name)],
    };
    let broken = |line: usize, message: &str| format!("`{}`, line {line}: {message}", file.name);
    let layout = if payload.is_some() { Layout::Payloads } else { Layout::Exchanges };
    let (mut frames, mut value) = (Frames::new(bytes.as_slice(), layout, RECORD), Vec::new());
    let mut unreadable = Vec::new();
    while let Some(next) = frames.next(&mut value) {
        if let Some(samples) = &mut examiner.samples {
            samples.begin(&file.name);
        }
        match next {
            Ok(Frame { line, is_entry }) => {
                examiner.frame(&value, is_entry, Origin { source: 0, line }, payload);
                let found = examiner.take().unreadable.into_iter().filter(|found| !found.is_left_out);
                unreadable.extend(found.map(|found| broken(line, &found.message)));
            }
            Err(Broken::TooLarge { line, .. }) => {
                if let Some(samples) = &mut examiner.samples {
                    let place = samples.place(line);
                    samples.report.too_large.add(&place);
                }
            }
            Err(Broken::NotAValue { line, message }) => unreadable.push(broken(line, message)),
            Err(Broken::End { line, message }) => unreadable.push(broken(line, &message)),
        }
    }
    unreadable
}

/// The part of an exchange that a value is, or a bare payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Request,
    Response(u16),
    Payload,
}

/// A value that fits its type.
struct Taken {
    role: Role,
    ty: TypeRef,
    /// Its JSON without secrets, in one line.
    json: String,
    media_type: Option<String>,
    /// Pointers to the parts that are written in another form than they were read.
    except: Vec<String>,
    features: Vec<Feature>,
}

/// Why values are not tested although they fit.
#[derive(Default)]
struct LeftOut {
    is_secretive: bool,
    is_too_large: bool,
}

/// The values that were selected so far.
pub(super) struct Samples<'a> {
    graph: &'a Graph,
    interpreter: Interpreter<'a>,
    /// The names that the document declares as secret.
    secrets: Vec<&'a str>,
    known: HashSet<(Owner, Role, Feature)>,
    found: Vec<Recorded>,
    bytes: usize,
    report: Sampled,
    /// The name of the current recording.
    name: String,
    /// The values of the current exchange.
    taken: Vec<Taken>,
    left_out: LeftOut,
}

impl<'a> Samples<'a> {
    fn of(graph: &'a Graph, secrets: Vec<&'a str>) -> Self {
        Self {
            graph,
            interpreter: Interpreter::new(graph.types(), graph.libraries().dates),
            secrets,
            known: HashSet::new(),
            found: Vec::new(),
            bytes: 0,
            report: Sampled::default(),
            name: String::new(),
            taken: Vec::new(),
            left_out: LeftOut::default(),
        }
    }

    /// Starts a new exchange or payload.
    fn begin(&mut self, name: &str) {
        name.clone_into(&mut self.name);
        self.taken.clear();
        self.left_out = LeftOut::default();
    }

    /// The place of a value, for messages.
    fn place(&self, line: usize) -> String {
        format!("{}, line {line}", self.name)
    }

    /// Collects a value of an exchange, or a bare payload.
    pub(super) fn take(
        &mut self,
        role: Role,
        ty: TypeRef,
        (text, value): (&str, &Value),
        media_type: Option<&str>,
    ) {
        if self.interpreter.accept(ty, value).is_err() {
            return;
        }
        if text.len() > SAMPLE {
            self.left_out.is_too_large = true;
            return;
        }
        let Some((json, value, accepted)) = self.without_secrets(ty, text) else {
            self.left_out.is_secretive = true;
            return;
        };
        let omitted = accepted.omitted(self.graph, &value);
        let mut except: Vec<String> = accepted.changes(&value).iter().chain(&omitted).map(pattern).collect();
        except.sort_unstable();
        except.dedup();
        let features = features(self.graph, ty, &accepted.content, &value);
        let media_type = media_type.map(str::to_owned);
        self.taken.push(Taken { role, ty, json, media_type, except, features });
    }

    /// The text with its secrets replaced. `None` if the models refuse that.
    fn without_secrets(&mut self, ty: TypeRef, text: &str) -> Option<(String, Value, Accepted)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let json = line::compact(&redacted_json(text, &self.secrets)?);
        let value = match number::with_marks(&json) {
            Some(marked) => serde_json::from_str(&marked).ok()?,
            None => serde_json::from_str(&json).ok()?,
        };
        let accepted = self.interpreter.accept(ty, &value).ok()?;
        Some((json, value, accepted))
    }

    /// Ends an exchange or a payload. `fits` says whether the models read all of it.
    pub(super) fn end(&mut self, owner: Owner, line: usize, fits: bool) {
        let place = self.place(line);
        let (taken, left_out) = (std::mem::take(&mut self.taken), std::mem::take(&mut self.left_out));
        self.report.matched += 1;
        if !fits {
            self.report.unfit.add(&place);
        }
        if left_out.is_secretive {
            self.report.secretive.add(&place);
        }
        if left_out.is_too_large {
            self.report.too_large.add(&place);
        }
        if taken.is_empty() {
            return;
        }
        let all =
            || taken.iter().flat_map(|one| one.features.iter().map(|feature| (owner, one.role, *feature)));
        if all().all(|feature| self.known.contains(&feature)) {
            self.report.tested += 1;
            return;
        }
        let line = Line { place: &place, taken: &taken }.text();
        if self.bytes + line.len() > SAMPLES {
            self.report.too_large.add(&place);
            return;
        }
        self.known.extend(all());
        self.bytes += line.len();
        self.report.tested += 1;
        let value = taken.iter().find_map(|one| {
            let member = one.role.member();
            (!matches!(one.role, Role::Response(_))).then_some(RecordedValue { member, ty: one.ty })
        });
        let has_response = taken.iter().any(|one| matches!(one.role, Role::Response(_)));
        self.found.push(Recorded { owner, value, has_response, line });
    }

    /// The selected values, sorted so that values tested by the same code are adjacent.
    fn into_recorded(mut self) -> Vec<Recorded> {
        let of = |value: RecordedValue| (value.member, value.ty.id, value.ty.nullable);
        self.found.sort_by_key(|one| (one.owner, one.value.map(of), one.has_response));
        self.found
    }
}

impl Role {
    /// The member of a line that has the value.
    fn member(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response(_) => "response",
            Self::Payload => "payload",
        }
    }
}

/// A pointer to the same place in every element of an array.
fn pattern(at: &Pointer) -> String {
    generalised(at, |name| name.replace('~', "~0").replace('/', "~1").into())
}

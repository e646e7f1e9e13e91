//! Recorded values for tests: those in which something is new, with their secrets replaced.
//!
//! A value that is not read is left out, since its test would fail for no fault of the models: `verify` says what is wrong
//! with it. So is one that is not read any more when its secrets are replaced.

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

/// Recordings that have the same in them.
#[derive(Debug, Clone)]
pub struct Source {
    /// What they have in them: exchanges, or payloads of one type.
    pub target: Option<Target>,
    /// The files, in the order in which they are read.
    pub files: Vec<RecordingFile>,
}

/// What became of the recordings of a source.
#[derive(Debug, Default)]
pub struct Sampled {
    /// What the document does not have.
    pub unknown: Option<UnknownTarget>,
    /// What cannot be read: where, and why.
    pub unreadable: Vec<String>,
    /// How many exchanges belong to operations of the document, or how many payloads there are.
    pub matched: usize,
    /// How many of them are tested, or have nothing in them that is not tested.
    pub tested: usize,
    /// Those that do not fit the document.
    pub unfit: Counted,
    /// Those that are not read without their secrets.
    pub secretive: Counted,
    /// Those that are too large, or too much.
    pub too_large: Counted,
}

/// How many there are, and where the first is.
#[derive(Debug, Default)]
pub struct Counted {
    /// How many.
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

/// Takes values for tests out of recordings, and says of each source what became of it. `read` reads a file.
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

/// Reads a recording. Gives what cannot be read of it.
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

/// The part of an exchange that a value is, or a payload.
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
    /// The places of what is not written as it was read.
    except: Vec<String>,
    features: Vec<Feature>,
}

/// Why a value is not tested although it fits.
#[derive(Default)]
struct LeftOut {
    is_secretive: bool,
    is_too_large: bool,
}

/// The values so far.
pub(super) struct Samples<'a> {
    graph: &'a Graph,
    interpreter: Interpreter<'a>,
    /// What the document calls secret.
    secrets: Vec<&'a str>,
    known: HashSet<(Owner, Role, Feature)>,
    found: Vec<Recorded>,
    bytes: usize,
    report: Sampled,
    /// The recording that is read.
    name: String,
    /// Of the exchange that is looked at.
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

    /// Begins with a value of a recording.
    fn begin(&mut self, name: &str) {
        name.clone_into(&mut self.name);
        self.taken.clear();
        self.left_out = LeftOut::default();
    }

    /// Where a value was recorded.
    fn place(&self, line: usize) -> String {
        format!("{}, line {line}", self.name)
    }

    /// Takes a value of an exchange, or a payload.
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
        let mut except: Vec<String> =
            accepted.changes(&value).iter().chain(&omitted).map(pattern).collect();
        except.sort_unstable();
        except.dedup();
        let features = features(self.graph, ty, &accepted.content, &value);
        let media_type = media_type.map(str::to_owned);
        self.taken.push(Taken { role, ty, json, media_type, except, features });
    }

    /// The text with its secrets replaced, if it is still read.
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

    /// Ends an exchange or a payload. `fits` says whether nothing of it was refused.
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

    /// Everything, with what is tested by the same code together.
    fn into_recorded(mut self) -> Vec<Recorded> {
        let of = |value: RecordedValue| (value.member, value.ty.id, value.ty.nullable);
        self.found.sort_by_key(|one| (one.owner, one.value.map(of), one.has_response));
        self.found
    }
}

impl Role {
    /// The member of a line.
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

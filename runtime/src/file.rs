//! Files of forms.

use super::error::Error;
use super::read::Read;
use super::source::{BYTES, Source};
use super::tape::Token;
use super::view::{Text, View, Viewed};
use std::fmt;

/// A file that is sent in a form, with the name and the media type that it is sent under.
///
/// JSON has no files: there it is a string, which holds nothing but the content, if that is UTF-8. A format that is not made
/// for people to read has it as bytes.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct File {
    /// What the server is told that it is called.
    pub name: String,
    /// Its media type. Without one it is sent as what the document says, or else as `application/octet-stream`.
    pub content_type: Option<String>,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file with a name.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), content_type: None, bytes: bytes.into() }
    }

    /// The same file with a media type.
    pub fn with_content_type(self, content_type: impl Into<String>) -> Self {
        File { content_type: Some(content_type.into()), ..self }
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        File::new("file", bytes)
    }
}

/// Of the content only the length is shown.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish()
    }
}

impl Read for File {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        if source.peek() != BYTES {
            return String::read(source).map(|text| File::from(text.into_bytes()));
        }
        let (Some(Token::Bytes(begin, end)), Some(tape)) = (source.token(), source.tape) else {
            return Err(source.refuse(&"a string"));
        };
        source.at += 1;
        Ok(File::from(tape.bytes(begin, end).to_vec()))
    }
}

impl View for File {
    fn view(&self) -> Viewed<'_> {
        Viewed::Text(self)
    }
}

impl Text for File {
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        std::str::from_utf8(&self.bytes).map_err(|_| fmt::Error).and_then(|text| out.write_str(text))
    }

    fn bytes(&self) -> Option<&[u8]> {
        Some(&self.bytes)
    }

    fn file(&self) -> Option<(&str, Option<&str>, &[u8])> {
        Some((&self.name, self.content_type.as_deref(), &self.bytes))
    }
}

//! Files of forms, and content that is read while it is sent.

use super::error::Error;
use super::read::Read;
use super::source::{BYTES, Source};
use super::tape::Token;
use super::view::{Text, View, Viewed};
use std::any::Any;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// A file that is sent in a form, with the name and the media type that it is sent under.
///
/// JSON has no files: in JSON, a file is a string with its content, which must be UTF-8. Binary formats have bytes
/// instead. An upload can only be sent in a form.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct File {
    /// The file name that is sent to the server.
    pub name: String,
    /// The media type. The default is the type that the document gives, or else `application/octet-stream`.
    pub content_type: Option<String>,
    /// The content, unless it is an upload.
    pub bytes: Vec<u8>,
    /// Content that is read while it is sent. If it is set, `bytes` is not sent.
    pub upload: Option<Upload>,
}

impl File {
    /// A file with a name.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), content_type: None, bytes: bytes.into(), upload: None }
    }

    /// A file on disk, sent under its own name. It is read while it is sent.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        File::from_upload(name, Upload::path(path))
    }

    /// A file with a name, whose content is read while it is sent.
    pub fn from_upload(name: impl Into<String>, upload: Upload) -> Self {
        File { upload: Some(upload), ..File::new(name, Vec::new()) }
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

/// Shows the length of the content, or where it is read from, but not the content itself.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("File");
        shown.field("name", &self.name).field("content_type", &self.content_type);
        match &self.upload {
            Some(upload) => shown.field("upload", upload).finish(),
            None => shown.field("bytes", &format_args!("{} bytes", self.bytes.len())).finish(),
        }
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
        match (&self.upload, std::str::from_utf8(&self.bytes)) {
            (None, Ok(text)) => out.write_str(text),
            (Some(_), _) | (None, Err(_)) => Err(fmt::Error),
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.upload.is_none().then_some(&self.bytes)
    }

    fn file(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

/// Content that is read while it is sent, so that it is never in memory as a whole. Clones share the content.
#[derive(Clone)]
pub struct Upload(Arc<Origin>);

/// The source of the content.
enum Origin {
    Path(PathBuf),
    Reader { reader: Mutex<Option<Box<dyn io::Read + Send>>>, length: Option<u64> },
}

impl Upload {
    /// The content of a file on disk. The file is opened each time it is sent, and sent as it is at that time.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Upload(Arc::new(Origin::Path(path.into())))
    }

    /// The content of a reader, which can be sent once. If `length` is given, in bytes, it is sent to the server, and a
    /// reader that gives more or fewer bytes is an error.
    pub fn reader(reader: impl io::Read + Send + 'static, length: Option<u64>) -> Self {
        Upload(Arc::new(Origin::Reader { reader: Mutex::new(Some(Box::new(reader))), length }))
    }

    /// Opens the content. Fails if it is a reader that was opened before.
    pub fn open(&self) -> io::Result<Opened> {
        match &*self.0 {
            Origin::Path(path) => {
                let named =
                    |error: io::Error| io::Error::new(error.kind(), format!("`{}`: {error}", path.display()));
                let file = std::fs::File::open(path).map_err(named)?;
                let about = file.metadata().map_err(named)?;
                // Only a plain file has a length. Bytes that are added to it later are not sent.
                let length = about.is_file().then_some(about.len());
                Ok(Opened { reader: Box::new(file), left: length, ends_there: false })
            }
            Origin::Reader { reader, length } => {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
                let reader =
                    reader.ok_or_else(|| io::Error::other("an upload from a reader is sent once"))?;
                Ok(Opened { reader, left: *length, ends_there: true })
            }
        }
    }
}

/// Uploads are equal if they share their content or name the same file.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&*self.0, &*other.0) {
            (Origin::Path(path), Origin::Path(other)) => path == other,
            (Origin::Path(_) | Origin::Reader { .. }, _) => Arc::ptr_eq(&self.0, &other.0),
        }
    }
}

impl Eq for Upload {}

impl Hash for Upload {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &*self.0 {
            Origin::Path(path) => path.hash(state),
            Origin::Reader { .. } => Arc::as_ptr(&self.0).hash(state),
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Origin::Path(path) => write!(f, "Upload({})", path.display()),
            Origin::Reader { length: Some(length), .. } => write!(f, "Upload({length} bytes)"),
            Origin::Reader { length: None, .. } => f.write_str("Upload"),
        }
    }
}

/// Content that is being read.
pub struct Opened {
    reader: Box<dyn io::Read + Send>,
    /// How many bytes are left, if known.
    left: Option<u64>,
    /// Whether more than that is an error.
    ends_there: bool,
}

impl Opened {
    /// How many bytes are left, if known.
    pub fn length(&self) -> Option<u64> {
        self.left
    }

    fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl io::Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(left) = self.left else { return self.read_some(buffer) };
        let most = usize::try_from(left).map_or(buffer.len(), |left| buffer.len().min(left));
        let read = self.read_some(buffer.get_mut(..most).unwrap_or_default())?;
        if read == 0 && most > 0 {
            let message = format!("an upload ends {left} bytes before its length");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        let left = left - read as u64;
        self.left = Some(left);
        // Nobody reads on behind the length, so that this is the time to find out.
        if left == 0 && std::mem::take(&mut self.ends_there) && self.read_some(&mut [0])? > 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "an upload is longer than its length"));
        }
        Ok(read)
    }
}

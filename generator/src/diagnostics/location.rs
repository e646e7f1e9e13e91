//! Places: a file and a JSON pointer (RFC 6901) in it.

use std::fmt;
use std::sync::Arc;

/// Which of the loaded files; an index into the list of sources. The root document is `FileId(0)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The file with this index.
    #[doc(hidden)]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// Its index.
    #[doc(hidden)]
    pub const fn index(self) -> u32 {
        self.0
    }
}

/// A JSON pointer (RFC 6901). Cloning is cheap; a child shares its parent.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Step>>);

struct Step {
    parent: Pointer,
    token: Token,
}

enum Token {
    Key(Box<str>),
    Static(&'static str),
    Index(usize),
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self(None)
    }

    /// The member `key` of this object.
    #[doc(hidden)]
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Token::Key(key.into()))
    }

    /// The member `key` of this object, for the keywords of the specification: nothing is copied.
    #[doc(hidden)]
    #[must_use]
    pub fn keyword(&self, key: &'static str) -> Self {
        self.step(Token::Static(key))
    }

    /// The element `index` of this array.
    #[doc(hidden)]
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Token::Index(index))
    }

    fn step(&self, token: Token) -> Self {
        Self(Some(Arc::new(Step { parent: self.clone(), token })))
    }

    /// How many bytes its keys have together.
    pub(crate) fn length(&self) -> usize {
        let mut length = 0;
        let mut at = self;
        while let Some(step) = &at.0 {
            length += match &step.token {
                Token::Key(key) => key.len(),
                Token::Static(key) => key.len(),
                Token::Index(_) => 0,
            };
            at = &step.parent;
        }
        length
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut at = self;
        while let Some(step) = &at.0 {
            tokens.push(match &step.token {
                Token::Key(key) => key.to_string(),
                Token::Static(key) => (*key).to_owned(),
                Token::Index(index) => index.to_string(),
            });
            at = &step.parent;
        }
        tokens.reverse();
        tokens
    }

    /// Reads the text form (`/a/b~1c`); text before the first `/` is ignored.
    pub fn parse(text: &str) -> Self {
        let mut pointer = Self::root();
        for token in text.split('/').skip(1) {
            pointer = pointer.key(&token.replace("~1", "/").replace("~0", "~"));
        }
        pointer
    }
}

// A chain as long as the document is deep must not be dropped recursively.
impl Drop for Step {
    fn drop(&mut self) {
        let mut next = self.parent.0.take();
        while let Some(step) = next {
            next = Arc::into_inner(step).and_then(|mut step| step.parent.0.take());
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in self.tokens() {
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{self}")
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        self.tokens() == other.tokens()
    }
}

impl Eq for Pointer {}

/// A place in a loaded file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub pointer: Pointer,
}

impl Location {
    /// A place in a loaded file.
    pub fn new(file: FileId, pointer: Pointer) -> Self {
        Self { file, pointer }
    }

    /// No place: what is found is in no file.
    #[doc(hidden)]
    pub fn nowhere() -> Self {
        Self::new(FileId(u32::MAX), Pointer::root())
    }

    /// The member `key` of the object here.
    #[doc(hidden)]
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self::new(self.file, self.pointer.key(key))
    }

    /// The member `key` of the object here, for the keywords of the specification.
    #[doc(hidden)]
    #[must_use]
    pub fn keyword(&self, key: &'static str) -> Self {
        Self::new(self.file, self.pointer.keyword(key))
    }

    /// The element `index` of the array here.
    #[doc(hidden)]
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self::new(self.file, self.pointer.index(index))
    }
}

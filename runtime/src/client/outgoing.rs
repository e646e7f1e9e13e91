//! Bodies that are read while they are sent.

use super::super::{Error, Opened, Upload};
use super::body::Piece;
use std::collections::VecDeque;
use std::fmt;
use std::io::{Cursor, Read, Result as IoResult};

/// A body that is read while it is sent: a reader and, if known, its length.
pub struct Outgoing {
    pieces: VecDeque<Part>,
    length: Option<u64>,
}

enum Part {
    Bytes(Cursor<Vec<u8>>),
    Upload(Opened),
}

impl Outgoing {
    /// Opens every upload, and reads the pieces in order.
    pub(super) fn open(pieces: &[Piece]) -> Result<Self, Error> {
        let open = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => Ok(Part::Bytes(Cursor::new(bytes.clone()))),
            Piece::Upload(upload) => opened(upload).map(Part::Upload),
        };
        let pieces = pieces.iter().map(open).collect::<Result<VecDeque<Part>, Error>>()?;
        let length = pieces.iter().try_fold(0_u64, |sum, part| match part {
            Part::Bytes(bytes) => sum.checked_add(bytes.get_ref().len() as u64),
            Part::Upload(upload) => sum.checked_add(upload.length()?),
        });
        Ok(Outgoing { pieces, length })
    }

    /// The length of the whole body in bytes, if known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }
}

fn opened(upload: &Upload) -> Result<Opened, Error> {
    upload.open().map_err(|error| Error::new(format_args!("the upload cannot be read: {error}")))
}

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        while let Some(part) = self.pieces.front_mut() {
            let read = match part {
                Part::Bytes(bytes) => bytes.read(buffer)?,
                Part::Upload(upload) => upload.read(buffer)?,
            };
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.pieces.pop_front();
        }
        Ok(0)
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("length", &self.length).finish_non_exhaustive()
    }
}

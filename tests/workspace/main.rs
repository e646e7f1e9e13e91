//! What holds for the workspace as a whole.

mod dependencies;
mod drift;
mod hidden;
mod layers;
mod licences;
mod overlays;
mod readme;

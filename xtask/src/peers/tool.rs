//! The generators that are compared.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// Models alone.
    Models,
    /// Models, and what calls the operations.
    Client,
}

/// A generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Tool {
    Modelsmith,
    OpenapiToRust,
    Oas3Gen,
    Ploidy,
}

impl Tool {
    pub(super) const ALL: [Tool; 4] = [Tool::Modelsmith, Tool::OpenapiToRust, Tool::Oas3Gen, Tool::Ploidy];

    /// The command's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tool::Modelsmith => "modelsmith",
            Tool::OpenapiToRust => "openapi-to-rust",
            Tool::Oas3Gen => "oas3-gen",
            Tool::Ploidy => "ploidy",
        }
    }

    /// The released version; none for the one of this checkout.
    fn version(self) -> Option<&'static str> {
        match self {
            Tool::Modelsmith => None,
            Tool::OpenapiToRust => Some("0.23.0"),
            Tool::Oas3Gen => Some("0.29.0"),
            Tool::Ploidy => Some("0.15.0"),
        }
    }

    /// The name with the version.
    pub(super) fn title(self) -> String {
        self.version().map_or(self.name().to_owned(), |version| format!("{} {version}", self.name()))
    }

    /// The program: built or installed under `root` if it is not there.
    pub(super) fn program(self, root: &Path) -> Result<PathBuf, String> {
        let (arguments, program) = match self.version() {
            None => {
                let target = root.join("modelsmith");
                let arguments: [OsString; 7] = [
                    "build".into(),
                    "--release".into(),
                    "--locked".into(),
                    "--package".into(),
                    "modelsmith".into(),
                    "--target-dir".into(),
                    target.clone().into(),
                ];
                (arguments.to_vec(), target.join("release/modelsmith"))
            }
            Some(version) => {
                let program = root.join("bin").join(self.name());
                let package = format!("{}@{version}", self.name());
                let arguments: [OsString; 5] =
                    ["install".into(), "--locked".into(), "--root".into(), root.into(), package.into()];
                (if program.exists() { Vec::new() } else { arguments.to_vec() }, program)
            }
        };
        if !arguments.is_empty() {
            eprintln!("building {}", self.title());
            let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
                .args(arguments)
                .status()
                .map_err(|error| format!("cargo: {error}"))?;
            if !status.success() {
                return Err(format!("{} could not be built", self.title()));
            }
        }
        Ok(program)
    }

    /// The command that generates from a document into a folder.
    pub(super) fn generation(
        self,
        program: &Path,
        document: &Path,
        out: &Path,
        output: Output,
    ) -> Result<Vec<OsString>, String> {
        let arguments: Vec<OsString> = match (self, output) {
            (Tool::Modelsmith, _) => {
                // Settings that stand beside a document do not count here.
                let settings = out.with_extension("toml");
                let text = match output {
                    Output::Models => "",
                    Output::Client => "client = true\n",
                };
                std::fs::write(&settings, text)
                    .map_err(|error| format!("{}: {error}", settings.display()))?;
                let input = ["generate".into(), document.into(), "-o".into(), out.into()];
                [&input[..], &["--quiet".into(), "--config".into(), settings.into()]].concat()
            }
            (Tool::OpenapiToRust, _) => {
                let models_only: &[OsString] = match output {
                    Output::Models => &["--types-only".into()],
                    Output::Client => &[],
                };
                let arguments =
                    ["generate".into(), document.into(), "--output-dir".into(), out.join("src").into()];
                [&arguments, models_only, &["--quiet".into()]].concat()
            }
            (Tool::Oas3Gen, Output::Models) => vec![
                "generate".into(),
                "-i".into(),
                document.into(),
                "-o".into(),
                out.join("src/lib.rs").into(),
            ],
            (Tool::Oas3Gen, Output::Client) => vec![
                "generate".into(),
                "client-mod".into(),
                "--workspace".into(),
                "-i".into(),
                document.into(),
                "-o".into(),
                out.into(),
            ],
            // It always writes both.
            (Tool::Ploidy, _) => {
                vec!["generate".into(), "rust".into(), document.into(), "-o".into(), out.into()]
            }
        };
        Ok(std::iter::once(program.into()).chain(arguments).collect())
    }
}

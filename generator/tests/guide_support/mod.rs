//! Runs the pages of `docs/guide`. Each page is a folder: its blocks are written, run and compared there in their order.
//! docs/guide/README.md says what the blocks look like.

pub mod blocks;
mod console;
pub mod links;
mod server;
mod shell;
mod snippets;
mod workflow;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use blocks::{Block, Kind, blocks};
use server::Server;
use shell::Shell;
use snippets::Snippets;

/// Set, it has the pages corrected where commands print something else than they show.
const UPDATE: &str = "UPDATE_GUIDE";

pub fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide")
}

pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A page that is being run.
struct Run<'p> {
    shell: Shell,
    snippets: Snippets<'p>,
    server: Server,
    /// A file or a change that no command has seen yet.
    unseen: Option<usize>,
    /// What is to stand in the page instead.
    corrections: Vec<(Range<usize>, String)>,
    faults: Vec<String>,
}

/// Runs a page and fails with all that is not as it says.
pub fn run(name: &str) {
    let path = guide().join(name);
    let page = text(&path);
    let blocks = blocks(&page).unwrap_or_else(|error| panic!("{name}, {error}"));
    let mut run = Run {
        shell: Shell::new(),
        snippets: Snippets::default(),
        server: Server::new(),
        unseen: None,
        corrections: Vec::new(),
        faults: Vec::new(),
    };
    for block in &blocks {
        run.block(block);
    }
    if let Some(line) = run.unseen {
        run.faults.push(format!("line {line}: no command comes after this"));
    }
    run.run_snippets();
    if std::env::var_os(UPDATE).is_some() && !run.corrections.is_empty() {
        let mut corrected = page.clone();
        for (range, text) in run.corrections.into_iter().rev() {
            corrected.replace_range(range, &text);
        }
        fs::write(&path, corrected).expect("the page can be written");
    }
    assert!(run.faults.is_empty(), "docs/guide/{name}\n\n{}", run.faults.join("\n"));
}

impl<'p> Run<'p> {
    fn block(&mut self, block: &Block<'p>) {
        let line = block.line;
        match block.kind {
            Kind::File { path, text } => {
                self.shell.folder.write(path, &self.server.real(text));
                self.unseen = Some(line);
                if path.starts_with(".github/workflows/") {
                    self.unseen = None;
                    let steps = workflow::steps(text).unwrap_or_else(|error| panic!("line {line}: {error}"));
                    steps.iter().for_each(|step| self.succeed(line, step));
                }
            }
            Kind::Excerpt { path, text } => self.excerpt(line, path, text),
            Kind::OfRepository { path, text: shown } => {
                let file = text(&guide().join("../..").join(path));
                self.stands_in(line, path, &file, shown);
            }
            Kind::Exchange { request, answer } => self.server.answer(request, answer),
            Kind::Snippet { krate, text } => self.snippets.add(krate, line, text),
            Kind::Console(text) => self.console(line, text, block.range.start),
            Kind::Commands(text) => text.lines().for_each(|command| self.succeed(line, command)),
            Kind::Change(text) => {
                self.shell.folder.write(".change.diff", text);
                self.succeed(line, "git apply -p0 .change.diff");
                self.unseen = Some(line);
            }
        }
    }

    fn run_snippets(&mut self) {
        let real = |text: &str| self.server.real(text);
        self.faults.extend(std::mem::take(&mut self.snippets).run(&self.shell.folder, &real));
    }

    /// A block stands in a file as it is shown.
    fn excerpt(&mut self, line: usize, path: &str, text: &str) {
        let file = if self.shell.folder.exists(path) {
            self.shell.folder.read(path)
        } else {
            "(the file does not exist)\n".to_owned()
        };
        self.stands_in(line, path, &self.server.shown(&file), text);
    }

    fn stands_in(&mut self, line: usize, path: &str, file: &str, text: &str) {
        if !format!("\n{file}").contains(&format!("\n{text}")) || text.is_empty() {
            self.faults.push(format!("line {line}: this does not stand in {path}, which is\n{file}"));
        }
    }

    /// Commands print what is shown.
    fn console(&mut self, line: usize, text: &str, start: usize) {
        let typed = console::typed(text);
        for (index, shown) in typed.iter().enumerate() {
            let (printed, code) = self.type_in(shown.command);
            let command = shown.command;
            if let Some(new) = console::updated(shown.output, &printed) {
                self.faults.push(format!(
                    "line {line}: `{command}` prints\n{new}\nand not\n{}\n({UPDATE}=1 corrects the page)\n",
                    shown.output
                ));
                let at = start + shown.at;
                self.corrections.push((at..at + shown.output.len(), new));
            }
            let asks = typed.get(index + 1).is_some_and(|next| next.command == "echo $?");
            if code != 0 && !asks {
                self.faults.push(format!(
                    "line {line}: `{command}` ends with {code}, which `$ echo $?` after it has to show\n"
                ));
            }
        }
    }

    /// A command ends well, whatever it prints.
    fn succeed(&mut self, line: usize, command: &str) {
        let (printed, code) = self.type_in(command);
        if code != 0 {
            self.faults.push(format!("line {line}: `{command}` ends with {code}:\n{printed}"));
        }
    }

    fn type_in(&mut self, command: &str) -> (String, i32) {
        self.unseen = None;
        // The command may change the crates that they use.
        self.run_snippets();
        let (printed, code) = self.shell.run(&self.server.real(command));
        (self.server.shown(&printed), code)
    }
}

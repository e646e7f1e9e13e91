//! Runs every command of `docs/guide` and compares what comes out with what the pages show. With `UPDATE_GUIDE=1` the
//! pages are corrected.

#![cfg(unix)]

mod cli_support;
mod guide_support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guide_support::{guide, links, run, text};

macro_rules! pages {
    ($($name:ident $file:literal,)+) => {
        $(#[test]
        fn $name() {
            run($file);
        })+

        const PAGES: &[&str] = &[$($file),+];
    };
}

pages! {
    calling_an_api "calling-an-api.md",
    bodies_and_files "bodies-and-files.md",
    errors "errors.md",
    security "security.md",
    checks "checks.md",
    http_libraries "http-libraries.md",
    testing "testing.md",
    websockets "websockets.md",
    writing_requests "writing-requests.md",
    streams "streams.md",
    pages "pages.md",
    owning_a_spec "owning-a-spec.md",
    build_scripts "build-scripts.md",
    unions "unions.md",
    nulls_and_defaults "nulls-and-defaults.md",
    configuration "configuration.md",
    diff_in_ci "diff-in-ci.md",
    verify "verify.md",
}

#[test]
fn every_page_is_run_and_listed() {
    let index = text(&guide().join("README.md"));
    let entries = fs::read_dir(guide()).expect("the guide is there");
    let files: BTreeSet<String> = entries
        .map(|entry| entry.expect("it is readable").file_name().to_string_lossy().into_owned())
        .collect();
    let mut known: BTreeSet<String> = PAGES.iter().map(|&file| file.to_owned()).collect();
    for file in &known {
        assert!(index.contains(&format!("]({file})")), "README.md does not lead to {file}");
    }
    known.insert("README.md".to_owned());
    assert_eq!(files, known);
}

/// The console blocks of README.md are taken from the guide.
#[test]
fn the_readme_shows_what_the_guide_shows() {
    let readme = text(&guide().join("../../README.md"));
    let pages: Vec<String> = PAGES.iter().map(|page| text(&guide().join(page))).collect();
    let mut count = 0;
    for block in readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        // A page may show more in the same block.
        assert!(pages.iter().any(|page| page.contains(block)), "no page of docs/guide shows\n{block}");
        count += 1;
    }
    assert!(count > 0);
}

/// The pages of the guide, of `docs` and of the repository's root, as paths from the guide.
fn all_pages() -> impl Iterator<Item = String> {
    ["", "..", "../.."].into_iter().flat_map(|folder| {
        let entries = fs::read_dir(guide().join(folder)).expect("the folder is there");
        let names = entries.map(|entry| entry.expect("it is readable").file_name().into_string());
        let names: BTreeSet<String> = names.map(|name| name.expect("it is UTF-8")).collect();
        let pages = names.into_iter().filter(|name| name.ends_with(".md"));
        pages.map(move |name| Path::new(folder).join(name).to_string_lossy().into_owned())
    })
}

/// Within the repository, files and headings.
#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for page in all_pages() {
        let path = guide().join(&page);
        for link in links::of(&text(&path)) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target =
                if file.is_empty() { path.clone() } else { path.parent().expect("a folder").join(file) };
            assert!(target.exists(), "{page}: {link}");
            assert!(
                heading.is_empty() || links::anchors(&text(&target)).any(|anchor| anchor == heading),
                "{page}: {link}"
            );
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

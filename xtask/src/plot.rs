//! The time of generation against the size of documents, as a picture.

use std::error::Error;
use std::path::Path;

use plotters::coord::combinators::IntoLogRange;
use plotters::prelude::*;

/// One generation: bytes of the document, its component schemas, milliseconds.
pub(crate) struct Dot {
    pub(crate) bytes: f64,
    pub(crate) schemas: f64,
    pub(crate) milliseconds: f64,
}

/// One measure of a document's size.
type Size = fn(&Dot) -> f64;

/// Draws the two pictures side by side. Both axes are logarithmic: what grows in proportion runs along the grey line.
pub(crate) fn draw(dots: &[Dot], file: &Path) -> Result<(), String> {
    let root = SVGBackend::new(file, (960, 420)).into_drawing_area();
    let panels = root.split_evenly((1, 2));
    let sizes: [(&str, Size); 2] =
        [("KiB of the document", |dot| dot.bytes / 1024.0), ("component schemas", |dot| dot.schemas)];
    root.fill(&WHITE).map_err(|error| error.to_string())?;
    for (panel, (title, size)) in panels.iter().zip(sizes) {
        let points: Vec<(f64, f64)> = dots
            .iter()
            .map(|dot| (size(dot), dot.milliseconds))
            .filter(|(size, time)| *size >= 1.0 && *time > 0.0)
            .collect();
        one(panel, title, &points).map_err(|error| error.to_string())?;
    }
    root.present().map_err(|error| error.to_string())
}

fn one(
    panel: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    title: &str,
    points: &[(f64, f64)],
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let most = |values: fn(&(f64, f64)) -> f64| points.iter().map(values).fold(1.0, f64::max) * 1.5;
    let (widest, highest) = (most(|point| point.0), most(|point| point.1));
    let mut chart = ChartBuilder::on(panel)
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(52)
        .build_cartesian_2d((1.0..widest).log_scale(), (0.3..highest).log_scale())
        .map_err(|error| error.to_string())?;
    chart
        .configure_mesh()
        .x_desc(title)
        .y_desc("ms")
        .light_line_style(TRANSPARENT)
        .draw()
        .map_err(|error| error.to_string())?;
    // Through the middle of the larger half: the small ones take the time that the program takes to start.
    let mut rates: Vec<f64> = points.iter().filter(|(_, time)| *time > 5.0).map(|(x, y)| y / x).collect();
    rates.sort_by(f64::total_cmp);
    let rate = rates.get(rates.len() / 2).copied().unwrap_or(1.0);
    chart
        .draw_series([PathElement::new([(1.0, rate), (widest, rate * widest)], BLACK.mix(0.25))])
        .map_err(|error| error.to_string())?;
    chart
        .draw_series(points.iter().map(|point| Circle::new(*point, 3, BLUE.mix(0.6).filled())))
        .map_err(|error| error.to_string())?;
    Ok(())
}

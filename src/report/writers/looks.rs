//! Fonts, colours and borders. Every colour also differs in brightness, so that a black-and-white print says the same.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::audit::{Severity, Verdict};

use crate::report::table::Style;

/// The dark colour of headers and first series.
pub const DARK: &str = "1F3864";
/// The colour of second series.
pub const ACCENT: &str = "C55A11";

const BODY_FONT: &str = "宋体";
const HEADING_FONT: &str = "黑体";
const LINE: &str = "A6A6A6";

/// The format of cells that nothing is written to.
pub fn plain() -> Format {
    Format::new()
        .set_font_name(BODY_FONT)
        .set_font_size(10)
        .set_font_charset(134)
        .set_align(FormatAlign::VerticalCenter)
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap()
}

fn heading(size: u8) -> Format {
    plain().set_font_name(HEADING_FONT).set_font_size(size).set_bold()
}

/// A header whose characters stand one under the other.
pub fn upright() -> Format {
    header().set_rotation(270).set_align(FormatAlign::Top)
}

fn header() -> Format {
    boxed()
        .set_font_name(HEADING_FONT)
        .set_bold()
        .set_font_color("FFFFFF")
        .set_background_color(DARK)
        .set_align(FormatAlign::Center)
}

/// The format of a cell: its style, its decimals (none: as many as the number has), and whether it is a link.
pub fn format(style: Style, decimals: Option<u32>, linked: bool) -> Format {
    let mut format = of_style(style);
    if let Some(decimals) = decimals {
        format = format.set_num_format(places(decimals));
    }
    if linked {
        format = format.set_underline(rust_xlsxwriter::FormatUnderline::Single);
        if !matches!(style, Style::Verdict(_) | Style::Severity(_)) {
            format = format.set_font_color("0563C1");
        }
    }
    format
}

fn places(decimals: u32) -> String {
    match decimals {
        0 => "0".to_owned(),
        decimals => format!("0.{}", "0".repeat(decimals as usize)),
    }
}

fn of_style(style: Style) -> Format {
    match style {
        Style::Body => boxed(),
        Style::Centre | Style::Figure => boxed().set_align(FormatAlign::Center),
        Style::Title => heading(16).set_align(FormatAlign::Center),
        Style::Conclusion => boxed().set_bold().set_font_size(12),
        Style::Remark => plain().set_font_size(9).set_font_color("595959").set_text_wrap(),
        Style::Label => boxed().set_font_name(HEADING_FONT).set_background_color("F2F2F2"),
        Style::Key => boxed().set_bold().set_font_size(12).set_align(FormatAlign::Center),
        Style::Header => header(),
        Style::Column => {
            boxed().set_font_name(HEADING_FONT).set_background_color("EDEDED").set_align(FormatAlign::Center)
        }
        Style::Section => heading(11)
            .set_background_color("D9E1F2")
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE)
            .set_text_wrap(),
        Style::Sum => boxed().set_bold().set_align(FormatAlign::Center),
        Style::Entry => boxed().set_background_color("FFFBE6"),
        Style::Refused => entry_refused(boxed()),
        Style::Progress(true) => boxed().set_bold().set_align(FormatAlign::Center),
        Style::Progress(false) => boxed().set_font_color("595959").set_align(FormatAlign::Center),
        Style::Fact => boxed().set_background_color("FFF2CC").set_align(FormatAlign::Center),
        Style::Worse => boxed().set_bold().set_align(FormatAlign::Center).set_background_color("F8CBAD"),
        Style::Blank => boxed().set_background_color("EDEDED"),
        Style::Severity(severity) => of_severity(severity),
        Style::Verdict(verdict) => of_verdict(verdict),
    }
}

fn entry_refused(format: Format) -> Format {
    format.set_bold().set_font_color("FFFFFF").set_background_color("C00000")
}

/// The looks that a cell takes while a condition holds: nothing that a conditional format cannot set.
pub fn mark(style: Style) -> Format {
    match style {
        Style::Refused => entry_refused(Format::new()),
        Style::Worse => Format::new().set_bold().set_background_color("F8CBAD"),
        _ => Format::new().set_bold(),
    }
}

/// The colours of a verdict that may change: nothing that a conditional format cannot set.
pub fn live_verdict(verdict: Verdict) -> Format {
    let (letters, ground) = match verdict {
        Verdict::Agrees => ("375623", "FFFFFF"),
        Verdict::Overstated => ("FFFFFF", "A61C1C"),
        Verdict::Understated => ("FFFFFF", "2F75B5"),
        Verdict::ReadingDependent => ("000000", "FFD966"),
        Verdict::Unverifiable => ("404040", "E4E4E4"),
        Verdict::Invalid => ("FFFFFF", "404040"),
    };
    Format::new().set_font_color(letters).set_background_color(ground)
}

fn of_severity(severity: Severity) -> Format {
    let centre = boxed().set_align(FormatAlign::Center);
    match severity {
        Severity::Error => centre.set_bold().set_font_color("FFFFFF").set_background_color("A61C1C"),
        Severity::Warning => centre.set_bold().set_background_color("FFD966"),
        Severity::Info => centre,
    }
}

/// Dark for what is contradicted, light for what is in doubt, white for what agrees.
fn of_verdict(verdict: Verdict) -> Format {
    let centre = boxed().set_align(FormatAlign::Center);
    match verdict {
        Verdict::Agrees => centre.set_font_color("375623"),
        Verdict::Overstated => centre.set_bold().set_font_color("FFFFFF").set_background_color("A61C1C"),
        Verdict::Understated => centre.set_bold().set_font_color("FFFFFF").set_background_color("2F75B5"),
        Verdict::ReadingDependent => centre.set_bold().set_background_color("FFD966"),
        Verdict::Unverifiable => centre.set_font_color("404040").set_background_color("E4E4E4"),
        Verdict::Invalid => centre.set_bold().set_font_color("FFFFFF").set_background_color("404040"),
    }
}

//! A letter as a .docx file in the layout of official documents: A4, the margins and type sizes of GB/T 9704, 仿宋 for
//! the text, 黑体 for headings. The only place that names docx_rs.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts,
    SpecialIndentType, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{Piece, Unpackable};

/// A4 in twentieths of a point.
const PAPER: (u32, u32) = (11906, 16838);
/// 上 37、左 28、下 35、右 26 mm.
const MARGIN: PageMargin =
    PageMargin { top: 2098, left: 1588, bottom: 1984, right: 1474, header: 851, footer: 992, gutter: 0 };
/// Width of the type area, in twentieths of a point.
const TEXT_WIDTH: usize = 8844;

/// 二号, in half points.
const TITLE_SIZE: usize = 44;
/// 三号.
const TEXT_SIZE: usize = 32;
/// 小四, in tables.
const TABLE_SIZE: usize = 24;
/// 四号, for the number of the page (GB/T 9704).
const PAGE_NUMBER_SIZE: usize = 28;
/// Twentieths of a point in the half points that sizes are counted in.
const TWENTIETHS: i32 = 10;
/// A paragraph begins two characters in, as an official document does; Word counts them in hundredths of a character.
const INDENT: i32 = 2;
const HUNDREDTHS: i32 = 100;
/// Lines of text stand 28 points apart, lines of a table 18, in twentieths; a title leaves a line of text free.
const TEXT_LINE: i32 = 560;
const TABLE_LINE: i32 = 360;

const SONG: &str = "仿宋";
const HEI: &str = "黑体";
const KAI: &str = "楷体";
const LATIN: &str = "Times New Roman";

/// The document of a letter. The same pieces give the same bytes.
///
/// # Errors
/// It cannot be packed.
pub fn document(pieces: &[Piece]) -> Result<Vec<u8>, Unpackable> {
    let mut docx = Docx::new()
        .page_size(PAPER.0, PAPER.1)
        .page_margin(MARGIN)
        .default_fonts(fonts(SONG))
        .default_size(TEXT_SIZE)
        .footer(Footer::new().add_paragraph(page_number()));
    for piece in pieces {
        docx = match piece {
            Piece::Table { widths, rows } => docx.add_table(table(widths, rows)),
            _ => docx.add_paragraph(paragraph(piece)),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|cause| Unpackable(cause.to_string()))?;
    Ok(bytes.into_inner())
}

fn fonts(east_asia: &str) -> RunFonts {
    RunFonts::new().ascii(LATIN).hi_ansi(LATIN).east_asia(east_asia)
}

fn page_number() -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).size(PAGE_NUMBER_SIZE).add_page_num(PageNum::new())
}

fn lines(apart: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(apart)
}

/// In tables a line may grow with what stands in it.
fn table_lines() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(TABLE_LINE)
}

fn run(words: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(words).fonts(fonts(font)).size(size)
}

fn paragraph(piece: &Piece) -> Paragraph {
    let text =
        |words: &str, font: &str| Paragraph::new().add_run(run(words, font, TEXT_SIZE)).line_spacing(lines(TEXT_LINE));
    // In characters, and for programs that know no characters in the same width of 三号.
    let indented = |paragraph: Paragraph| {
        let width = SpecialIndentType::FirstLine(INDENT * TEXT_SIZE as i32 * TWENTIETHS);
        paragraph.indent(Some(0), Some(width), None, None).first_line_chars(INDENT * HUNDREDTHS)
    };
    match piece {
        Piece::Title(words) => {
            Paragraph::new().add_run(run(words, HEI, TITLE_SIZE)).align(AlignmentType::Center).line_spacing(
                LineSpacing::new().line_rule(LineSpacingType::AtLeast).line(TEXT_LINE).after(TEXT_LINE as u32),
            )
        }
        Piece::Number(words) => text(words, SONG).align(AlignmentType::Right),
        Piece::Addressee(words) => text(words, SONG),
        Piece::Annex(words) => text(words, HEI).page_break_before(true),
        Piece::Heading(words) => indented(text(words, HEI)).keep_next(true),
        Piece::Subheading(words) => indented(text(words, KAI)).keep_next(true),
        Piece::Text(words) => indented(text(words, SONG)).align(AlignmentType::Both),
        Piece::Last(words) => indented(text(words, SONG)).keep_next(true),
        Piece::Signature(words) => text(words, SONG).align(AlignmentType::Right).keep_next(true),
        Piece::Table { .. } => Paragraph::new(),
    }
}

/// A table over the whole width; the first row is the header.
fn table(widths: &[usize], rows: &[Vec<String>]) -> Table {
    let whole: usize = widths.iter().sum::<usize>().max(1);
    let grid: Vec<usize> = widths.iter().map(|width| width * TEXT_WIDTH / whole).collect();
    let drawn = rows.iter().enumerate().map(|(number, cells)| row(&grid, cells, number == 0));
    Table::new(drawn.collect())
        .set_grid(grid.clone())
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .width(TEXT_WIDTH, WidthType::Dxa)
}

fn row(grid: &[usize], cells: &[String], header: bool) -> TableRow {
    let font = if header { HEI } else { SONG };
    let cell = |(words, width): (&String, &usize)| {
        let figure = header || words.chars().all(|one| one.is_ascii_digit() || ".-–—… ".contains(one));
        let aligned = if figure { AlignmentType::Center } else { AlignmentType::Left };
        let paragraph =
            Paragraph::new().add_run(run(words, font, TABLE_SIZE)).align(aligned).line_spacing(table_lines());
        TableCell::new().add_paragraph(paragraph).width(*width, WidthType::Dxa).vertical_align(VAlignType::Center)
    };
    TableRow::new(cells.iter().zip(grid).map(cell).collect()).cant_split()
}

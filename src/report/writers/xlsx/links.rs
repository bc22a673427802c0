//! The links of an audit workbook, kept in files of their own while its sheets are drawn, and put into the finished parts. The
//! library that writes the format keeps each link in six texts, copies all of them, and makes their relations in memory: of a
//! thousand departments a hundred megabytes. What is written is what it would write, to the byte.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::charted::Charted;
use crate::report::table::address;

/// Bytes of a sheet's links that are held in memory; more go to a file.
const HELD: usize = 64 << 10;
/// Before this element a sheet has its links. Every sheet of ours is centred on paper, and so has it.
const BEHIND: &[u8] = b"<printOptions";
/// Bytes of a part that are looked at together.
const AT_ONCE: usize = 64 << 10;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// The links of all sheets, and the file in which the workbook is made without them.
pub(super) struct Links {
    made: File,
    sheets: BTreeMap<String, OfSheet>,
}

/// The links of one sheet, as its part and the part of its relations have them.
pub(super) struct OfSheet {
    links: BufWriter<SpooledTempFile>,
    relations: BufWriter<SpooledTempFile>,
    related: u32,
    is_any: bool,
    /// Its rows are written one after the other, so that the library knows no cell of it any more.
    is_long: bool,
}

/// A link to a cell of this workbook, or to another file.
enum Target<'t> {
    Here(&'t str),
    File { path: &'t str, place: &'t str },
}

impl Links {
    /// No links yet; none where there is no place for temporary files.
    pub(super) fn new() -> Option<Links> {
        Some(Links { made: tempfile::tempfile().ok()?, sheets: BTreeMap::new() })
    }

    /// The links of the sheet of that number, from 1.
    pub(super) fn take(&mut self, number: usize, of_sheet: OfSheet) {
        if of_sheet.is_any {
            self.sheets.insert(format!("xl/worksheets/sheet{number}.xml"), of_sheet);
        }
    }

    /// Where the workbook is to be made without its links.
    pub(super) fn made(&self) -> BufWriter<&File> {
        BufWriter::new(&self.made)
    }

    /// The workbook that was made, with its links and what its charts show, compressed as hard as that.
    pub(super) fn put_out(mut self, charted: &Charted, to: &mut (dyn Write + Send), level: u8) -> io::Result<()> {
        self.made.seek(SeekFrom::Start(0))?;
        let mut made = ZipArchive::new(io::BufReader::new(&self.made))?;
        let mut out = ZipWriter::new_stream(to);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(level.into()))
            .unix_permissions(0o600)
            .last_modified_time(DateTime::default());
        for at in 0..made.len() {
            let mut part = made.by_index(at)?;
            let name = part.name()?.into_owned();
            out.start_file(name.as_str(), options)?;
            match self.sheets.get_mut(&name) {
                None if charted.is_due(&name) => {
                    let mut chart = String::new();
                    part.read_to_string(&mut chart)?;
                    out.write_all(charted.filled(&chart).as_bytes())?;
                }
                None => drop(io::copy(&mut part, &mut out)?),
                Some(of_sheet) => {
                    of_sheet.put_into(&mut part, &mut out)?;
                    of_sheet.put_relations(&name, &mut out, options)?;
                }
            }
        }
        out.finish()?;
        Ok(())
    }
}

impl OfSheet {
    /// No links yet.
    pub(super) fn new(is_long: bool) -> OfSheet {
        let [links, relations] = [(), ()].map(|()| BufWriter::new(tempfile::spooled_tempfile(HELD)));
        OfSheet { links, relations, related: 0, is_any: false, is_long }
    }

    /// The link of a cell that shows a text, or a number in its place. `target` is as the library takes it.
    pub(super) fn add(&mut self, at: (u32, u16), target: &str, text: &str, is_number: bool) -> io::Result<()> {
        self.is_any = true;
        write!(self.links, "<hyperlink ref=\"{}\"", address(at.0, at.1))?;
        match Target::of(target) {
            Target::Here(place) => {
                write!(self.links, " location=\"{}\" display=\"{}\"/>", attribute(place), attribute(text))
            }
            Target::File { path, place } => {
                self.related += 1;
                let path = url(path);
                let path = attribute(&path);
                write!(self.links, " r:id=\"rId{}\"", self.related)?;
                if !place.is_empty() {
                    write!(self.links, " location=\"{}\"", attribute(place))?;
                }
                // A number says nothing of where its link leads.
                if is_number && !self.is_long {
                    write!(self.links, " display=\"{path}\"")?;
                }
                write!(
                    self.relations,
                    "<Relationship Id=\"rId{}\" Type=\"{HYPERLINK}\" Target=\"{path}\" TargetMode=\"External\"/>",
                    self.related
                )?;
                self.links.write_all(b"/>")
            }
        }
    }

    /// Copies the part of the sheet, with its links where they belong.
    fn put_into(&mut self, part: &mut impl Read, out: &mut impl Write) -> io::Result<()> {
        let (mut held, mut chunk) = (Vec::new(), vec![0; AT_ONCE]);
        loop {
            let read = part.read(&mut chunk)?;
            if read == 0 {
                return Err(io::Error::other("a sheet without a place for its links"));
            }
            held.extend_from_slice(&chunk[..read]);
            if let Some(at) = held.windows(BEHIND.len()).position(|bytes| bytes == BEHIND) {
                out.write_all(&held[..at])?;
                out.write_all(b"<hyperlinks>")?;
                copied(&mut self.links, out)?;
                out.write_all(b"</hyperlinks>")?;
                out.write_all(&held[at..])?;
                return io::copy(part, out).map(drop);
            }
            // It may begin at the end of this piece.
            let sure = held.len().saturating_sub(BEHIND.len() - 1);
            out.write_all(&held[..sure])?;
            held.drain(..sure);
        }
    }

    /// The part of the relations of the sheet with that part; none where no link leads out of the workbook.
    fn put_relations<W: Write>(
        &mut self,
        sheet: &str,
        out: &mut ZipWriter<StreamWriter<W>>,
        options: SimpleFileOptions,
    ) -> io::Result<()> {
        if self.related == 0 {
            return Ok(());
        }
        out.start_file(sheet.replace("worksheets/", "worksheets/_rels/") + ".rels", options)?;
        write!(out, "{DECLARATION}<Relationships xmlns=\"{RELATIONS}\">")?;
        copied(&mut self.relations, out)?;
        out.write_all(b"</Relationships>")
    }
}

fn copied(kept: &mut BufWriter<SpooledTempFile>, out: &mut impl Write) -> io::Result<()> {
    kept.flush()?;
    let kept = kept.get_mut();
    kept.seek(SeekFrom::Start(0))?;
    io::copy(kept, out).map(drop)
}

impl Target<'_> {
    /// What the library makes of a target.
    fn of(target: &str) -> Target<'_> {
        if let Some(place) = target.strip_prefix("internal:") {
            return Target::Here(place);
        }
        let bare = target.strip_prefix("file:///").unwrap_or(target);
        // On a drive or a share it stays an address, else it is the way from this workbook.
        let is_rooted = bare.starts_with(r"\\") || bare.find(':') == Some(1);
        let whole = if is_rooted { target } else { bare };
        let (path, place) = whole.split_once('#').unwrap_or((whole, ""));
        Target::File { path, place }
    }
}

/// A path as the address of a link has it.
fn url(path: &str) -> Cow<'_, str> {
    escaped(path, |sign| {
        Some(match sign {
            '%' => "%25",
            '"' => "%22",
            ' ' => "%20",
            '<' => "%3c",
            '>' => "%3e",
            '[' => "%5b",
            ']' => "%5d",
            '^' => "%5e",
            '`' => "%60",
            '{' => "%7b",
            '}' => "%7d",
            _ => return None,
        })
    })
}

/// A text as an attribute has it.
fn attribute(text: &str) -> Cow<'_, str> {
    escaped(text, |sign| {
        Some(match sign {
            '&' => "&amp;",
            '"' => "&quot;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\n' => "&#xA;",
            _ => return None,
        })
    })
}

fn escaped(text: &str, of: fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if text.chars().all(|sign| of(sign).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut done = String::with_capacity(text.len());
    for sign in text.chars() {
        match of(sign) {
            Some(escape) => done.push_str(escape),
            None => done.push(sign),
        }
    }
    Cow::Owned(done)
}

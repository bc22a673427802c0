//! Files → cells: what a file is, told by its content, and one bounded reader for each family of formats.
//!
//! .xls and .xlsb are read a second time by calamine, in a worker process: a cell on which the two readers differ is unsure.
//!
//! Nothing here believes what a file says of itself: no memory is reserved by a stated size, every part is read through a
//! meter, and every way to fail is a [`Problem`] of that one file.

mod address;
mod allocator;
mod cell;
pub mod content;
pub(crate) mod directory;
mod door;
mod limits;
mod merges;
mod number_format;
mod ods;
mod ole;
mod package;
mod problem;
mod properties;
mod reader;
mod records;
mod running_text;
mod second_reading;
mod serial;
pub mod worker;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use address::{Address, Area, COLUMNS, ROWS};
pub use cell::{Cell, Format, Properties, Sheet, Value, Workbook};
pub use limits::Limits;
pub use number_format::Digits;
pub use problem::{Content, Fault, LimitName, Problem, ProblemCode, ProblemDetail, Stage};
pub use reader::{Isolation, Reader};
pub use running_text::running_text;

use content::{Inside, Outside};
use limits::{Meter, Wait};
use package::Package;

/// Reads a workbook from its bytes, in this process. The format is told by content; `name` only helps to say what a
/// file is that is no workbook.
pub fn open(name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, Problem> {
    open_in_turn(name, bytes, limits, None)
}

/// The same beside other threads: a workbook that turns out to be large waits for its turn.
fn open_in_turn(name: &str, bytes: &[u8], limits: &Limits, wait: Option<Wait<'_>>) -> Result<Workbook, Problem> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Problem::over(LimitName::FileBytes, limits.file_bytes));
    }
    let meter = Meter::in_turn(limits, wait);
    match content::outside(name, bytes)? {
        Outside::Zip => zipped(bytes, &meter),
        Outside::Ole => xls::read(bytes, &meter),
        Outside::Records => xls::bare(bytes, &meter),
        Outside::FlatOds => ods::flat(bytes, &meter),
    }
}

fn zipped(bytes: &[u8], meter: &Meter<'_>) -> Result<Workbook, Problem> {
    let mut package = Package::open(bytes, meter)?;
    let read = content::inside(&mut package).and_then(|inside| match inside {
        Inside::Xlsx(main) => {
            let workbook = xlsx::read(&mut package, &main)?;
            Ok(Workbook { properties: properties::of_office(&mut package, meter), ..workbook })
        }
        Inside::Xlsb(main) => {
            let workbook = xlsb::read(&mut package, &main, meter)?;
            Ok(Workbook { properties: properties::of_office(&mut package, meter), ..workbook })
        }
        Inside::Ods => {
            let workbook = ods::read(&mut package)?;
            Ok(Workbook { properties: properties::of_open_document(&mut package, meter), ..workbook })
        }
    });
    read.map_err(|problem| looked_at_again(problem, &mut package))
}

/// A part that could not be understood may have lost its bytes on the way: its checksum, at its end, tells.
fn looked_at_again(problem: Problem, package: &mut Package<'_, '_>) -> Problem {
    match &problem.detail {
        ProblemDetail::Part { part, .. } if package.is_damaged(part) => Problem::part(part, Fault::Damaged),
        _ => problem,
    }
}

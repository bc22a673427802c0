//! Files → cells: what a file is, told by its content, and one bounded reader for each family of formats.
//!
//! Nothing here believes what a file says of itself: no memory is reserved by a stated size, every part is read through a
//! meter, and every way to fail is a [`Problem`] of that one file.

mod cell;
mod door;
mod limits;
mod number_format;
mod package;
mod problem;
mod serial;
mod xlsx;
mod xml;

pub use cell::{Address, Area, COLUMNS, Cell, Format, NoAddress, ROWS, Sheet, Value, Workbook};
pub use limits::Limits;
pub use problem::{Content, Fault, LimitName, Problem, ProblemCode, ProblemDetail, Stage};

use limits::Meter;
use package::Package;

/// Reads a workbook from its bytes, in this process.
pub fn open(name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, Problem> {
    let _ = name;
    let meter = Meter::start(limits);
    let mut package = Package::open(bytes, &meter)?;
    let main = xlsx::book::main_part(&mut package)?.ok_or_else(|| Problem::not_a_workbook(Content::Zip))?;
    xlsx::read(&mut package, &main, &meter)
}

//! What a table is once its cells are understood: what each cell is for, and every value's headings and labels.

use crate::workbook::{Address, Area};

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What the table is about.
    Title,
    /// The unit of its figures, or who filled it in: 单位：万元.
    Unit,
    /// Names the columns below.
    ColumnHeading,
    /// Names the rows, or the value to the right.
    RowHeading,
    /// Names a row or a column that sums up others.
    Total,
    /// An entry.
    Value,
    /// A remark below or beside the table.
    Note,
}

/// A cell with its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The cell, or the area it is merged over.
    pub area: Area,
    /// What it is for.
    pub role: Role,
    /// Independent signs agree on it. Otherwise it is the likeliest role.
    pub certain: bool,
}

/// What narrows the meaning of a table, a column or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// A year: 2020年.
    Year,
    /// A part of the year, or a moment of it.
    Period,
    /// First or final, before or after an adjustment.
    Version,
    /// Whose figures.
    Organisation,
    /// A part of a whole.
    TablePart,
    /// Which people.
    Person,
    /// What is measured.
    Measure,
    /// Who says so.
    Party,
}

/// A word of scope, as it was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// What it narrows.
    pub kind: ScopeKind,
    /// The word of the list, or the year as digits.
    pub word: String,
}

/// How the cells of a part of a table stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Headings above, a label before each row; two-way and transposed tables too.
    Columns,
    /// Labels with their values beside them, one or several pairs in a row.
    Pairs,
    /// Neither was found: rows of cells.
    Unknown,
}

/// A column of a part, or the value column of pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// First and last column of the sheet.
    pub columns: (u32, u32),
    /// The cells that name it, from top to bottom, spread from merged headings.
    pub path: Vec<Address>,
    /// It sums up others.
    pub total: bool,
    /// All cells of the path are certain headings.
    pub certain: bool,
    /// The words of scope in its path.
    pub scopes: Vec<Scope>,
}

/// A row of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row of the sheet.
    pub row: u32,
    /// The cells that name it: parents first, its own label last.
    pub path: Vec<Address>,
    /// It sums up others.
    pub total: bool,
    /// It is part of the row that its path names before it: 其中.
    pub of_which: bool,
    /// All cells of the path are certain labels.
    pub certain: bool,
    /// The words of scope in its path.
    pub scopes: Vec<Scope>,
}

/// A label with the value beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The cells that name the value: parents first, its own label last.
    pub path: Vec<Address>,
    /// The value's place; it can be empty.
    pub value: Address,
    /// Labels and value are certain.
    pub certain: bool,
    /// The words of scope in its path.
    pub scopes: Vec<Scope>,
}

/// A part of a table with headings of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePart {
    /// How it is laid out.
    pub layout: Layout,
    /// Where its rows and headings stand.
    pub area: Area,
    /// Independent signs agree on the layout.
    pub certain: bool,
    /// Its value columns, from the left; none for pairs.
    pub columns: Vec<Column>,
    /// Its rows, from the top; none for pairs.
    pub rows: Vec<Row>,
    /// Its pairs, in reading order; none for columns.
    pub pairs: Vec<Pair>,
}

/// A table of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// All of it, title and notes included.
    pub area: Area,
    /// How it is laid out is certain; single cells may still be doubtful.
    pub certain: bool,
    /// Every cell that holds something, in reading order.
    pub cells: Vec<Marked>,
    /// Its parts: one, or several with headings of their own one below another or beside each other.
    pub parts: Vec<TablePart>,
    /// The words of scope in its title and in the sheet's name.
    pub scopes: Vec<Scope>,
}

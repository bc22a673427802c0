//! fuhe

pub mod workbook;

//! Files → cells: what office programs write, what odd programs write, and what is made to do harm.

pub mod binary;
mod comments;
mod isolation;
mod mutants;
mod ods;
pub mod offices;
pub mod parts;
mod second_reading;
mod wrong_files;
mod xls;
mod xlsb;
mod xlsx;
mod xlsx_hostile;

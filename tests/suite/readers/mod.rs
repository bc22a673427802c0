//! Files → cells: what office programs write, what odd programs write, and what is made to do harm.

mod isolation;
mod ods;
mod offices;
mod parts;
mod wrong_files;
mod xlsx;
mod xlsx_hostile;

//! `fuhe` (复核) recomputes the self-evaluation scores of departments and shows where a claim does not hold.
//!
//! # The flow
//!
//! ```text
//!  EDGE: reads             CORE: plain data in, plain data out                              EDGE: writes
//!
//!  rulebook.toml ─ load ─▶ Rulebook ─ lint ─▶ Flaws
//!                              │
//!  a.xlsx ┐                    ▼
//!  b.xls  ├─ open ─▶ Workbook ─ collect ─▶ Submission ─ gather ─▶ Facts ─ rescore ─▶ Ranges ─ judge ─▶ Verdicts
//!  c.ods  ┘   │      (cells)              (claims, facts)                                                 │ checks
//!             └─ cannot be read ─▶ an Audit holding one problem                                           ▼
//!                                                                                                       Audit
//!       Batch of Audits, in path order ─ across ─▶ lay out ─▶ Tables ─▶ audit.xlsx, JSON Lines, terminal
//! ```
//!
//! An [`audit::Audit`] is complete in itself: everything that a report shows is in it, so that stored audits give the
//! same reports as the run that made them. Its findings and problems are codes with [`phrase`]s: a stored audit is worded
//! in the language of whoever reads it.
//!
//! # The modules, in reading order
//!
//! - [`called`]: how the system called the program. [`cli`]: arguments as typed, options as meant. [`run`]: the tasks, shown on a [`console`]. `stop`, [`outputs`], [`limits`], `stored`, [`error`];
//!   `system`, `complaints`: what the system and the libraries refused, in words.
//! - [`batch`]: finds the files, audits them in parallel, survives anything one file does. [`across`]: what only the
//!   whole batch shows; [`against`]: what it is held against, read from the files that the options name.
//!   [`baseline`]: an audit beside those of an earlier run. [`assigned`]: what a reviewer said of cells that were not used;
//!   [`passages`]: running text that is compared with other running text;
//!   [`entered`]: what reviewers established in an earlier workbook, and how the next run knows it again; [`named`]: what a submission is called.
//! - [`workbook`]: files → cells, one bounded reader for each family of formats.
//! - [`tables`]: cells → tables: what each cell is for, headings by column, labels by path, and whether it is certain.
//! - [`submission`]: cells → claims and facts. All the mess of real forms lives here. [`quantity`]: what people type as
//!   a number.
//! - [`vocabulary`]: the words of forms as data. [`contract`]: the few words that are values of the contract.
//! - [`rulebook`]: rules as data. [`rules`]: the kinds of rule, each in its own files: its parameters, fields, points,
//!   steps, and formula over cells. [`rescore`]: an indicator's range, in exact fractions ([`fraction`]). `sums` of points, which cannot fail. `decisive`: what a grade hangs on. `chance`: exact probabilities; [`sampling`]: what is
//!   looked at on the spot.
//!   [`comparable`]: what cards and project forms say of the same. `taken`: a claim as it is
//!   counted.
//! - [`forms`]: which forms there are, and what each of them has: the only file that names them.
//! - [`facts`]: sources → what is known of each fact. `judge`: claims against ranges. [`checks`]: how we look at a
//!   submission beside its scores, and the register of codes. `finding`, [`phrase`]:
//!   what is to be said, before it is worded. [`settled_by`], [`slip`]: why a score is open, and how a claim comes
//!   about. `place`; [`line_ids`].
//! - [`audit_one`]: one submission against one card, put together; a project form brings its own card along.
//!   [`self_check`]: rather stop than print something untrue. [`recomputed`]: what a stored audit says is computed again.
//!   `hexadecimal`: a digest as text.
//! - [`report`]: audits → tables → workbook, JSON Lines, text. `report::sheets`: one file for each sheet;
//!   [`report::writers`]: the formats and what only they use; [`report::template`]: the empty form of a rulebook; what
//!   they share stands beside these rooms. [`text`]: every text for people, in two languages.
//!
//! # Invariants
//!
//! 1. Only `workbook`, `rulebook::library`, `vocabulary::file`, the report writers, `batch`, `outputs`, `stored` and `main` touch files;
//!    only `main` prints.
//! 2. clap is named only in `cli`, indicatif only in `main`, rayon only in `batch`, rust_xlsxwriter only in the xlsx
//!    writer and its formats, calamine only in `workbook`.
//! 3. `f64` appears only in `quantity` and where a spreadsheet library is called. Decimals at the doors, exact fractions
//!    between them, one rounding for each indicator.
//! 4. No city, year, indicator or word of a form is named in Rust outside tests.
//! 5. Auditing cannot fail: what is wrong with a submission is data; only what stops the run is an `Err`.
//! 6. Every indicator has exactly one verdict in every audit.
//! 7. Overstated means above every reading and every completion of missing facts. A suspicion changes no points.
//! 8. No input can stop the batch: not by a panic, an allocation, a loop, or a lie about its size.
//! 9. The output depends on inputs, rulebook and options alone.
//! 10. Every number in a rulebook carries its clause; every chosen reading says so.

pub mod across;
pub mod against;
pub mod assigned;
pub mod audit;
pub mod audit_one;
pub mod baseline;
pub mod batch;
pub mod brief;
pub mod called;
pub mod carry;
pub mod caught;
pub(crate) mod chance;
pub mod checks;
pub mod cli;
pub mod comparable;
mod complaints;
pub mod console;
pub mod contract;
pub mod decimal_text;
pub(crate) mod decisive;
pub mod entered;
pub mod error;
pub mod facts;
pub(crate) mod finding;
pub(crate) mod flaw;
pub mod forms;
pub mod fraction;
pub(crate) mod hexadecimal;
pub(crate) mod judge;
pub mod limits;
pub mod line_ids;
mod magnitude;
mod merged_claims;
pub mod named;
pub mod outputs;
pub mod packed;
pub mod passages;
pub mod phrase;
pub(crate) mod place;
pub mod quantity;
pub mod recomputed;
pub mod report;
pub mod rescore;
pub mod resume;
pub mod rulebook;
pub mod rules;
pub mod run;
pub mod sampling;
pub mod self_check;
pub mod settled_by;
mod shown_value;
pub mod slip;
pub mod stages;
mod stop;
pub(crate) mod stored;
pub mod submission;
pub(crate) mod sums;
pub(crate) mod system;
pub mod tables;
mod taken;
pub mod text;
pub mod vocabulary;
pub mod workbook;

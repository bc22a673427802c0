//! Audits → tables → xlsx, JSON Lines, text: one file per sheet in `sheets`, one per writer in [`writers`].
//!
//! Every sheet is laid out as a [`table::Table`] of plain cells; only the writers know a file format. The sheets stand
//! in this order (where cards and forms of projects came together, 总览 and 逐项核对 are followed by those of the forms):
//! 总览, 差异清单, 全批比对, 逐项核对, 待补材料, 未能复核, 评分规则, 核对项目, 运行信息, and a 底稿 per department.

pub mod agreement;
pub(crate) mod alternatives;
pub(crate) mod asked;
mod batch;
pub(crate) mod carried;
mod decision_cells;
pub(crate) mod decisions;
pub(crate) mod departments;
mod entries;
pub(crate) mod filers_card;
pub(crate) mod formula;
mod identity;
pub(crate) mod line_entries;
pub(crate) mod list;
pub(crate) mod names;
pub(crate) mod pair_identity;
pub(crate) mod paper_cells;
pub(crate) mod plan;
pub mod sheet;
pub(crate) mod sheets;
pub(crate) mod summing_up;
pub mod table;
pub mod template;
pub(crate) mod twins;
pub(crate) mod visible;
mod way;
pub mod writers;
pub mod written;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::stages::{Stage, during};
use crate::text::Language;

pub use batch::{Apart, Batch, NotWorkbook, Place, RunInfo, WrittenBeside, unit_name};
pub use way::Way;

use plan::{FormKind, Plan};
use sheet::Sheet;
use sheets::working_paper::Paper;
use sheets::{
    assignable, charts, checks_run, comparison, confirmed, copied, differences, grades_open, kept, matrix, missing,
    overview, progress, reporting, rules, run_info, sampling, summing_up as summing_up_sheet, unread, unused,
    whole_batch, working_paper,
};
use table::Table;

/// Everything that is to be written.
#[derive(Debug, Clone)]
pub struct Reports {
    /// The sheets of the audit workbook, in their order.
    pub workbook: Vec<Table>,
    /// Working papers as workbooks of their own.
    pub papers: Vec<PaperApart>,
}

/// A working paper as a workbook of its own.
#[derive(Debug, Clone)]
pub struct PaperApart {
    /// Its file name in the folder of working papers.
    pub file: String,
    /// Its only sheet.
    pub table: Table,
}

/// Lays out everything.
pub fn reports(batch: &Batch, language: Language) -> Reports {
    let papers: Mutex<BTreeMap<usize, PaperApart>> = Mutex::default();
    let keep = |place: usize, paper: PaperApart| -> Result<(), Infallible> {
        papers.lock().unwrap_or_else(PoisonError::into_inner).insert(place, paper);
        Ok(())
    };
    let mut workbook = Vec::new();
    let mut take = |sheet: Sheet| -> Result<(), Infallible> {
        workbook.push(sheet.whole());
        Ok(())
    };
    let Ok(()) = laid_out(batch, language, &keep, &mut take);
    let papers = papers.into_inner().unwrap_or_else(PoisonError::into_inner);
    Reports { workbook, papers: papers.into_values().collect() }
}

/// Lays out the sheets of the audit workbook, on all threads, and gives them to `take_sheet` in their order. Working papers that are
/// too many for it are given to `take`, each with its place among them, as soon as it is laid out: hundreds of them take more memory
/// than all the sheets.
///
/// # Errors
/// What `take` or `take_sheet` fails with: of several papers, the first in their order.
pub fn laid_out<E: Send>(
    batch: &Batch,
    language: Language,
    take: &(dyn Fn(usize, PaperApart) -> Result<(), E> + Sync),
    take_sheet: &mut dyn FnMut(Sheet) -> Result<(), E>,
) -> Result<(), E> {
    let mut plan = Plan::new(batch, language);
    let one = |index: usize| {
        let Paper { table, anchors } = during(Stage::Layout, || working_paper::paper(&plan, index));
        match plan.apart() {
            None => Ok((anchors, Some(table))),
            Some(apart) => {
                let file = plan.departments[index].file_name();
                take(index, PaperApart { file, table: table.moved(apart) }).map(|()| (anchors, None))
            }
        }
    };
    type Laid = (BTreeMap<String, u32>, Option<Table>);
    let laid: Vec<Result<Laid, E>> = (0..plan.departments.len()).into_par_iter().map(one).collect();
    let (anchors, papers): (Vec<_>, Vec<_>) = laid.into_iter().collect::<Result<Vec<Laid>, E>>()?.into_iter().unzip();
    for (department, anchors) in plan.departments.iter_mut().zip(anchors) {
        department.anchors = anchors;
    }
    during(Stage::Layout, || each_sheet(&plan, take_sheet))?;
    papers.into_iter().flatten().map(Sheet::from).try_for_each(take_sheet)
}

/// Gives the sheets of the audit workbook but for the working papers, in their order; of most of them only one is there at a time.
pub(crate) fn each_sheet<'p, E>(plan: &'p Plan, take: &mut dyn FnMut(Sheet<'p>) -> Result<(), E>) -> Result<(), E> {
    let overviews: Vec<Sheet> = plan.kinds().into_iter().map(|kind| overview::sheet(plan, kind)).collect();
    let lists: Vec<(FormKind, &Sheet)> = plan.kinds().into_iter().zip(&overviews).collect();
    let charts = charts::table(plan, &lists);
    let differences = differences::sheet(plan);
    let unread = unread::table(plan);
    let reporting = reporting::table(plan);
    let lists = checks_run::Lists { differences: &differences.table, unread: &unread, reporting: reporting.as_ref() };
    let checks = checks_run::table(plan, &lists);
    overviews.into_iter().try_for_each(&mut *take)?;
    whole(summing_up_sheet::table(plan), take)?;
    whole(charts, take)?;
    take(differences)?;
    confirmed::sheet(plan).into_iter().try_for_each(&mut *take)?;
    whole(progress::table(plan), take)?;
    whole(reporting, take)?;
    type OfPlan = fn(&Plan) -> Option<Table>;
    // What is kept of earlier workbooks stands beside the lists that it belongs to.
    const LISTS: [OfPlan; 8] = [
        comparison::same_year,
        comparison::last_year,
        grades_open::table,
        sampling::table,
        whole_batch::table,
        copied::table,
        copied::properties,
        kept::table,
    ];
    whole(LISTS.iter().filter_map(|list| list(plan)), take)?;
    plan.kinds().into_iter().map(|kind| matrix::sheet(plan, kind)).try_for_each(&mut *take)?;
    take(missing::sheet(plan))?;
    let unused = unused::sheet(plan);
    let offered = unused.is_some().then(|| assignable::table(plan));
    unused.into_iter().try_for_each(&mut *take)?;
    whole([unread, rules::table(plan), checks], take)?;
    take(run_info::sheet(plan))?;
    whole(offered, take)
}

fn whole<'p, E>(
    tables: impl IntoIterator<Item = Table>,
    take: &mut dyn FnMut(Sheet<'p>) -> Result<(), E>,
) -> Result<(), E> {
    tables.into_iter().map(Sheet::from).try_for_each(take)
}

/// Whether one of the earlier workbooks is that of another batch: none of its departments is in this one.
pub fn is_foreign(batch: &Batch, language: Language) -> bool {
    let departments = departments::departments(batch, language);
    batch.earlier.iter().any(|earlier| carried::is_foreign(earlier, &departments))
}

/// Every sheet of an audit workbook that holds its working papers itself.
pub fn tables(batch: &Batch, language: Language) -> Vec<Table> {
    reports(batch, language).workbook
}

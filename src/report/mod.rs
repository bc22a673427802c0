//! Audits → tables → xlsx, JSON Lines, text: one file per sheet in `sheets`, one per writer in [`writers`].
//!
//! Every sheet is laid out as a [`table::Table`] of plain cells; only the writers know a file format. The sheets stand
//! in this order (where cards and forms of projects came together, 总览 and 逐项核对 are followed by those of the forms):
//! 总览, 差异清单, 逐项核对, 待补材料, 未能复核, 评分规则, 运行信息, and a 底稿 per department.

pub mod agreement;
pub(crate) mod alternatives;
mod batch;
pub(crate) mod carried;
pub(crate) mod departments;
mod entries;
pub(crate) mod filers_card;
pub(crate) mod formula;
mod identity;
pub(crate) mod list;
pub(crate) mod names;
pub(crate) mod plan;
pub(crate) mod sheets;
pub mod table;
pub mod template;
pub(crate) mod visible;
pub mod writers;

use crate::text::Language;

pub use batch::{Apart, Batch, NotWorkbook, Place, RunInfo};

use plan::Plan;
use sheets::{
    assignable, differences, kept, matrix, missing, overview, rules, run_info, unread, unused, working_paper,
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
    let mut plan = Plan::new(batch, language);
    let papers: Vec<Table> = (0..plan.departments.len())
        .map(|index| {
            let paper = working_paper::paper(&plan, index);
            plan.departments[index].anchors = paper.anchors;
            paper.table
        })
        .collect();
    let mut workbook: Vec<Table> = plan.kinds().into_iter().map(|kind| overview::table(&plan, kind)).collect();
    workbook.push(differences::table(&plan));
    // Beside the list that it belongs to.
    workbook.extend(kept::table(&plan));
    workbook.extend(plan.kinds().into_iter().map(|kind| matrix::table(&plan, kind)));
    workbook.push(missing::table(&plan));
    let unused = unused::table(&plan);
    let offered = unused.is_some().then(|| assignable::table(&plan));
    workbook.extend(unused);
    workbook.extend([unread::table(&plan), rules::table(&plan), run_info::table(&plan)]);
    workbook.extend(offered);
    let Some(apart) = plan.apart() else {
        workbook.extend(papers);
        return Reports { workbook, papers: Vec::new() };
    };
    let papers = plan.departments.iter().zip(papers);
    let papers =
        papers.map(|(department, table)| PaperApart { file: department.file_name(), table: table.moved(apart) });
    Reports { workbook, papers: papers.collect() }
}

/// Every sheet of an audit workbook that holds its working papers itself.
pub fn tables(batch: &Batch, language: Language) -> Vec<Table> {
    reports(batch, language).workbook
}

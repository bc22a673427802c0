//! Audits → tables → xlsx, JSON Lines, text: one file per sheet, one per writer.
//!
//! Every sheet is laid out as a [`table::Table`] of plain cells; only the writers know a file format. The sheets stand
//! in this order: 总览 (and 项目总览, where cards and forms of projects came together), 差异清单, 逐项核对, 待补材料, 未能复核, 评分规则, 运行信息, and a 底稿 per department.

pub mod agreement;
pub mod carried;
pub mod cases;
pub mod differences;
pub mod explain;
pub mod formula;
pub mod html;
pub mod jsonl;
pub mod letters;
mod looks;
pub mod matrix;
pub mod missing;
pub mod names;
pub mod overview;
pub mod papers;
pub mod plan;
pub mod rules;
pub mod run_info;
pub mod summary;
pub mod table;
pub mod template;
pub mod unread;
pub mod visible;
pub mod width;
pub mod working_paper;
pub mod write;
pub mod xlsx;

use std::collections::BTreeMap;

use crate::audit::Audit;
use crate::carry::Earlier;
use crate::rulebook::Rulebook;
use crate::text::Language;

use plan::Plan;
use table::Table;

/// Everything that the reports of one run show.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The audits in path order.
    pub audits: Vec<Audit>,
    /// The rulebooks that were applied.
    pub rulebooks: Vec<Rulebook>,
    /// Files that are no workbooks, in path order.
    pub not_workbooks: Vec<NotWorkbook>,
    /// The run itself.
    pub run: RunInfo,
    /// What people typed into earlier audit workbooks; where two say different things, the first counts.
    pub earlier: Vec<Earlier>,
}

/// A file that is no workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWorkbook {
    /// Its path as audits write theirs.
    pub file: String,
    /// What it is, in words.
    pub kind: String,
}

/// What is to be said of the run.
#[derive(Debug, Clone, Default)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// The options that change results, with their values.
    pub options: Vec<(String, String)>,
    /// When the workbook is made, `YYYY-MM-DD HH:MM:SS`; the caller's clock, or none.
    pub made_at: Option<String>,
    /// Where each audited file lies, by [`Audit::file`]. A file without an entry gets no link.
    pub places: BTreeMap<String, Place>,
    /// Where working papers go when they are too many for one workbook; none: they stay in it.
    pub apart: Option<Apart>,
}

/// Where working papers go when they are too many for one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// File name of the audit workbook, for the links back.
    pub workbook: String,
    /// Name of the folder beside it.
    pub folder: String,
}

/// Where an audited file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path relative to the folder of the audit workbook, with `/`.
    pub path: String,
    /// The file is an entry of the archive at `path`.
    pub archive: bool,
}

/// Working papers that one workbook holds as sheets.
pub const PAPERS_MAX: usize = 200;

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
    workbook.extend(carried::table(&plan));
    workbook.extend([
        matrix::table(&plan),
        missing::table(&plan),
        unread::table(&plan),
        rules::table(&plan),
        run_info::table(&plan),
    ]);
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

//! 核对项目: what every check looked at, found nothing in, raised and could not be run on, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use fuhe::across::{Against, look};
use fuhe::audit::{Audit, Status};
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::checks::register::{Area, Code};
use fuhe::checks::{Need, NotRun, looks_at};
use fuhe::forms::FormKind;
use fuhe::report::table::{Cell, Link, Outcome, Row, Table, Value};
use fuhe::report::{Batch, agreement, tables};
use fuhe::rulebook::builtin;
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::submission::{CompletionTable, EffortLimits, Sourced, Submission};
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Properties, Reader};

use crate::said::{audit_of_line, value_of};
use crate::submitted::*;

/// The audits of all samples and of the corpus, also of its batches with files that cannot be read.
fn everything() -> &'static Batch {
    static BATCH: LazyLock<Batch> = LazyLock::new(|| {
        let library = Library::open(&RuleOptions::default()).expect("the built-in rules");
        let reader = Reader::new(Limits::default(), Isolation::InProcess);
        let limits = ArchiveLimits::default();
        let setup = Setup {
            library: &library,
            vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
            readings: fuhe::assigned::Readings::none(),
            resumed: fuhe::resume::Resumed::none(),
            before: None,
            basis: None,
            reader: &reader,
            limits,
            effort: EffortLimits::default(),
        };
        let folder = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let found = find(&[folder("samples"), folder("tests/corpus")], &limits).expect("workbooks");
        let course = Course { jobs: None, tell: &|_| {}, stop: &AtomicBool::new(false) };
        batch_of(audit_all(&found.inputs, &setup, course).expect("audits"))
    });
    &BATCH
}

fn rulebooks() -> Vec<fuhe::rulebook::Rulebook> {
    ["shenzhen-2020", "project-2020"].map(|id| builtin(id).expect("a built-in rulebook")).into()
}

fn batch_of(mut audits: Vec<Audit>) -> Batch {
    let whole = look(&mut audits, &Against::default());
    Batch { audits, whole, rulebooks: rulebooks(), ..Batch::default() }
}

fn sheet(batch: &Batch) -> Table {
    let mut sheets = tables(batch, Language::Zh).into_iter();
    sheets.find(|table| table.name == "核对项目").expect("the sheet of checks")
}

fn text(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(words) | Value::Formula(_, Outcome::Words(words)) => words.clone(),
        Value::Number(number, _) | Value::Formula(_, Outcome::Score(number) | Outcome::Figure(number)) => {
            number.normalize().to_string()
        }
        Value::Empty => String::new(),
    }
}

/// What one row says: due, run, nothing found, raised, not run, and why.
struct Said {
    due: usize,
    ran: usize,
    agreed: usize,
    raised: usize,
    not_run: usize,
    why: String,
    link: Option<Link>,
}

fn said(table: &Table) -> BTreeMap<Code, Said> {
    let header = |wanted: &str| table.columns.iter().position(|column| column.header == wanted).expect("a column");
    let columns = ["应核对", "已核对", "未发现问题", "提出问题", "未能核对"].map(header);
    let of = |(row, code): (&Row, &Code)| {
        let [due, ran, agreed, raised, not_run] =
            columns.map(|at| text(&row.cells[at]).parse::<usize>().expect("a count"));
        let why = text(&row.cells[header("未能核对的原因（份数）")]);
        let link = row.cells[columns[3]].link.as_deref().cloned();
        (*code, Said { due, ran, agreed, raised, not_run, why, link })
    };
    assert_eq!(table.rows.len(), Code::ALL.len() + 2, "a row for every check, and for what only sheets tell");
    table.rows.iter().zip(Code::ALL).map(of).collect()
}

fn needs(audit: &Audit, code: Code) -> Option<Need> {
    let not_run = audit.not_run.as_ref().expect("told by this build");
    not_run.iter().find(|not_run| not_run.code == code).map(|not_run| not_run.needs)
}

fn is_looked_for_in_some_form(code: Code) -> bool {
    FormKind::ALL.into_iter().any(|kind| looks_at(code, kind))
}

#[test]
fn the_numbers_of_every_check_add_up_over_samples_and_corpus() {
    let batch = everything();
    let audited: Vec<&Audit> = batch.audits.iter().filter(|audit| audit.status == Status::Audited).collect();
    let (forms, cards) = (audited.iter().filter(|audit| audit.form.is_some()).count(), audited.len());
    let files: BTreeSet<&str> = batch.audits.iter().map(|audit| audit.file.as_str()).collect();
    assert!(forms > 10 && cards - forms > 200 && files.len() > cards - forms, "{forms} of {cards}, {}", files.len());
    let mut raised = 0;
    let of_cards = [Code::FormsDisagree, Code::Outlier, Code::LastYearConflict, Code::FigureJump];
    for (code, said) in said(&sheet(batch)) {
        let due = match code.area() {
            Area::File => files.len(),
            _ if is_looked_for_in_some_form(code) => audited.iter().filter(|audit| looks_at(code, audit.kind)).count(),
            // Cards are held against the forms beside them.
            _ if of_cards.contains(&code) => cards - forms,
            _ => audited.len(),
        };
        assert_eq!((said.due, said.ran + said.not_run), (due, due), "{code}");
        assert_eq!(said.agreed + said.raised, said.ran, "{code}");
        let hangs = |audit: &Audit| code == Code::GradeUndecided && audit.grade_hangs.is_some();
        let is_told = |audit: &Audit| hangs(audit) || audit.findings.iter().any(|finding| finding.code == code);
        let told = audited.iter().filter(|audit| is_told(audit)).count();
        let refused = |audit: &&Audit| audit.problem.as_ref().is_some_and(|problem| problem.code == code);
        let refused: BTreeSet<&str> = batch.audits.iter().filter(refused).map(|audit| audit.file.as_str()).collect();
        assert_eq!(said.raised, told + refused.len(), "{code}");
        assert_eq!(said.not_run == 0, said.why.is_empty(), "{code}: {}", said.why);
        let counted: usize = said.why.split(['（', '）']).filter_map(|part| part.parse::<usize>().ok()).sum();
        assert_eq!(counted, said.not_run, "{code}: {}", said.why);
        raised += said.raised;
    }
    assert!(raised > 200, "{raised}");
}

#[test]
fn no_finding_is_told_of_a_form_that_its_check_is_not_for() {
    for audit in &everything().audits {
        for finding in &audit.findings {
            let is_for = looks_at(finding.code, audit.kind);
            assert!(is_for || !is_looked_for_in_some_form(finding.code), "{}: {}", audit.file, finding.code);
            let not_run = needs(audit, finding.code);
            assert!(not_run.is_none(), "{}: {} needs {not_run:?} and was found", audit.file, finding.code);
        }
    }
}

#[test]
fn every_code_but_those_of_files_and_of_the_batch_is_looked_for_in_some_form() {
    for code in Code::ALL {
        let by_file_or_batch = code.area() == Area::File || fuhe::across::adds(*code);
        assert_eq!(!is_looked_for_in_some_form(*code), by_file_or_batch, "{code}");
    }
}

#[test]
fn every_check_and_every_need_has_its_words_in_both_languages() {
    for language in [Language::Zh, Language::En] {
        let known: BTreeSet<&str> = language.texts().map(|(key, _)| key).collect();
        for code in Code::ALL {
            assert!(known.contains(format!("check.{code}").as_str()), "{code} in {language:?}");
        }
        for need in Need::ALL {
            assert!(known.contains(format!("check.needs-{}", need.as_str()).as_str()), "{need:?} in {language:?}");
        }
    }
    for need in Need::ALL {
        assert_eq!(serde_json::to_value(need).unwrap(), need.as_str(), "one name everywhere");
    }
}

/// A card claimed in full and earned in full, but for the part that has to be judged, with total and grade.
fn full() -> Submission {
    let mut submission = submitted(&full_but("benefits 23"), FULL_FACTS);
    submission.total = total("98");
    submission.grade = grade("优");
    submission
}

fn with(change: impl FnOnce(&mut Submission)) -> Audit {
    let mut submission = full();
    change(&mut submission);
    audited(submission)
}

#[test]
fn what_a_card_does_not_have_is_what_its_checks_needed() {
    let whole = with(|_| {});
    let no_total = with(|submission| submission.total = None);
    assert_eq!((needs(&whole, Code::TotalMismatch), needs(&no_total, Code::TotalMismatch)), (None, Some(Need::Total)));
    let no_grade = with(|submission| submission.grade = None);
    for code in [Code::GradeMismatch, Code::GradeOverstated] {
        assert_eq!((needs(&whole, code), needs(&no_grade, code)), (None, Some(Need::Grade)), "{code}");
    }
    // 合格 is no grade of the card: it is told, and nothing can be said of a grade above what can be granted.
    let unknown = with(|submission| submission.grade = grade("合格"));
    assert_eq!(needs(&unknown, Code::GradeMismatch), None);
    assert_eq!(needs(&unknown, Code::GradeOverstated), Some(Need::KnownGrade));
    let unread = audited({
        let mut submission = submitted(&full_but("benefits 23; key_tasks ?"), FULL_FACTS);
        (submission.total, submission.grade) = (total("98"), grade("优"));
        submission
    });
    for code in [Code::TotalMismatch, Code::GradeMismatch, Code::GradeOverstated] {
        assert_eq!(needs(&unread, code), Some(Need::ReadableClaims), "{code}");
    }
    let no_year = with(|submission| submission.year = None);
    assert_eq!((needs(&whole, Code::YearMismatch), needs(&no_year, Code::YearMismatch)), (None, Some(Need::Year)));
    assert_eq!(needs(&no_year, Code::YearMissing), None, "that it is missing was looked for, and found");
    assert_eq!(needs(&whole, Code::SectionTotalMismatch), Some(Need::SectionTotals));
    assert_eq!(needs(&whole, Code::PointsAltered), Some(Need::Points));
    let stated = with(|submission| {
        submission.claims[16].points_stated =
            Some(Sourced { value: number("8"), source: cell("评分表", "D21", "8") });
    });
    assert_eq!(needs(&stated, Code::PointsAltered), None);
    let said = with(|submission| submission.quotes = vec![quote("satisfaction", "100", "满意度为100%。")]);
    assert_eq!(
        (needs(&whole, Code::NarrativeConflict), needs(&said, Code::NarrativeConflict)),
        (Some(Need::Narrative), None)
    );
}

#[test]
fn without_base_data_nothing_of_a_score_is_confirmed() {
    let empty = audited(submitted(FULL_CLAIMS, ""));
    for code in [Code::FactConflict, Code::FactOutOfRange, Code::UnitAmbiguous, Code::ZeroDenominator] {
        assert_eq!(needs(&empty, code), Some(Need::Facts), "{code}");
    }
    for code in [Code::OverstatedScore, Code::UnderstatedScore, Code::ReadingDependentScore] {
        assert_eq!(needs(&empty, code), Some(Need::Computed), "{code}");
    }
    assert_eq!(needs(&empty, Code::EvidenceMissing), Some(Need::Answers));
    // One figure is enough to compute something; five points over the most are overstated without any.
    assert_eq!(needs(&audited(submitted(FULL_CLAIMS, "satisfaction 100")), Code::OverstatedScore), None);
    let over = audited(submitted(&full_but("key_tasks 13"), ""));
    assert_eq!(needs(&over, Code::OverstatedScore), None);
    let nothing = audited(submitted(&"- ".repeat(21), FULL_FACTS));
    for code in [Code::OverstatedScore, Code::UnverifiableScore, Code::ScoreAbovePoints, Code::AllFullMarks] {
        assert_eq!(needs(&nothing, code), Some(Need::Claims), "{code}");
    }
}

#[test]
fn the_completion_table_has_to_hold_what_is_compared() {
    let table = |rows: &str, kpi_rows: &str| {
        let completion = if rows.is_empty() { CompletionTable::default() } else { completion(rows) };
        with(|submission| submission.completion = Some(CompletionTable { kpis: kpis(kpi_rows), ..completion }))
    };
    let of_table = [
        Code::CompletionTotalMismatch,
        Code::FiscalOverTotal,
        Code::ExecutionOverBudget,
        Code::ExecutionRateMismatch,
        Code::TargetUnmetFullMarks,
        Code::AspectsTooFew,
    ];
    let (without, whole) = (with(|_| {}), table("项目 40 40 40 40; 合计 40 40 40 40", "质量指标/达标率 ≥95% 95%"));
    for code in of_table {
        assert_eq!((needs(&without, code), needs(&whole, code)), (Some(Need::CompletionTable), None), "{code}");
    }
    let bare = table("项目 - - - -", "社会效益指标/便民 - -");
    let wanted = [Need::TableTotal, Need::TableAmounts, Need::TableAmounts, Need::TableAmounts, Need::KpiRows];
    for (code, need) in of_table.into_iter().zip(wanted) {
        assert_eq!(needs(&bare, code), Some(need), "{code}");
    }
    assert_eq!(needs(&bare, Code::AspectsTooFew), None, "rows are there, and fill in no aspect");
    // Full amounts without the part from the grant: spent against planned can be compared, part against whole cannot.
    let amounts = table("项目 40 - 40 -; 合计 40 - 40 -", "");
    assert_eq!(needs(&amounts, Code::ExecutionOverBudget), None);
    assert_eq!(needs(&amounts, Code::FiscalOverTotal), Some(Need::TableAmounts));
    assert_eq!(needs(&amounts, Code::AspectsTooFew), Some(Need::KpiRows));
}

#[test]
fn what_could_not_be_looked_for_is_counted_with_its_reason() {
    let named = |file: &str, audit: Audit| Audit { file: file.to_owned(), ..audit };
    let whole = named("甲.xlsx", with(|_| {}));
    let no_grade = named("乙.xlsx", with(|submission| submission.grade = None));
    let wrong = named("丙.xlsx", with(|submission| submission.total = total("97")));
    let rows = said(&sheet(&batch_of(vec![whole, no_grade, wrong])));
    let total = &rows[&Code::TotalMismatch];
    assert_eq!((total.due, total.ran, total.agreed, total.raised, total.not_run), (3, 3, 2, 1, 0));
    assert!(matches!(&total.link, Some(Link::Here(sheet, ..)) if sheet == "差异清单"));
    let grade = &rows[&Code::GradeOverstated];
    assert_eq!((grade.due, grade.ran, grade.not_run, grade.why.as_str()), (3, 2, 1, "未填等级（1）"));
    let weights = &rows[&Code::WeightsMismatch];
    assert_eq!((weights.due, weights.why.as_str()), (0, "本批没有这类表"));
    assert_eq!(rows[&Code::FactConflict].link, None, "nothing raised, nowhere to go");
}

#[test]
fn the_number_raised_leads_to_the_first_row_of_its_kind() {
    let batch = everything();
    let sheets = tables(batch, Language::Zh);
    let list = |name: &str| sheets.iter().find(|table| table.name == name).expect("a list");
    let mut led = 0;
    for (code, said) in said(&sheet(batch)) {
        let Some(Link::Here(name, row, _)) = said.link else { continue };
        let table = list(&name);
        let column = if name == "差异清单" { "问题" } else { "原因" };
        let at = table.columns.iter().position(|shown| shown.header == column).expect("a column");
        let shown = |row: &Row| text(&row.cells[at]);
        let place = (row - table.first_row()) as usize;
        let title = Language::Zh.word(&format!("finding.{code}-title"));
        // An invalid claim stands there as what it is.
        let wanted = if shown(&table.rows[place]) == "填报无效" { "填报无效".to_owned() } else { title };
        assert_eq!(shown(&table.rows[place]), wanted, "{code}");
        led += 1;
    }
    assert!(led > 20, "{led} led somewhere");
}

#[test]
fn a_file_that_is_given_up_was_not_looked_at_any_further() {
    let rows = said(&sheet(everything()));
    let locked = &rows[&Code::PasswordProtected];
    let no_card = &rows[&Code::NoScorecard];
    assert!(no_card.raised > 0 && no_card.not_run > 0, "{}", no_card.why);
    assert!(no_card.why.starts_with("因其他原因未能读取或复核"));
    assert!(locked.ran > no_card.ran, "a file without a card was opened all the same");
}

#[test]
fn twins_need_a_name_and_another_submission() {
    let alone = said(&sheet(&batch_of(vec![with(|_| {})])));
    let twins = &alone[&Code::DuplicateSubmission];
    assert_eq!((twins.ran, twins.why.as_str()), (0, "只有一份，没有可比对的（1）"));
    let nameless = Audit { file: "乙.xlsx".to_owned(), ..with(|submission| submission.unit = None) };
    let two = said(&sheet(&batch_of(vec![with(|_| {}), nameless])));
    let twins = &two[&Code::DuplicateSubmission];
    assert_eq!((twins.ran, twins.not_run, twins.why.as_str()), (1, 1, "没有单位名称（1）"));
}

#[test]
fn a_stored_line_keeps_what_was_not_run_and_one_of_an_earlier_build_says_that_it_was_not_told() {
    let audit = with(|submission| submission.grade = None);
    let mut line = value_of(&audit);
    assert!(
        line["not_run"].as_array().unwrap().contains(&serde_json::json!({"code": "grade-mismatch", "needs": "grade"}))
    );
    assert_eq!(audit_of_line(&format!("{line}\n")).not_run, audit.not_run);
    line.as_object_mut().unwrap().remove("not_run");
    let earlier = audit_of_line(&format!("{line}\n"));
    assert_eq!(earlier.not_run, None);
    let rows = said(&sheet(&batch_of(vec![earlier])));
    let missing = &rows[&Code::ScoreMissing];
    assert_eq!((missing.ran, missing.why.as_str()), (0, "结果由较早的程序保存，未记录（1）"));
    assert_eq!(rows[&Code::UnverifiableScore].raised, 1, "what was found was found");
}

#[test]
fn an_audit_that_finds_what_it_did_not_look_for_contradicts_itself() {
    let audit = with(|_| {});
    let not_run = |code, needs| Audit { not_run: Some(vec![NotRun { code, needs }]), ..audit.clone() };
    let told = |audit: &Audit| fuhe::self_check::foreign(audit, None).len();
    assert_eq!(told(&not_run(Code::GradeMismatch, Need::Grade)), 0);
    assert_eq!(told(&not_run(Code::UnverifiableScore, Need::Claims)), 1, "it was found");
    assert_eq!(told(&not_run(Code::WeightsMismatch, Need::Weights)), 1, "a card has no weights");
    assert_eq!(told(&not_run(Code::NoScorecard, Need::Rule)), 1, "a code of files");
}

#[test]
fn a_sheet_whose_counts_are_not_those_of_the_audits_is_not_written() {
    let batch = batch_of(vec![with(|_| {})]);
    let mut sheets = tables(&batch, Language::Zh);
    assert_eq!(agreement::disagreements(&sheets, 0, &batch, Language::Zh), []);
    let table = sheets.iter_mut().find(|table| table.name == "核对项目").expect("the sheet of checks");
    let at = table.columns.iter().position(|column| column.header == "提出问题").expect("a column");
    table.rows[0].cells[at] = Cell::count(9);
    let told = agreement::disagreements(&sheets, 0, &batch, Language::Zh);
    assert!(told.iter().all(|told| told.sheet == "核对项目") && told.len() == 2, "{told:?}");
    // A row of what only a sheet tells has to add up as well.
    let mut sheets = tables(&batch, Language::Zh);
    let table = sheets.iter_mut().find(|table| table.name == "核对项目").expect("the sheet of checks");
    table.rows.last_mut().expect("a row").cells[at] = Cell::count(9);
    let told = agreement::disagreements(&sheets, 0, &batch, Language::Zh);
    assert!(told.iter().all(|told| told.sheet == "核对项目") && told.len() == 1, "{told:?}");
}

/// The row of that name behind those of the codes: run, nothing found, raised, not run, and why.
fn listing(batch: &Batch, name: &str) -> (usize, usize, usize, usize, String) {
    let table = sheet(batch);
    let row = table.rows[Code::ALL.len()..].iter().find(|row| text(&row.cells[2]) == name).expect("a row");
    let [due, ran, agreed, raised, not_run] = [5, 6, 7, 8, 9].map(|at| text(&row.cells[at]).parse::<usize>().unwrap());
    assert_eq!((due, ran), (ran + not_run, agreed + raised), "{name}");
    (ran, agreed, raised, not_run, text(&row.cells[10]))
}

#[test]
fn what_only_a_sheet_of_the_whole_batch_tells_has_its_row_among_the_checks() {
    use crate::baseline::{UNFINISHED, baseline, card};
    let held = |mut audits: Vec<Audit>, against: &Against| {
        let whole = look(&mut audits, against);
        Batch { audits, whole, rulebooks: vec![shenzhen().clone()], ..Batch::default() }
    };
    let now = || {
        let audits = [
            card("甲局", 2020, FULL_CLAIMS, ""),
            card("乙局", 2020, FULL_CLAIMS, ""),
            card("丙局", 2020, FULL_CLAIMS, ""),
        ];
        let authors = ["张三", "张三", ""].map(|name| Some(name.to_owned()).filter(|name| !name.is_empty()));
        let of = |(audit, author)| Audit { properties: Properties { author, last_saved_by: None }, ..audit };
        audits.into_iter().zip(authors).map(of).collect::<Vec<Audit>>()
    };
    // Nothing earlier is given; 甲局's and 乙局's files name one author, 丙局's none.
    let alone = held(now(), &Against::default());
    let (ran, .., not_run, why) = listing(&alone, "与上次比较");
    assert!(ran == 0 && not_run == 3 && why.ends_with("（3）"), "{why}");
    let not_said = "文件未记录个人姓名（未填，或为程序、科室的名称，或三分之一以上的部门相同）";
    assert_eq!(listing(&alone, "相同属性"), (2, 0, 2, 1, format!("{not_said}（1）")));
    // What names nobody was not compared, and nothing is said to be in order with it.
    let mut offices = now();
    offices.iter_mut().for_each(|audit| audit.properties.author = Some("办公室".to_owned()));
    let offices = held(offices, &Against::default());
    assert_eq!(listing(&offices, "相同属性"), (0, 0, 0, 3, format!("{not_said}（3）")));
    // 甲局 corrected what was disputed, 乙局 is as it was, 丙局 is new.
    let then = [card("甲局", 2020, FULL_CLAIMS, UNFINISHED), card("乙局", 2020, FULL_CLAIMS, "")];
    let beside = held(now(), &baseline(&then));
    let why = "上一次没有该单位同一年度、同一表种的复核结果（1）".to_owned();
    assert_eq!(listing(&beside, "与上次比较"), (2, 1, 1, 1, why));
}

//! What a working paper begins with: its conclusion in one sentence, the scores in dispute with their reasons, what is still asked
//! of the department, and who signs. (bureau.md, “From a department to its reasons”, “Paper”)

use crate::audit::{Audit, Verdict};
use crate::decimal_text::score_text;
use crate::entered::About;
use crate::report::decision_cells as confirmed;
use crate::report::plan::{Department, Dispute, Plan};
use crate::report::sheets::overview::{is_downgraded, unfinished};
use crate::report::sheets::{differences, grades_open};
use crate::report::table::{Cell, Link, Style, address};

use crate::report::paper_cells::COLUMNS;

use super::Writer;

/// Columns of the reasons, and of what is asked.
const REASON: u16 = 4;
const NEEDED: u16 = 1;

impl<'a> Writer<'a> {
    /// The conclusion, the disputed scores, the questions, and the block to sign in.
    pub(super) fn conclusion(&mut self) {
        self.heading("paper-conclusion");
        let sentence = Cell::text(sentence(self.plan, self.department)).style(Style::Conclusion).span(COLUMNS);
        self.push(vec![sentence]);
        if let Some(words) = grades_open::sentence(self.plan, self.index) {
            self.push(vec![Cell::text(words).style(Style::Remark).span(COLUMNS)]);
        }
        self.decided();
        self.disputes();
        self.questions();
        self.signatures();
        self.push(vec![]);
    }

    /// What the bureau has decided so far, live.
    fn decided(&mut self) {
        if self.plan.apart().is_some() {
            return;
        }
        let number = self.department.number;
        let sum = |key: &str| format!("ROUND({},10)", confirmed::sum_of(self.plan, number, key));
        let decisions = &self.plan.decisions[self.index];
        let open = decisions.iter().filter(|decision| decision.progress().is_open()).count();
        let granted = crate::sums::sum(decisions.iter().map(|decision| decision.granted()));
        let label = |key: &str| Cell::text(self.plan.word(key)).style(Style::Label);
        let total = unfinished(self.plan, &sum("column-open"), &sum("column-grantable"), (open, granted));
        let link = confirmed::link_to(self.plan, self.index, 0);
        self.push(vec![
            label("column-confirmed-total").span(2),
            total.style(Style::Sum),
            Cell::text(self.plan.word("paper-to-decisions")).link(Some(link)).span(COLUMNS - 3),
        ]);
    }

    /// The scores in dispute, each with its reason and a way to its working.
    fn disputes(&mut self) {
        let own = self.plan.disputed[self.index].iter().map(|at| (*at, &self.plan.disputes[*at]));
        let own: Vec<(usize, &Dispute)> = own.collect();
        if own.is_empty() {
            return;
        }
        let mut heading: Vec<Cell> = ["column-number", "column-indicator", "column-problem", "column-difference"]
            .map(|key| self.header(key))
            .to_vec();
        heading.push(self.header("column-why").span(COLUMNS - REASON));
        self.push(heading);
        for (number, (index, dispute)) in (1..).zip(own) {
            let row = differences::in_paper(self.plan, dispute);
            let place = Some(differences::row_link(self.plan, index));
            self.push(vec![
                Cell::count(number).style(Style::Centre),
                row.indicator,
                row.problem.link(place),
                row.difference,
                row.why.span(COLUMNS - REASON),
            ]);
        }
    }

    /// What is still asked of the department.
    fn questions(&mut self) {
        let asked = &self.plan.asked[self.index];
        if asked.is_empty() {
            return;
        }
        self.push(vec![
            self.header("column-number"),
            self.header("column-needed").span(3),
            self.header("column-hanging").span(2),
            self.header("column-waiting").span(COLUMNS - NEEDED - 5),
        ]);
        for (number, asked) in (1..).zip(asked) {
            let names: Vec<&str> = asked.waiting.iter().map(|(indicator, _)| indicator.name.as_str()).collect();
            let needed = differences::settling(self.plan, self.department, &asked.item);
            let link = Link::Here(self.plan.word("sheet-missing"), 0, 0);
            self.push(vec![
                Cell::count(number).style(Style::Centre),
                Cell::text(needed).link(Some(link)).span(3),
                Cell::score(asked.points()).span(2),
                Cell::text(names.join("；")).span(COLUMNS - NEEDED - 5),
            ]);
        }
    }

    /// 编制人, 编制日期, 复核人, 复核日期, 索引号; one person for both is remarked upon.
    fn signatures(&mut self) {
        let typed = self.entry(About::Submission, &[]);
        let key = self.key(About::Submission, &[]);
        self.push(vec![
            self.header("column-index").span(2),
            self.header("column-preparer").span(2),
            self.header("column-prepared").span(2),
            self.header("column-reviewer").span(2),
            self.header("column-reviewed").span(2),
            self.header("column-signature-remark").span(2),
            self.header("column-key"),
        ]);
        let entry = |text: Option<&String>| Cell::text_option(text.map(String::as_str)).style(Style::Entry).span(2);
        let at = self.at();
        let [preparer, reviewer] = [2, 6].map(|column| address(at, column));
        let same = self.plan.word("paper-same-person");
        let [one, other] = [typed.and_then(|it| it.preparer.as_ref()), typed.and_then(|it| it.reviewer.as_ref())];
        let [one_name, other_name] = [one, other].map(|name| as_compared(name.map_or("", String::as_str)));
        let is_same = !one_name.is_empty() && one_name == other_name;
        let remark = Cell::formula(
            format!("IF(AND(TRIM({preparer})<>\"\",TRIM({preparer})=TRIM({reviewer})),\"{same}\",\"\")"),
            crate::report::table::Outcome::Words(if is_same { same.clone() } else { String::new() }),
        );
        self.push(vec![
            Cell::text(self.plan.say("paper-index", &[("number", &self.department.number)]))
                .style(Style::Centre)
                .span(2),
            entry(one),
            entry(typed.and_then(|it| it.prepared.as_ref())),
            entry(other),
            entry(typed.and_then(|it| it.date.as_ref())),
            remark.style(Style::Body).span(2),
            Cell::text(key),
        ]);
    }
}

/// 自评 89.09 分；按现有材料最高可认定 84.09 分，多计 10.00 分，等级由优降为良；另有 25 分待核实.
pub(in crate::report) fn sentence(plan: &Plan, department: &Department) -> String {
    let audit: &Audit = department.audit;
    let Some((totals, points)) = audit.recomputed.as_ref().zip(audit.points.as_ref()) else { return String::new() };
    let claimed = score_text(department.claims());
    let stated = audit.claimed.as_ref().and_then(|claimed| claimed.total).map(score_text);
    let mut said = match stated {
        Some(stated) if stated != claimed => {
            plan.say("conclusion-claimed-other", &[("stated", &stated), ("claimed", &claimed)])
        }
        _ => plan.say("conclusion-claimed", &[("claimed", &claimed)]),
    };
    said += &plan.say("conclusion-ceiling", &[("ceiling", &score_text(totals.ceiling))]);
    for (key, amount) in [("conclusion-overstated", points.overstated), ("conclusion-understated", points.understated)]
    {
        if !amount.is_zero() {
            said += &plan.say(key, &[("points", &score_text(amount))]);
        }
    }
    let grade = audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_deref());
    if let Some(grade) = grade.filter(|_| is_downgraded(audit)) {
        said += &plan.say("conclusion-grade", &[("from", &grade), ("to", &totals.grade_ceiling)]);
    }
    let open = points.unverifiable.saturating_add(points.reading_dependent);
    if !open.is_zero() {
        said += &plan.say("conclusion-open", &[("points", &score_text(open))]);
    }
    let invalid = audit.indicators.iter().filter(|indicator| indicator.verdict == Verdict::Invalid).count();
    if invalid > 0 {
        said += &plan.say("conclusion-invalid", &[("count", &invalid)]);
    }
    said + &plan.word("conclusion-end")
}

/// A name as a spreadsheet's TRIM and its sign of equality take it: spaces around it, doubled ones and the case count for nothing.
fn as_compared(name: &str) -> String {
    name.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

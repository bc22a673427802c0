//! What a letter says.

use std::fmt::Display;

use rust_decimal::Decimal;

use crate::audit::{Finding, IndicatorAudit, Severity, Source, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::{figure_text, score_text, sum_text};
use crate::rulebook::Reading;
use crate::settled_by::SettledBy;

use super::Piece;
use crate::carry::State;
use crate::report::asked::{Missing, missing};
use crate::report::plan::{Department, Plan};
use crate::report::sheets::differences::settling;
use crate::report::sheets::missing::key_of;
use crate::report::sheets::overview::interval;
use crate::report::visible::visible;

/// Checks of the form itself that a letter asks to look at. What compares departments, and what is only a suspicion,
/// is not among them.
const TOLD: [Code; 24] = [
    Code::RulebookMisfit,
    Code::ScoreConflict,
    Code::PointsAltered,
    Code::IndicatorMissing,
    Code::IndicatorDuplicated,
    Code::SectionTotalMismatch,
    Code::TotalMismatch,
    Code::GradeMismatch,
    Code::FactConflict,
    Code::FactUnreadable,
    Code::UnitAmbiguous,
    Code::FactOutOfRange,
    Code::FormulaWithoutValue,
    Code::ErrorCell,
    Code::CompletionTotalMismatch,
    Code::FiscalOverTotal,
    Code::FundTotalMismatch,
    Code::ExecutionRateMismatch,
    Code::NotMeasurable,
    Code::YearMismatch,
    Code::SignMissing,
    Code::UnitMismatch,
    Code::WeightsMismatch,
    // Forms of projects without the card: the department alone knows where it is.
    Code::SubmissionMissing,
];

/// Clauses that a sentence names; the annex has all of them.
const CLAUSES_NAMED: usize = 3;

/// The letter to a unit about its submissions; none where there is nothing to say.
pub fn letter(plan: &Plan, unit: &str, forms: &[&Department]) -> Option<Vec<Piece>> {
    let told: Vec<Form> =
        forms.iter().map(|department| Form::of(plan, department)).filter(Form::says_something).collect();
    let first = told.first()?;
    let words = Words { plan, several: told.len() > 1 };
    let mut pieces = vec![
        Piece::Number(words.word("number")),
        Piece::Title(words.title(first)),
        Piece::Addressee(words.say("addressee", &[("unit", &visible(unit))])),
        Piece::Text(words.opening(&told)),
    ];
    pieces.extend(words.versions(&told).into_iter().map(Piece::Text));
    for (number, form) in told.iter().enumerate() {
        words.form(form, number, &mut pieces);
    }
    pieces.extend(words.closing(&told));
    pieces.extend(words.annex(&told));
    Some(pieces)
}

/// One submission and what is to be said of it.
struct Form<'a> {
    department: &'a Department<'a>,
    differing: Vec<&'a IndicatorAudit>,
    materials: Vec<[String; 3]>,
    others: Vec<&'a Finding>,
}

impl<'a> Form<'a> {
    fn of(plan: &Plan, department: &'a Department<'a>) -> Form<'a> {
        let audit = department.audit;
        let differs =
            |indicator: &&IndicatorAudit| !matches!(indicator.verdict, Verdict::Agrees | Verdict::Unverifiable);
        let is_told = |finding: &&Finding| finding.severity >= Severity::Warning && TOLD.contains(&finding.code);
        Form {
            department,
            differing: audit.indicators.iter().filter(differs).collect(),
            materials: materials(plan, department),
            others: audit.findings.iter().filter(is_told).collect(),
        }
    }

    /// The name of the rules that were applied.
    fn rules(&self) -> String {
        let known = self.department.rulebook.map(|book| book.name.clone());
        let applied = self.department.audit.rulebook.as_ref().map(|book| visible(&book.id));
        known.or(applied).unwrap_or_default()
    }

    fn says_something(&self) -> bool {
        !(self.differing.is_empty() && self.materials.is_empty() && self.others.is_empty())
    }

    fn with(&self, verdict: Verdict) -> (usize, Decimal) {
        let mut found = (0, Decimal::ZERO);
        for indicator in self.differing.iter().filter(|indicator| indicator.verdict == verdict) {
            found = (found.0 + 1, found.1.saturating_add(indicator.difference));
        }
        found
    }
}

/// What a department may hand in: the thing, the indicators that wait for it, the points that hang on it. What only
/// an expert can settle is not asked of it.
fn materials(plan: &Plan, department: &Department) -> Vec<[String; 3]> {
    let asked = missing(department).into_iter().filter(|missing| is_asked(plan, department, missing));
    let row = |missing: Missing| {
        let names: Vec<String> = missing.waiting.iter().map(|(indicator, _)| visible(&indicator.name)).collect();
        // Without a stated weight nobody knows what hangs on it.
        let points = if missing.points().is_zero() { "—".to_owned() } else { score_text(missing.points()) };
        [visible(&settling(plan, department, &missing.item)), names.join("；"), points]
    };
    asked.map(row).collect()
}

/// The words of one letter.
struct Words<'a> {
    plan: &'a Plan<'a>,
    several: bool,
}

impl Words<'_> {
    fn say(&self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        self.plan.language.say(&format!("letter.{key}"), holes)
    }

    fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn title(&self, form: &Form) -> String {
        let audit = form.department.audit;
        let year = audit.year.map(|year| self.say("of-year", &[("year", &year)])).unwrap_or_default();
        match &audit.project {
            Some(project) if !self.several => {
                self.say("title-project", &[("year", &year), ("project", &visible(project))])
            }
            _ => self.say("title", &[("year", &year)]),
        }
    }

    fn opening(&self, forms: &[Form]) -> String {
        let mut rules: Vec<String> = Vec::new();
        for applied in forms.iter().map(Form::rules) {
            if !rules.contains(&applied) {
                rules.push(applied);
            }
        }
        self.say("opening", &[("rules", &rules.join(&self.word("rules-separator")))])
    }

    /// The question which of several submissions of the same matter counts, one for each matter.
    fn versions(&self, forms: &[Form]) -> Vec<String> {
        let index = |form: &Form| form.department.number - 1;
        let mut groups: Vec<usize> =
            forms.iter().filter_map(|form| Some(self.plan.twins[index(form)]?.group)).collect();
        groups.sort_unstable();
        groups.dedup();
        let of_group = |group: usize| {
            let all = self.plan.departments.iter().zip(&self.plan.twins).zip(&self.plan.counting);
            let members = all.filter(move |((_, twin), _)| twin.is_some_and(|twin| twin.group == group));
            let mut members: Vec<(&Department, bool)> =
                members.map(|((department, _), counts)| (department, *counts)).collect();
            members.sort_by_key(|(department, _)| &department.audit.file);
            let files: Vec<String> = members.iter().map(|(department, _)| visible(&department.audit.file)).collect();
            let counted = members.iter().find(|(_, counts)| *counts).map(|(it, _)| visible(&it.audit.file));
            let (count, files) = (members.len(), files.join(&self.word("versions-separator")));
            match counted {
                Some(counted) => {
                    self.say("versions-counted", &[("count", &count), ("files", &files), ("counted", &counted)])
                }
                None => self.say("versions", &[("count", &count), ("files", &files)]),
            }
        };
        groups.into_iter().map(of_group).collect()
    }

    /// The number before a heading: of the first order, or of the second where there are several forms.
    fn numbered(&self, number: usize, nested: bool, words: &str) -> String {
        let numbers = self.word("numbers");
        let count = numbers.split(' ').nth(number).map_or_else(|| (number + 1).to_string(), str::to_owned);
        let key = if nested { "heading-nested" } else { "heading" };
        self.say(key, &[("number", &count), ("words", &words)])
    }

    fn heading(&self, number: &mut usize, key: &str) -> Piece {
        let words = self.numbered(*number, self.several, &self.word(key));
        *number += 1;
        if self.several { Piece::Subheading(words) } else { Piece::Heading(words) }
    }

    fn form(&self, form: &Form, place: usize, pieces: &mut Vec<Piece>) {
        if self.several {
            pieces.push(Piece::Heading(self.numbered(place, false, &self.name(form))));
        }
        let mut number = 0;
        pieces.push(self.heading(&mut number, "heading-results"));
        pieces.push(Piece::Text(self.results(form)));
        if !form.differing.is_empty() {
            pieces.push(self.heading(&mut number, "heading-differing"));
            pieces.push(self.scores(form));
            pieces.extend(form.differing.iter().zip(1..).map(|(indicator, at)| self.result(form, indicator, at)));
        }
        if !form.materials.is_empty() {
            pieces.push(self.heading(&mut number, "heading-materials"));
            pieces.push(Piece::Text(self.word("materials-lead")));
            pieces.push(self.wanted(form));
        }
        if !form.others.is_empty() {
            pieces.push(self.heading(&mut number, "heading-others"));
            pieces.extend(form.others.iter().zip(1..).map(|(finding, at)| self.other(finding, at)));
        }
    }

    /// What one of several submissions is called.
    fn name(&self, form: &Form) -> String {
        let project = form.department.audit.project.as_ref().map(|project| visible(project));
        // The folder it came in is nothing to the department.
        let file = form.department.audit.file.rsplit('/').next().map(visible).unwrap_or_default();
        project.unwrap_or_else(|| match form.department.scorecard() {
            Some(_) => self.say("heading-card", &[("file", &file)]),
            None => file,
        })
    }

    /// The totals in a few sentences.
    fn results(&self, form: &Form) -> String {
        let audit = form.department.audit;
        let points = audit.points.clone().unwrap_or_default();
        let agreed = self.say("results-agreed", &[("points", &sum_text(points.agreed))]);
        let mut said = vec![format!("{}{agreed}", self.stated(form))];
        for (verdict, key) in [
            (Verdict::Overstated, "results-above"),
            (Verdict::Understated, "results-below"),
            (Verdict::ReadingDependent, "results-reading"),
            (Verdict::Invalid, "results-invalid"),
        ] {
            let (count, points) = form.with(verdict);
            if count > 0 {
                said.push(self.say(key, &[("count", &count), ("points", &sum_text(points))]));
            }
        }
        if !points.unverifiable.is_zero() {
            said.push(self.say("results-open", &[("points", &sum_text(points.unverifiable))]));
        }
        let listed = said.join(&self.word("results-separator"));
        let key = if points.unverifiable.is_zero() { "results-ceiling" } else { "results-ceiling-open" };
        // What the card does not have as the rulebook has it is no part of any result.
        let is_whole = audit.indicators.iter().all(IndicatorAudit::is_asked);
        let granted = audit.recomputed.as_ref().filter(|_| is_whole).map(|totals| {
            self.say(key, &[("ceiling", &sum_text(totals.ceiling)), ("grade", &visible(&totals.grade_ceiling))])
        });
        let judged = self.judged(form).unwrap_or_default();
        let open = self.open(form).unwrap_or_default();
        format!("{listed}{}{}{open}{judged}", self.word("results-end"), granted.unwrap_or_default())
    }

    /// How many scores nobody can tell, so that total and grade are open.
    fn open(&self, form: &Form) -> Option<String> {
        let open = form.department.audit.indicators.iter().filter(|indicator| indicator.is_open());
        let (asked, others): (Vec<_>, Vec<_>) = open.partition(|indicator| indicator.is_asked());
        let key = match (asked.is_empty(), others.is_empty()) {
            (_, false) => "results-open-rules",
            (false, true) => "results-open-claims",
            (true, true) => return None,
        };
        Some(self.say(key, &[("count", &(asked.len() + others.len()))]))
    }

    /// What no material settles, because an expert judges it.
    fn judged(&self, form: &Form) -> Option<String> {
        let indicators = form.department.audit.indicators.iter();
        let asked = indicators.filter(|indicator| indicator.is_asked());
        let judged = asked.filter(|indicator| indicator.settled_by.contains(&SettledBy::Judgement));
        let names: Vec<String> = judged.map(|indicator| visible(&indicator.name)).collect();
        let quoted: String = names.iter().map(|name| self.say("judged", &[("indicator", name)])).collect();
        (!names.is_empty()).then(|| self.say("results-judged", &[("indicators", &quoted)]))
    }

    fn stated(&self, form: &Form) -> String {
        let claimed = form.department.audit.claimed.as_ref();
        let total = claimed.and_then(|claimed| claimed.total).map(score_text);
        let grade = claimed.and_then(|claimed| claimed.grade.as_deref()).map(visible);
        let sum = form.department.claims();
        // Where a claim is open, nobody can say what the claims add up to.
        let open = form.department.audit.indicators.iter().any(IndicatorAudit::is_open);
        let differs = !open && claimed.and_then(|claimed| claimed.total).is_some_and(|total| total != sum);
        let added = if differs { self.say("results-added", &[("sum", &sum_text(sum))]) } else { String::new() };
        match (total, grade) {
            (Some(total), Some(grade)) => {
                self.say("results-total-grade", &[("total", &total), ("grade", &grade), ("added", &added)])
            }
            (Some(total), None) => self.say("results-total", &[("total", &total), ("added", &added)]),
            _ => self.say("results-sum", &[("total", &sum_text(sum))]),
        }
    }

    fn scores(&self, form: &Form) -> Piece {
        let header = ["number", "indicator", "points", "claimed", "recomputed", "difference", "case"];
        let mut rows = vec![header.map(|key| self.word(&format!("column-{key}"))).to_vec()];
        for (indicator, number) in form.differing.iter().zip(1..) {
            rows.push(vec![
                number.to_string(),
                visible(&indicator.name),
                indicator.points.map(figure_text).unwrap_or_default(),
                indicator.claimed.map(figure_text).unwrap_or_default(),
                range(indicator),
                if indicator.difference.is_zero() { String::new() } else { score_text(indicator.difference) },
                self.word(&format!("case-{}", case(indicator))),
            ]);
        }
        Piece::Table { widths: vec![6, 24, 8, 9, 13, 9, 22], rows }
    }

    /// What became of a score and why, in a sentence, and where the claim stands.
    fn result(&self, form: &Form, indicator: &IndicatorAudit, number: usize) -> Piece {
        let claim = indicator.claimed.map(figure_text).unwrap_or_default();
        let says = default_reading(form.department, indicator).map(|reading| reading.says.as_str()).unwrap_or_default();
        let key = format!("sum-{}", case(indicator));
        let verdict = self.say(
            &key,
            &[
                ("claimed", &claim),
                ("low", &score_text(indicator.low)),
                ("high", &indicator.high.map(score_text).unwrap_or_default()),
                ("default", &indicator.default.map(score_text).unwrap_or_default()),
                ("says", &says),
                ("difference", &score_text(indicator.difference)),
            ],
        );
        let name = visible(&indicator.name);
        let holes: [(&str, &dyn Display); 6] = [
            ("number", &number),
            ("indicator", &name),
            ("verdict", &verdict),
            ("why", &self.why(indicator)),
            ("notes", &self.notes(form, indicator)),
            ("place", &indicator.source.as_ref().map(|source| self.place(source)).unwrap_or_default()),
        ];
        Piece::Text(self.say("sum", &holes))
    }

    /// The clauses that did not earn all their points, where the claim is above what can be granted.
    fn why(&self, indicator: &IndicatorAudit) -> String {
        let lost = indicator.criteria.iter().filter(|criterion| criterion.high < criterion.points);
        let said: Vec<String> = lost
            .take(CLAUSES_NAMED)
            .map(|criterion| {
                let clause = visible(criterion.clause.trim_end_matches(['。', '；', ';', '.']));
                let (points, most) = (figure_text(criterion.points), figure_text(criterion.high));
                self.say("why-clause", &[("clause", &clause), ("points", &points), ("most", &most)])
            })
            .collect();
        if indicator.verdict != Verdict::Overstated || said.is_empty() {
            return String::new();
        }
        self.say("why", &[("clauses", &said.join(&self.word("results-separator")))])
    }

    /// What the rulebook notes on the indicator: a misprint of the official card, a rule that it leaves open.
    fn notes(&self, form: &Form, indicator: &IndicatorAudit) -> String {
        let card = form.department.scorecard();
        let rules = card.and_then(|card| card.indicators.iter().find(|rules| rules.id == indicator.id));
        let notes = rules.map_or(&[][..], |rules| &rules.notes);
        notes.iter().map(|note| self.say("note", &[("note", note)])).collect()
    }

    /// How each differing score was recomputed, with the numbers put in.
    fn annex(&self, forms: &[Form]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (place, form) in forms.iter().enumerate() {
            let sums: Vec<Piece> = form.differing.iter().zip(1..).filter_map(|(one, at)| self.sum(one, at)).collect();
            if self.several && !sums.is_empty() {
                pieces.push(Piece::Heading(self.numbered(place, false, &self.name(form))));
            }
            pieces.extend(sums);
        }
        if !pieces.is_empty() {
            pieces.insert(0, Piece::Annex(self.word("annex-title")));
        }
        pieces
    }

    fn sum(&self, indicator: &IndicatorAudit, number: usize) -> Option<Piece> {
        let steps = indicator.working.open();
        let working: Vec<String> = steps.iter().map(|step| visible(&self.plan.phrase(step))).collect();
        let holes: [(&str, &dyn Display); 3] =
            [("number", &number), ("indicator", &visible(&indicator.name)), ("working", &working.join("；"))];
        (!working.is_empty()).then(|| Piece::Text(self.say("annex-sum", &holes)))
    }

    fn place(&self, source: &Source) -> String {
        self.say("place", &[("sheet", &visible(&source.sheet)), ("cell", &visible(&source.cell))])
    }

    fn wanted(&self, form: &Form) -> Piece {
        let header = ["number", "material", "waiting", "hanging"];
        let mut rows = vec![header.map(|key| self.word(&format!("column-{key}"))).to_vec()];
        for ([material, waiting, points], number) in form.materials.iter().zip(1..) {
            rows.push(vec![number.to_string(), material.clone(), waiting.clone(), points.clone()]);
        }
        Piece::Table { widths: vec![6, 40, 34, 12], rows }
    }

    fn other(&self, finding: &Finding, number: usize) -> Piece {
        let place = finding.source.as_ref().map(|source| self.place(source)).unwrap_or_default();
        Piece::Text(self.say(
            "other",
            &[("number", &number), ("message", &visible(&self.plan.phrase(&finding.phrase))), ("place", &place)],
        ))
    }

    fn closing(&self, forms: &[Form]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.several {
            pieces.push(Piece::Heading(self.numbered(forms.len(), false, &self.word("heading-reply"))));
        }
        pieces.extend([Piece::Text(self.word("reply")), Piece::Last(self.word("end"))]);
        let has_sums = forms.iter().flat_map(|form| &form.differing).any(|one| !one.working.is_empty());
        pieces.extend(has_sums.then(|| Piece::Last(self.word("annex-named"))));
        pieces.push(Piece::Signature(String::new()));
        pieces.extend(["sender", "date"].map(|key| Piece::Signature(self.word(key))));
        pieces.push(Piece::Text(self.word("contact")));
        pieces
    }
}

/// What a differing score is: a claim that is no score has to be corrected, one that is not there has to be made.
fn case(indicator: &IndicatorAudit) -> &'static str {
    let is_written = indicator.source.as_ref().is_some_and(|source| !source.text.trim().is_empty());
    match indicator.verdict {
        Verdict::Invalid if is_written => "wrong",
        verdict => crate::report::plan::verdict_key(verdict),
    }
}

/// The recomputed score, or both ends of its range.
fn range(indicator: &IndicatorAudit) -> String {
    match indicator.high {
        Some(high) if high == indicator.low => score_text(high),
        high => interval(indicator.low, high),
    }
}

fn default_reading<'a>(department: &'a Department, indicator: &IndicatorAudit) -> Option<&'a Reading> {
    let rules = department.scorecard()?.indicators.iter().find(|rules| rules.id == indicator.id)?;
    rules.readings.first()
}

/// Whether a department is still to be asked for it: not for what somebody has to judge, nor for what was handed in or does not
/// apply, as the reviewer has noted it. What was returned is asked for again.
fn is_asked(plan: &Plan, department: &Department, missing: &Missing) -> bool {
    let key = key_of(department, &missing.item);
    let state = plan.carried.entered.get(&key).and_then(|signed| signed.typed().state.as_ref());
    let is_done = matches!(state, Some(State::Known("receipt-given" | "receipt-void")));
    missing.item != SettledBy::Judgement && !is_done
}

//! Submissions written down in a line or two, audited, for the tests of reports.

use fuhe::audit::{Audit, FileIdentity, Origin, Source};
use fuhe::audit_one::audit_scorecard;
use fuhe::report::{Batch, Place, RunInfo, Way};
use fuhe::rulebook::{FactKind, Rulebook, Scorecard, builtin};
use fuhe::submission::{Claim, ClaimedScore, FactSource, FactValue, Sourced, Submission};
use rust_decimal::Decimal;

/// The built-in card.
pub fn shenzhen() -> Rulebook {
    builtin("shenzhen-2020").expect("the built-in rulebook")
}

/// The fixed card of a rulebook.
pub fn card(rulebook: &Rulebook) -> &Scorecard {
    rulebook.card().expect("a card")
}

fn source(sheet: &str, cell: String, text: &str) -> Source {
    Source { sheet: sheet.to_owned(), cell, text: text.to_owned() }
}

/// `id value`, `id value+` with evidence; a fact given twice has two sources.
fn fact(card: &Scorecard, words: &str, row: usize) -> FactSource {
    let (id, value) = words.split_once(' ').expect("id and value");
    let known = card.facts.iter().find(|fact| fact.id == id).unwrap_or_else(|| panic!("no fact {id}"));
    let evidence = value.ends_with('+').then(|| "佐证材料.pdf".to_owned());
    let text = value.trim_end_matches('+');
    let value = match known.kind {
        FactKind::YesNo | FactKind::Choice { .. } => FactValue::Answer(text.to_owned()),
        _ => FactValue::Number(text.parse().expect("a number")),
    };
    let decimals = text.split_once('.').map_or(0, |(_, places)| places.len() as u32);
    FactSource {
        shown: None,
        doubt: None,
        written: String::new(),
        fact: id.to_owned(),
        value,
        origin: Origin::BaseData,
        evidence,
        decimals,
        source: source("基础数据表", format!("C{row}"), text),
    }
}

/// A submission: claims in card order (`-` for an empty cell), facts separated by `;`.
pub fn submission(rulebook: &Rulebook, unit: &str, claims: &str, total: &str, grade: &str, facts: &str) -> Submission {
    let card = card(rulebook);
    let claims =
        card.indicators.iter().zip(claims.split_whitespace()).enumerate().map(|(row, (indicator, words))| Claim {
            indicator: indicator.id.clone(),
            name_written: indicator.name.clone(),
            score: words.parse().map_or(ClaimedScore::Missing, ClaimedScore::Number),
            out_of: None,
            rivals: Vec::new(),
            shown: None,
            joined: None,
            points_stated: None,
            evidence: None,
            source: source("评分表", format!("H{}", row + 4), words.trim_matches('-')),
        });
    let facts = facts.split(';').map(str::trim).filter(|words| !words.is_empty());
    Submission {
        unit: Some(Sourced { value: unit.to_owned(), source: source("评分表", "B2".to_owned(), unit) }),
        year: Some(Sourced { value: 2020, source: source("评分表", "H2".to_owned(), "2020") }),
        claims: claims.collect(),
        total: total.parse().ok().map(|value| Sourced { value, source: source("评分表", "H26".to_owned(), total) }),
        grade: Some(Sourced { value: grade.to_owned(), source: source("评分表", "H27".to_owned(), grade) }),
        facts: facts.enumerate().map(|(row, words)| fact(card, words, row + 4)).collect(),
        ..Submission::default()
    }
}

/// The audit of a submission under a file name.
pub fn audit(rulebook: &Rulebook, file: &str, submission: Submission) -> Audit {
    let identity = FileIdentity { file: file.to_owned(), sha256: "0123456789abcdef".repeat(4), size: 20_480 };
    audit_scorecard(rulebook, submission, identity)
}

/// The seed report's figures.
pub const SEED: &str = "q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82;
    sangong_budget 2.06; sangong_actual 2.06; routine_budget 103.53563; routine_actual 88.740039;
    projects_planned 8; projects_finished 8; satisfaction 100; procurement_actual 3.96; budget_total 1701.05";

/// The seed report's claims.
pub const SEED_CLAIMS: &str = "5 5 3 7 2 2 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6";

/// Every answer that earns points, with evidence, and figures that earn them.
pub fn honest(card: &Scorecard) -> String {
    let favourable = |fact: &fuhe::rulebook::Fact| match (&fact.kind, fact.id.as_str()) {
        (FactKind::YesNo, "spending_violation" | "fund_rated_poor" | "classified_unit") => format!("{} 否", fact.id),
        (FactKind::YesNo, _) => format!("{} 是+", fact.id),
        (FactKind::Choice { options }, _) => format!("{} {}", fact.id, options[0]),
        (FactKind::Count { faults: true, .. }, _) => format!("{} 0", fact.id),
        (_, "contract_staff") => "contract_staff 3".to_owned(),
        (_, "sangong_actual" | "routine_actual" | "adjusted_amount") => format!("{} 80", fact.id),
        (_, "budget_total") => "budget_total 1000".to_owned(),
        (_, "q1_progress") => "q1_progress 25".to_owned(),
        (_, "q2_progress") => "q2_progress 50".to_owned(),
        (_, "q3_progress") => "q3_progress 75".to_owned(),
        _ => format!("{} 100", fact.id),
    };
    card.facts.iter().map(favourable).collect::<Vec<_>>().join("; ")
}

/// A batch of five: the seed, the bureau's own example, an honest one, one full of conflicts, and a hostile one.
pub fn batch() -> Batch {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    let honest = honest(card);
    let example = format!("{honest}; q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70");
    let example = example.replacen("q1_progress 25; q2_progress 50; q3_progress 75; q4_progress 100; ", "", 1);
    let conflicts =
        format!("{honest}; q2_progress 48.4; satisfaction 94.99; procurement_plan 0; spending_violation 是");
    let hostile = "=1+1\u{202E}xsl\u{0007}局\nhttp://evil/";
    let made = [
        (
            "乙局.xlsx",
            submission(&rulebook, "乙局", "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6", "100", "优", &example),
        ),
        (
            "丙局.xlsx",
            submission(&rulebook, "丙局", "5 5 3 7 2 2.92 3 2 2 2 1 1 1 3 6 6 8 6 20 3 6", "95", "优", &honest),
        ),
        (
            "丁局.xlsx",
            submission(&rulebook, "丁局", "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 5.9 8 6 25 3 6", "99.9", "优", &conflicts),
        ),
        (
            "深圳市住房建设信息中心.xlsx",
            submission(&rulebook, "深圳市住房建设信息中心", SEED_CLAIMS, "92.00", "优", SEED),
        ),
        (
            "包.zip/某.xlsx",
            submission(
                &rulebook,
                hostile,
                "5 5 3 7 2 2 3 2 1 2 1 1 -1 - 6 3 8 6 23 3 6",
                "",
                "=cmd|' /C calc'!A0",
                "assets_in_use 10; assets_total 0",
            ),
        ),
    ];
    let mut audits: Vec<Audit> =
        made.into_iter().map(|(file, submission)| audit(&rulebook, file, submission)).collect();
    audits.sort_by(|one, other| one.file.cmp(&other.file));
    let places = audits.iter().map(|audit| {
        let archive = audit.file.contains(".zip/");
        let path = if archive { "收到/包.zip".to_owned() } else { format!("收到/{}", audit.file) };
        (audit.file.clone(), Place { path: Way::to(path), archive })
    });
    let run = RunInfo {
        version: "0.1.0".to_owned(),
        options: vec![("评分规则".to_owned(), "shenzhen-2020".to_owned())],
        made_at: Some("2026-11-23 09:00:00".to_owned()),
        places: places.collect(),
        apart: None,
        beside: Default::default(),
    };
    Batch { audits, rulebooks: vec![rulebook], run, ..Batch::default() }
}

/// A number of the tests.
pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// A small generator with a fixed beginning, for cases that are many and always the same.
pub struct Random(u64);

impl Random {
    /// Begins at a number.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    /// A value for most facts, at most one each, near the edges of the bands as often as away from them.
    pub fn facts(&mut self, card: &Scorecard) -> String {
        let mut facts = Vec::new();
        for fact in &card.facts {
            if self.below(5) == 0 {
                continue;
            }
            let value = match &fact.kind {
                FactKind::YesNo => self.pick(&["是+", "是+", "是", "否"]).to_owned(),
                FactKind::Choice { options } => options[self.below(options.len() as u64) as usize].clone(),
                FactKind::Count { faults: true, .. } => self.below(4).to_string(),
                FactKind::Count { .. } => self.pick(&["0", "1", "3", "5", "95", "100", "7"]).to_owned(),
                FactKind::Money { .. } | FactKind::Declared { .. } => self
                    .pick(&["0", "100", "90", "75", "60", "2.06", "103.53563", "110.1", "1701.05", "9.99"])
                    .to_owned(),
                FactKind::Percent { .. } => self
                    .pick(&["25", "50", "75", "100", "30.25", "94.99", "95", "80", "0", "48.45", "99.999"])
                    .to_owned(),
            };
            facts.push(format!("{} {value}", fact.id));
        }
        facts.join(";")
    }
}

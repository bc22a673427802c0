//! Text that departments share: found to the last run of forty characters, never where it is the form's, the notice's, a
//! third of the batch's or one department's own, and never by stringing pairs together.

use std::borrow::Cow;
use std::cell::RefCell;

use fuhe::across::copied_text::{Copied, NobodysWords, Pair, Texts, compare, findings};
use fuhe::audit::{Audit, FileIdentity, Finding, KeptText, Problem, Severity, Status, TextKind};
use fuhe::brief::Brief;
use fuhe::checks::register::Code;
use fuhe::passages::{GRAM, Plain, Prints, SHORTEST};
use fuhe::text::Language;

/// Numbers in no order, the same in every run.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    /// So many characters that make no sense, and that nobody else writes.
    pub fn text(&mut self, length: usize) -> String {
        (0..length).filter_map(|_| char::from_u32(0x4e00 + self.below(3000) as u32)).collect()
    }
}

fn kept(kind: TextKind, cell: &str, text: &str) -> KeptText {
    KeptText { sheet: "自评报告".to_owned(), cell: cell.to_owned(), kind, text: text.to_owned() }
}

/// A submission of a department with these texts, one below the other.
pub fn of(unit: &str, texts: &[&str]) -> Audit {
    let texts = texts.iter().enumerate().map(|(at, text)| kept(TextKind::Narrative, &format!("A{}", at + 1), text));
    let identity = FileIdentity { file: format!("{unit}.xlsx"), sha256: unit.to_owned(), size: 1 };
    Audit {
        status: Status::Audited,
        problem: None,
        unit: Some(unit.to_owned()),
        texts: Some(texts.collect()),
        ..Audit::unread(identity, Problem::told(Code::IoError), None)
    }
}

/// Departments that share nothing, so many that a batch can tell the form from a copy.
fn others(chance: &mut Chance, count: usize) -> Vec<Audit> {
    (0..count).map(|at| of(&format!("{}县{at:02}局", chance.text(2)), &[&chance.text(300)])).collect()
}

fn compared(audits: &[Audit], known: &NobodysWords) -> (Copied, Vec<Option<Finding>>) {
    let briefs: Vec<Brief> = audits.iter().map(|audit| Brief::of(audit).with_prints(audit)).collect();
    let copied = compare(&briefs, &audits, known);
    let told = findings(briefs.len(), &copied);
    (copied, told)
}

/// The texts of audits, counting how often those of each are read.
struct Counting<'a> {
    audits: &'a [Audit],
    read: RefCell<Vec<usize>>,
}

impl Texts for Counting<'_> {
    fn of(&self, audit: usize) -> Cow<'_, [KeptText]> {
        self.read.borrow_mut()[audit] += 1;
        Cow::Borrowed(self.audits[audit].texts.as_deref().unwrap_or_default())
    }

    fn prints(&self, audit: usize) -> Option<Prints> {
        self.audits[audit].texts.as_deref().map(Prints::of_texts)
    }
}

#[test]
fn however_long_and_many_the_shared_passages_are_the_texts_of_a_submission_are_read_back_a_few_times() {
    let mut chance = Chance::of(7);
    // Each paragraph stands in two of twelve submissions, which have two million characters together.
    let mut texts = vec![Vec::new(); 12];
    for (one, other) in (0..12).flat_map(|one| (one + 1..12).map(move |other| (one, other))) {
        for _ in 0..20 {
            let paragraph = chance.text(800);
            texts[one].push(paragraph.clone());
            texts[other].push(paragraph);
        }
    }
    let made = texts
        .iter()
        .enumerate()
        .map(|(at, texts)| of(&format!("县{at:02}局"), &texts.iter().map(String::as_str).collect::<Vec<_>>()));
    let audits: Vec<Audit> = made.collect();
    let briefs: Vec<Brief> = audits.iter().map(|audit| Brief::of(audit).with_prints(audit)).collect();
    let counting = Counting { audits: &audits, read: RefCell::new(vec![0; audits.len()]) };
    let copied = compare(&briefs, &counting, &NobodysWords::default());
    assert_eq!(copied.pairs.len(), 66 * 20);
    assert!(counting.read.borrow().iter().all(|times| *times <= 4), "{:?}", counting.read);
}

fn pairs(audits: &[Audit]) -> Vec<Pair> {
    compared(audits, &NobodysWords::default()).0.pairs
}

fn plain(text: &str) -> String {
    Plain::of(text).signs.into_iter().collect()
}

/// The same text with other punctuation, other blanks and another width.
fn edited(chance: &mut Chance, text: &str) -> String {
    let mut edited = String::new();
    for c in text.chars() {
        match chance.below(6) {
            0 => edited.push_str("， "),
            1 => edited.push('\n'),
            _ => {}
        }
        edited.push(c);
    }
    edited
}

#[test]
fn every_run_of_forty_characters_is_found_whatever_became_of_its_punctuation() {
    for seed in 0..150 {
        let mut chance = Chance::of(seed);
        let length = SHORTEST + if seed % 3 == 0 { 0 } else { chance.below(200) };
        let run = chance.text(length);
        let mut around = |text: &str| {
            let (before, behind) = (chance.below(400), chance.below(400));
            format!("{}{text}{}", chance.text(before), chance.text(behind))
        };
        let (one, other) = (around(&run), around(&run));
        let other = edited(&mut chance, &other);
        let mut audits = vec![of("云溪县水务局", &[&one]), of("海陵区体育局", &[&other])];
        audits.extend(others(&mut chance, 8));
        let found = pairs(&audits);
        assert_eq!(found.len(), 1, "seed {seed}");
        let pair = &found[0];
        assert_eq!((pair.own.audit, pair.other.audit), (0, 1));
        assert!(pair.length >= length && pair.length <= length + 2, "seed {seed}: {} of {length}", pair.length);
        assert_eq!(pair.own.shared, pair.length);
        assert_eq!(pair.own.whole, one.chars().count());
        for (side, text) in [(&pair.own, &one), (&pair.other, &other)] {
            let quoted = plain(&side.quote);
            let (head, tail) = quoted.split_at(quoted.char_indices().nth(30).unwrap().0);
            let tail: String = tail.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
            assert!(plain(text).contains(head) && plain(text).contains(&tail), "seed {seed}: {}", side.quote);
        }
    }
}

#[test]
fn a_run_of_thirty_nine_characters_is_none() {
    let mut chance = Chance::of(7);
    let run = chance.text(SHORTEST - 1);
    let mut audits = vec![
        of("云溪县水务局", &[&format!("甲{run}乙{}", chance.text(200))]),
        of("海陵区体育局", &[&format!("丙{run}丁{}", chance.text(200))]),
    ];
    audits.extend(others(&mut chance, 8));
    assert!(pairs(&audits).is_empty());
}

#[test]
fn a_hundred_batches_in_which_nobody_copied_tell_nothing() {
    for seed in 0..100 {
        let mut chance = Chance::of(1000 + seed);
        let count = 2 + chance.below(20);
        assert!(pairs(&others(&mut chance, count)).is_empty(), "seed {seed}");
    }
}

/// How departments begin: mostly as the notice does.
pub const OPENINGS: [&str; 5] = [
    "根据财政局《关于开展2020年度部门整体支出绩效自评工作的通知》要求，我单位高度重视，成立了由主要领导任组长的绩效自评工作领导小组，",
    "按照县财政局关于做好预算绩效管理工作的统一部署和要求，为切实提高财政资金使用效益，强化支出责任，我局认真组织开展了自评，",
    "为进一步规范财政资金管理，牢固树立预算绩效理念，提高财政资金使用效益，根据有关文件精神，我单位组织相关科室对全年支出进行了自评，",
    "根据预算绩效管理有关规定，我局及时召开专题会议安排部署，明确责任分工，由财务科牵头，各业务科室配合，客观公正地开展了绩效自评，",
    "我单位严格执行《中华人民共和国预算法》《中华人民共和国政府采购法》及相关规定，健全内部控制制度，全年未发生违规违纪问题，",
];

#[test]
fn honest_reports_that_begin_alike_are_information_and_no_warning() {
    let mut chance = Chance::of(5);
    let report = |at: usize, chance: &mut Chance| format!("{}{}", OPENINGS[at % 5], chance.text(700));
    let audits: Vec<Audit> = (0..15).map(|at| of(&format!("青山区{at:02}局"), &[&report(at, &mut chance)])).collect();
    let (copied, told) = compared(&audits, &NobodysWords::default());
    // Each opening stands in three of fifteen: no third.
    assert_eq!(copied.pairs.iter().filter(|pair| !pair.is_told_by_group).count(), 10);
    assert!(copied.pairs.iter().all(|pair| pair.severity == Severity::Info), "{:?}", copied.pairs.first());
    assert!(told.iter().flatten().all(|finding| finding.severity == Severity::Info));
    let said = Language::Zh.phrase(&told[0].as_ref().unwrap().phrase);
    assert!(said.contains("仅供核实"), "{said}");
}

#[test]
fn a_report_that_is_mostly_anothers_is_a_warning_with_both_cells_and_shares() {
    let mut chance = Chance::of(11);
    let (shared, own) = (chance.text(90), chance.text(60));
    let mut audits = vec![of("云溪县水务局", &[&chance.text(50), &format!("{shared}{own}")])];
    audits.push(of("海陵区体育局", &[&format!("{}{shared}", chance.text(810))]));
    audits.extend(others(&mut chance, 8));
    let (copied, told) = compared(&audits, &NobodysWords::default());
    assert_eq!(copied.pairs[0].severity, Severity::Warning);
    let finding = told[0].as_ref().unwrap();
    assert_eq!((finding.code, finding.severity), (Code::CopiedText, Severity::Warning));
    let said = Language::Zh.phrase(&finding.phrase);
    // 90 of 150, and 90 of 900.
    for part in ["海陵区体育局", "海陵区体育局.xlsx", "连续90字", "60%", "10%", "A1"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(finding.source.as_ref().unwrap().cell, "A2");
    let other = told[1].as_ref().unwrap();
    assert!(Language::Zh.phrase(&other.phrase).contains("云溪县水务局"));
    assert!(told[2..].iter().all(Option::is_none));
}

#[test]
fn three_in_a_chain_are_two_pairs_and_no_group() {
    let mut chance = Chance::of(21);
    let (one, two) = (chance.text(100), chance.text(100));
    let mut audits = vec![
        of("甲县水务局", &[&format!("{one}{}", chance.text(99))]),
        of("乙县体育局", &[&format!("{one}{}{two}", chance.text(50))]),
        of("丙县民政局", &[&format!("{}{two}", chance.text(99))]),
    ];
    audits.extend(others(&mut chance, 8));
    let found = pairs(&audits);
    let mut sides: Vec<(usize, usize)> = found.iter().map(|pair| (pair.own.audit, pair.other.audit)).collect();
    sides.sort_unstable();
    assert_eq!(sides, [(0, 1), (1, 2)]);
    assert!(found.iter().all(|pair| pair.group.is_none()));
}

#[test]
fn three_that_all_hold_one_run_are_a_group_told_by_its_first() {
    let mut chance = Chance::of(22);
    let run = chance.text(100);
    let mut audits: Vec<Audit> = ["甲县水务局", "乙县体育局", "丙县民政局"]
        .iter()
        .map(|unit| of(unit, &[&format!("{}{run}{}", chance.text(80), chance.text(80))]))
        .collect();
    audits.extend(others(&mut chance, 8));
    let found = pairs(&audits);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|pair| pair.group == Some(1)));
    let told: Vec<(usize, usize)> =
        found.iter().filter(|pair| !pair.is_told_by_group).map(|pair| (pair.own.audit, pair.other.audit)).collect();
    assert_eq!(told, [(0, 1), (0, 2)]);
}

#[test]
fn what_over_a_third_of_the_batch_has_is_left_out_and_counted_and_what_a_third_has_is_not() {
    let mut chance = Chance::of(31);
    let form = chance.text(120);
    let mut batch = |with: usize| -> Vec<Audit> {
        let text = |at: usize, chance: &mut Chance| match at < with {
            true => format!("{}{form}{}", chance.text(60), chance.text(60)),
            false => chance.text(240),
        };
        (0..12).map(|at| of(&format!("青山区{at:02}局"), &[&text(at, &mut chance)])).collect()
    };
    // Five of twelve are over a third, four are a third.
    let (copied, told) = compared(&batch(5), &NobodysWords::default());
    assert!(copied.pairs.is_empty() && told.iter().all(Option::is_none));
    assert_eq!((copied.common_passages, copied.common_departments, copied.departments), (5, 5, 12));
    let (copied, _) = compared(&batch(4), &NobodysWords::default());
    assert_eq!(copied.pairs.len(), 6);
    assert_eq!(copied.common_passages, 0);
}

#[test]
fn a_run_of_ones_own_is_found_beside_what_all_have_and_counted_without_it() {
    let mut chance = Chance::of(32);
    let (form, own) = (chance.text(150), chance.text(45));
    let mut audits: Vec<Audit> =
        (0..12).map(|at| of(&format!("青山区{at:02}局"), &[&format!("{form}{}", chance.text(100))])).collect();
    for audit in &mut audits[..2] {
        let text = format!("{form}{own}{}", chance.text(100));
        audit.texts = Some(vec![kept(TextKind::Narrative, "B2", &text)]);
    }
    let found = pairs(&audits);
    assert_eq!(found.len(), 1);
    assert!(found[0].length >= 45 && found[0].length <= 46, "{}", found[0].length);
    assert!(plain(&found[0].own.quote).starts_with(&own));
    // With less of their own there is nothing to tell, although both are the same for 150 characters and more.
    for audit in &mut audits[..2] {
        let own: String = own.chars().take(SHORTEST - 2).collect();
        audit.texts = Some(vec![kept(TextKind::Narrative, "B2", &format!("{form}{own}{}", chance.text(100)))]);
    }
    assert!(pairs(&audits).is_empty());
}

#[test]
fn what_the_notice_or_the_rulebook_says_is_nobodys() {
    let mut chance = Chance::of(33);
    let (notice, own) = (chance.text(200), chance.text(50));
    let text = |chance: &mut Chance| format!("{notice}{}", chance.text(100));
    let mut audits = vec![of("云溪县水务局", &[&text(&mut chance)]), of("海陵区体育局", &[&text(&mut chance)])];
    audits.extend(others(&mut chance, 8));
    assert_eq!(pairs(&audits).len(), 1);
    let mut known = NobodysWords { has_notice: true, ..NobodysWords::default() };
    known.add([edited(&mut chance, &notice).as_str()]);
    assert_eq!(known.grams.len(), 200 + 1 - GRAM);
    let (copied, _) = compared(&audits, &known);
    assert!(copied.pairs.is_empty());
    assert_eq!((copied.common_passages, copied.common_departments), (2, 2));
    // What is their own stays.
    for (at, unit) in ["云溪县水务局", "海陵区体育局"].iter().enumerate() {
        audits[at] = of(unit, &[&format!("{notice}{}{own}", chance.text(30))]);
    }
    let (copied, _) = compared(&audits, &known);
    assert_eq!(copied.pairs[0].length, 50);
}

#[test]
fn a_department_never_copies_from_itself_nor_from_what_stands_below_it() {
    let mut chance = Chance::of(41);
    let text = chance.text(300);
    let units = ["云溪县水务局", "云溪县水务局（本级）", "云溪县水务局河道管理所", " 云溪县 水务局"];
    let mut audits: Vec<Audit> = units.iter().map(|unit| of(unit, &[&text])).collect();
    audits.extend(others(&mut chance, 8));
    let (copied, told) = compared(&audits, &NobodysWords::default());
    assert!(copied.pairs.is_empty() && told.iter().all(Option::is_none));
    assert!(copied.of_one_department >= 6, "{}", copied.of_one_department);
    // Two units below a department of the batch write together, too.
    let units = ["云溪县水务局水库管理所", "云溪县水务局河道管理所", "云溪县水务局"];
    let mut audits: Vec<Audit> = units.iter().take(2).map(|unit| of(unit, &[&text])).collect();
    audits.extend(others(&mut chance, 8));
    assert_eq!(pairs(&audits).len(), 1, "nothing says that they are one department's");
    audits.push(of(units[2], &[&chance.text(100)]));
    assert!(pairs(&audits).is_empty());
    let audits = [of("云溪县水务局", &[&text])];
    // A card and a project form of one file are one submission, whoever they name.
    let mut form = of("海陵区体育局", &[&text]);
    form.file = audits[0].file.clone();
    let audits: Vec<Audit> = [audits[0].clone(), form].into_iter().chain(others(&mut chance, 8)).collect();
    assert!(pairs(&audits).is_empty());
}

#[test]
fn in_a_small_batch_nobody_can_tell_the_form_from_a_copy_and_it_is_said() {
    let mut chance = Chance::of(42);
    let text = chance.text(400);
    let mut audits = vec![of("云溪县水务局", &[&text]), of("海陵区体育局", &[&text])];
    audits.extend(others(&mut chance, 3));
    let (copied, told) = compared(&audits, &NobodysWords::default());
    assert_eq!((copied.pairs.len(), copied.can_tell), (1, false));
    assert_eq!(told[0].as_ref().unwrap().severity, Severity::Info);
    let said = Language::Zh.phrase(&told[0].as_ref().unwrap().phrase);
    assert!(said.contains("--notice"), "{said}");
    // One more, or the notice: it is a warning.
    let known = NobodysWords { has_notice: true, ..NobodysWords::default() };
    assert_eq!(compared(&audits, &known).1[0].as_ref().unwrap().severity, Severity::Warning);
    audits.extend(others(&mut chance, 1));
    assert_eq!(compared(&audits, &NobodysWords::default()).1[0].as_ref().unwrap().severity, Severity::Warning);
}

#[test]
fn anothers_name_in_ones_own_text_comes_first_and_one_that_is_only_cited_does_not() {
    let mut chance = Chance::of(51);
    let (long, short) = (chance.text(400), chance.text(30));
    let named = format!("{short}海陵区体育局全年开展活动");
    let mut audits = vec![
        of("云溪县水务局", &[&long, &format!("{}{named}", chance.text(200))]),
        of("海陵区体育局", &[&format!("{}{named}", chance.text(200))]),
        of("青山区民政局", &[&long]),
    ];
    audits.extend(others(&mut chance, 8));
    let (copied, told) = compared(&audits, &NobodysWords::default());
    assert!(copied.pairs[0].own.names_other && !copied.pairs[0].other.names_other);
    assert_eq!(copied.pairs[0].severity, Severity::Warning);
    let said = Language::Zh.phrase(&told[0].as_ref().unwrap().phrase);
    assert!(said.contains("写有该部门名称"), "{said}");
    assert_eq!(told[0].as_ref().unwrap().source.as_ref().unwrap().cell, "A2");
    // The other pair is named too.
    assert!(said.contains("青山区民政局"), "{said}");
    let cited = named.replace("全年开展活动", "关于开展绩效自评工作的通知");
    let mut audits = vec![
        of("云溪县水务局", &[&format!("{}{cited}", chance.text(200))]),
        of("海陵区体育局", &[&format!("{}{cited}", chance.text(200))]),
    ];
    audits.extend(others(&mut chance, 8));
    let (copied, _) = compared(&audits, &NobodysWords::default());
    assert!(!copied.pairs[0].own.names_other);
    assert_eq!(copied.pairs[0].severity, Severity::Info);
}

#[test]
fn a_figure_of_anothers_is_a_warning_and_a_round_one_is_not() {
    let mut chance = Chance::of(52);
    let batch = |figure: &str, chance: &mut Chance| {
        let run = format!("{}全年支出{figure}，{}", chance.text(20), chance.text(20));
        let text = |chance: &mut Chance| format!("{}{run}{}", chance.text(200), chance.text(200));
        let mut audits = vec![of("云溪县水务局", &[&text(chance)]), of("海陵区体育局", &[&text(chance)])];
        audits.extend(others(chance, 8));
        audits
    };
    let found = pairs(&batch("3,456.78万元", &mut chance));
    assert_eq!(found[0].figure.as_deref(), Some("3456.78万元"));
    assert_eq!(found[0].severity, Severity::Warning);
    let found = pairs(&batch("2000.00万元", &mut chance));
    assert_eq!((&found[0].figure, found[0].severity), (&None, Severity::Info));
}

#[test]
fn indicator_rows_that_follow_each_other_are_one_passage_and_each_is_found_by_its_cell() {
    let mut chance = Chance::of(61);
    let rows: Vec<String> = (0..5).map(|_| chance.text(15)).collect();
    let form = |unit: &str, skipped: usize, chance: &mut Chance| {
        let mut audit = of(unit, &[]);
        let texts = rows.iter().enumerate().map(|(at, row)| match at < skipped {
            true => kept(TextKind::Kpi, &format!("E{}", at + 5), &chance.text(15)),
            false => kept(TextKind::Kpi, &format!("E{}", at + 5), row),
        });
        audit.texts = Some(texts.collect());
        audit
    };
    let mut audits = vec![form("云溪县水务局", 0, &mut chance), form("海陵区体育局", 2, &mut chance)];
    audits.extend(others(&mut chance, 8));
    let found = pairs(&audits);
    // Three rows of fifteen characters, of five.
    assert_eq!((found[0].length, found[0].own.shared, found[0].own.whole), (45, 45, 75));
    assert_eq!((found[0].own.spot.cell.as_str(), found[0].own.spot.kind), ("E7", TextKind::Kpi));
}

#[test]
fn of_two_thousand_submissions_only_those_are_compared_that_share_a_fingerprint() {
    let mut chance = Chance::of(71);
    let opening = OPENINGS[0].repeat(3);
    let report = |chance: &mut Chance| format!("{opening}{}", chance.text(300));
    let audits = |count: usize, chance: &mut Chance| -> Vec<Audit> {
        let mut audits: Vec<Audit> = (0..count).map(|at| of(&format!("第{at:04}局"), &[&report(chance)])).collect();
        // Every tenth copies from the one before it.
        for at in (9..count).step_by(10) {
            let mut texts = audits[at - 1].texts.clone();
            std::mem::swap(&mut audits[at].texts, &mut texts);
        }
        audits
    };
    for count in [200, 2_000] {
        let (copied, _) = compared(&audits(count, &mut chance), &NobodysWords::default());
        assert_eq!(copied.pairs.len(), count / 10);
        // By chance the end of the opening and a few characters behind it are those of another.
        assert!(copied.compared < count / 10 + count / 10, "{} pairs are looked at", copied.compared);
        assert_eq!(copied.not_all_paired, 0);
        assert_eq!(copied.common_departments, count);
    }
}

#[test]
fn a_text_that_hundreds_have_and_no_third_does_not_make_every_pair_and_that_is_said() {
    let mut chance = Chance::of(72);
    let text = chance.text(200);
    let mut audits: Vec<Audit> = (0..300).map(|at| of(&format!("第{at:04}局"), &[&text])).collect();
    audits.extend(others(&mut chance, 700));
    let (copied, told) = compared(&audits, &NobodysWords::default());
    assert!(copied.compared <= 300 * 5, "{}", copied.compared);
    assert!(copied.not_all_paired > 0);
    // Yet each of them is told.
    assert!(told[..300].iter().all(Option::is_some) && told[300..].iter().all(Option::is_none));
}

#[test]
fn submissions_without_a_name_or_without_their_texts_are_compared_with_nobody() {
    let mut chance = Chance::of(81);
    let text = chance.text(300);
    let mut audits = vec![of("云溪县水务局", &[&text]), of("海陵区体育局", &[&text]), of("青山区民政局", &[&text])];
    audits.extend(others(&mut chance, 8));
    audits[0].unit = None;
    audits[1].texts = None;
    assert!(pairs(&audits).is_empty());
}

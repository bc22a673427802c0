//! The letters: what they say, what they never say, and that nothing a person wrote is overwritten.

use std::io::{Cursor, Read};
use std::sync::atomic::AtomicBool;

use fuhe::report::writers::letters::{Letter, Letters, letters};
use fuhe::report::writers::write::WriteError;
use fuhe::report::{Batch, Place, Way};
use fuhe::text::Language;

use crate::bench::*;

static GO_ON: AtomicBool = AtomicBool::new(false);

fn of(batch: &Batch) -> Letters {
    letters(batch, Language::Zh).expect("letters")
}

/// The words of a letter, one paragraph a line.
pub fn text(letter: &Letter) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(&letter.bytes)).expect("a package");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("text");
    let paragraphs = xml.split("</w:p>").map(|paragraph| {
        let runs = paragraph.split("<w:t ").skip(1);
        runs.filter_map(|run| run.split_once('>')?.1.split_once("</w:t>").map(|(words, _)| words)).collect::<String>()
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}

/// A batch of one department under a name.
fn one(name: &str, claims: &str, facts: &str) -> Batch {
    let rulebook = shenzhen();
    let audits = vec![audit(&rulebook, "某局.xlsx", submission(&rulebook, name, claims, "92.00", "优", facts))];
    let places = [("某局.xlsx".to_owned(), Place { path: Way::to("某局.xlsx"), archive: false })].into();
    let mut batch = batch();
    batch.run.places = places;
    Batch { audits, ..batch }
}

#[test]
fn the_same_audits_give_the_same_letters() {
    assert!(of(&batch()) == of(&batch()));
}

#[test]
fn a_letter_states_each_differing_score_with_its_sum() {
    let made = of(&batch());
    let letter = made.letters.iter().find(|letter| letter.file.contains("乙局")).expect("a letter");
    let text = text(letter);
    // The bureau's own example: 10, 20, 37.5 and 70 % against 25, 50, 75 and 100 % give at most 3.00 of 6.
    for words in [
        "关于2020年度绩效自评得分复核情况的函",
        "乙局：",
        "预算执行率：自评6分，复核可认定的最高分为3.00分，自评分高出3.00分。",
        "10% ÷ 25%",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_letter_gives_results_and_reasons_in_sentences_and_the_sums_in_an_annex() {
    let made = of(&batch());
    let letter = made.letters.iter().find(|letter| letter.file.contains("乙局")).expect("a letter");
    let text = text(letter);
    assert!(text.starts_with("〔"), "the number of the document comes first: {text}");
    let (body, annex) = text.rsplit_once("附件　复核计算过程").expect("an annex");
    assert!(body.contains("附件：复核计算过程") && body.contains("特此函告"), "{body}");
    assert!(!body.contains("10% ÷ 25%") && annex.contains("10% ÷ 25%"), "{text}");
    assert!(body.contains("未得满分的条款："), "{body}");
}

#[test]
fn a_score_that_is_wrong_is_to_be_corrected_and_one_that_is_missing_to_be_filled_in() {
    let written = |claims: &str| text(&of(&one("某局", claims, SEED)).letters[0]);
    let good = SEED_CLAIMS.split(' ').skip(1).collect::<Vec<_>>().join(" ");
    let (wrong, missing) = (written(&format!("-1 {good}")), written(&format!("- {good}")));
    assert!(wrong.contains("自评分须更正") && wrong.contains("请更正。") && !wrong.contains("补填"), "{wrong}");
    assert!(missing.contains("自评分须补填") && missing.contains("请补填。") && !missing.contains("更正"), "{missing}");
}

#[test]
fn a_misprint_of_the_official_card_is_told_to_whom_it_may_have_misled() {
    let claims: Vec<&str> = SEED_CLAIMS.split(' ').collect();
    // 绩效目标完整性 is the third of the card: 3 points, and the card prints 8.
    let claims = [&claims[..2], &["8"], &claims[3..]].concat().join(" ");
    let text = text(&of(&one("某局", &claims, SEED)).letters[0]);
    assert!(text.contains("绩效目标完整性：自评8分") && text.contains("官方评分表第1条写作“8分”"), "{text}");
}

#[test]
fn a_letter_asks_for_what_is_missing() {
    let made = of(&batch());
    let letter = made.letters.iter().find(|letter| letter.file.contains("住房建设")).expect("a letter");
    let text = text(letter);
    assert!(text.contains("请补充的数据和材料"), "{text}");
    assert!(text.contains("涉及分值"), "{text}");
}

#[test]
fn a_letter_never_accuses() {
    for letter in of(&batch()).letters {
        let text = text(&letter);
        for word in ["虚报", "虚假", "造假", "作假", "弄虚", "多计", "违规上报", "隐瞒", "雷同", "重复报送"]
        {
            assert!(!text.contains(word), "{word} in {}", letter.file);
        }
    }
}

#[test]
fn a_letter_names_no_other_department() {
    let made = of(&batch());
    let units = ["乙局", "丙局", "丁局", "深圳市住房建设信息中心"];
    for letter in &made.letters {
        let text = text(letter);
        for unit in units.iter().filter(|unit| !letter.file.contains(**unit)) {
            assert!(!text.contains(unit), "{unit} in {}", letter.file);
        }
    }
}

#[test]
fn a_department_with_nothing_to_say_gets_no_letter() {
    let facts = honest(card(&shenzhen()));
    let batch = one("甲局", "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6", &facts);
    let disputed = batch.audits[0].indicators.iter().any(|one| {
        one.verdict != fuhe::audit::Verdict::Agrees && one.settled_by != [fuhe::settled_by::SettledBy::Judgement]
    });
    let told = batch.audits[0].findings.iter().any(|finding| finding.code.as_str() == "total-mismatch");
    let made = of(&batch);
    assert_eq!((made.letters.is_empty(), made.silent), (!disputed && !told, usize::from(!disputed && !told)));
}

#[test]
fn two_submissions_of_one_department_share_a_letter() {
    let rulebook = shenzhen();
    let made = ["甲.xlsx", "乙.xlsx"]
        .map(|file| audit(&rulebook, file, submission(&rulebook, "某局", SEED_CLAIMS, "92.00", "优", SEED)));
    let made = of(&Batch { audits: made.to_vec(), ..batch() });
    assert_eq!(made.letters.len(), 1);
    let text = text(&made.letters[0]);
    let heading = |number: &str, file: &str| text.contains(&format!("{number}、部门整体支出绩效自评（{file}）"));
    let in_order = |first: &str, second: &str| heading("一", first) && heading("二", second);
    assert!(in_order("甲.xlsx", "乙.xlsx") || in_order("乙.xlsx", "甲.xlsx"), "{text}");
    assert_eq!(text.matches("《深圳市部门整体支出绩效评分表").count(), 1, "{text}");
    assert!(text.contains("三、反馈要求"), "{text}");
}

#[test]
fn text_of_a_submission_stays_text_in_a_letter() {
    let made = of(&one("某局</w:t><w:evil/>\u{202E}&\u{0007}", SEED_CLAIMS, SEED));
    let mut archive = zip::ZipArchive::new(Cursor::new(&made.letters[0].bytes)).expect("a package");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("text");
    assert!(!xml.contains("<w:evil") && !xml.contains('\u{202E}') && !xml.contains('\u{0007}'));
    assert!(xml.contains("&lt;w:evil/&gt;"));
}

#[test]
fn an_edited_letter_is_never_overwritten_without_leave() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = of(&batch());
    made.write(folder.path(), false, &GO_ON).expect("a new folder");
    assert!(made.in_the_way(folder.path()).is_empty(), "the same letters are in nobody's way");
    made.write(folder.path(), false, &GO_ON).expect("the same letters");
    let edited = folder.path().join(&made.letters[0].file);
    std::fs::write(&edited, "edited").expect("a file");
    assert_eq!(made.in_the_way(folder.path()), std::slice::from_ref(&edited));
    assert!(matches!(made.write(folder.path(), false, &GO_ON), Err(WriteError::NotOurs(_))));
    assert_eq!(std::fs::read_to_string(&edited).expect("still there"), "edited");
    made.write(folder.path(), true, &GO_ON).expect("with leave");
    assert_eq!(std::fs::read(&edited).expect("a letter"), made.letters[0].bytes);
}

#[test]
fn no_letter_is_begun_once_the_run_is_to_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let stop = AtomicBool::new(true);
    assert_eq!(of(&batch()).write(folder.path(), false, &stop).expect("nothing to refuse").0, 0);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

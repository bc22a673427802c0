//! The words of forms are data: none stands in the code, and a bureau can add its own.

use std::fs;
use std::path::{Path, PathBuf};

use fuhe::submission::{Effort, Submission, collect};
use fuhe::vocabulary::Vocabulary;
use fuhe::workbook::{Format, Sheet, Workbook};

use crate::cli::{Desk, code, words};
use crate::sheets::{claim, fact, sheet};
use crate::submitted::shenzhen;

/// Files of the code with Chinese characters that are no words of forms, each with its reason.
const ALLOWED: [(&str, &str); 5] = [
    ("src/contract.rs", "the values of the contract, named once"),
    ("src/report/writers/letters/docx.rs", "names of fonts"),
    ("src/report/writers/looks.rs", "names of fonts"),
    ("src/report/writers/xlsx.rs", "names of fonts"),
    ("src/workbook/number_format.rs", "the name that a spreadsheet program gives its general format"),
];

fn code_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { code_files(&path) } else { vec![path] });
    let is_test = |path: &Path| path.file_name().is_some_and(|name| name == "tests.rs" || name == "tests");
    let is_in_tests = |path: &PathBuf| path.ancestors().any(is_test);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs") && !is_in_tests(path)).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The code before its tests without comments: all that a Chinese character can stand in is a literal then.
fn without_comments(code: &str) -> String {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { before_comment(line) }).collect()
}

/// A line without the comment behind its code; `//` in a literal is no comment.
fn before_comment(line: &str) -> &str {
    let mut ends = line.match_indices(" // ").map(|(at, _)| at);
    ends.find(|at| line[..*at].matches('"').count().is_multiple_of(2)).map_or(line, |at| &line[..at])
}

#[test]
fn no_word_of_a_form_stands_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut with_words: Vec<String> = Vec::new();
    for path in code_files(&root.join("src")) {
        if without_comments(&fs::read_to_string(&path).unwrap()).contains(is_han) {
            with_words.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    with_words.sort();
    let mut allowed: Vec<&str> = ALLOWED.iter().map(|(path, _)| *path).collect();
    allowed.sort();
    assert_eq!(with_words, allowed, "words belong into src/vocabulary/builtin.toml");
}

#[test]
fn a_word_is_seen_in_a_literal_and_not_in_a_comment() {
    assert!(without_comments("let unit = \"元\";").contains(is_han));
    assert!(without_comments("let c = '元'; // 元").contains(is_han));
    assert!(!without_comments("/// 元\nlet unit = yuan; // 元\n#[cfg(test)]\nmod tests {\n\"元\"").contains(is_han));
}

const CARD: &str = "
考评要素 | 分值 | 自评得分
预算执行率 | 6 | 5.82
重点工作完成情况 | 8 | 8
公众或服务对象满意度 | 6 | 6";

const BASE: &str = "
申报主体：临海市水务局
数据项 | 数值 | 单位
一季度部门预算支出进度 | 约莫27.22% | %";

const OWN: &str = "[headings]
card_name = [\"考评要素\"]
[labels]
unit = [\"申报主体\"]
[comparisons]
about_before = [\"约莫\"]
";

fn read(vocabulary: &Vocabulary, sheets: Vec<Sheet>) -> Option<Submission> {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let workbook = Workbook { format: Format::Xlsx, sheets, properties: Default::default() };
    collect(vocabulary, &workbook, "x.xlsx", card, &rulebook.grades, &Effort::default()).ok()
}

fn unit(submission: &Submission) -> Option<&str> {
    submission.unit.as_ref().map(|unit| unit.value.as_str())
}

#[test]
fn a_heading_of_a_bureaus_own_is_read_with_its_vocabulary_and_not_without() {
    let own = Vocabulary::builtin().with("用语.toml", OWN).expect("no flaw");
    assert!(read(Vocabulary::builtin(), vec![sheet("表", CARD)]).is_none());
    let read = read(&own, vec![sheet("表", CARD)]).expect("a card");
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2");
}

#[test]
fn a_label_and_a_word_before_a_number_are_read_with_it_and_not_without() {
    let own = Vocabulary::builtin().with("用语.toml", OWN).expect("no flaw");
    let card = CARD.replace("考评要素", "三级指标");
    let sheets = || vec![sheet("表", &card), sheet("数据", BASE)];
    let without = read(Vocabulary::builtin(), sheets()).expect("a card");
    // A line that ends like a department's name is one; the unknown label is part of it.
    let unlabelled = Some("申报主体：临海市水务局");
    assert_eq!((unit(&without), fact(&without, "q1_progress").as_str()), (unlabelled, "unreadable at 数据!B3"));
    let with = read(&own, sheets()).expect("a card");
    assert_eq!((unit(&with), fact(&with, "q1_progress").as_str()), (Some("临海市水务局"), "27.22 at 数据!B3"));
}

#[test]
fn the_option_adds_words_and_its_files_hash_stands_in_the_workbook() {
    let desk = Desk::with_samples();
    desk.put("用语.toml", OWN.as_bytes());
    let output = desk.fuhe(&["报送", "--vocabulary", "用语.toml"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let mut workbook = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let workbook = workbook.find(|path| path.extension().is_some_and(|ending| ending == "xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/sharedStrings.xml").unwrap(), &mut text).unwrap();
    let sha256: String = <sha2::Sha256 as sha2::Digest>::digest(OWN).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(text.contains("用语.toml") && text.contains(&sha256), "the file's name and hash");
}

#[test]
fn a_flawed_vocabulary_ends_the_run_with_all_its_flaws_and_writes_nothing() {
    let desk = Desk::with_samples();
    desk.put("用语.toml", "[headings]\ncard_nam = [\"考评要素\"]\nspent = []\n".as_bytes());
    let output = desk.fuhe(&["报送", "--vocabulary", "用语.toml"]);
    assert_eq!(code(&output), 2);
    let said = words(&output);
    assert!(said.contains("card_nam") && said.contains("headings.spent"), "{said}");
    let written = fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(written, 2, "the samples and the vocabulary");
    let missing = desk.fuhe(&["报送", "--vocabulary", "没有.toml"]);
    assert_eq!(code(&missing), 2);
    desk.put("坏.toml", &[0xFF, 0xFE, 0x00]);
    let binary = desk.fuhe(&["explain", "报送", "--vocabulary", "坏.toml"]);
    assert_eq!(code(&binary), 2);
    assert!(words(&binary).contains("坏.toml"), "{}", words(&binary));
}

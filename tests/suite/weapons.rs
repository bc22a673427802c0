//! Text from a submission is never a formula, a link, markup or a command to the terminal, wherever it stands.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use fuhe::audit::{Audit, Problem};
use fuhe::checks::register::Code;
use fuhe::phrase::Phrase;
use fuhe::report::table::quoted;
use fuhe::report::writers::letters::letters;
use fuhe::report::{
    self, Apart, Batch, Place, RunInfo, Way,
    writers::{explain, html, jsonl, summary, xlsx},
};
use fuhe::submission::{TableFound, TableKind};
use fuhe::text::{Language, is_invisible};
use serde_json::Value;

use crate::cli::{Desk, code, words};
use crate::poison::rewritten;
use crate::readers::parts::xlsx_rows;
use crate::said::{audit_of_line, value_of};
use crate::submitted::{audited, full_but, full_facts_but, shenzhen, submitted};

/// What somebody might write into a cell, a sheet's name or a file's name.
const WEAPONS: [&str; 14] = [
    "=HYPERLINK(\"http://evil.example/\",\"点我\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "\u{1b}[31m红\u{9b}2J\u{7}",
    "\u{202e}gpj.exe\u{2066}\u{200b}",
    "]]>&amp;&lt;b&gt;",
    "http://evil.example/",
    "javascript:alert(1)",
    "\\\\evil.example\\share\\x",
    "\0\u{1}\u{b}\u{fffe}",
];

/// The places of an audit where text of a submission stands.
const POSITIONS: [&str; 9] = ["file", "unit", "project", "sheet", "text", "message", "evidence", "grade", "name"];

/// Puts the weapon before every text of the submission.
fn arm(value: &mut Value, weapon: &str) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if POSITIONS.contains(&key.as_str()) => *text = format!("{weapon}{text}"),
                    Value::Array(lines) if key == "working" => {
                        lines.iter_mut().for_each(|line| *line = format!("{weapon}{}", line.as_str().unwrap()).into());
                    }
                    Value::String(text) if key == "working" => *text = format!("{weapon}{text}"),
                    Value::Object(terms) if key == "terms" => {
                        terms.values_mut().for_each(|term| arm_term(term, weapon))
                    }
                    _ => arm(value, weapon),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| arm(item, weapon)),
        _ => {}
    }
}

/// The same in what fills the sentences.
fn arm_term(term: &mut Value, weapon: &str) {
    match term {
        Value::String(text) => *text = format!("{weapon}{text}"),
        Value::Array(terms) => terms.iter_mut().for_each(|term| arm_term(term, weapon)),
        Value::Object(phrase) => {
            let terms = phrase.get_mut("terms").and_then(Value::as_object_mut);
            terms.into_iter().flat_map(|terms| terms.values_mut()).for_each(|term| arm_term(term, weapon));
        }
        _ => {}
    }
}

/// An audited and an unread file that carry the weapon everywhere.
fn armed(weapon: &str) -> Batch {
    let mut audit = audited(submitted(
        &full_but("budget_execution 6; satisfaction ?"),
        &full_facts_but("q1_progress 20; assets_total ?"),
    ));
    audit.project = Some("项目".to_owned());
    audit.claimed.as_mut().unwrap().grade = Some("优".to_owned());
    let phrase = Phrase::new("run.problem-corrupt-file-part").with("part", "坏");
    let problem = Problem { code: Code::CorruptFile, phrase };
    let unread = Audit::unread(fuhe::audit::FileIdentity::default(), problem, None);
    let audits: Vec<Audit> = [audit, unread]
        .iter()
        .map(|audit| {
            let mut value = value_of(audit);
            value["tool"] = Value::Null;
            arm(&mut value, weapon);
            value["tool"] = serde_json::to_value(fuhe::audit::Tool::this()).unwrap();
            audit_of_line(&value.to_string())
        })
        .collect();
    let place = |audit: &Audit| (audit.file.clone(), Place { path: Way::to(&audit.file), archive: false });
    let run = RunInfo {
        places: audits.iter().map(place).collect(),
        apart: Some(Apart { workbook: "复核.xlsx".to_owned(), folder: "复核-底稿".to_owned() }),
        ..RunInfo::default()
    };
    let others = vec![report::NotWorkbook { file: format!("{weapon}.docx"), kind: "非工作簿".to_owned() }];
    Batch { audits, rulebooks: vec![shenzhen().clone()], not_workbooks: others, run, ..Batch::default() }
}

#[track_caller]
fn is_calm(text: &str) {
    let steering: Vec<char> = text.chars().filter(|&sign| !matches!(sign, '\n' | '\r') && is_invisible(sign)).collect();
    assert_eq!(steering, [], "{text}");
}

/// The parts of a workbook that are XML, each well formed.
pub fn parts(workbook: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let (name, mut part) = (entry.name().unwrap().into_owned(), String::new());
            entry.read_to_string(&mut part).unwrap();
            let mut xml = quick_xml::Reader::from_str(&part);
            while xml.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
            (name, part)
        })
        .collect()
}

/// What stands between two marks, everywhere in a text.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| Some(rest.split_once(close)?.0)).collect()
}

/// Text of a part without the entities of XML.
fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A link's target as the program that opens it takes it.
fn opened(target: &str) -> String {
    let plain = plain(target);
    let pieces = plain.split('%');
    let mut text = String::new();
    for (index, piece) in pieces.enumerate() {
        match piece.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| index > 0) {
            Some(byte) => text.extend([char::from(byte)].into_iter().chain(piece[2..].chars())),
            None => text.push_str(piece),
        }
    }
    text
}

#[test]
fn no_text_is_a_formula_a_link_or_markup_in_the_workbook() {
    let harmless = formulas(&parts(workbook(&armed(""))));
    assert!(harmless.len() > 100);
    for weapon in WEAPONS {
        let batch = armed(weapon);
        let parts = parts(workbook(&batch));
        assert_eq!(formulas(&parts).len(), harmless.len(), "{weapon}");
        // A working paper is called after its department: a formula that refers to it quotes the sheet's name, and nothing else.
        let sheets: Vec<String> =
            report::tables(&batch, Language::Zh).into_iter().map(|table| quoted(&table.name)).collect();
        for formula in formulas(&parts) {
            let formula = plain(&formula);
            let formula = sheets.iter().fold(formula, |rest, sheet| rest.replace(&format!("{sheet}!"), ""));
            assert!(!["evil", "cmd", "script", "@SUM", "alert"].iter().any(|word| formula.contains(word)), "{formula}");
        }
        let files: BTreeSet<&str> = batch.run.places.values().map(|place| place.path.path()).collect();
        for (name, part) in &parts {
            is_calm(part);
            for target in between(part, "<Relationship ", "/>").into_iter().filter(|link| link.contains("External")) {
                let target = opened(between(target, "Target=\"", "\"")[0]);
                let file = target.strip_prefix("file:///").unwrap_or(&target).split('#').next().unwrap();
                assert!(files.contains(file), "{weapon} in {name}: a link to {target}");
            }
            assert!(!part.contains("<script") && !part.contains("<img"), "{name}");
        }
    }
}

fn workbook(batch: &Batch) -> Vec<u8> {
    let tables = report::tables(batch, Language::Zh);
    xlsx::workbook(&tables, Language::Zh, None).unwrap()
}

fn formulas(parts: &[(String, String)]) -> Vec<String> {
    let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    sheets.flat_map(|(_, part)| between(part, "<f>", "</f>")).map(str::to_owned).collect()
}

#[test]
fn links_within_the_workbook_lead_to_its_own_sheets() {
    for weapon in WEAPONS {
        let parts = parts(workbook(&armed(weapon)));
        let book = &parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap().1;
        let sheets: Vec<String> =
            between(book, "<sheet ", "/>").iter().map(|sheet| opened(between(sheet, "name=\"", "\"")[0])).collect();
        for (_, part) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
            for link in between(part, "<hyperlink ", "/>").into_iter().filter(|link| !link.contains("r:id")) {
                let place = opened(between(link, "location=\"", "\"")[0]);
                let sheet = place.rsplit_once('!').unwrap().0.trim_matches('\'').replace("''", "'");
                assert!(sheets.contains(&sheet), "{weapon}: {place} of {sheets:?}");
            }
        }
    }
}

#[test]
fn text_that_begins_like_a_formula_stays_text_when_its_cell_is_edited() {
    for (weapon, quoted) in [("=1+1", true), ("+1", true), ("@A1", true), ("-1", true), (" =1", true), ("局", false)] {
        let parts = parts(workbook(&armed(weapon)));
        let styles = &parts.iter().find(|(name, _)| name == "xl/styles.xml").unwrap().1;
        assert_eq!(styles.contains("quotePrefix=\"1\""), quoted, "{weapon}");
    }
}

#[test]
fn nothing_steers_the_terminal() {
    for weapon in WEAPONS {
        let batch = armed(weapon);
        is_calm(&summary::summary(&batch, Language::Zh));
        let audit = &batch.audits[0];
        let table = TableFound {
            kind: TableKind::Scorecard,
            sheet: format!("{weapon}评分表"),
            area: "A1:B2".to_owned(),
            header: format!("{weapon}得分"),
        };
        is_calm(&explain::page(audit, &[table], shenzhen(), Language::Zh));
        for indicator in &audit.indicators {
            is_calm(&explain::score(audit, indicator, shenzhen(), Language::Zh));
        }
    }
}

#[test]
fn a_sentence_about_a_file_that_was_not_audited_steers_nothing() {
    let desk = Desk::new();
    let cell = |text: &str| format!("<row><c t='inlineStr'><is><t>{text}</t></is></c></row>");
    let texts = ["_x001B_[31m红_x009B_2J_x0007_", "\u{202e}gpj.exe\u{2066}\u{200b}", "_x0000__x0001__x000B_"];
    desk.put("送/无.xlsx", &xlsx_rows(&texts.map(cell).concat()));
    let output = desk.fuhe(&["送", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3);
    let message = desk.lines("a.jsonl")[0]["problem"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("[31m红") && message.contains("gpj.exe"), "{message}");
    is_calm(&message);
    is_calm(&words(&output));
    let explained = desk.fuhe(&["explain", "送/无.xlsx"]);
    let explained = String::from_utf8([explained.stdout, explained.stderr].concat()).unwrap();
    assert!(explained.contains("gpj.exe"), "{explained}");
    is_calm(&explained);
}

#[test]
fn json_lines_carry_the_text_itself_and_steer_nothing() {
    for weapon in WEAPONS {
        let batch = armed(weapon);
        let mut lines = Vec::new();
        jsonl::write(&batch.audits, Language::Zh, &mut lines).unwrap();
        let text = String::from_utf8(lines.clone()).unwrap();
        is_calm(&text);
        assert_eq!(text.lines().count(), 2);
        assert_eq!(jsonl::read(lines.as_slice()).unwrap(), batch.audits);
    }
}

#[test]
fn the_page_holds_the_same_markup_whatever_the_texts_say() {
    let page = |weapon| html::page(&armed(weapon), Language::Zh).expect("a page");
    let tags = |page: &str| page.matches('<').count();
    let harmless = page("某");
    for weapon in WEAPONS {
        let page = page(weapon);
        is_calm(&page.replace('\t', ""));
        assert_eq!(tags(&page), tags(&harmless), "{weapon}");
        for target in between(&page, "href=\"", "\"") {
            let target = target.replace("&#x2f;", "/");
            assert!(target.starts_with('#') || target.starts_with("./") || target.starts_with("../"), "{target}");
        }
    }
}

#[test]
fn letters_hold_no_field_no_link_and_a_harmless_name() {
    for weapon in WEAPONS {
        for letter in letters(&armed(weapon), Language::Zh).expect("letters").letters {
            is_calm(&letter.file);
            assert!(!letter.file.contains(['/', '\\', ':', '<', '>', '"', '|', '?', '*']), "{}", letter.file);
            for (name, part) in parts(letter.bytes) {
                is_calm(&part.replace('\t', ""));
                let fields = ["w:hyperlink", "fldSimple w:instr=\"HYPERLINK", "External", "<script", "<img"];
                assert!(!fields.iter().any(|field| part.contains(field)), "{name}");
            }
        }
    }
}

/// The links of a workbook all of whose files are reached so.
fn external_links(way: &Way) -> Vec<String> {
    let mut batch = armed("");
    for place in batch.run.places.values_mut() {
        place.path = way.clone();
    }
    let all = parts(workbook(&batch)).into_iter().map(|(_, part)| part).collect::<String>();
    let links = between(&all, "<Relationship ", "/>");
    links.into_iter().filter(|link| link.contains("External")).map(str::to_owned).collect()
}

#[test]
fn files_on_another_drive_or_share_are_linked_by_their_full_address() {
    for (path, target) in [
        ("D:/报送/某局 1.xlsx", "file:///D:/报送/某局%201.xlsx"),
        ("//服务器/报送/某局.xlsx", r"file:///\\服务器\报送\某局.xlsx"),
    ] {
        let links = external_links(&Way::Absolute(path.to_owned()));
        let target = format!("Target=\"{target}\"");
        assert!(!links.is_empty() && links.iter().all(|link| link.contains(&target)), "{path}: {links:?}");
    }
    for path in
        ["D:报送.xlsx", "D:/a#b.xlsx", "D:/a:b.xlsx", "///evil.example/x", "/x.xlsx", r"\\evil.example\x", "x.xlsx"]
    {
        assert_eq!(external_links(&Way::Absolute(path.to_owned())), [""; 0], "{path}");
    }
}

#[test]
fn a_link_that_could_lead_elsewhere_is_left_out() {
    let to = |path: &str| external_links(&Way::to(path)).len();
    assert!(to("../报送/某局 (1).xlsx") > 0);
    for path in [
        "http://evil.example/x",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "a\\..\\b.xlsx",
        "x.xlsx#y",
        "x?.xlsx",
        "a\u{1b}.xlsx",
        "\u{202e}a.xlsx",
        "%2e%2e/x.xlsx",
    ] {
        assert_eq!(to(path), 0, "{path}");
    }
}

#[test]
fn a_submission_full_of_weapons_is_audited_and_shown_as_text() {
    let sample = "湖东区老年活动中心2020年自评报告及附表.xlsx";
    for (number, weapon) in
        ["=HYPERLINK(&quot;http://evil.example&quot;)", "&lt;script&gt;x&lt;/script&gt;", "_x001B_[31m红局_x202E_"]
            .into_iter()
            .enumerate()
    {
        let desk = Desk::new();
        let replaced = [
            ("湖东区老年活动中心", weapon),
            ("name=\"评分表", &format!("name=\"{}评分表", ["=1+1", "&lt;b&gt;", "'!A1"][number])),
        ];
        let name = if cfg!(unix) { "=1+1\u{1b}[31m<b>\u{202e}.xlsx" } else { "=1+1.xlsx" };
        let path = desk.put(&format!("报送/{name}"), &rewritten(sample, &replaced));
        let output = desk.fuhe(&["报送", "--jsonl", "a.jsonl"]);
        assert_eq!(code(&output), 0, "{}", words(&output));
        is_calm(&words(&output));
        is_calm(&std::fs::read_to_string(desk.path("a.jsonl")).unwrap());
        let unit = desk.lines("a.jsonl")[0]["unit"].as_str().unwrap().to_owned();
        assert!(["evil", "script", "[31m"].iter().any(|word| unit.contains(word)), "{unit}");
        for (_, part) in parts(std::fs::read(desk.path("fuhe-audit.xlsx")).unwrap()) {
            is_calm(&part);
        }
        let explained = desk.fuhe(&["explain", path.to_str().unwrap()]);
        assert_eq!(code(&explained), 0);
        is_calm(&String::from_utf8(explained.stdout).unwrap());
    }
}

#[test]
fn a_name_that_is_none_is_not_made_of_the_label_beside_it() {
    let sample = "湖东区老年活动中心2020年自评报告及附表.xlsx";
    let desk = Desk::new();
    desk.put("报送/一.xlsx", &rewritten(sample, &[("湖东区老年活动中心", "_x001B_[31m")]));
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 0);
    let unit = desk.lines("a.jsonl")[0]["unit"].clone();
    assert!(unit.as_str().is_none_or(|unit| !unit.contains("年度")), "{unit}");
}

#[test]
fn files_of_one_name_from_two_folders_get_no_link_rather_than_the_wrong_one() {
    let desk = Desk::new();
    for folder in ["甲", "乙"] {
        desk.put(
            &format!("{folder}/某局.xlsx"),
            &rewritten("湖东区老年活动中心2020年自评报告及附表.xlsx", &[("湖东区", folder)]),
        );
    }
    desk.put("乙/丙局.xlsx", b"");
    assert_eq!(code(&desk.fuhe(&["甲", "乙"])), 3);
    let parts = parts(std::fs::read(desk.path("fuhe-audit.xlsx")).unwrap());
    let all: String = parts.into_iter().map(|(_, part)| part).collect();
    let links: Vec<&str> =
        between(&all, "<Relationship ", "/>").into_iter().filter(|link| link.contains("External")).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.contains("丙局")), "{links:?}");
}

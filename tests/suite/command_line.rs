//! What is typed wrong, or means nothing: said at once, in the run's language, with what to type instead.

use std::fs;
use std::process::{Command, Stdio};

use fuhe::run::Start;

use crate::cli::{Desk, code, samples, words};

/// What the program printed, data and words.
fn said(desk: &Desk, arguments: &[&str]) -> (i32, String) {
    let output = desk.fuhe(arguments);
    (code(&output), String::from_utf8(output.stdout.clone()).unwrap() + &words(&output))
}

#[test]
fn a_run_without_arguments_says_in_four_lines_how_to_begin_and_what_to_try() {
    let desk = Desk::new();
    fs::create_dir(desk.path("samples")).unwrap();
    for (arguments, begin) in [(&[][..], "fuhe 报送材料"), (&["--lang", "en"], "fuhe submissions")] {
        let (code, said) = said(&desk, arguments);
        assert_eq!((code, said.lines().count()), (2, 4), "{said}");
        for part in [begin, "fuhe samples", "fuhe --help", "fuhe-audit.xlsx"] {
            assert!(said.contains(part), "{part} in\n{said}");
        }
    }
}

#[test]
fn a_window_that_closes_with_the_program_waits_and_a_shell_does_not() {
    let desk = Desk::new();
    let folder = desk.folder.path().as_os_str().to_owned();
    let fuhe = || "fuhe.exe".into();
    assert_eq!(Start::of(&[fuhe()], true), Start::Clicked);
    assert_eq!(Start::of(&[fuhe(), folder.clone()], true), Start::Dragged);
    assert_eq!(Start::of(&[fuhe(), folder.clone(), folder.clone()], true), Start::Dragged);
    let gone = desk.path("gone.xlsx").into_os_string();
    assert_eq!(Start::of(&[fuhe(), folder.clone(), gone.clone()], true), Start::Dragged, "what is wrong is read there");
    assert_eq!(Start::of(&[fuhe(), gone], true), Start::Dragged);
    assert_eq!(Start::of(&[fuhe(), "samples".into()], true), Start::Clicked, "nobody drags what has no full path");
    assert_eq!(Start::of(&[fuhe(), folder, "--html".into(), "a".into()], true), Start::Typed);
    assert_eq!(Start::of(&[fuhe()], false), Start::Typed);
}

#[test]
fn what_is_missing_is_named_with_an_example() {
    let desk = Desk::new();
    let cases = [
        (&["template"][..], "缺少 -o", "fuhe template -o"),
        (&["explain"], "缺少 <工作簿", "fuhe explain "),
        (&["report"], "缺少 <结果.jsonl>", "fuhe report "),
        (&["rulebook"], "list、show、check、schema", "fuhe rulebook list"),
        (&["completions", "tcsh"], "bash、zsh、fish、powershell", "fuhe completions --help"),
        (&["--html", "a.html"], "没有给出要复核的文件夹", "fuhe 报送材料"),
        (&["报送", "--jsnl", "a"], "--jsonl", "fuhe --help"),
        (&["报送", "--jobs", "许多"], "正整数", "fuhe --help"),
        (&["报送", "-o", "a.xlsx", "--no-workbook"], "不能同时使用", "fuhe --help"),
    ];
    for (arguments, what, example) in cases {
        let (code, said) = said(&desk, arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(what) && said.contains(example), "{arguments:?}: {said}");
    }
}

/// What may stand in Latin letters in a Chinese sentence: what is typed so, and names of formats and programs.
const TYPED: [&str; 25] = [
    "fuhe-audit.xlsx",
    "fuhe samples",
    "fuhe template",
    "fuhe",
    "Excel",
    "WPS",
    "JSON Lines",
    "JSON Schema",
    "JSON",
    "man",
    "XML",
    "TOML",
    "explain",
    "report",
    "rulebook",
    "template",
    "completions",
    "bash",
    "zsh",
    "fish",
    "powershell",
    "MB",
    "Schema",
    "Lines",
    "UTF-8",
];

/// The Latin words of a text but those that are typed so: options, file names, values.
fn foreign(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let words =
        text.split(|c: char| !is_part(c)).filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1);
    let known = |word: &str| {
        word.starts_with('-')
            || word.contains('.')
            || TYPED.iter().any(|typed| typed.split(' ').any(|part| part == word))
            || ["list", "show", "check", "schema", "zh", "en", "overstated", "error", "warning", "unread", "zip"]
                .contains(&word)
    };
    words.filter(|word| !known(word)).map(str::to_owned).collect()
}

#[test]
fn no_english_is_left_in_a_chinese_help_page_or_manual() {
    let desk = Desk::new();
    let commands: [&[&str]; 9] = [
        &[],
        &["explain"],
        &["rulebook"],
        &["rulebook", "list"],
        &["rulebook", "show"],
        &["template"],
        &["report"],
        &["completions"],
        &["man"],
    ];
    for command in commands {
        for help in ["-h", "--help"] {
            let (code, page) = said(&desk, &[command, &[help]].concat());
            assert_eq!(code, 0, "{page}");
            assert!(page.contains("用法：fuhe") && page.contains("选项："), "{page}");
            assert_eq!(foreign(&page), [""; 0], "{command:?} {help}");
        }
    }
    let help = said(&desk, &["--help"]).1;
    let (before, limits) = help.split_once("\n上限").expect("limits have a heading");
    assert!(limits.contains("--max-file-mb") && limits.contains("退出代码") && !before.contains("--max-"), "{help}");
    assert!(!said(&desk, &["-h"]).1.contains("--max-"), "the short page has no limits");
}

#[test]
fn shells_and_the_manual_are_served_for_every_command() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, script) = said(&desk, &["completions", shell]);
        assert_eq!(code, 0);
        for part in ["fuhe", "max-file-mb", "template", "fail-on"] {
            assert!(script.contains(part), "{shell}: {part}");
        }
    }
    let (_, page) = said(&desk, &["man"]);
    for part in [".TH fuhe 1", ".SH 名称", ".SH 用法", "\\-\\-max\\-file\\-mb", "单个文件大小上限"] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    let (_, page) = said(&desk, &["man", "template", "--lang", "en"]);
    assert!(page.contains(".SH NAME") && page.contains("blank submission workbook"), "{page}");
}

#[test]
fn an_output_that_will_be_refused_is_refused_before_a_file_is_read() {
    let desk = Desk::with_samples();
    desk.put("别人的.txt", b"somebody's own work");
    desk.put("别人的.xlsx", b"somebody's own work");
    // Had it been read, it would have cost code 3 or a line; a folder of letters or papers would be there.
    let cases = [
        (&["-o", "报送"][..], "是一个文件夹。请在 -o 后面写明工作簿的文件名"),
        (&["-o", "a.txt"], "须以 .xlsx 结尾"),
        (&["-o", "别人的.xlsx"], "已存在，且不是复核结果"),
        (&["--jsonl", "别人的.txt"], "已存在，且不是复核结果"),
        (&["--html", "别人的.txt"], "已存在，且不是复核结果"),
        (&["--html", "报送"], "是一个文件夹，不能当作文件来写"),
        (&["--letters", "别人的.txt"], "--letters 后面应是存放反馈函的文件夹"),
        (&["--html", "a", "--jsonl", "./a"], "同时用作两项输出"),
        (&["-o", "没有/a.xlsx"], "所在的文件夹不存在"),
        (&["--vocabulary", "别人的.txt", "--html", "别人的.txt", "--force"], "是本次要读取的文件"),
    ];
    for (outputs, what) in cases {
        let (code, said) = said(&desk, &[&["报送"], outputs].concat());
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(what) && !said.contains("已复核"), "{outputs:?}: {said}");
    }
    let name = samples()[0].file_name().unwrap().to_str().unwrap().to_owned();
    let input = format!("报送/{name}");
    let (code, said) = said(&desk, &[&input, "-o", &input]);
    assert!(code == 2 && said.contains("是本次要读取的文件"), "{said}");
    // One of a folder's is no file of somebody else's that --force would replace.
    for output in ["-o", "--html", "--jsonl", "--batch-json"] {
        let (code, said) = crate::command_line::said(&desk, &["报送", output, &input]);
        assert!(code == 2 && said.contains("是本次要读取的文件") && !said.contains("--force"), "{said}");
    }
    let mut there: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    there.sort();
    assert_eq!(there, ["别人的.txt", "别人的.xlsx", "报送"]);
}

#[test]
fn the_blank_form_is_a_workbook_and_replaces_nothing() {
    let desk = Desk::new();
    desk.put("有.xlsx", b"somebody's own work");
    for (output, what) in [(".", "是一个文件夹"), ("a.txt", "须以 .xlsx 结尾"), ("有.xlsx", "已存在")] {
        let (code, said) = said(&desk, &["template", "-o", output]);
        assert!(code == 2 && said.contains(what), "{said}");
    }
}

#[test]
fn the_summary_names_everything_that_was_written() {
    let desk = Desk::with_samples();
    let outputs = ["-o", "a.xlsx", "--jsonl", "a.jsonl", "--html", "a.html", "--letters", "函"];
    let (code, said) = said(&desk, &[&["报送"][..], &outputs].concat());
    assert_eq!(code, 0, "{said}");
    // Beside the letters lies the report for the superior.
    let letters = fs::read_dir(desk.path("函")).unwrap().count() - 1;
    let lines = format!("复核结果：a.jsonl（{}条）", samples().len());
    for part in [
        "复核工作簿：a.xlsx",
        &lines,
        "网页报告：a.html",
        &format!("反馈函：{letters}份，在 函"),
        "综合报告：综合报告.docx，在 函",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
}

#[test]
fn a_workbook_named_for_its_entries_that_is_none_of_ours_is_no_departments_matter() {
    let desk = Desk::with_samples();
    desk.put("记录.txt", b"notes");
    desk.put("空.xlsx", b"");
    desk.put("别的.xlsx", &fs::read(&samples()[0]).unwrap());
    for named in ["记录.txt", "空.xlsx", "别的.xlsx"] {
        let (code, said) = said(&desk, &["报送", "--carry", named]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("--carry 所指的") && !said.contains("报送。") && !said.contains("重新报送"), "{said}");
    }
}

#[test]
fn a_stored_result_that_is_none_is_said_with_its_place_in_the_runs_language() {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 0);
    let good = fs::read_to_string(desk.path("a.jsonl")).unwrap();
    let first = good.lines().next().unwrap();
    let cut = &first[..first.char_indices().map(|(at, _)| at).nth(300).unwrap()];
    for (line, what) in
        [(cut, "第 2 行内容不完整"), ("{}", "第 2 行缺少“tool”一项"), ("{\"tool\" 1}", "不是正确的 JSON")]
    {
        desk.put("b.jsonl", format!("{first}\n{line}\n").as_bytes());
        let (code, said) = said(&desk, &["report", "b.jsonl", "-o", "b.xlsx"]);
        assert!(code == 2 && said.contains(what), "{said}");
        assert!(!said.contains("line") && !said.contains("column") && !said.contains("EOF"), "{said}");
    }
}

#[test]
fn slips_in_rules_and_words_are_told_in_the_runs_language() {
    let desk = Desk::with_samples();
    desk.put("词.toml", b"[answers]\nyes = [\"\xe6\x98\xaf\",,]\n");
    for arguments in [&["rulebook", "check", "词.toml"][..], &["报送", "--vocabulary", "词.toml"]] {
        let (code, said) = said(&desk, arguments);
        assert!(code == 2 && said.contains("多了一个逗号") && said.contains("第 2 行"), "{said}");
        assert!(!said.contains("comma"), "{said}");
    }
}

/// Runs the program with standard output or error in a state of the shell's making.
#[cfg(unix)]
fn in_shell(desk: &Desk, script: &str) -> (i32, String) {
    let script = format!("fuhe() {{ '{}' \"$@\"; }}; {script}", env!("CARGO_BIN_EXE_fuhe"));
    let run = Command::new("sh").current_dir(desk.folder.path()).args(["-c", &script]).stdin(Stdio::null()).output();
    let output = run.unwrap();
    (code(&output), words(&output))
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = Desk::with_samples();
    for what in ["rulebook show shenzhen-2020", "--help", "man", "报送 --jsonl - --no-workbook 2>/dev/null"] {
        let (code, said) = in_shell(&desk, &format!("{{ fuhe {what}; echo code $? >&2; }} | head -c 1 >/dev/null"));
        assert!(code == 0 && said.ends_with("code 0\n"), "{what}: {said}");
        assert!(!said.contains("panicked"), "{what}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_takes_no_words_ends_no_run_and_a_full_output_is_said() {
    let desk = Desk::with_samples();
    for (number, closed) in ["2>&-", "2>/dev/full"].iter().enumerate() {
        let (code, _) = in_shell(&desk, &format!("fuhe 报送 -o {number}.xlsx {closed}"));
        assert_eq!(code, 0, "{closed}");
        assert!(desk.path(&format!("{number}.xlsx")).is_file());
    }
    for what in ["--help", "rulebook list", "报送 --jsonl - --no-workbook", "completions bash"] {
        let (code, said) = in_shell(&desk, &format!("fuhe {what} >/dev/full"));
        assert!(code == 2 && said.contains("磁盘已满") && !said.contains("panicked"), "{what}: {said}");
    }
    let (code, said) = in_shell(&desk, "fuhe 报送 --jsonl /dev/full --no-workbook");
    assert!(code == 2 && said.contains("磁盘已满"), "{said}");
    assert!(!fs::metadata("/dev/full").unwrap().is_file(), "a device stays one");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_fails_keeps_no_other_from_being_written_and_all_are_named() {
    let desk = Desk::with_samples();
    let (code, said) = in_shell(&desk, "fuhe 报送 -o a.xlsx --jsonl /dev/full --html b.html --letters 函");
    assert!(code == 2 && said.contains("磁盘已满"), "{said}");
    for written in ["a.xlsx", "b.html", "函"] {
        assert!(desk.path(written).exists() && said.contains(written), "{written}: {said}");
    }
    assert_eq!(said.matches("/dev/full").count(), 1, "nothing is said to be where it is not: {said}");
}

#[test]
fn texts_of_rules_go_into_a_file_as_they_are_and_replace_none_unasked() {
    let desk = Desk::new();
    for (what, begin) in [(&["rulebook", "show", "project-2020"][..], "#"), (&["rulebook", "schema"], "{")] {
        let printed = desk.fuhe(what).stdout;
        let into = |more: &[&str]| said(&desk, &[what, &["-o", "规则.txt"], more].concat());
        let (code, said) = into(&[]);
        assert!(code == 0 && said.contains("规则.txt"), "{said}");
        assert!(fs::read(desk.path("规则.txt")).unwrap() == printed && printed.starts_with(begin.as_bytes()));
        let (code, said) = into(&[]);
        assert!(code == 2 && said.contains("已存在") && said.contains("--force"), "{said}");
        assert_eq!(into(&["--force"]).0, 0);
        fs::remove_file(desk.path("规则.txt")).unwrap();
    }
}

/// A library that refuses every thread, to be loaded before the program's own; none where there is no C compiler.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn refusing_threads(desk: &Desk) -> Option<String> {
    desk.put(
        "none.c",
        b"#include <errno.h>\nint pthread_create(void *a, const void *b, void *c, void *d) { return EAGAIN; }\n",
    );
    let (source, library) = (desk.path("none.c"), desk.path("none.so"));
    let made = Command::new("cc").args(["-shared", "-fPIC", "-w", "-o"]).arg(&library).arg(&source).status();
    let is_made = made.is_ok_and(|status| status.success());
    // Said by the test's own output where it is asked for: nothing else here can say that it was left out.
    if !is_made {
        let _ =
            std::io::Write::write_all(&mut std::io::stderr(), b"no C compiler: a run without threads was not tried\n");
    }
    is_made.then(|| library.display().to_string())
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn where_no_thread_is_to_be_had_a_run_does_alone_what_it_can_and_says_what_it_cannot() {
    let desk = Desk::with_samples();
    let Some(library) = refusing_threads(&desk) else { return };
    let run = |preload: &str, outputs: &str| {
        in_shell(&desk, &format!("export SOURCE_DATE_EPOCH=1606780800; {preload} fuhe 报送 {outputs}"))
    };
    let alone = format!("export LD_PRELOAD='{library}';");
    for (preload, name) in [("", "with"), (alone.as_str(), "without")] {
        let (code, said) = run(preload, &format!("--no-workbook --jsonl {name}.jsonl --html {name}.html"));
        assert!(code == 0 && !said.contains("panicked"), "{said}");
    }
    for ending in ["jsonl", "html"] {
        let read = |name: &str| fs::read(desk.path(&format!("{name}.{ending}"))).unwrap();
        assert!(read("with") == read("without"), "{ending}");
    }
    // What packs a workbook needs threads of its own.
    let (code, said) = run(&alone, "-o a.xlsx");
    assert!(code == 2 && said.contains("无法写入 a.xlsx：系统不能再开新的线程"), "{said}");
    assert!(!said.contains("panicked") && !desk.path("a.xlsx").exists(), "{said}");
}

#[test]
fn a_working_paper_leads_to_the_letter_and_to_the_page_and_the_page_to_the_letter() {
    let desk = Desk::new();
    let sample = &samples()[0];
    desk.put("报送/某局.xlsx", &fs::read(sample).unwrap());
    fs::create_dir_all(desk.path("网页")).unwrap();
    let outputs = ["-o", "a.xlsx", "--html", "网页/a.html", "--letters", "函"];
    let (code, words) = said(&desk, &[&["报送"][..], &outputs].concat());
    assert_eq!(code, 0, "{words}");
    let letters = fs::read_dir(desk.path("函")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let letter = letters.into_iter().find(|name| name != "综合报告.docx").expect("a letter");
    let bytes = fs::read(desk.path("a.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut links = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/_rels/") {
            std::io::Read::read_to_string(&mut part, &mut links).unwrap();
        }
    }
    let plain = percent_encoding(&links);
    assert!(plain.contains(&format!("函/{letter}")) && plain.contains("网页/a.html"), "{plain}");
    let page = fs::read_to_string(desk.path("网页/a.html")).unwrap().replace("&#x2f;", "/");
    let page = percent_encoding(&page);
    assert!(page.contains(&format!("../函/{letter}")));
    // Where no letter is written nothing leads to one.
    let (code, _) = said(&desk, &["报送", "-o", "b.xlsx", "--html", "b.html"]);
    assert_eq!(code, 0);
    assert!(!fs::read_to_string(desk.path("b.html")).unwrap().contains(".docx"));
}

/// A text with its `%XX` as the bytes that they stand for.
fn percent_encoding(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let hex = others.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

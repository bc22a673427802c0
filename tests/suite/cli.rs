//! The program as a user calls it: exit codes, what goes where, and what is never touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder of its own with the samples in it.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub fn with_samples() -> Desk {
        let desk = Desk::new();
        for sample in samples() {
            desk.put(&format!("报送/{}", sample.file_name().unwrap().to_str().unwrap()), &fs::read(&sample).unwrap());
        }
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn fuhe(&self, arguments: &[&str]) -> Output {
        Command::cargo_bin("fuhe")
            .unwrap()
            .current_dir(self.folder.path())
            .env("SOURCE_DATE_EPOCH", "1606780800")
            .args(arguments)
            .output()
            .unwrap()
    }

    pub fn lines(&self, name: &str) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.path(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shenzhen-2020");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "xlsx"));
    files.sort();
    files
}

/// Lines as they would stand had a run written them so: under seals that fit, and as one run.
pub fn resealed(lines: &[&serde_json::Value]) -> Vec<u8> {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut sealed = Vec::new();
    fuhe::report::writers::jsonl::write(
        &fuhe::report::writers::jsonl::read(text.as_bytes()).unwrap(),
        fuhe::text::Language::Zh,
        &mut sealed,
    )
    .unwrap();
    sealed
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn words(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_folder_of_good_workbooks_is_done_with_code_0_and_nothing_on_standard_output() {
    let desk = Desk::with_samples();
    let output = desk.fuhe(&["报送"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(output.stdout.is_empty());
    assert!(desk.path("fuhe-audit.xlsx").is_file());
    assert!(words(&output).contains("深圳市住房建设信息中心"));
}

#[test]
fn a_bad_file_among_good_ones_costs_one_line_and_code_3() {
    let desk = Desk::with_samples();
    desk.put("报送/坏文件.xlsx", b"PK\x03\x04 not really");
    let output = desk.fuhe(&["报送", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    assert_eq!(lines.len(), samples().len() + 1);
    let bad = lines.iter().find(|line| line["file"] == "坏文件.xlsx").unwrap();
    assert_eq!((&bad["status"], &bad["problem"]["code"]), (&"unread".into(), &"corrupt-file".into()));
    for key in ["unit", "year", "claimed", "recomputed", "points", "rulebook"] {
        assert!(bad[key].is_null(), "{key}");
    }
}

#[test]
fn nothing_to_audit_is_code_2_and_writes_nothing() {
    let desk = Desk::new();
    desk.put("空/说明.txt", b"x");
    desk.put("空/~$某局.xlsx", b"x");
    desk.put("空/.某局.xlsx", b"x");
    let output = desk.fuhe(&["空"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("没有找到工作簿"), "{}", words(&output));
    assert!(!desk.path("fuhe-audit.xlsx").exists());
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let output = Desk::new().fuhe(&["不在这里"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("不在这里") && words(&output).contains("不存在"), "{}", words(&output));
}

#[test]
fn fail_on_decides_code_1_and_wins_over_unread_files() {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "--fail-on", "overstated"])), 1);
    assert_eq!(code(&desk.fuhe(&["报送", "--fail-on", "unread"])), 0);
    desk.put("报送/空.xlsx", b"");
    assert_eq!(code(&desk.fuhe(&["报送", "--fail-on", "unread"])), 1);
    assert_eq!(code(&desk.fuhe(&["报送", "--fail-on", "error"])), 1);
    assert_eq!(code(&desk.fuhe(&["报送"])), 3);
}

#[test]
fn standard_output_carries_json_lines_and_never_the_workbook() {
    let desk = Desk::with_samples();
    let output = desk.fuhe(&["报送", "--jsonl", "-"]);
    assert_eq!(code(&output), 0);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), samples().len());
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "-"])), 2);
}

#[test]
fn a_file_that_is_no_audit_workbook_is_never_overwritten_without_force() {
    let desk = Desk::with_samples();
    let other = desk.put("fuhe-audit.xlsx", b"somebody's own work");
    let output = desk.fuhe(&["报送"]);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert_eq!(fs::read(&other).unwrap(), b"somebody's own work");
    assert_eq!(code(&desk.fuhe(&["报送", "--force"])), 0);
    assert_ne!(fs::read(&other).unwrap(), b"somebody's own work");
}

#[test]
fn an_output_that_is_an_input_is_refused_also_with_force() {
    let desk = Desk::with_samples();
    let input = samples()[0].file_name().unwrap().to_str().unwrap().to_owned();
    let target = format!("报送/{input}");
    let before = fs::read(desk.path(&target)).unwrap();
    let output = desk.fuhe(&["报送", "-o", &target, "--force"]);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert_eq!(fs::read(desk.path(&target)).unwrap(), before);
}

#[test]
fn inputs_are_never_written_to() {
    let desk = Desk::with_samples();
    let before: Vec<Vec<u8>> = inputs(&desk);
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "报送/fuhe-audit.xlsx"])), 0);
    assert_eq!(inputs(&desk), before);
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "报送/fuhe-audit.xlsx", "--jsonl", "b.jsonl"])), 0);
    assert_eq!(desk.lines("b.jsonl").len(), samples().len(), "the audit workbook itself is no input");
}

fn inputs(desk: &Desk) -> Vec<Vec<u8>> {
    let name = |sample: &PathBuf| format!("报送/{}", sample.file_name().unwrap().to_str().unwrap());
    samples().iter().map(|sample| fs::read(desk.path(&name(sample))).unwrap()).collect()
}

#[test]
fn jobs_order_of_paths_and_repetition_change_no_byte() {
    let desk = Desk::with_samples();
    let all: Vec<String> =
        samples().iter().map(|s| format!("报送/{}", s.file_name().unwrap().to_str().unwrap())).collect();
    let forward: Vec<&str> = all.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    let run = |paths: &[&str], jobs: &str, name: &str| {
        let (workbook, lines) = (format!("{name}.xlsx"), format!("{name}.jsonl"));
        let rest = ["--jobs", jobs, "-o", &workbook, "--jsonl", &lines];
        let output = desk.fuhe(&[paths, &rest].concat());
        assert_eq!(code(&output), 0, "{}", words(&output));
        (fs::read(desk.path(&workbook)).unwrap(), fs::read(desk.path(&lines)).unwrap())
    };
    let first = run(&forward, "1", "a");
    assert_eq!(first, run(&backward, "2", "b"));
    assert_eq!(first, run(&["报送", forward[0]], "7", "c"));
}

#[test]
fn stored_audits_give_the_workbook_of_the_run_that_made_them() {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 0);
    let output = desk.fuhe(&["report", "a.jsonl", "-o", "again.xlsx"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(desk.path("again.xlsx").is_file());
    let changed = fs::read_to_string(desk.path("a.jsonl")).unwrap().replace("\"sha256\":\"", "\"sha256\":\"0");
    desk.put("other.jsonl", changed.as_bytes());
    let output = desk.fuhe(&["report", "other.jsonl", "-o", "other.xlsx"]);
    assert_eq!(code(&output), 2, "another rulebook's audits are refused: {}", words(&output));
}

#[test]
fn stored_audits_give_the_page_of_the_run_to_the_byte() {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl", "--html", "a.html"])), 0);
    let output = desk.fuhe(&["report", "a.jsonl", "--folder", "报送", "-o", "again.xlsx", "--html", "again.html"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let [first, again] = ["a.html", "again.html"].map(|name| fs::read_to_string(desk.path(name)).unwrap());
    let differing = first.lines().zip(again.lines()).find(|(one, other)| one != other);
    assert_eq!(differing, None);
    assert!(first == again && first.contains("核对项目"));
}

#[test]
fn explain_shows_tables_facts_and_the_working_of_one_score() {
    let desk = Desk::with_samples();
    let seed = "报送/深圳市住房建设信息中心_2020年度自评.xlsx";
    let output = desk.fuhe(&["explain", seed]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let page = String::from_utf8(output.stdout).unwrap();
    for part in ["深圳市住房建设信息中心", "2020", "基础数据表", "一季度部门预算支出进度", "未找到：", "少计"]
    {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    let output = desk.fuhe(&["explain", seed, "预算执行率"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("27.22% ÷ 25% = 1.0888"), "{page}");
    let output = desk.fuhe(&["explain", seed, "没有的指标"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn rulebooks_are_listed_shown_and_checked() {
    let desk = Desk::new();
    let list = String::from_utf8(desk.fuhe(&["rulebook", "list"]).stdout).unwrap();
    assert!(list.contains("shenzhen-2020"));
    let shown = desk.fuhe(&["rulebook", "show", "shenzhen-2020"]).stdout;
    let file = desk.put("mine.toml", &shown);
    assert_eq!(code(&desk.fuhe(&["rulebook", "check", file.to_str().unwrap()])), 0);
    let broken = String::from_utf8(shown).unwrap().replacen("[[facts]]", "[[fakts]]", 1);
    desk.put("broken.toml", broken.as_bytes());
    let output = desk.fuhe(&["rulebook", "check", "broken.toml"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("fakts"), "{}", words(&output));
    assert_eq!(code(&desk.fuhe(&["rulebook", "show", "nowhere-1999"])), 2);
}

#[test]
fn the_blank_template_is_written_and_said_to_be_blank() {
    let desk = Desk::new();
    assert_eq!(code(&desk.fuhe(&["template", "-o", "空白.xlsx"])), 0);
    let output = desk.fuhe(&["空白.xlsx", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    assert_eq!(desk.lines("a.jsonl")[0]["problem"]["code"], "blank-template");
}

#[test]
fn an_archive_is_read_without_being_unpacked_and_names_in_it_point_nowhere() {
    let desk = Desk::new();
    let sample = fs::read(&samples()[0]).unwrap();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../../逃逸.xlsx", "第一批/某局.xlsx", "说明.docx"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, &sample[..if name.ends_with("docx") { 10 } else { sample.len() }])
            .unwrap();
    }
    desk.put("里/报送.zip", &archive.finish().unwrap().into_inner());
    let output = desk.fuhe(&["里", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let files: Vec<String> = desk.lines("a.jsonl").iter().map(|l| l["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["报送.zip/../../逃逸.xlsx", "报送.zip/第一批/某局.xlsx"]);
    assert!(!desk.path("逃逸.xlsx").exists() && !desk.folder.path().parent().unwrap().join("逃逸.xlsx").exists());
    assert!(words(&output).contains('1'), "the .docx is counted: {}", words(&output));
}

#[test]
fn wrong_arguments_are_said_in_chinese_or_english() {
    let desk = Desk::new();
    let output = desk.fuhe(&["--unknown"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("不认识的参数"), "{}", words(&output));
    let output = desk.fuhe(&["--lang", "en", "--unknown"]);
    assert!(words(&output).contains("unknown argument"), "{}", words(&output));
    assert!(String::from_utf8(desk.fuhe(&["--help"]).stdout).unwrap().contains("用法"));
    assert_eq!(code(&desk.fuhe(&["--help"])), 0);
}

#[test]
fn the_same_department_twice_is_told_in_both_lines() {
    let desk = Desk::new();
    let sample = fs::read(&samples()[0]).unwrap();
    desk.put("报送/初稿.xlsx", &sample);
    desk.put("报送/定稿.xlsx", &sample);
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 0);
    for (line, other) in desk.lines("a.jsonl").iter().zip(["定稿.xlsx", "初稿.xlsx"]) {
        let findings = line["findings"].as_array().unwrap();
        let told = findings.iter().find(|finding| finding["code"] == "duplicate-submission").unwrap();
        let message = told["message"].as_str().unwrap();
        assert!(message.contains(other) && message.contains("相同"), "{message}");
    }
}

//! What stops a run: a contradiction within the program, and the person at the keyboard. Nothing is written then.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use fuhe::audit::Audit;
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, checked, find, settled};
use fuhe::cli::Outputs;
use fuhe::console::Console;
use fuhe::error::Error;
use fuhe::outputs::write_outputs;
use fuhe::report::agreement::disagreements;
use fuhe::report::table::{Style, Value};
use fuhe::report::{Batch, RunInfo, reports};
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

use crate::cli::{Desk, code, samples, words};
use crate::said::Said;
use crate::submitted::{audited, full_but, full_facts_but, number, shenzhen, submitted};

fn good() -> Audit {
    audited(submitted(&full_but("budget_execution 6"), &full_facts_but("q1_progress 20")))
}

fn with_setup<T>(work: impl FnOnce(&Setup) -> T) -> T {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let limits = ArchiveLimits::default();
    work(&Setup {
        library: &library,
        vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits,
        effort: EffortLimits::default(),
    })
}

#[test]
fn an_audit_that_contradicts_itself_costs_its_own_line_and_asks_for_a_report() {
    let breaks: [fn(&mut Audit); 7] = [
        |audit| audit.points.as_mut().unwrap().agreed += number("1"),
        |audit| drop(audit.indicators.pop()),
        |audit| audit.recomputed.as_mut().unwrap().ceiling -= number("0.01"),
        |audit| audit.points = None,
        |audit| audit.recomputed = None,
        |audit| audit.rulebook = None,
        |audit| audit.status = fuhe::audit::Status::Unread,
    ];
    with_setup(|setup| {
        assert_eq!(settled(good(), setup), good());
        for (number, break_it) in breaks.into_iter().enumerate() {
            let mut broken = Audit { file: "某局.xlsx".to_owned(), sha256: "12ab".to_owned(), ..good() };
            break_it(&mut broken);
            let audits = [good(), broken.clone()].map(|audit| settled(audit, setup));
            assert_eq!((audits.len(), &audits[0]), (2, &good()), "{number}: the other one stays");
            let problem = audits[1].problem.as_ref().expect("a problem");
            assert_eq!(problem.code.as_str(), "self-check-failed", "{number}");
            assert_eq!((audits[1].file.as_str(), audits[1].sha256.as_str()), ("某局.xlsx", "12ab"));
            assert!(
                audits[1].indicators.is_empty() && audits[1].points.is_none(),
                "{number}: nothing of it is believed"
            );
            let said = problem.message();
            assert!(said.contains("报告给开发者") && said.contains("与填报无关"), "{said}");
            let what = said.rsplit('：').next().expect("what does not fit");
            assert!(!what.is_empty() && !what.contains(|c: char| c.is_ascii_alphabetic()), "in Chinese: {said}");
            assert!(fuhe::self_check::states(&audits[1]).is_empty());
            let audits = [settled(broken, setup)];
            assert!(
                audits[0].problem.as_ref().is_some_and(|it| Language::En.phrase(&it.phrase).is_ascii()),
                "{:?}",
                audits[0].problem
            );
        }
    });
}

#[test]
fn a_check_that_fails_on_one_audit_costs_its_line_and_no_other() {
    let mut bad = good();
    bad.file = "坏.xlsx".to_owned();
    let check = |audit: &Audit| match audit.file.as_str() {
        "坏.xlsx" => panic!("of one audit"),
        _ => Vec::new(),
    };
    let audits = [good(), bad.clone(), good()].map(|audit| checked(audit, check));
    assert_eq!((&audits[0], &audits[2]), (&good(), &good()));
    assert_eq!((audits[1].file.as_str(), &audits[1].sha256), ("坏.xlsx", &bad.sha256));
    assert_eq!(audits[1].problem.as_ref().map(|problem| problem.code.as_str()), Some("reader-failed"));
    assert!(fuhe::self_check::states(&audits[1]).is_empty());
}

#[test]
fn a_stored_audit_that_contradicts_itself_is_code_2_and_nothing_is_written() {
    let desk = Desk::new();
    let sample = desk.put("某局.xlsx", &std::fs::read(&samples()[0]).unwrap());
    assert_eq!(code(&desk.fuhe(&[sample.to_str().unwrap(), "--jsonl", "a.jsonl"])), 0);
    let line = std::fs::read_to_string(desk.path("a.jsonl")).unwrap();
    let at = line.find(r#""agreed":""#).unwrap() + 10;
    desk.put("b.jsonl", format!("{}9{}", &line[..at], &line[at..]).as_bytes());
    let output = desk.fuhe(&["report", "b.jsonl", "-o", "b.xlsx"]);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(words(&output).contains("自相矛盾"), "{}", words(&output));
    assert!(!desk.path("b.xlsx").exists());
    assert!(
        std::fs::read_dir(desk.folder.path())
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().starts_with(".fuhe-") })
    );
}

fn two() -> Batch {
    let other = Audit { file: "乙局.xlsx".to_owned(), unit: Some("乙局".to_owned()), ..good() };
    let unread = Audit::unread(Default::default(), fuhe::audit::Problem::told(fuhe::checks::Code::CorruptFile), None);
    Batch {
        audits: vec![good(), other, unread],
        rulebooks: vec![shenzhen().clone()],
        run: RunInfo::default(),
        ..Batch::default()
    }
}

#[test]
fn sheets_that_show_what_was_found_agree_with_the_audits() {
    let batch = two();
    assert_eq!(disagreements(&reports(&batch, Language::Zh).workbook, 0, &batch, Language::Zh), []);
    assert_eq!(disagreements(&reports(&batch, Language::En).workbook, 0, &batch, Language::En), []);
    let empty = Batch::default();
    assert_eq!(disagreements(&reports(&empty, Language::Zh).workbook, 0, &empty, Language::Zh), []);
}

#[test]
fn a_sheet_that_shows_anything_else_is_told() {
    let batch = two();
    let whole = reports(&batch, Language::Zh);
    let told = |change: &dyn Fn(&mut fuhe::report::Reports)| {
        let mut reports = whole.clone();
        change(&mut reports);
        disagreements(&reports.workbook, reports.papers.len(), &batch, Language::Zh)
            .into_iter()
            .map(|told| told.sheet)
            .collect::<Vec<_>>()
    };
    let short = told(&|reports| drop(reports.workbook[0].rows.pop()));
    assert!(short.len() > 3 && short.iter().all(|sheet| sheet == "总览"), "rows, agreed, ceiling …: {short:?}");
    assert_eq!(told(&|reports| reports.workbook[0].rows[0].cells[3].value = Value::Empty), ["总览"]);
    assert_eq!(
        told(&|reports| reports.workbook[0].rows[1].cells[4].value = Value::Number(number("99"), None)),
        ["总览"]
    );
    let sheet = |name: &str| whole.workbook.iter().position(|table| table.name == name).expect("a sheet");
    let (list, unread, run) = (sheet("差异清单"), sheet("未能复核"), sheet("运行信息"));
    let style = Style::Verdict(fuhe::audit::Verdict::Overstated);
    let place = whole.workbook[list].rows.iter().position(|row| row.cells[3].style == style).unwrap();
    assert_eq!(told(&|reports| drop(reports.workbook[list].rows.remove(place))), ["差异清单"]);
    assert_eq!(told(&|reports| reports.workbook[list].rows[place].cells[3].style = Style::Body), ["差异清单"]);
    assert_eq!(told(&|reports| reports.workbook[unread].rows.clear()), ["未能复核"]);
    assert_eq!(told(&|reports| drop(reports.workbook[run].rows.pop())), ["运行信息"]);
    assert_eq!(told(&|reports| drop(reports.workbook.pop())).len(), 1);
}

#[test]
fn a_run_that_is_stopped_says_how_far_it_came() {
    let desk = Desk::with_samples();
    let all = samples().len();
    with_setup(|setup| {
        let found = find(&[desk.path("报送")], &setup.limits).unwrap();
        for stop_after in [0, 1, all] {
            let (stop, done) = (AtomicBool::new(stop_after == 0), AtomicUsize::new(0));
            let tell = |_: &str| {
                if done.fetch_add(1, Ordering::SeqCst) + 1 == stop_after {
                    stop.store(true, Ordering::SeqCst);
                }
            };
            let error = audit_all(&found.inputs, setup, Course { jobs: Some(1), tell: &tell, stop: &stop })
                .expect_err("stopped");
            let Error::Interrupted { done, all: of } = error else { panic!("{error}") };
            assert_eq!((done, of), (stop_after, all));
            let said = error.say(Language::Zh);
            assert!(said.contains(&format!("{all} 个文件中复核了 {stop_after} 个，未写出任何文件")), "{said}");
        }
    });
}

/// The system tells which signals a process catches: before that, an interruption would simply end it. One that it was told to
/// ignore is not caught.
#[cfg(target_os = "linux")]
fn catches_interruptions(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mask = |name: &str| {
        let found = status.lines().find_map(|line| line.strip_prefix(name));
        found.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
    };
    let is_in = |mask: u64, signal: u32| mask & (1 << (signal - 1)) != 0;
    // SIGINT, SIGTERM, SIGHUP.
    let (caught, ignored) = (mask("SigCgt:"), mask("SigIgn:"));
    is_in(caught, 2) && is_in(caught, 15) && (is_in(caught, 1) || is_in(ignored, 1))
}

/// A run over many files that has begun, from a shell that sets it up.
#[cfg(target_os = "linux")]
fn long_run(desk: &Desk, shell: &str) -> std::process::Child {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let sample = std::fs::read(&samples()[0]).unwrap();
    for number in 0..1500 {
        desk.put(&format!("报送/{number}.xlsx"), &sample);
    }
    let script = format!("{shell} exec '{}' 报送 --jsonl a.jsonl --jobs 1", env!("CARGO_BIN_EXE_fuhe"));
    let mut run = Command::new("sh");
    run.current_dir(desk.folder.path()).args(["-c", &script]).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = run.spawn().unwrap();
    let begun = Instant::now();
    while !catches_interruptions(child.id()) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the run never began");
        std::thread::sleep(Duration::from_millis(5));
    }
    // The handler of an ignored signal is taken back right after it was set.
    std::thread::sleep(Duration::from_millis(100));
    child
}

#[cfg(target_os = "linux")]
fn send(signal: &str, child: &std::process::Child) {
    let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn an_interruption_leaves_no_file_and_says_what_was_done_whoever_asks() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let desk = Desk::new();
        let child = long_run(&desk, "");
        send(signal, &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 2, "{signal}: {}", words(&output));
        assert!(words(&output).contains("已中断：1500 个文件中复核了"), "{signal}: {}", words(&output));
        let there: Vec<_> = std::fs::read_dir(desk.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(there, ["报送"], "{signal}");
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_run_that_shall_outlive_its_terminal_does() {
    let desk = Desk::new();
    let mut child = long_run(&desk, "trap '' HUP;");
    send("-HUP", &child);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(child.try_wait().unwrap(), None, "it goes on");
    send("-TERM", &child);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

/// A console on which somebody asks to stop while data is written.
struct Impatient<'a>(&'a AtomicBool);

impl Console for Impatient<'_> {
    fn begin(&self, _: usize) {}
    fn advance(&self, _: &str) {}
    fn finish(&self) {}
    fn say(&self, _: &str) {}
    fn data(&self, _: &[u8]) -> std::io::Result<()> {
        self.0.store(true, Ordering::SeqCst);
        Ok(())
    }
}

#[test]
fn outputs_that_are_not_begun_when_the_run_is_stopped_are_not_written() {
    for (stopped_before, there) in [(true, vec![]), (false, vec!["a.xlsx"])] {
        let desk = Desk::new();
        let outputs = Outputs {
            workbook: Some(desk.path("a.xlsx")),
            jsonl: Some("-".into()),
            html: Some(desk.path("a.html")),
            batch_json: Some(desk.path("a.json")),
            letters: Some(desk.path("函")),
            carry: None,
            sample: None,
            force: false,
        };
        let stop = AtomicBool::new(stopped_before);
        let error =
            write_outputs(&mut two(), &outputs, None, Language::Zh, &stop, &Impatient(&stop)).expect_err("stopped");
        let Error::InterruptedWriting { written } = &error else { panic!("{error}") };
        assert_eq!(written.len(), there.len() * 2, "the workbook and the lines");
        let files = std::fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(files.collect::<Vec<_>>(), there);
        let said = error.say(Language::Zh);
        assert_eq!(said.contains("未写出任何文件"), stopped_before, "{said}");
        assert_eq!(said.contains("a.xlsx、-，其余未写出"), !stopped_before, "{said}");
    }
}

/// A run that writes more lines to a pipe than it holds, and waits there with its workbook written.
#[cfg(target_os = "linux")]
fn waiting_run(desk: &Desk) -> std::process::Child {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let sample = std::fs::read(&samples()[0]).unwrap();
    for number in 0..8 {
        desk.put(&format!("报送/{number}.xlsx"), &sample);
    }
    let mut run = Command::new(env!("CARGO_BIN_EXE_fuhe"));
    run.current_dir(desk.folder.path()).args(["报送", "--jsonl", "-", "--html", "a.html"]);
    let child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !desk.path("fuhe-audit.xlsx").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "no workbook");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

#[cfg(target_os = "linux")]
fn interrupt(child: &std::process::Child) {
    use std::process::Command;
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // Two that wait at once would be one.
    std::thread::sleep(std::time::Duration::from_millis(100));
}

#[cfg(target_os = "linux")]
#[test]
fn an_interruption_while_outputs_are_written_is_code_2_and_says_what_stands() {
    let desk = Desk::new();
    let child = waiting_run(&desk);
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(words(&output).contains("已中断：复核已完成，已写出 fuhe-audit.xlsx、-，其余未写出"), "{}", words(&output));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.len() > 1 << 16 && lines.lines().count() == 8, "what was begun is whole");
    assert!(!desk.path("a.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_interruption_ends_the_run_at_once() {
    let desk = Desk::new();
    let mut child = waiting_run(&desk);
    interrupt(&child);
    assert_eq!(child.try_wait().unwrap(), None, "the first one waits for the output that is begun");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

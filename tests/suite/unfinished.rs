//! What a killed run leaves behind is removed by the next, and what is replaced keeps its rights and its links.

use std::fs;

use crate::cli::{Desk, code, samples, words};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("报送/某局.xlsx", &fs::read(&samples()[0]).unwrap());
    desk
}

fn run(desk: &Desk) {
    let output = desk.fuhe(&["报送", "-o", "结果/a.xlsx", "--jsonl", "结果/a.jsonl"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
}

#[test]
fn what_a_killed_run_left_is_gone_after_the_next_and_nothing_else_is() {
    let desk = desk();
    let old = desk.put("结果/.fuhe-0123abcd-77-Xy12zA.tmp", b"half");
    let day = std::time::Duration::from_secs(25 * 60 * 60);
    fs::File::options().write(true).open(&old).unwrap().set_modified(std::time::SystemTime::now() - day).unwrap();
    // Another machine's, of a moment ago: it may be writing it.
    desk.put("结果/.fuhe-0123abcd-77-Xy12zB.tmp", b"half");
    desk.put("结果/.fuhe-notes.txt", b"a person's");
    run(&desk);
    let mut there: Vec<_> =
        fs::read_dir(desk.path("结果")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, [".fuhe-0123abcd-77-Xy12zB.tmp", ".fuhe-notes.txt", "a.jsonl", "a.xlsx"]);
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    fs::create_dir(desk.path("结果")).unwrap();
    run(&desk);
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    for name in ["结果/a.xlsx", "结果/a.jsonl"] {
        fs::set_permissions(desk.path(name), fs::Permissions::from_mode(0o640)).unwrap();
    }
    run(&desk);
    assert_eq!((mode("结果/a.xlsx"), mode("结果/a.jsonl")), (0o640, 0o640));
    assert_eq!(mode("结果/a.bak-1.xlsx"), 0o640, "nobody reads in the backup what they may not read in the workbook");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_stays() {
    use std::os::unix::fs::symlink;
    let desk = desk();
    for folder in ["结果", "别处"] {
        fs::create_dir(desk.path(folder)).unwrap();
    }
    symlink("../别处/真.xlsx", desk.path("结果/a.xlsx")).unwrap();
    symlink(desk.path("别处/真.jsonl"), desk.path("结果/a.jsonl")).unwrap();
    for _ in 0..2 {
        run(&desk);
        for name in ["a.xlsx", "a.jsonl"] {
            assert!(fs::symlink_metadata(desk.path("结果").join(name)).unwrap().is_symlink(), "{name}");
        }
        assert!(desk.path("别处/真.xlsx").is_file() && desk.path("别处/真.jsonl").is_file());
    }
    assert!(desk.path("别处/真.bak-1.xlsx").is_file(), "the backup stands beside the workbook itself");
}

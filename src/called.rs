//! What the system tells of how the program was called: its arguments as they were meant, and whose window it runs in.

use std::ffi::OsString;

/// The arguments. Under Windows each program takes its command line apart itself, by rules under which a backslash before a
/// quotation mark is none: `"D:\报送\"` arrives as `D:\报送"`, with everything that follows. No name there can hold a quotation
/// mark; where an argument does, the line is taken apart once more, by the rule that people have in mind.
pub fn arguments() -> Vec<OsString> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let is_misread = |argument: &OsString| argument.to_string_lossy().contains('"');
    match system::command_line().filter(|_| arguments.iter().any(is_misread)) {
        Some(line) => split(&line).into_iter().map(OsString::from).collect(),
        None => arguments,
    }
}

/// The arguments of a command line in which a quotation mark begins or ends what belongs together, and nothing else.
fn split(line: &str) -> Vec<String> {
    let (mut arguments, mut current, mut quoted) = (Vec::new(), None::<String>, false);
    for character in line.chars() {
        match character {
            '"' => {
                quoted = !quoted;
                current.get_or_insert_default();
            }
            ' ' | '\t' if !quoted => arguments.extend(current.take()),
            _ => current.get_or_insert_default().push(character),
        }
    }
    arguments.extend(current);
    arguments
}

/// Whether the window closes with the program: nobody else is attached to its console. A shell that called it, of whatever
/// kind, is.
pub fn has_own_window() -> bool {
    system::processes_of_console() == Some(1)
}

#[cfg(windows)]
mod system {
    use std::ffi::OsString;
    use std::os::windows::ffi::OsStringExt;

    use windows_sys::Win32::System::Console::GetConsoleProcessList;
    use windows_sys::Win32::System::Environment::GetCommandLineW;

    /// The command line as it was typed; none where it is no text.
    pub(super) fn command_line() -> Option<String> {
        // SAFETY: the system gives a text that ends with a zero and stays as long as the process.
        let line = unsafe {
            let start = GetCommandLineW();
            let length = (0..).take_while(|at| *start.add(*at) != 0).count();
            std::slice::from_raw_parts(start, length)
        };
        OsString::from_wide(line).into_string().ok()
    }

    /// How many processes the console has; none where there is no console.
    pub(super) fn processes_of_console() -> Option<u32> {
        let mut ids = [0; 2];
        // SAFETY: the system writes as many numbers as it is told there is room for, and says how many there are.
        let count = unsafe { GetConsoleProcessList(ids.as_mut_ptr(), ids.len() as u32) };
        (count > 0).then_some(count)
    }
}

/// A shell takes the line apart there, and stays when the program ends.
#[cfg(not(windows))]
mod system {
    pub(super) fn command_line() -> Option<String> {
        None
    }

    pub(super) fn processes_of_console() -> Option<u32> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_before_a_quotation_mark_is_one_and_what_follows_is_taken_apart() {
        assert_eq!(split(r#"fuhe "D:\报送\""#), ["fuhe", r"D:\报送\"]);
        assert_eq!(
            split(r#""C:\Program Files\fuhe.exe"  "D:\报送 材料\" -o "D:\结 果\复核.xlsx" --html="a b.html""#),
            [r"C:\Program Files\fuhe.exe", r"D:\报送 材料\", "-o", r"D:\结 果\复核.xlsx", "--html=a b.html"]
        );
        assert_eq!(split("fuhe \"\" \ta\u{3000}b "), ["fuhe", "", "a\u{3000}b"]);
    }
}

//! What the system says when it refuses something, in words that a clerk knows: the same in every line, whatever language
//! the system speaks.

use std::io::{Error, ErrorKind};

use crate::phrase::Phrase;

/// Why the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The text that says it.
    says: &'static str,
    /// The system's own number, where only that is known.
    number: Option<i32>,
}

impl Cause {
    /// What an error of the system means.
    pub fn of(error: &Error) -> Cause {
        let said = error.raw_os_error().and_then(of_number).or_else(|| of_kind(error.kind()));
        match (said, error.raw_os_error()) {
            (Some(says), _) => Cause { says, number: None },
            (None, Some(number)) => Cause { says: "run.io-number", number: Some(number) },
            (None, None) => Cause { says: "run.io-unknown", number: None },
        }
    }

    /// Whether another program holds what was asked for.
    pub fn is_in_use(self) -> bool {
        self.says == "run.io-busy"
    }

    /// The same, to be said.
    pub fn phrase(self) -> Phrase {
        match self.number {
            Some(number) => Phrase::new(self.says).with("number", number.to_string()),
            None => Phrase::new(self.says),
        }
    }
}

fn of_kind(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "run.io-not-found",
        ErrorKind::PermissionDenied => "run.io-permission",
        ErrorKind::AlreadyExists => "run.io-exists",
        ErrorKind::StorageFull => "run.io-full",
        ErrorKind::QuotaExceeded => "run.io-quota",
        ErrorKind::FileTooLarge => "run.io-too-large",
        ErrorKind::IsADirectory => "run.io-directory",
        ErrorKind::NotADirectory => "run.io-not-directory",
        ErrorKind::ReadOnlyFilesystem => "run.io-read-only",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "run.io-busy",
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "run.io-name",
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => "run.io-content",
        ErrorKind::WouldBlock => "run.io-threads",
        ErrorKind::OutOfMemory => "run.io-memory",
        ErrorKind::BrokenPipe => "run.io-pipe",
        ErrorKind::TimedOut
        | ErrorKind::NetworkDown
        | ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected
        | ErrorKind::StaleNetworkFileHandle => "run.io-network",
        _ => return None,
    })
}

/// What has no kind of its own: sharing and locking violations, mapped files, shares that are gone, failing disks, names
/// that are too long (the numbers of the Windows API).
#[cfg(windows)]
fn of_number(number: i32) -> Option<&'static str> {
    Some(match number {
        32 | 33 | 1224 => "run.io-busy",
        53 | 59 | 64 | 67 | 121 | 1231 => "run.io-network",
        21 | 23 | 1117 | 1392 => "run.io-disk",
        123 | 206 => "run.io-name",
        4 => "run.io-many",
        _ => return None,
    })
}

/// What has no kind of its own: failing disks, too many open files, links in a circle (the numbers that Linux and macOS
/// share; links have one each).
#[cfg(not(windows))]
fn of_number(number: i32) -> Option<&'static str> {
    Some(match number {
        5 => "run.io-disk",
        23 | 24 => "run.io-many",
        40 if cfg!(target_os = "linux") => "run.io-circle",
        62 if cfg!(target_os = "macos") => "run.io-circle",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn what_the_system_says_is_said_in_chinese_whatever_it_is() {
        for number in 1..200 {
            let cause = Cause::of(&Error::from_raw_os_error(number));
            let said = Language::Zh.phrase(&cause.phrase());
            assert!(!said.contains("os error") && !said.contains("run."), "{number}: {said}");
            let letters = said.replace("UTF-8", "").chars().filter(char::is_ascii_alphabetic).count();
            assert_eq!(letters, 0, "{number}: {said}");
        }
        let other = Cause::of(&Error::other("the library's own words"));
        assert!(!Language::Zh.phrase(&other.phrase()).contains("library"));
    }

    #[test]
    fn a_cause_that_has_only_a_number_keeps_it() {
        let said = Language::Zh.phrase(&Cause::of(&Error::from_raw_os_error(9999)).phrase());
        assert!(said.contains("9999"), "{said}");
    }
}

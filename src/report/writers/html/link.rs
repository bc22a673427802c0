//! Paths as links of the page.

use crate::report::Way;

/// A way as a link. Before a relative one stands `./`, so that no name can be taken for a scheme; before a drive
/// `file:///`, before a share `file:` (RFC 8089, appendix E). Every byte that is not plainly part of a name is written as `%XX`.
pub fn reference(way: &Way) -> String {
    let (before, path) = match way {
        Way::Relative(path) => ("./", path.as_str()),
        Way::Absolute(path) if path.starts_with("//") => ("file:", path.as_str()),
        Way::Absolute(path) => ("file:///", path.as_str()),
    };
    // The colon of a drive is no part of a name.
    let drive = if before == "file:///" { path.find(':') } else { None };
    let mut link = before.to_owned();
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => link.push(char::from(byte)),
            b':' if drive == Some(at) => link.push(':'),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_another_drive_or_share_has_the_address_that_browsers_know_and_any_other_one_is_relative() {
        let of = |path: &str| reference(&Way::Absolute(path.to_owned()));
        assert_eq!(of("D:/局 1/a#b.xlsx"), "file:///D:/%E5%B1%80%201/a%23b.xlsx");
        assert_eq!(of("//server/share$/a.xlsx"), "file://server/share%24/a.xlsx");
        assert_eq!(reference(&Way::to("D:/a.xlsx")), "./D%3A/a.xlsx", "a folder of that name");
    }
}

//! Paths as links of the page.

/// A relative path as a link: `./` before it, so that no name can be taken for a scheme, and every byte that is not
/// plainly part of a name written as `%XX`.
pub fn reference(path: &str) -> String {
    let mut link = "./".to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => link.push(char::from(byte)),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

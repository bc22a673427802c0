//! How an output names a file that lies elsewhere on the disk.

/// The way to a file from the folder of an output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Relative to the folder, with `/`: it holds when both are moved together.
    Relative(String),
    /// On another drive (`D:/…`) or share (`//server/share/…`), where no relative path leads (RFC 8089, appendix E).
    Absolute(String),
}

impl Way {
    /// A relative way.
    pub fn to(path: impl Into<String>) -> Way {
        Way::Relative(path.into())
    }

    /// The path, relative or not.
    pub fn path(&self) -> &str {
        match self {
            Way::Relative(path) | Way::Absolute(path) => path,
        }
    }

    /// The same way from a folder within the folder.
    pub fn one_deeper(&mut self) {
        if let Way::Relative(path) = self {
            path.insert_str(0, "../");
        }
    }
}

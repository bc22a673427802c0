//! What a submission is called wherever people read of it, and wherever it is known again by its name.

/// Between a department and its project.
pub const OF_PROJECT: char = '·';

/// The department, with its project if the form is of one; a file that names no department stands for itself.
pub fn name(unit: Option<&str>, file: &str, project: Option<&str>) -> String {
    let unit = unit.unwrap_or(file);
    let name = match project {
        Some(project) => format!("{unit}{OF_PROJECT}{project}"),
        None => unit.to_owned(),
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

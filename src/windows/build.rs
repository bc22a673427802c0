//! Gives a program for Windows its icon, its version and its manifest (`fuhe.exe.manifest`). Any other program needs none of it,
//! and no tool for it.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src/windows");
    println!("cargo:rerun-if-changed={TEXTS}");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows")
        && let Err(cause) = resources().compile_for("fuhe")
    {
        // It runs all the same. tests/package looks for them.
        println!(
            "cargo:warning=no icon, version and manifest (a resource compiler such as windres makes them): {cause}"
        );
    }
}

/// The program's texts, for its name.
const TEXTS: &str = "src/text/zh/run.toml";

fn resources() -> winresource::WindowsResource {
    let mut resources = winresource::WindowsResource::new();
    // Chinese, as spoken on the mainland: the language of the texts below.
    resources.set_language(0x0804);
    for (name, value) in [("FileDescription", name()), ("ProductName", name())] {
        resources.set(name, &value);
    }
    resources.set("OriginalFilename", "fuhe.exe").set("InternalName", "fuhe").set("LegalCopyright", "MIT");
    resources.set_icon("src/windows/fuhe.ico").set_manifest_file("src/windows/fuhe.exe.manifest");
    resources
}

/// What the program is called, as the first words of its help call it.
fn name() -> String {
    let texts = std::fs::read_to_string(Path::new(TEXTS)).unwrap_or_default();
    let about = texts.lines().find_map(|line| line.strip_prefix("help-about = \"")).unwrap_or_default();
    let called: String = about.chars().take_while(|character| character.is_alphabetic()).collect();
    format!("{called} fuhe").trim().to_owned()
}

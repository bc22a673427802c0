//! The program: arguments in, exit code out.

use fuhe::workbook::worker;

/// Counts memory only in the processes that read .xls and .xlsb files.
#[global_allocator]
static ALLOCATOR: worker::CappedAllocator = worker::CappedAllocator;

fn main() {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == worker::ARGUMENT)
    {
        std::process::exit(worker::serve());
    }
}

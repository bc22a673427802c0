//! A panic that costs one file: it is caught, told in the report, and not printed.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<u32> = const { Cell::new(0) };
}

/// Does the work; none if it panics.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    CATCHING.set(CATCHING.get().saturating_add(1));
    let done = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(CATCHING.get().saturating_sub(1));
    done.ok()
}

/// Whether a panic of this thread is caught and told elsewhere.
pub fn is_catching() -> bool {
    CATCHING.get() > 0
}

#[cfg(test)]
mod tests {
    use super::{caught, is_catching};

    #[test]
    fn a_panic_is_nothing_and_work_is_its_result() {
        assert_eq!(caught(|| is_catching().then_some(7)), Some(Some(7)));
        assert_eq!(caught(|| caught(|| panic!("of one file"))), Some(None::<()>));
        assert!(!is_catching());
    }
}

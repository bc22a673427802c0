//! A memory cap that every platform has: the allocator counts, and ends the process that is over its cap.
//!
//! Only a process that reads one stranger's file at a time arms it; elsewhere it does nothing but pass requests on.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

/// How a process ends that asked for more memory than its cap.
pub(crate) const OVER_THE_CAP: i32 = 86;
const DISARMED: usize = usize::MAX;

static CAP: AtomicUsize = AtomicUsize::new(DISARMED);
/// What was asked for since arming, less what was given back: below zero while older memory is given back.
static IN_USE: AtomicIsize = AtomicIsize::new(0);

/// What is done when the system has no more memory. Rust itself would abort with a line of its own; to put another in its place
/// is not stable (`set_alloc_error_hook`), so the allocator looks whether it was given anything.
static EXHAUSTED: OnceLock<fn() -> !> = OnceLock::new();
/// Who asks for more at once can be told that there is not so much, and goes on; a request that is smaller and fails is the end: no
/// buffer of this program is as large.
const ASKED_AT_MOST: usize = 64 << 20;

/// From here on this is done when the system has no more memory. It must not ask for any.
pub fn when_exhausted(end: fn() -> !) {
    // The first one counts.
    let _ = EXHAUSTED.set(end);
}

/// The memory that the system gave, if it did.
fn given(memory: *mut u8, asked: usize) -> *mut u8 {
    if memory.is_null()
        && asked <= ASKED_AT_MOST
        && let Some(end) = EXHAUSTED.get()
    {
        end();
    }
    memory
}

/// The system's allocator with a cap. The program installs it as its global allocator.
#[derive(Clone, Copy, Debug, Default)]
pub struct CappedAllocator;

/// From here on the process ends as soon as it holds more than so many bytes.
pub(crate) fn arm(cap: u64) {
    CAP.store(usize::try_from(cap).unwrap_or(DISARMED), Ordering::Relaxed);
}

/// From here on the process ends as soon as it holds so many bytes more than now; no cap is raised by it.
pub(crate) fn arm_further(more: u64) {
    let now = u64::try_from(IN_USE.load(Ordering::Relaxed)).unwrap_or(0);
    let cap = usize::try_from(now.saturating_add(more)).unwrap_or(DISARMED);
    CAP.fetch_min(cap, Ordering::Relaxed);
}

/// Gives memory that is free back to the system. The allocator of GNU systems keeps what a thread has freed for that
/// thread alone: with eight threads, eight large workbooks one after the other.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it touches only what is free, and takes the allocator's own locks.
    unsafe {
        libc::malloc_trim(0);
    }
}

fn charge(more: usize) {
    let cap = CAP.load(Ordering::Relaxed);
    if cap == DISARMED {
        return;
    }
    let more = isize::try_from(more).unwrap_or(isize::MAX);
    let in_use = IN_USE.fetch_add(more, Ordering::Relaxed).saturating_add(more);
    if usize::try_from(in_use).is_ok_and(|in_use| in_use > cap) {
        // What runs on the way out may allocate.
        CAP.store(DISARMED, Ordering::Relaxed);
        std::process::exit(OVER_THE_CAP);
    }
}

fn refund(less: usize) {
    if CAP.load(Ordering::Relaxed) != DISARMED {
        IN_USE.fetch_sub(isize::try_from(less).unwrap_or(isize::MAX), Ordering::Relaxed);
    }
}

// SAFETY: every request goes to the system's allocator as it came; the counting beside it touches no memory of its own.
unsafe impl GlobalAlloc for CappedAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        charge(layout.size());
        // SAFETY: the caller keeps the contract, which is the same.
        given(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        charge(layout.size());
        // SAFETY: as above.
        given(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        refund(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        charge(size);
        // SAFETY: as above.
        let moved = given(unsafe { System.realloc(memory, layout, size) }, size);
        refund(layout.size());
        moved
    }
}

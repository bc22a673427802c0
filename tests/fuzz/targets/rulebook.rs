//! See `checks/rulebook.rs` for what must hold. Half of the mutants move whole lines: a rulebook is lines.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| fuhe_fuzz::rulebook(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(2) || size == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mutant = moved(&data[..size], seed / 2);
    let length = mutant.len().min(max_size);
    data[..length].copy_from_slice(&mutant[..length]);
    length
});

/// One line left out, said twice, put elsewhere, or given the value of another.
fn moved(text: &[u8], seed: u32) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split(|&byte| byte == b'\n').collect();
    let (what, dice) = (seed % 4, seed as usize / 4);
    let (here, there) = (dice % lines.len(), (dice / lines.len()) % lines.len());
    let value = |line: &[u8]| line.iter().position(|&byte| byte == b'=').unwrap_or(line.len());
    let joined;
    match what {
        0 => drop(lines.remove(here)),
        1 => lines.insert(there, lines[here]),
        2 => lines.swap(here, there),
        _ => {
            joined = [&lines[here][..value(lines[here])], &lines[there][value(lines[there])..]].concat();
            lines[here] = &joined;
        }
    }
    lines.join(&b'\n')
}

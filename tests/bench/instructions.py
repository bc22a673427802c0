#!/usr/bin/env python3
"""Counts the instructions of the hot paths and compares them with those of the stored baseline, within 5 %.

    python3 tests/bench/instructions.py                   compare; exit code 1 where a path costs 5 % more or less than it did
    python3 tests/bench/instructions.py --update          store what is counted as the new baseline
    python3 tests/bench/instructions.py --against REV     compare with another revision instead, built here with the same compiler

It also tells how many times as much a whole card costs as calamine's reading of its cells, formulas and merged areas: a ratio that no
other work on the machine can change. (The yardstick itself is not compared.)

Needs valgrind (apt-get install valgrind) and a Rust toolchain; takes about a minute after the build. hot_paths.rs says what
each path is: numbers, reading, tables, labels, rules, a whole card, a whole project form. Callgrind counts, so other work on the machine changes
nothing. What does change from run to run is the seed of the standard library's hash tables: repeated runs differ by less
than 0.2 % (`--repeat 5` shows by how much).

The counts depend on the compiler, on the architecture, and a little on the C library: instructions.json names the compiler and
architecture that it was made with. Where they are others, nothing is compared and the exit code is 1. Then either count with that
compiler (`RUSTUP_TOOLCHAIN=1.89.0 python3 …`), or compare with the revision that the baseline stands for
(`--against $(git log -1 --format=%H -- tests/bench/instructions.json)`) and, if that holds, store the counts of the new compiler with
`--update`.

A path that became cheaper by more than 5 % fails too: store it, or the next change may lose it again unseen.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASELINE = Path(__file__).with_suffix(".json")
WITHIN = 0.05
# What goes on inside this function of hot_paths.rs is counted, whatever it is instantiated with.
COUNTED = "*hot_paths*counted*"
YARDSTICK = "calamine"


def built(root, target):
    """The bench program of a working tree, optimised as a release is."""
    command = ["cargo", "bench", "--locked", "--no-run", "--bench", "hot_paths", "--message-format=json"]
    made = subprocess.run(command, cwd=root, env={**os.environ, "CARGO_TARGET_DIR": str(target)}, stdout=subprocess.PIPE, text=True, check=True)
    messages = [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]
    return next(m["executable"] for m in messages if m.get("executable") and m["target"]["name"] == "hot_paths")


def paths_of(program):
    return subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def counted(program, path):
    """Instructions each time that the path is gone."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", "--collect-atstart=no", f"--toggle-collect={COUNTED}"]
        run = subprocess.run([*command, program, path], cwd=ROOT, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found or not int(found.group(1)):
        sys.exit(f"{path}: nothing was counted\n{run.stderr}")
    return int(found.group(1)) // int(run.stdout)


def all_of(program, repeat=1):
    """path → the counts of so many runs."""
    paths = paths_of(program)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        counts = list(pool.map(lambda path: counted(program, path), [path for path in paths for _ in range(repeat)]))
    return {path: counts[index * repeat : (index + 1) * repeat] for index, path in enumerate(paths)}


def made_with():
    rustc = subprocess.run(["rustc", "--version"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return {"rustc": rustc, "architecture": platform.machine()}


def of_revision(revision):
    """The counts of another revision. Its own samples are read; the bench program is this one where it has none."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--detach", str(tree), revision], cwd=ROOT, check=True, capture_output=True)
        try:
            return {path: counts[0] for path, counts in all_of(built(tree, ROOT / "target/against")).items()}
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True, capture_output=True)


def compare(now, before):
    """Prints every path; the names of those that are more than 5 % away."""
    away = []
    for path in (p for p in dict.fromkeys([*before, *now]) if p != YARDSTICK):
        one, other = now.get(path), before.get(path)
        change = one / other - 1 if one and other else None
        fails = change is None or abs(change) > WITHIN
        away += [path] if fails else []
        told = "not in both" if change is None else f"{change:+.1%}"
        print(f"{path:14} {other or 0:>14,} → {one or 0:>14,}  {told}{'  ✗' if fails else ''}")
    return away


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--update", action="store_true", help="store the counts as the baseline")
    parser.add_argument("--against", metavar="REV", help="compare with a revision instead of the baseline")
    parser.add_argument("--repeat", type=int, default=1, help="count so often and show how far the counts are apart")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        sys.exit("valgrind is not there: apt-get install valgrind")
    compiler = made_with()
    stored = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else None
    every = all_of(built(ROOT, Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))), options.repeat)
    if options.repeat > 1:
        for path, counts in every.items():
            print(f"{path:14} from {min(counts):,} to {max(counts):,}: {max(counts) / min(counts) - 1:.3%} apart")
    now = {path: sorted(counts)[len(counts) // 2] for path, counts in every.items()}
    print(f"a whole card costs {now['card'] / now[YARDSTICK]:.2f} times calamine's reading of it ({now[YARDSTICK]:,} instructions)")
    if options.update:
        BASELINE.write_text(json.dumps({**compiler, "instructions": {path: count for path, count in now.items() if path != YARDSTICK}}, indent=2) + "\n", encoding="utf-8")
        print(f"stored in {BASELINE.relative_to(ROOT)}")
        return
    if not options.against and stored is None:
        sys.exit("there is no baseline yet: --update stores one")
    if not options.against and {k: stored[k] for k in compiler} != compiler:
        print(json.dumps(now, indent=2))
        sys.exit(f"counted with {compiler}, the baseline with { {k: stored[k] for k in compiler} }: not comparable; see the head of {__file__}")
    away = compare(now, of_revision(options.against) if options.against else stored["instructions"])
    if away:
        sys.exit(f"more than {WITHIN:.0%} away: {', '.join(away)}. If it is meant to be so: python3 tests/bench/instructions.py --update")


if __name__ == "__main__":
    main()

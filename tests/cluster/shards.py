#!/usr/bin/env python3
"""Cuts a folder of submissions into shards, so that many machines can audit it; which machine gets which shard, and when, is
the business of the engine that runs them (HyperQueue, GNU parallel, Spark, Ray).

    python3 shards.py cut FOLDER SHARDS          lists of 100 to 500 paths, SHARDS/<hash>.list each
    python3 shards.py todo SHARDS                the lists whose lines are not there yet
    python3 shards.py run FOLDER LIST [OPTION…]  what a worker does: audits one shard, fuhe's options behind it
    fuhe report SHARDS/*.jsonl -o audit.xlsx     all of it

A shard is done when SHARDS/<hash>.jsonl is there: fuhe writes aside and renames. Nothing else is remembered, so a shard may be run twice,
by two machines at a time, or be cut off anywhere. The hash is of the paths, sizes and times in the list: a corrected file makes
another shard of its list, and only that is run again. Where a list ends is decided by the paths in it, not by how many stand
before it: a new file changes the list that it falls into, seldom the next, and not all behind. A shard runs on one processor (--jobs 1
unless something else is said), as engines count. Cut when no shard is running; for another version of fuhe, other rules or other
words begin a new folder of shards.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

# Below some 100 files a start of the program and a turn of the engine cost more than they should, above some 500 too much is redone.
LEAST, MOST = 100, 500


def walk(root):
    """Every file, by its path below the root, in the order of a run over the folder, each once however many links lead to it; a
    folder that cannot be opened stands for itself, so that the run tells it. Hidden ones and lock files are passed over."""
    entered, found = set(), []

    def enter(folder, below):
        real = os.path.realpath(folder)
        if real in entered:
            return
        entered.add(real)
        try:
            names = sorted(os.listdir(folder), key=lambda name: name + b"/")
        except OSError:
            found.append(below)
            return
        for name in names:
            path, file = os.path.join(folder, name), os.path.join(below, name)
            if name.startswith((b".", b"~$")):
                continue
            enter(path, file) if os.path.isdir(path) else found.append(file)

    enter(os.fsencode(root), b"")
    seen = set()
    for file in sorted(found):
        real = os.path.realpath(os.path.join(os.fsencode(root), file))
        if real not in seen:
            seen.add(real)
            yield file


def cut(root, least=LEAST, most=MOST):
    """The files in lists. Between the bounds a list ends at a path whose hash says so, of which there are enough to be met."""
    files = []
    for file in walk(root):
        files.append(file)
        ends = int.from_bytes(hashlib.sha256(file).digest()[:4]) % max(1, (most - least) // 3) == 0
        if len(files) >= most or len(files) >= least and ends:
            yield files
            files = []
    if files:
        yield files


def state(root, file):
    """What a corrected file has another of."""
    try:
        stat = os.stat(os.path.join(os.fsencode(root), file))
        return f"{stat.st_size} {stat.st_mtime_ns}".encode()
    except OSError:
        return b"unreadable"


def write_lists(root, shards, least, most):
    """Writes the lists and puts away what belongs to none of them: lists and lines of an earlier cut."""
    shards.mkdir(parents=True, exist_ok=True)
    names = set()
    for files in cut(root, least, most):
        # Zero bytes between them: a name may hold a line break.
        name = hashlib.sha256(b"\0".join(file + b"\0" + state(root, file) for file in files)).hexdigest()[:24]
        names.add(name)
        aside = shards / f".{name}.{os.getpid()}"
        aside.write_bytes(b"".join(file + b"\0" for file in files))
        aside.replace(shards / f"{name}.list")
    for path in [path for ending in ("list", "jsonl", "said") for path in shards.glob(f"*.{ending}")]:
        if path.stem not in names:
            (shards / "earlier").mkdir(exist_ok=True)
            path.replace(shards / "earlier" / path.name)
    return len(names)


def lines_of(shard):
    return shard.with_suffix(".jsonl")


def todo(shards):
    return [path for path in sorted(shards.glob("*.list")) if not lines_of(path).exists()]


def run(root, shard, options):
    """One shard. Files that could not be audited have their lines, which say so: the shard is done (fuhe's code 3)."""
    if lines_of(shard).exists():
        return 0
    fuhe = os.environ.get("FUHE", "fuhe")
    if not any(option.startswith("--jobs") for option in options):
        options = ["--jobs", "1", *options]
    call = [fuhe, root, "--files-from", shard, "--jsonl", lines_of(shard), "--no-workbook", *options]
    code = subprocess.run(call).returncode
    return 0 if code == 3 else code


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    task = tasks.add_parser("cut")
    task.add_argument("folder", type=Path)
    task.add_argument("shards", type=Path)
    task.add_argument("--least", type=int, default=LEAST)
    task.add_argument("--most", type=int, default=MOST)
    tasks.add_parser("todo").add_argument("shards", type=Path)
    task = tasks.add_parser("run")
    task.add_argument("folder", type=Path)
    task.add_argument("list", type=Path)
    given, options = parser.parse_known_args()
    if options and given.task != "run":
        parser.error(f"unknown: {' '.join(options)}")
    if given.task == "cut":
        if not given.folder.is_dir():
            parser.error(f"{given.folder} is no folder")
        count = write_lists(given.folder, given.shards, given.least, given.most)
        print(f"{count} shards, {len(todo(given.shards))} to do", file=sys.stderr)
        return 0
    if given.task == "todo":
        print("".join(f"{path.absolute()}\n" for path in todo(given.shards)), end="")
        return 0
    return run(given.folder, given.list, options)


if __name__ == "__main__":
    sys.exit(main())

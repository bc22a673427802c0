#!/usr/bin/env python3
"""Compares the JSON Lines of two builds of fuhe, line by line and byte by byte.

    compare_lines.py OLD NEW [--new KEY]... PATH...

Each PATH (a folder or a file) is audited by both programs; a folder that either of them refuses is audited file by
file. Lines are compared as they were written, after taking out the keys named by --new (keys that the newer program
adds, at any depth) and the hash of the rulebook where --any-rulebook is given. Prints every line that differs and what
differs in it. Exit code 0: nothing differs; 1: something does; 2: nothing could be compared.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile


def run(program, paths, extra):
    """(exit code, lines as text) of one run; None where nothing was written."""
    with tempfile.TemporaryDirectory() as folder:
        lines = os.path.join(folder, "lines.jsonl")
        command = [program, *paths, "-o", os.path.join(folder, "audit.xlsx"), "--jsonl", lines, *extra]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        if not os.path.exists(lines):
            return done.returncode, None
        with open(lines, encoding="utf-8") as file:
            return done.returncode, file.read().splitlines()


def without(value, keys):
    if isinstance(value, dict):
        return {key: without(inner, keys) for key, inner in value.items() if key not in keys}
    if isinstance(value, list):
        return [without(inner, keys) for inner in value]
    return value


def differences(old, new, at=""):
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            yield at, f"keys {list(old)} / {list(new)}"
        for key in old.keys() & new.keys():
            yield from differences(old[key], new[key], f"{at}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new)):
            yield from differences(one, other, f"{at}[{index}]")
    elif old != new:
        yield at, f"{json.dumps(old, ensure_ascii=False)} -> {json.dumps(new, ensure_ascii=False)}"


def tasks(program_pair, path, extra):
    """Pairs of results for a path: of the whole, or of each file where the whole cannot be had from both."""
    path = os.path.abspath(path)
    results = [run(program, [path], extra) for program in program_pair]
    if os.path.isfile(path) or all(lines is not None for _, lines in results):
        yield path, results
        return
    for folder, _, names in sorted(os.walk(path)):
        for name in sorted(names):
            if name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et", ".zip")):
                file = os.path.join(folder, name)
                yield file, [run(program, [file], extra) for program in program_pair]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--new", dest="keys", action="append", default=[], help="a key that the newer program adds")
    parser.add_argument("--any-rulebook", action="store_true", help="leave out the hash of the rulebook")
    parser.add_argument("--option", action="append", default=[], help="an option for both programs")
    given = parser.parse_args()
    compared = differing = 0
    for path in given.paths:
        for where, ((old_code, old), (new_code, new)) in tasks((os.path.abspath(given.old), os.path.abspath(given.new)), path, given.option):
            if old is None and new is None:
                print(f"{where}: neither wrote lines (exit {old_code}, {new_code})")
                continue
            if old is None or new is None or len(old) != len(new):
                differing += 1
                print(f"{where}: lines {old and len(old)} (exit {old_code}) / {new and len(new)} (exit {new_code})")
                continue
            for before, after in zip(old, new):
                compared += 1
                before, after = without(json.loads(before), ()), without(json.loads(after), set(given.keys))
                if given.any_rulebook:
                    for audit in (before, after):
                        if audit["rulebook"]:
                            audit["rulebook"]["sha256"] = ""
                if json.dumps(before, ensure_ascii=False) == json.dumps(after, ensure_ascii=False):
                    continue
                differing += 1
                for at, what in differences(before, after):
                    print(f"{before['file']}: {at}: {what}")
    print(f"{compared} lines compared, {differing} differ")
    return 2 if compared == 0 else 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

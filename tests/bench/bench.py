#!/usr/bin/env python3
"""How fast fuhe is, beside what reading the files costs and beside a Python auditor of the same job.

    python3 tests/bench/bench.py                                    100 and 1,000 files, 5 rounds, at 1 and 2 threads: minutes
    python3 tests/bench/bench.py --files 100 1000 10000 20000 --python-most 1000                  all that the README tells
    python3 tests/bench/bench.py --fuhe target/release/fuhe --skip python --rounds 3              another program, no Python auditor

Makes the files from a seed (submissions.py), then measures in one run, one after the other in turns, so that whatever else the
machine does meets all of them alike:

- fuhe to JSON Lines (`--jsonl FILE --no-workbook`; left out where the program has no such option),
- fuhe with the audit workbook and its working papers (`-o FILE`),
- calamine alone reading cells, formulas and merged areas; inflate alone; inflate and one pass of quick-xml (floors.rs),
- the Python auditor (auditor.py), once for each number of files and threads.

CPU is user and system time of the program and of all processes it started and waited for; wall time is from start to end;
memory is the sum of the peaks of all its processes (VmHWM of each, looked up every 10 ms; the peak that wait4 tells is no use, it
holds this script's own memory from before the program was started). Processes that share memory count it twice: for the Python
auditor the sum is an upper bound. Ratios are of one round: a program's time by calamine's in the same round at the same number of
threads. A machine that does other work makes them spread: the spread and the machine's load are printed, and wall times and what
threads gain say nothing where the load is higher than the number of processors. Files are in the page cache after the first,
unmeasured reading.

Needs Python with openpyxl and XlsxWriter for the auditor (pip install openpyxl XlsxWriter), Linux, and a Rust toolchain.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import submissions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAMES = {
    "lines": "fuhe to JSON Lines", "workbook": "fuhe with the audit workbook", "calamine": "calamine", "inflate": "inflate",
    "inflate-xml": "inflate + one XML pass", "python": "Python auditor",
}  # fmt: skip
EVERY = 0.01  # seconds between looks at the processes


# ---- one run -------------------------------------------------------------------------------------------------------------------------
def processes_of(pid):
    """A process and whatever it started."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for thread in os.listdir(f"/proc/{one}/task"):
                waiting += [int(child) for child in Path(f"/proc/{one}/task/{thread}/children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


OURS = Path("/proc/self/cmdline").read_bytes()


def peak_of(pid):
    try:
        if Path(f"/proc/{pid}/cmdline").read_bytes() == OURS:
            return 0  # not yet the program
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) if "VmHWM:" in status else 0
    except (FileNotFoundError, ProcessLookupError):
        return 0


def measured(command, allowed=(0,)):
    """(CPU seconds, wall seconds, peak MB, what it printed)."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        child = subprocess.Popen([str(word) for word in command], stdout=printed, stderr=subprocess.DEVNULL)
        peaks, over = {}, threading.Event()

        def watch():
            while not over.wait(EVERY):
                for pid in processes_of(child.pid):
                    peaks[pid] = max(peaks.get(pid, 0), peak_of(pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
        over.set()
        watcher.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        out = printed.read()
    if child.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, sum(peaks.values()) / 1024, out


class Programs:
    """The commands of all that take part."""

    def __init__(self, options):
        self.options = options
        self.floors = built("bench", "floors", "--bench")
        self.fuhe = Path(options.fuhe).resolve() if options.fuhe else built("build", "fuhe", "--release", "--bin")
        helped = subprocess.run([self.fuhe, "--help"], capture_output=True, text=True, check=True).stdout
        self.kinds = [kind for kind in NAMES if kind not in options.skip]
        if "--no-workbook" not in helped:
            print(f"{self.fuhe} has no --no-workbook: it is not measured to JSON Lines.\n")
            self.kinds.remove("lines")

    def command(self, kind, folder, out, threads):
        if kind == "lines":
            return [self.fuhe, folder, "--jsonl", out / "lines.jsonl", "--no-workbook", "--jobs", threads]
        if kind == "workbook":
            return [self.fuhe, folder, "-o", out / "audit.xlsx", "--jobs", threads]
        if kind == "python":
            return [self.options.python, HERE / "auditor.py", folder, "-o", out / "python.xlsx", "--processes", threads]
        return [self.floors, kind, folder, "--threads", threads]

    def run(self, kind, folder, threads):
        with tempfile.TemporaryDirectory(prefix="fuhe-bench-", dir=self.options.scratch) as out:
            command = self.command(kind, folder, Path(out), threads)
            return measured(command, allowed=(0, 3) if kind in ("lines", "workbook") else (0,))


def built(task, name, *how):
    """Builds a program with cargo; where it stands."""
    command = ["cargo", task, "--locked", *how, name, *(["--no-run"] if task == "bench" else []), "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    made = [json.loads(line) for line in lines if line.startswith("{")]
    return next(m["executable"] for m in made if m.get("executable") and m["target"]["name"] == name)


# ---- all runs ------------------------------------------------------------------------------------------------------------------------
def rounds(programs, folder, files, options):
    """(kind, threads) → list of (CPU, wall, MB), one a round, None where it was left out."""
    results, said = {}, {}
    turns = [(kind, threads) for threads in options.threads for kind in programs.kinds]
    if "python" in programs.kinds and files > options.python_most:
        turns = [turn for turn in turns if turn[0] != "python"]
    programs.run("inflate", folder, 1)
    for number in range(options.rounds):
        for kind, threads in turns[:: 1 if number % 2 == 0 else -1]:
            if kind == "python" and number > 0:
                results[kind, threads].append(None)
                continue
            cpu, wall, peak, out = programs.run(kind, folder, threads)
            said[kind] = out
            results.setdefault((kind, threads), []).append((cpu, wall, peak))
            print(f"  {files} files, round {number + 1}: {NAMES[kind]}, {threads} thread(s): {cpu:.2f} s CPU, {wall:.2f} s", file=sys.stderr, flush=True)
    return results, {kind: said[kind].decode().strip() for kind in said if kind not in ("lines", "workbook")}


def spread(values, digits=2):
    values = sorted(values)
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({values[0]:.{digits}f}-{values[-1]:.{digits}f})"


def pairs(results, one, other, at):
    """Ratios of the rounds in which both were measured."""
    both = zip(results.get(one, []), results.get(other, []))
    return [a[at] / b[at] for a, b in both if a and b and b[at]]


def table(results, files, threads, kinds):
    lines = [f"**{files:,} files, {threads} thread{'s' if threads > 1 else ''}** (median of the rounds, lowest and highest in brackets)", "",
             "| | CPU ms/file | CPU ÷ calamine's | wall ms/file | wall ÷ calamine's | peak MB |", "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    for kind in kinds:
        runs = [run for run in results.get((kind, threads), []) if run]
        if not runs:
            continue
        ratios = [spread(pairs(results, (kind, threads), ("calamine", threads), at)) if ("calamine", threads) in results else "" for at in (0, 1)]
        cells = [spread([r[at] * 1000 / files for r in runs], 3) for at in (0, 1)]
        lines.append(f"| {NAMES[kind]} | {cells[0]} | {ratios[0]} | {cells[1]} | {ratios[1]} | {max(r[2] for r in runs):.0f} |")
    return "\n".join(lines) + "\n"


def gains(results, files, options, kinds):
    """How many times as fast with the most threads as with one."""
    first, last = options.threads[0], options.threads[-1]
    lines = []
    for kind in kinds:
        ratios = pairs(results, (kind, first), (kind, last), 1)
        if ratios and first != last:
            lines.append(f"| {NAMES[kind]} | {spread(ratios)} |")
    head = [f"**{files:,} files: {last} threads, times as fast as {first}**", "", "| | wall ÷ wall |", "|---|--:|"]
    return "\n".join(head + lines) + "\n" if lines else ""


def stages(programs, folder, files):
    """What each stage costs, as the program itself counts it (--timings), in a run of one thread with workbook and lines."""
    with tempfile.TemporaryDirectory(prefix="fuhe-bench-", dir=programs.options.scratch) as out:
        command = [programs.fuhe, folder, "-o", f"{out}/audit.xlsx", "--jsonl", f"{out}/lines.jsonl", "--jobs", "1", "--timings"]
        said = subprocess.run([str(word) for word in command], capture_output=True, text=True).stderr
    found = re.findall(r"^([a-z-]+) .* ([0-9.]+) ms +([0-9.]+) %$", said, flags=re.M)
    if not found:
        sys.exit("the program did not tell what its stages cost")
    lines = [f"**{files:,} files: the stages of a run with workbook and lines, one thread, each without those within it**", "",
             "| stage | ms/file | share |", "|---|--:|--:|"]  # fmt: skip
    lines += [f"| {stage} | {float(ms) / files:.3f} | {share} % |" for stage, ms, share in found]
    return "\n".join(lines) + "\n"


def growth(by_files, options, kinds):
    """CPU for each file and memory, by number of files."""
    sizes = sorted(by_files)
    if len(sizes) < 2:
        return ""
    threads = options.threads[0]
    lines = [f"**By number of files, {threads} thread(s): CPU ms/file (median) and peak MB**", "",
             "| |" + "".join(f" {n:,} |" for n in sizes), "|---|" + "--:|" * len(sizes)]  # fmt: skip
    for kind in kinds:
        cells = []
        for files in sizes:
            runs = [run for run in by_files[files].get((kind, threads), []) if run]
            peak = max((r[2] for t in options.threads for r in by_files[files].get((kind, t), []) if r), default=0)
            cells.append(f" {statistics.median(r[0] for r in runs) * 1000 / files:.3f}, {peak:.0f} MB |" if runs else " |")
        lines.append(f"| {NAMES[kind]} |" + "".join(cells))
    return "\n".join(lines) + "\n"


def audited(programs, folder):
    """What the files are to fuhe: lines by status, and cards by how many of their scores are computed."""
    with tempfile.TemporaryDirectory(prefix="fuhe-bench-") as out:
        more = ["--no-workbook"] if "lines" in programs.kinds else ["-o", f"{out}/audit.xlsx"]
        measured([programs.fuhe, folder, "--jsonl", f"{out}/lines.jsonl", *more], allowed=(0, 3))
        counts = {"lines": 0, "unread": 0, "cards": 0, "project forms": 0, "cards with 18 scores computed or more": 0, "cards with an overstated score": 0}
        with open(f"{out}/lines.jsonl", encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                counts["lines"] += 1
                counts["unread"] += line["status"] == "unread"
                form = line["form"] is not None
                counts["project forms"] += form
                if line["status"] == "unread" or form:
                    continue
                counts["cards"] += 1
                counts["cards with 18 scores computed or more"] += sum(i["low"] == i["high"] for i in line["indicators"]) >= 18
                counts["cards with an overstated score"] += any(i["verdict"] == "overstated" for i in line["indicators"])
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--fuhe", help="the program to measure (default: this one, built with --release)")
    parser.add_argument("--python", default=sys.executable, help="the Python of the auditor, with openpyxl and XlsxWriter")
    parser.add_argument("--python-most", type=int, default=1000, help="no Python auditor above so many files (default 1000)")
    parser.add_argument("--skip", nargs="+", default=[], choices=list(NAMES))
    parser.add_argument("--keep", type=Path, help="make the files in this folder, keep them, and use those that are there already")
    parser.add_argument("--scratch", type=Path, help="where the programs write (default: the system's temporary folder)")
    parser.add_argument("--json", type=Path, help="every measurement, as JSON")
    options = parser.parse_args()
    if "python" not in options.skip:
        subprocess.run([options.python, "-c", "import openpyxl, xlsxwriter"], check=True)
    programs = Programs(options)
    by_files = {}
    for files in options.files:
        by_files[files] = one_size(programs, files, options)
    print(growth(by_files, options, programs.kinds))
    if options.json:
        plain = {str(n): {f"{k}, {t}": runs for (k, t), runs in results.items()} for n, results in by_files.items()}
        options.json.write_text(json.dumps(plain, indent=1), encoding="utf-8")


def one_size(programs, files, options):
    made = (options.keep or Path(tempfile.mkdtemp(prefix="fuhe-bench-files-", dir=options.scratch))) / f"{files}-{options.seed}"
    try:
        if not made.exists():
            begun = time.monotonic()
            facts = submissions.generate(made, files, options.seed)
            formats = ", ".join(f"{count} .{ending}" for ending, count in facts["formats"].items())
            print(f"{files:,} files from seed {options.seed} in {time.monotonic() - begun:.0f} s: {formats}; {facts['bytes'] / files / 1024:.1f} KB each\n")
        counts = audited(programs, made)
        print("; ".join(f"{name} {count:,}" for name, count in counts.items()) + "\n", flush=True)
        if counts["unread"] * 100 > files or counts["cards with 18 scores computed or more"] * 2 < counts["cards"]:
            sys.exit("the files are not what they should be: hardly any may be left unread, and most cards must be scored")
        before = os.getloadavg()[0]
        results, said = rounds(programs, made, files, options)
        print(f"Processors {os.cpu_count()}; load of the machine {before:.1f} before and {os.getloadavg()[0]:.1f} after, these programs included\n")
        for threads in options.threads:
            print(table(results, files, threads, programs.kinds), flush=True)
        print(gains(results, files, options, programs.kinds), flush=True)
        if "workbook" in programs.kinds:
            print(stages(programs, made, files), flush=True)
        for kind, counted in said.items():
            print(f"{NAMES[kind]}: `{counted}`  ")
        print()
        return results
    finally:
        if not options.keep:
            shutil.rmtree(made.parent, ignore_errors=True)


if __name__ == "__main__":
    main()

"""Fuzzes the readers, the number parser, the rulebook loader and the expression parser.

    python3 tests/fuzz/run.py [--minutes M] [--log] [--built] [TARGET ...]

Builds the targets with cargo-fuzz on the stable toolchain (coverage by the compiler, no sanitizer, checks of overflow and
debug assertions on), and runs each for M minutes of processor time in rounds. What an earlier run reached is kept in
target/fuzz and taken up again. An input that breaks something is written to target/fuzz/found and ends the run with 1;
its place, once mended, is tests/fuzz/regressions/TARGET, where `cargo test` repeats it.

With --built nothing is built again: what runs is what the last run built, and the log names that commit. Several runs of
different targets can go on side by side then.

With --log, one line for each target is added to tests/fuzz/LOG.tsv; `--sum` adds them up.
"""
import argparse
import datetime
import os
import pathlib
import re
import resource
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "target" / "fuzz"
# Longest input of each, in bytes.
TARGETS = {"parts": 150_000, "records": 60_000, "container": 150_000, "number": 300, "rulebook": 20_000, "expression": 400}
ROUND = 300
# No input takes 500 MB. The time is that of a program slowed by coverage, perhaps on a busy machine.
PROMISED = ["-timeout=60", "-rss_limit_mb=500", "-malloc_limit_mb=300"]


def build():
    """Builds the targets, and keeps of which commit."""
    subprocess.run(["cargo", "fuzz", "build", "--fuzz-dir", str(HERE), "--sanitizer", "none", "--target-dir",
                    str(WORK / "build")], cwd=ROOT, check=True)
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    (WORK / "commit").write_text(told.stdout.strip())
    subprocess.run([sys.executable, str(HERE / "seeds.py"), str(WORK / "seeds")], check=True)


def built():
    """Where the built targets are, and of which commit."""
    found = sorted((WORK / "build").glob("*/release/parts"), key=lambda path: path.stat().st_mtime)
    return found[-1].parent, (WORK / "commit").read_text()


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(program, target, minutes):
    """Processor seconds, inputs tried, edges reached, and whether something broke."""
    corpus, found = WORK / "corpus" / target, WORK / "found" / target
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    seconds = executions = edges = 0
    broken = False
    while seconds < minutes * 60 and not broken:
        before = processor_seconds()
        dictionary = HERE / "seeds" / f"{target}.dict"
        done = subprocess.run(
            [str(program / target), str(corpus), str(WORK / "seeds" / target), f"-max_len={TARGETS[target]}",
             f"-artifact_prefix={found}/", f"-max_total_time={min(ROUND, int(minutes * 60 - seconds) + 1)}",
             "-print_final_stats=1", *([f"-dict={dictionary}"] if dictionary.exists() else []), *PROMISED],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        seconds += processor_seconds() - before
        executions += sum(map(int, re.findall(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)[-1:]))
        edges = max([edges, *map(int, re.findall(r" cov: (\d+)", done.stderr))])
        broken = done.returncode != 0
        if broken:
            told = WORK / "found" / f"{target}.txt"
            told.write_text(done.stderr)
            print(f"{target} broke something: see {told} and {found}", flush=True)
    return seconds, executions, edges, broken


def add_up():
    """Minutes of processor time and inputs of each target over all runs."""
    sums = {}
    for line in (HERE / "LOG.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, _, target, seconds, inputs, *_ = line.split("\t")
        before = sums.get(target, (0, 0))
        sums[target] = (before[0] + int(seconds), before[1] + int(inputs))
    for target, (seconds, inputs) in sums.items():
        print(f"{target}: {seconds / 60:.0f} minutes of processor time, {inputs:,} inputs")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("targets", nargs="*", default=list(TARGETS))
    arguments.add_argument("--minutes", type=float, default=1)
    arguments.add_argument("--log", action="store_true")
    arguments.add_argument("--built", action="store_true")
    arguments.add_argument("--sum", action="store_true")
    options = arguments.parse_args()
    if options.sum:
        return add_up()
    if not options.built:
        build()
    program, commit = built()
    failed = False
    for target in options.targets or TARGETS:
        seconds, executions, edges, broken = fuzz(program, target, options.minutes)
        failed |= broken
        line = [datetime.date.today().isoformat(), commit, target, f"{seconds:.0f}", str(executions), str(edges),
                "something" if broken else "nothing"]
        print("\t".join(line), flush=True)
        if options.log:
            with open(HERE / "LOG.tsv", "a", encoding="utf-8") as log:
                log.write("\t".join(line) + "\n")
    sys.exit(failed)


os.environ.setdefault("CARGO_TERM_COLOR", "never")
main()

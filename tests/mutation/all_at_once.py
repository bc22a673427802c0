"""Tries every mutant that cargo-mutants lists, with one build instead of one for each.

    python3 tests/mutation/all_at_once.py WORK [--jobs N] [--only TEXT] [--report FILE] [--within SECONDS] [--again FILE]
        [--file GLOB ...] [--log]

Each change goes into a copy of the sources behind a switch that an environment variable turns on; what does not compile
is taken out again, and is what cargo-mutants calls unviable. Every test runs once to see which switches it reaches; then
each mutant is tried with the tests that reach it, until one of them fails. With --within only the first of them are run,
as long as they would take together: what is missed then may still be caught by the rest. With --again the mutants that an
earlier report has as caught are not tried a second time. With --log one line is added to RESULTS.tsv beside this file.

Needs cargo-mutants, and from PyPI tree-sitter and tree-sitter-rust.
"""
import argparse
import bisect
import collections
import concurrent.futures
import datetime
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import tree_sitter
import tree_sitter_rust

ROOT = pathlib.Path(__file__).resolve().parents[2]
SWITCHES = '''//! Which mutant is alive, and which ones a test reaches.
#![allow(missing_docs)]
use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

static ALIVE: LazyLock<usize> =
    LazyLock::new(|| std::env::var("FUHE_MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(usize::MAX));
static REACHED_IN: LazyLock<Option<std::ffi::OsString>> = LazyLock::new(|| std::env::var_os("FUHE_REACHED"));
static REACHED: [AtomicBool; 20000] = [const { AtomicBool::new(false) }; 20000];

pub fn on(id: usize) -> bool {
    if let Some(file) = &*REACHED_IN
        && !REACHED[id].swap(true, Ordering::Relaxed)
    {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).expect("a file");
        file.write_all(format!("{id}\\n").as_bytes()).expect("written");
    }
    *ALIVE == id
}

/// One of two iterators, for functions that give some iterator of one type.
#[derive(Clone)]
pub enum Either<L, R> {
    Left(L),
    Right(R),
}

impl<T, L: Iterator<Item = T>, R: Iterator<Item = T>> Iterator for Either<L, R> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        match self {
            Either::Left(left) => left.next(),
            Either::Right(right) => right.next(),
        }
    }
}
'''
MARK = re.compile(r"/\*m(\d+)\*/")


def listed(files):
    """What cargo-mutants would try, in its words: of these files, or of those that its configuration names."""
    chosen = ["--no-config", *(word for file in files for word in ("-f", file))] if files else []
    told = subprocess.run(["cargo", "mutants", "--list", "--json", *chosen], cwd=ROOT, capture_output=True, check=True)
    return json.loads(told.stdout)


class Source:
    """One file, its tree, and the mutants in it."""

    def __init__(self, path, mutants):
        self.text = (ROOT / path).read_bytes()
        self.lines = [0]
        for line in self.text.split(b"\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
        self.tree = parser.parse(self.text)
        self.at = collections.defaultdict(list)
        self.placed = set()
        for number, mutant in mutants:
            node = self.node_of(mutant)
            if node is not None:
                self.at[node.id].append((number, mutant))
                self.placed.add(number)

    def offset(self, place):
        """cargo-mutants counts characters of a line, from 1."""
        start = self.lines[place["line"] - 1]
        line = self.text[start:self.lines[place["line"]]].decode()
        return start + len(line[:place["column"] - 1].encode())

    def span(self, mutant):
        return self.offset(mutant["span"]["start"]), self.offset(mutant["span"]["end"])

    def node_of(self, mutant):
        """The node that holds the whole of what is changed."""
        start, end = self.span(mutant)
        node = self.tree.root_node.descendant_for_byte_range(start, end)
        wanted = {
            "FnValue": ("function_item",),
            "BinaryOperator": ("binary_expression", "compound_assignment_expr"),
            "UnaryOperator": ("unary_expression",),
            "MatchArm": ("match_arm",),
            "MatchArmGuard": ("match_arm",),
            "StructField": ("struct_expression",),
        }[mutant["genre"]]
        while node is not None and node.type not in wanted:
            node = node.parent
        if node is None:
            return None
        if mutant["genre"] == "BinaryOperator" and node.child_by_field_name("operator").start_byte != start:
            return None
        if mutant["genre"] == "UnaryOperator" and node.start_byte != start:
            return None
        # What binds otherwise takes in what stands around it: a || b && c for a && b && c.
        while mutant["genre"] == "BinaryOperator" and node.parent.type == "binary_expression":
            node = node.parent
        return node

    def raw(self, node):
        return self.text[node.start_byte:node.end_byte]

    def written(self, dead):
        return self.render(self.tree.root_node, dead)

    def render(self, node, dead):
        if not node.children:
            return self.raw(node)
        alive = [(number, mutant) for number, mutant in self.at.get(node.id, []) if number not in dead]
        body, at = b"", node.start_byte
        for child in node.children:
            body += self.text[at:child.start_byte]
            body += self.part(node, child, alive, dead)
            at = child.end_byte
        body += self.text[at:node.end_byte]
        others = [(number, self.changed(node, mutant)) for number, mutant in alive if mutant["genre"] in (
            "BinaryOperator", "UnaryOperator", "StructField")]
        if not others:
            return body
        switch = b" else ".join(b"if crate::mutants::on(%d) {\n%s/*m%d*/\n}" % (number, text.replace(b"\n", b" "), number)
                                for number, text in others)
        return b"(" + switch + b" else { " + body + b" })"

    def part(self, node, child, alive, dead):
        """A child of a node, with what the node's own mutants put into it."""
        text = self.render(child, dead)
        field = [name for name in ("body", "pattern") if node.child_by_field_name(name) == child]
        if node.type == "function_item" and field == ["body"]:
            values = [(number, mutant) for number, mutant in alive if mutant["genre"] == "FnValue"]
            if values and values[0][1]["function"]["return_type"].startswith("-> impl "):
                return self.one_of(values, text)
            early = b"".join(b"if crate::mutants::on(%d) {\n return %s;/*m%d*/\n}\n"
                             % (number, mutant["replacement"].encode(), number) for number, mutant in values)
            return b"{\n" + early + text[1:]
        if node.type == "match_arm" and field == ["pattern"]:
            return self.arm(child, alive, dead)
        return text

    def one_of(self, values, body):
        """The body of a function that gives some iterator: the mutants' ones are of other types."""
        for number, mutant in reversed(values):
            body = b"{\nif crate::mutants::on(%d) {\n crate::mutants::Either::Left(%s)/*m%d*/\n} else {\n" \
                   b"crate::mutants::Either::Right(%s)\n}\n}" % (number, mutant["replacement"].encode(), number, body)
        return body

    def falls_through(self, mutant):
        """Whether another arm takes what a deleted one took."""
        arm = self.node_of(mutant)
        patterns = [other.child_by_field_name("pattern") for other in arm.parent.children if other.type == "match_arm"]
        return any(re.fullmatch(rb"_|[a-z]\w*", self.raw(pattern)) for pattern in patterns)

    def plain(self, mutant):
        """The file as cargo-mutants would have it."""
        start, end = self.span(mutant)
        return self.text[:start] + mutant["replacement"].encode() + self.text[end:]

    def arm(self, pattern, alive, dead):
        """A match arm's pattern and guard; switched off, or with its guard always one way."""
        guard = pattern.child_by_field_name("condition")
        condition = self.render(guard, dead) if guard else b"true"
        for number, mutant in alive:
            if mutant["genre"] == "MatchArmGuard":
                condition = b"(if crate::mutants::on(%d) {\n%s/*m%d*/\n} else { %s })" % (
                    number, mutant["replacement"].encode(), number, condition)
        for number, mutant in alive:
            if mutant["genre"] == "MatchArm":
                condition = b"!crate::mutants::on(%d)/*m%d*/ && (%s)" % (number, number, condition)
        head = self.text[pattern.start_byte:guard.start_byte].rstrip() if guard else self.raw(pattern) + b" if"
        if condition == b"true":
            return self.raw(pattern)
        return head + b" " + condition

    def changed(self, node, mutant):
        """The whole expression as the mutant has it."""
        start, end = self.span(mutant)
        raw = self.text[node.start_byte:start] + mutant["replacement"].encode() + self.text[end:node.end_byte]
        return re.sub(rb"//[^\n]*", b"", raw)


def copy(work, toml):
    for name in subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0"):
        name = name.decode()
        if name and not name.startswith("src/") or name.startswith("src/") and not name.endswith(".rs"):
            if not (ROOT / name).is_file():
                continue
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    for path in (ROOT / "src").rglob("*.rs"):
        put(work / path.relative_to(ROOT), path.read_bytes())
    put(work / "src/mutants.rs", SWITCHES.encode())
    library = (ROOT / "src/lib.rs").read_bytes().replace(b"pub mod across;", b"pub mod across;\npub mod mutants;")
    put(work / "src/lib.rs", library)
    put(work / "Cargo.toml", (ROOT / "Cargo.toml").read_bytes() + toml)


def put(path, data):
    """Written only where it is something else: what is the same need not be compiled again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


PROFILE = b"""
[profile.mutants]
inherits = "dev"
opt-level = 1
debug = false
[lints.rust.unused]
level = "allow"
priority = -1
"""


# What the compiler says of a value or an operator that a type does not have: true of the mutant alone, too.
OF_ITS_OWN = ("E0277", "E0308", "E0369", "E0433", "E0599", "E0425", "E0600", "E0614", "E0368", "E0282", "E0283", "E0061")


def key(mutant):
    """What tells a mutant from others, from one run to the next."""
    return mutant["name"] + mutant["diff"]


def compiled(work, sources, mutants, before):
    """Takes out what does not compile, and gives why, by number. What did not compile before is not tried again."""
    unviable = {number: before[key(mutant)] for number, mutant in enumerate(mutants) if key(mutant) in before}
    for number, mutant in enumerate(mutants):
        source = sources[mutant["file"]]
        if number not in source.placed:
            unviable[number] = "no place of its own in the tree"
        elif mutant["genre"] == "MatchArm" and not source.falls_through(mutant):
            unviable[number] = "no other arm takes its place"
    while True:
        for path, source in sources.items():
            put(work / path, source.written(unviable))
        returned, messages, told = check(work)
        if returned == 0:
            break
        found = {}
        for message in messages:
            code = (message.get("code") or {}).get("code")
            for span in message["spans"]:
                text = (work / span["file_name"]).read_text().split("\n")
                for line in text[span["line_start"] - 1:span["line_end"]]:
                    for number in MARK.findall(line):
                        if span["is_primary"] or int(number) not in found:
                            found[int(number)] = f"{code}: {message['message']}"
        new = {number: why for number, why in found.items() if number not in unviable}
        if not new:
            sys.stderr.write(told[-6000:])
            sys.exit("what does not compile is no mutant's")
        unviable.update(new)
        print(f"{len(unviable)} do not compile", flush=True)
    return unviable


def check(work):
    told = subprocess.run(["cargo", "check", "--lib", "--message-format", "json"], cwd=work, capture_output=True)
    messages = [json.loads(line).get("message") or {} for line in told.stdout.splitlines()]
    return told.returncode, [m for m in messages if m.get("level") == "error"], told.stderr.decode()


def left_aside(work, sources, mutants, unviable, before):
    """Those of the unviable that would compile alone: they are not tried here."""
    aside = []
    for number, why in unviable.items():
        if why.startswith(OF_ITS_OWN) or key(mutants[number]) in before:
            continue
        path = mutants[number]["file"]
        switched = sources[path].written(unviable)
        put(work / path, sources[path].plain(mutants[number]))
        if check(work)[0] == 0:
            aside.append(number)
        put(work / path, switched)
    return aside


def tests_of(work, environment):
    told = subprocess.run(["cargo", "test", "--no-run", "--profile", "mutants", "--lib", "--test", "suite", "--message-format",
                           "json"], cwd=work, capture_output=True, env=environment)
    if told.returncode != 0:
        sys.exit(told.stderr.decode()[-3000:])
    programs = [json.loads(line).get("executable") for line in told.stdout.splitlines()]
    tests = []
    for program in filter(None, programs):
        if pathlib.Path(program).name == "fuhe":
            continue
        names = subprocess.run([program, "--list", "--format", "terse"], capture_output=True, text=True, cwd=work).stdout
        tests += [(program, line.removesuffix(": test")) for line in names.splitlines() if line.endswith(": test")]
    return tests


def run(work, tests, seconds, **variables):
    """Whether these tests of one program pass, in one process."""
    program = tests[0][0]
    environment = {**os.environ, "CARGO_MANIFEST_DIR": str(work), **variables}
    try:
        done = subprocess.run([program, "--test-threads", "1", "--exact", *(name for _, name in tests)], cwd=work,
                              env=environment, timeout=seconds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              stdin=subprocess.DEVNULL)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False


def reached(work, test, folder):
    """How long a test takes, whether it passes, and which switches it reaches."""
    file = folder / re.sub(r"\W+", "_", test[1] + pathlib.Path(test[0]).name[:5])
    file.unlink(missing_ok=True)
    begun = time.monotonic()
    passes = run(work, [test], 300, FUHE_REACHED=str(file))
    seconds = time.monotonic() - begun
    ids = {int(line) for line in file.read_text().split()} if file.exists() else set()
    return seconds, passes, ids


def reach(work, tests, options):
    """For each mutant the tests that reach it, the most particular and quickest ones first."""
    folder = work / "reached"
    folder.mkdir(exist_ok=True)
    known = work / "reached.json"
    state = [[program, os.stat(program).st_mtime] for program in sorted({program for program, _ in tests})]
    before = json.loads(known.read_text()) if known.exists() else {}
    if before.get("state") != state:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            told = list(pool.map(lambda test: reached(work, test, folder), tests))
        before = {"state": state, "told": [[seconds, passes, sorted(ids)] for seconds, passes, ids in told]}
        known.write_text(json.dumps(before))
    reaching = collections.defaultdict(list)
    for test, (seconds, passes, ids) in zip(tests, before["told"]):
        if not passes:
            print(f"left out, fails without a mutant: {test[1]}", flush=True)
        elif seconds > options.slowest:
            print(f"left out, takes {seconds:.0f} s: {test[1]}", flush=True)
        else:
            for number in ids:
                reaching[number].append((seconds * len(ids), seconds, test))
    return {number: [(seconds, test) for _, seconds, test in sorted(of_mutant)] for number, of_mutant in reaching.items()}


def first(tests, within):
    """As many of the tests as take so many seconds together."""
    spent = list(itertools.accumulate(seconds for seconds, _ in tests))
    return tests[:max(1, bisect.bisect(spent, within))]


def tried(work, number, tests):
    """The tests of which one fails, if one does: the most particular ones first, then more and more in one process."""
    at, size = 0, 6
    while at < len(tests):
        for program in sorted({test[0] for _, test in tests[at:at + size]}):
            some = [(seconds, test) for seconds, test in tests[at:at + size] if test[0] == program]
            if not run(work, [test for _, test in some], 20 + 8 * sum(seconds for seconds, _ in some),
                       FUHE_MUTANT=str(number)):
                return ", ".join(test[1] for _, test in some)
        at, size = at + size, size * 4
    return None


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work", type=pathlib.Path)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--file", action="append", default=[], help="other files than .cargo/mutants.toml names")
    arguments.add_argument("--only", default="", help="text that the names of mutants to be tried hold")
    arguments.add_argument("--slowest", type=float, default=3.0, help="tests that take longer, in seconds, are left out")
    arguments.add_argument("--within", type=float, default=1e9, help="seconds of tests for each mutant")
    arguments.add_argument("--report", type=pathlib.Path)
    arguments.add_argument("--again", type=pathlib.Path, help="a report whose caught mutants are not tried again")
    arguments.add_argument("--log", action="store_true")
    options = arguments.parse_args()
    mutants = listed(options.file)
    by_file = collections.defaultdict(list)
    for number, mutant in enumerate(mutants):
        by_file[mutant["file"]].append((number, mutant))
    sources = {path: Source(path, of_file) for path, of_file in by_file.items()}
    work = options.work.resolve()
    copy(work, PROFILE)
    known = work / "unviable.json"
    before = json.loads(known.read_text()) if known.exists() else {}
    unviable = compiled(work, sources, mutants, before)
    print(f"{len(mutants)} mutants, {len(unviable)} unviable", flush=True)
    aside = left_aside(work, sources, mutants, unviable, before)
    known.write_text(json.dumps({key(mutants[number]): why for number, why in unviable.items() if number not in aside}))
    for number in aside:
        print(f"to be tried alone: {mutants[number]['name']}", flush=True)
    environment = dict(os.environ)
    tests = tests_of(work, environment)
    print(f"{len(tests)} tests", flush=True)
    reaching = reach(work, tests, options)
    numbers = [number for number, mutant in enumerate(mutants) if number not in unviable and options.only in mutant["name"]]
    before = json.loads(options.again.read_text())["caught"] if options.again else {}
    results = {number: before[mutants[number]["name"]] for number in numbers if mutants[number]["name"] in before}
    numbers = [number for number in numbers if number not in results]
    print(f"{len(results)} caught before, {len(numbers)} to try", flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, killer in zip(numbers, pool.map(
                lambda number: tried(work, number, first(reaching.get(number, []), options.within)), numbers)):
            results[number] = killer
            if options.report and len(results) % 25 == 0:
                report(options.report, mutants, unviable, aside, results)
            if killer is None:
                print(f"{len(results)}: missed ({len(reaching.get(number, []))} tests reach it): {mutants[number]['name']}", flush=True)
    caught = sum(killer is not None for killer in results.values())
    print(f"{caught} of {len(results)} viable mutants caught ({100 * caught / max(1, len(results)):.1f} %)")
    if options.report:
        report(options.report, mutants, unviable, aside, results)
    if options.log:
        log([datetime.date.today(), head(), len(mutants), len(unviable), len(results), caught, len(results) - caught,
             " ".join(options.file) or "all"])


def head():
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return told.stdout.strip()


def log(figures):
    """One line of figures; the first line names them."""
    with open(pathlib.Path(__file__).with_name("RESULTS.tsv"), "a", encoding="utf-8") as file:
        file.write("\t".join(map(str, figures)) + "\n")


def report(file, mutants, unviable, aside, results):
    """What came of each mutant so far, by its name."""
    file.write_text(json.dumps({
        "unviable": {mutants[number]["name"]: why for number, why in unviable.items() if number not in aside},
        "aside": [mutants[number]["name"] for number in aside],
        "caught": {mutants[number]["name"]: killer for number, killer in results.items() if killer},
        "missed": [mutants[number]["name"] for number, killer in results.items() if not killer],
    }, ensure_ascii=False, indent=1))


main()

#!/usr/bin/env python3
"""Referee: many machines give the bytes of one, also when they are lost.

    python3 tests/referee/cluster.py FUHE [--files 600] [--seed 2020]

Makes submissions of several cities (copies, a broken one, a name with a line break and what is no workbook among them), audits
them in one run, then in shards on HyperQueue: a server and two workers, of which one is killed three times at moments drawn from
the seed and another one started. Once the worker alone is killed and what it ran goes on without it, twice all that it ran dies
with it, as when a machine loses power. Then lines and workbook put together of the shards are compared byte by byte with those of the one
run, and the starts of shards are counted: one more for each kill at most. Then the same on GNU parallel, killed once with all that it
ran and started again. Needs the package hyperqueue and the program parallel, and fails without them.
"""

import argparse
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parent / "cluster"
sys.path.insert(0, str(HERE.parent / "bench"))
sys.path.insert(0, str(TOOLS))

import shards  # noqa: E402
import submissions  # noqa: E402

PYTHON, KILLS, WORKERS = sys.executable, 3, 2
# Small shards, so that there are enough of them to be interrupted.
LEAST, MOST = 8, 24
PATIENCE = 600


def run(*call, code=(0,), **more):
    done = subprocess.run(list(map(str, call)), capture_output=True, text=True, **more)
    assert done.returncode in code, (call, done.returncode, done.stdout, done.stderr)
    return done


def folder_of(root, files, seed):
    """The submissions of a province: folders of cities, blanks in their names, and all that lies in them besides."""
    made = root / "made"
    submissions.generate(made, files, seed)
    province, rng = root / "全 省", random.Random(seed)
    cities = [province / name for name in ("甲市/一 区", "甲市/二区", "乙市", "丙市 (补)", "丁市's")]
    for city in cities:
        city.mkdir(parents=True)
    every = sorted(path for path in made.rglob("*") if path.is_file())
    for path in every:
        path.rename(rng.choice(cities) / path.name)
    there = sorted(path for path in province.rglob("*") if path.is_file())
    for number, path in enumerate(rng.sample(there, 6)):
        shutil.copy(path, cities[number % 5] / f"再报 {number}{path.suffix}")
    (cities[2] / "坏.xlsx").write_bytes(b"PK\3\4 broken")
    (cities[3] / "换\n行.xlsx").write_bytes(b"no workbook")
    (cities[4] / "说明.txt").write_text("说明", encoding="utf-8")
    # Two ways to one folder, and one in a circle.
    (province / "乙-旧").symlink_to("乙市", target_is_directory=True)
    (cities[4] / "上").symlink_to("..", target_is_directory=True)
    return province


class Counted:
    """The program, behind a line in a log for each of its starts."""

    def __init__(self, root, fuhe, name):
        self.log, self.path = root / f"{name}.starts", root / f"{name}.sh"
        self.log.touch()
        self.path.write_text(f'#!/bin/sh\necho "$$" >>"{self.log}"\nexec "{fuhe}" "$@"\n')
        self.path.chmod(0o755)

    def starts(self):
        return len(self.log.read_text().split())


def children(process):
    """A process that was started here, and all that it started, by their parents' numbers."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    found = [process.pid]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def is_at_work(process, fuhe):
    """Whether the program runs for it."""
    for pid in children(process):
        try:
            if os.readlink(f"/proc/{pid}/exe") == str(fuhe):
                return True
        except OSError:
            pass
    return False


def kill(process, with_all):
    for pid in children(process) if with_all else [process.pid]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.005)


def moments(rng, count, kills):
    """How many shards are done when a kill falls, and how long after that: in the first, the second … part of the run."""
    part = int(count * 0.75) // kills
    return [(number * part + rng.randrange(1, part), rng.uniform(0, 0.2)) for number in range(kills)]


def done(lists):
    return sum(1 for path in lists.glob("*.list") if shards.lines_of(path).exists())


def cut(root, province, name):
    lists = root / name
    run(PYTHON, TOOLS / "shards.py", "cut", province, lists, "--least", LEAST, "--most", MOST)
    count = len(shards.todo(lists))
    assert count >= 5 * KILLS, f"{count} shards are too few to be interrupted"
    return lists, count


def cuts(root):
    """Lists are of 100 to 500 files; a corrected file changes one of them, a new one the one it falls into and at most the next."""
    folder, lists = root / "cuts", root / "cuts-lists"
    for number in range(3000):
        path = folder / f"{number % 7}区" / f"{number}局.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def again():
        run(PYTHON, TOOLS / "shards.py", "cut", folder, lists)
        return {path.name: path.read_bytes().split(b"\0")[:-1] for path in lists.glob("*.list")}

    first = again()
    sizes = sorted(map(len, first.values()))
    assert sum(sizes) == 3000 and sizes[1] >= 100 and sizes[-1] <= 500 and len(sizes) >= 6, sizes
    assert again() == first, "the same folder, the same lists"
    shards.lines_of(lists / min(first)).touch()
    assert len(shards.todo(lists)) == len(first) - 1
    (folder / "3区/3局.xlsx").write_text("corrected")
    second = again()
    assert len(second.keys() - first.keys()) == 1 == len(first.keys() - second.keys())
    (folder / "3区/新.xlsx").touch()
    third = again()
    assert 1 <= len(third.keys() - second.keys()) <= 2, "a new file moves no list behind the next"
    stale = [path.stem for path in lists.glob("*.jsonl") if f"{path.stem}.list" not in third]
    assert not stale, "lines of an earlier cut would be counted"


def hyperqueue(root, province, fuhe, seed):
    lists, count = cut(root, province, "hyperqueue")
    counted, rng, at = Counted(root, fuhe, "hyperqueue"), random.Random(seed), root / "server"
    environment = {**os.environ, "FUHE": str(counted.path)}
    tool, started = TOOLS / "on_hyperqueue.py", []

    def start(*what):
        said = open(root / f"said-{len(started)}", "w")
        started.append(subprocess.Popen([PYTHON, tool, *map(str, what)], env=environment, stdout=said, stderr=said))
        return started[-1]

    try:
        start("server", at)
        wait_for(lambda: (at / "hq-current/access.json").exists(), "the server")
        workers = [start("worker", at, "--cores", 1) for _ in range(WORKERS)]
        submitted = start("submit", at, province, lists)
        for number, (after, later) in enumerate(moments(rng, count, KILLS)):
            wait_for(lambda: done(lists) >= after, f"{after} shards on HyperQueue")
            time.sleep(later)
            lost = rng.choice(workers)
            wait_for(lambda: is_at_work(lost, fuhe) or done(lists) == count, "a worker at work")
            assert done(lists) < count, "all was done before the last kill"
            kill(lost, with_all=number > 0)
            workers[workers.index(lost)] = start("worker", at, "--cores", 1)
        submitted.wait(timeout=PATIENCE)
        assert submitted.returncode == 0, (root / f"said-{started.index(submitted)}").read_text()
    finally:
        for process in started:
            if process.poll() is None:
                kill(process, with_all=True)
    again = counted.starts() - count
    assert 1 <= again <= KILLS, f"{again} shards were done again after {KILLS} kills"
    return lists, f"HyperQueue: {count} shards, {KILLS} workers killed, {again} shards started again"


def parallel(root, province, fuhe, seed):
    lists, count = cut(root, province, "parallel")
    counted, rng = Counted(root, fuhe, "parallel"), random.Random(seed + 1)
    todo = root / "todo"
    todo.write_text(run(PYTHON, TOOLS / "shards.py", "todo", lists).stdout)
    call = ["parallel", "--will-cite", "--jobs", WORKERS, "--joblog", root / "joblog", "--resume-failed", "--arg-file", todo]
    call += [PYTHON, TOOLS / "shards.py", "run", province]
    # GNU parallel hands its words to a shell: each is quoted, and the list comes behind them.
    call = [str(word) for word in call[:9]] + ["--quote", *map(str, call[9:]), "{}"]
    environment = {**os.environ, "FUHE": str(counted.path)}
    process = subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    [(after, later)] = moments(rng, count, 1)
    wait_for(lambda: done(lists) >= after, f"{after} shards on GNU parallel")
    time.sleep(later)
    wait_for(lambda: is_at_work(process, fuhe) or done(lists) == count, "a job at work")
    kill(process, with_all=True)
    before = done(lists)
    assert before < count, "all was done before the kill"
    run(*call, env=environment)
    assert not shards.todo(lists)
    again = counted.starts() - count
    assert 0 <= again <= WORKERS, f"{again} shards were done again after one kill of {WORKERS} jobs"
    return lists, f"GNU parallel: {count} shards, killed at {before}, {again} shards started again"


def same(root, province, fuhe, lists, expected):
    """Lines, workbook and papers put together, and those of the one run."""
    lines = sorted(lists.glob("[!.]*.jsonl"))
    parts = [path.read_bytes() for path in lines]
    assert sum(b'"duplicate-submission"' in part for part in parts) < expected["twins"], "no copy lies in another shard"
    place = root / f"of-{lists.name}"
    place.mkdir()
    run(fuhe, "report", *lines, "--folder", province, "-o", place / "审.xlsx", "--jsonl", place / "审.jsonl", code=(3,))
    assert tree(place) == expected["bytes"], f"{lists.name}: not the bytes of one run"


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("fuhe", type=Path)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--seed", type=int, default=2020)
    given = parser.parse_args()
    fuhe = given.fuhe.resolve()
    os.environ["SOURCE_DATE_EPOCH"] = "1606780800"
    assert importlib.util.find_spec("hyperqueue"), "HyperQueue is not installed: pip install hyperqueue"
    assert shutil.which("parallel"), "GNU parallel is not installed: apt-get install parallel"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        cuts(root)
        os.environ["TMPDIR"] = temporary
        province = folder_of(root, given.files, given.seed)
        one = root / "one"
        one.mkdir()
        run(fuhe, province, "-o", one / "审.xlsx", "--jsonl", one / "审.jsonl", code=(3,))
        twins = (one / "审.jsonl").read_bytes().count(b'"duplicate-submission"')
        assert twins >= 12, f"{twins} twins told of six copies"
        expected = {"bytes": tree(one), "twins": twins}
        for engine in (hyperqueue, parallel):
            lists, told = engine(root, province, fuhe, given.seed)
            same(root, province, fuhe, lists, expected)
            print(f"{told}; {len(expected['bytes'])} files are those of one run")


if __name__ == "__main__":
    main()

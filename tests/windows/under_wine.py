#!/usr/bin/env python3
"""The program for Windows under Wine: it does what the program for this system does, to the byte, and what only Windows asks for.

    bash tests/windows/build.sh WORK && python3 tests/windows/under_wine.py WORK target/release/fuhe [NAME...]

Each check is a function; NAMEs choose some. Exit code 1: some failed.
"""
import html
import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = pathlib.Path(sys.argv[1]).resolve()
LINUX = str(pathlib.Path(sys.argv[2]).resolve())
WINE = str(WORK / "wine")
EXE = str(WORK / "fuhe.exe")
SAMPLES = ROOT / "samples"
# Under Wine a program needs a second or so to start; the whole corpus took 40.
PATIENCE = 300
ENV = dict(os.environ, SOURCE_DATE_EPOCH="1606780800", NO_COLOR="1")
ENTER_WORDS = "按回车键关闭窗口"


# Wine 8 loses its own server now and then when a program ends (1 run of 40 beside other work): the loader is killed by a signal, or
# says that it lost the connection. A fault of the program itself has a Windows exit code and neither sign.
TRIES = 3
SERVER_LOST = b"wine client error"


class Failed(Exception):
    pass


class WineDied(Exception):
    """Wine itself ended, and nothing is known of the program."""


def holds(what, told):
    if not what:
        raise Failed(told)


def alive(code, words=b""):
    """The exit code, which is the program's own."""
    if code is not None and (code < 0 or SERVER_LOST in words):
        raise WineDied(f"code {code}")
    return code


def called(command, **more):
    """A command under Wine, to its end."""
    done = subprocess.run(command, env=ENV, capture_output=True, timeout=PATIENCE, **more)
    alive(done.returncode, done.stderr)
    return done


def run(program, arguments, folder, **more):
    """Exit code, standard output, standard error."""
    command = ([WINE, EXE] if program == "windows" else [LINUX]) + [str(one) for one in arguments]
    if program == "windows":
        done = called(command, cwd=folder, stdin=subprocess.DEVNULL, **more)
    else:
        done = subprocess.run(command, cwd=folder, env=ENV, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, **more)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def windows(path):
    """A path of this system as Windows programs see it under Wine."""
    return "Z:" + str(path).replace("/", "\\")


def both(arguments, prepare, folder):
    """The folders in which either program ran, their exit codes and words."""
    done = {}
    for program in ("linux", "windows"):
        place = folder / program
        place.mkdir()
        prepare(place)
        code, out, words = run(program, arguments, place)
        done[program] = (place, code, out, words)
    holds(done["linux"][1] == done["windows"][1], f"exit codes {done['linux'][1]} and {done['windows'][1]}: {done['windows'][3]}")
    return done


def content(path):
    """The bytes of a file; of a container its parts, in their order: the frame around them names the system that packed them."""
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())


def same_files(done, names):
    for name in names:
        linux, wine = (content(done[program][0] / name) for program in ("linux", "windows"))
        if linux == wine:
            continue
        for at, (one, other) in enumerate(zip(linux.split(b"\n"), wine.split(b"\n"))):
            if one != other:
                from_byte = next((i for i, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
                near = slice(max(0, from_byte - 60), from_byte + 120)
                one, other = (line[near].decode("utf-8", "replace") for line in (one, other))
                raise Failed(f"…{name[-40:]}, line {at + 1}: {one} AND {other}")
        raise Failed(f"{name}: {len(linux)} and {len(wine)} bytes")


def copied(*sources):
    def prepare(place):
        for source in sources:
            if source.is_dir():
                shutil.copytree(source, place / source.name)
            else:
                shutil.copy(source, place)
    return prepare


OUTPUTS = ["--jsonl", "a.jsonl", "--html", "a.html", "-o", "a.xlsx", "--letters", "letters"]


def main_job(folder):
    """The samples, all outputs, the same bytes."""
    done = both(["samples", *OUTPUTS], copied(SAMPLES), folder)
    letters = [f"letters/{path.name}" for path in (done["linux"][0] / "letters").iterdir()]
    holds(len(letters) > 5, "no letters")
    same_files(done, ["a.jsonl", "a.html", "a.xlsx", *letters])
    words = done["windows"][3]
    holds(words == done["linux"][3].replace("letters/", "letters\\"), f"other words: {words}")


def corpus(folder):
    """Workbooks of every format, archives, broken ones, folders of Chinese names: the same lines. The formats that are read in
    processes of their own are among them."""
    done = both(["corpus", "--no-workbook", "--jsonl", "a.jsonl"], copied(ROOT / "tests/corpus"), folder)
    same_files(done, ["a.jsonl"])
    endings = {json.loads(line)["file"].rsplit(".", 1)[-1] for line in open(done["windows"][0] / "a.jsonl", encoding="utf-8")}
    holds({"xlsx", "xls", "xlsb", "ods"} <= endings, f"formats {endings}")


def old_workbook():
    """An .xls that is one."""
    return next(path for path in sorted((ROOT / "tests/corpus").glob("*.xls")) if path.read_bytes().startswith(b"\xd0\xcf"))


def readers(folder):
    """An .xls is read in a process of its own, which ends when nobody asks any more, and does not take nonsense."""
    old = old_workbook()
    done = both([old.name, "--no-workbook", "--jsonl", "a.jsonl"], copied(old), folder)
    same_files(done, ["a.jsonl"])
    for asked, code in ((b"", 0), (b"nonsense\n", 1)):
        reader = called([WINE, EXE, "__read-workbook"], input=asked)
        holds((reader.returncode, reader.stdout) == (code, b""), f"asked {asked}: {reader}")


def names(folder):
    """Names of any characters, in folders of such names."""
    sample = next((SAMPLES / "shenzhen-2020").glob("*.xlsx"))

    def prepare(place):
        for name in ("报送材料 2020年/一、机关/某局（定稿）[1].xlsx", "报送材料 2020年/二、下属/😀 𠮷局.xlsx", "报送材料 2020年/á é.xlsx"):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(sample, place / name)
        with zipfile.ZipFile(place / "报送材料 2020年/压缩包.zip", "w") as packed:
            packed.write(sample, "里面/某局.xlsx")
    done = both(["报送材料 2020年", "--jsonl", "结果.jsonl", "--html", "网页.html", "-o", "复核.xlsx"], prepare, folder)
    same_files(done, ["结果.jsonl", "网页.html", "复核.xlsx"])
    holds(len((folder / "windows/结果.jsonl").read_text(encoding="utf-8").splitlines()) == 4, "four lines")


class Held:
    """Files held by another program."""

    def __init__(self, mode, *files):
        command = [WINE, str(WORK / "hold.exe"), mode, *map(windows, files)]
        self.process = subprocess.Popen(command, env=ENV, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = self.process.stdout.readline().strip()
        holds(told == "held", f"hold.exe: {told}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE)


def held_outputs(folder):
    """Outputs that are open in another program stay, and the results stand beside them under names that are told."""
    for mode in ("reads", "alone"):
        place = folder / mode
        place.mkdir()
        shutil.copytree(SAMPLES, place / "samples")
        code, _, words = run("windows", ["samples", *OUTPUTS], place)
        holds(code == 0, words)
        files = ["a.xlsx", "a.jsonl", "a.html"]
        before = {name: (place / name).read_bytes() for name in files}
        with Held(mode, *(place / name for name in files)):
            code, _, words = run("windows", ["samples", *OUTPUTS], place)
        holds(code == 0, f"{mode}: code {code}, {words}")
        for name in files:
            beside = name.replace("a.", "a-2.")
            holds((place / name).read_bytes() == before[name], f"{mode}: {name} was changed")
            holds((place / beside).is_file() and beside in words and "请先关闭" in words, f"{mode}: {beside}: {words}")
        holds((place / "a-2.jsonl").read_bytes() == before["a.jsonl"], f"{mode}: other lines")
        left = [path.name for path in place.iterdir() if path.name.startswith(".fuhe-")]
        holds(not left, f"{mode}: left {left}")


def held_input(folder):
    """A submission that another program holds is a line, in our words."""
    for name in ("一局.xlsx", "二局.xlsx"):
        shutil.copy(next((SAMPLES / "shenzhen-2020").glob("*.xlsx")), folder / name)
    shutil.copy(old_workbook(), folder / "旧.xls")
    with Held("alone", folder / "二局.xlsx", folder / "旧.xls"):
        code, _, words = run("windows", [".", "--jsonl", "a.jsonl", "--no-workbook"], folder)
    holds(code == 3, f"code {code}: {words}")
    problems = [json.loads(line)["problem"] for line in open(folder / "a.jsonl", encoding="utf-8")]
    told = [problem for problem in problems if problem]
    holds([problem["code"] for problem in told] == ["io-error"] * 2, f"{problems}")
    for problem in told:
        said = problem["message"].replace("Excel", "").replace("WPS", "")
        holds(not re.search("[A-Za-z]", said) and "占用" in said, f"whose words: {said}")


def long_paths(folder):
    """Inputs and outputs whose paths are longer than 260 characters."""
    deep = pathlib.PurePath(*["很长的文件夹名称" * 5] * 6)

    def prepare(place):
        (place / deep).mkdir(parents=True)
        shutil.copy(next((SAMPLES / "shenzhen-2020").glob("*.xlsx")), place / deep / "某局.xlsx")
        shutil.copy(old_workbook(), place / deep / "旧.xls")
    out = [f"{deep}/{name}" for name in ("a.jsonl", "a.html", "a.xlsx")]
    arguments = [str(deep), "--jsonl", out[0], "--html", out[1], "-o", out[2], "--letters", f"{deep}/letters"]
    done = both(arguments, prepare, folder)
    same_files(done, out)
    holds(any((folder / "windows" / deep / "letters").iterdir()), "no letters")
    code, _, words = run("windows", arguments, folder / "windows")
    holds(code == done["windows"][1] and (folder / "windows" / deep / "a.bak-1.xlsx").is_file(), f"again: {code} {words}")


def links_of(page):
    return [urllib.parse.unquote(html.unescape(link)) for link in re.findall(r'href="([^"]*)"', page)]


def drives(folder):
    """Files on another drive are linked by full addresses that lead to them, in the workbook, its papers and the page."""
    shutil.copytree(SAMPLES / "shenzhen-2020", folder / "报送 1")
    other = WORK / "prefix/drive_c/out"
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir()
    code, _, words = run("windows", [windows(folder / "报送 1"), "-o", r"C:\out\a.xlsx", "--html", r"C:\out\a.html"], folder)
    holds(code == 0, words)
    page = (other / "a.html").read_text(encoding="utf-8")
    of_page = [link for link in links_of(page) if link.startswith("file:")]
    with zipfile.ZipFile(other / "a.xlsx") as book:
        parts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".rels"))
    of_book = [urllib.parse.unquote(link) for link in re.findall(r'Target="(file:[^"]*)"', parts)]
    for where, links in (("page", of_page), ("workbook", of_book)):
        holds(len(links) >= 10, f"{where}: {len(links)} links")
        for link in links:
            path = link.split("#")[0].removeprefix("file:///Z:")
            holds(pathlib.Path(path).is_file(), f"{where}: {link} leads nowhere")
    # The page on the inputs' drive, the workbook on another: each as seen from where it stands itself.
    code, _, words = run("windows", [windows(folder / "报送 1"), "-o", r"C:\out\b.xlsx", "--html", windows(folder / "b.html")], folder)
    holds(code == 0, words)
    page = (folder / "b.html").read_text(encoding="utf-8")
    near = [link for link in links_of(page) if link.startswith("./")]
    holds(len(near) >= 10 and all((folder / link).is_file() for link in near), f"{near[:2]}")


def one_file_twice(folder):
    """Two spellings of one name are one output."""
    shutil.copytree(SAMPLES, folder / "samples")
    for other in ("OUT.XLSX", "out.xlsx."):
        code, _, words = run("windows", ["samples", "-o", "out.xlsx", "--html", other], folder)
        holds(code == 2 and "同时用作两项输出" in words and not (folder / "out.xlsx").exists(), f"{other}: {code} {words}")


def typed(folder):
    """A folder's name that ends with a backslash before the quotation mark; stars that no shell replaces; texts into files."""
    shutil.copytree(SAMPLES / "shenzhen-2020", folder / "in")
    (folder / "a.bat").write_text(f'@"{windows(EXE)}" "{windows(folder)}\\in\\" -o "{windows(folder)}\\b c.xlsx"\r\n')
    done = called([WINE, "cmd", "/c", windows(folder / "a.bat")], cwd=folder)
    holds(done.returncode == 0 and (folder / "b c.xlsx").is_file(), f"{done.returncode} {done.stderr.decode('utf-8', 'replace')}")
    (folder / "in/x[1].xlsx").write_bytes(next((folder / "in").glob("*.xlsx")).read_bytes())
    count = len(list((folder / "in").glob("*.xlsx")))
    for _ in range(2):  # its own output, which the second run finds there, is not meant
        code, _, words = run("windows", ["*.XLSX", "-o", "z.xlsx", "--jsonl", "z.jsonl"], folder / "in")
        lines = (folder / "in/z.jsonl").read_text(encoding="utf-8").splitlines()
        holds(code == 0 and len(lines) == count, f"{code}, {len(lines)} of {count}: {words}")
    code, _, words = run("windows", ["nothing*.xlsx"], folder)
    holds(code == 2 and "nothing*.xlsx" in words and "相符" in words, words)
    done = both(["rulebook", "show", "shenzhen-2020", "-o", "规则.toml"], lambda place: None, folder)
    same_files(done, ["规则.toml"])


class Window:
    """A window of its own, in which a program runs alone."""

    def __init__(self, command, folder):
        self.seen = b""
        self.process, self.screen = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, dict(ENV, TERM="xterm"))

    def wait_for(self, words, seconds=PATIENCE):
        """Whether words are seen in time."""
        end = time.time() + seconds
        while words.encode() not in self.plain():
            if not self.read(end - time.time()):
                return False
        return True

    def plain(self):
        # A console under Wine is drawn anew where it changes: lines, cursor movements and colours are no words.
        return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07|[\r\n]", b"", self.seen)

    def read(self, seconds):
        ready, _, _ = select.select([self.screen], [], [], max(0, seconds))
        try:
            part = os.read(self.screen, 65536) if ready else b""
        except OSError:
            part = b""
        self.seen += part
        return bool(part)

    def type(self, keys):
        os.write(self.screen, keys)

    def entered(self):
        """The exit code, after Enter. A key that comes before the program reads may be lost under Wine: it is pressed again."""
        for _ in range(PATIENCE // 3):
            self.type(b"\r")
            code = self.end(3, give_up=False)
            if code is not None:
                return code
        return self.end(1)

    def end(self, seconds=PATIENCE, give_up=True):
        """The exit code."""
        end = time.time() + seconds
        while time.time() < end:
            self.read(0.2)
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                return alive(os.waitstatus_to_exitcode(status), self.seen)
        if give_up:
            os.kill(self.process, 9)
            os.waitpid(self.process, 0)
        return None


def window(folder):
    """A window that closes with the program waits for a key; one that others use does not."""
    shutil.copytree(SAMPLES / "shenzhen-2020", folder / "in")
    shutil.copytree(SAMPLES / "shenzhen-2020", folder / "more")
    gone = windows(folder / "gone.xlsx")
    for arguments, code in (([], 2), ([windows(folder / "in")], 0), ([windows(folder / "in"), windows(folder / "more")], 0), ([gone], 2)):
        own = Window([WINE, EXE, *arguments], ROOT)
        holds(own.wait_for(ENTER_WORDS), f"{arguments}: it does not wait: {own.plain().decode('utf-8', 'replace')}")
        time.sleep(1)
        holds(not os.waitpid(own.process, os.WNOHANG)[0], f"{arguments}: it did not wait")
        ended = own.entered()
        holds(ended == code, f"{arguments}: code {ended}: {own.plain().decode('utf-8', 'replace')}")
    holds((folder / "fuhe-audit.xlsx").is_file(), "what was dragged has its workbook beside it")
    (folder / "a.bat").write_text(f'@"{windows(EXE)}" "{gone}"\r\n')
    shell = Window([WINE, "cmd", "/c", windows(folder / "a.bat")], folder)
    code = shell.end()
    holds(code == 2 and ENTER_WORDS.encode() not in shell.plain(), f"a shell: code {code}: {shell.plain().decode('utf-8', 'replace')}")


def stopped(folder):
    """Ctrl-C ends a run with a sentence, and leaves nothing half written."""
    place = folder / "in"
    place.mkdir()
    sample = next((SAMPLES / "shenzhen-2020").glob("*.xlsx"))
    for number in range(400):
        shutil.copy(sample, place / f"{number}.xlsx")
    own = Window([WINE, EXE, "in", "-o", "a.xlsx", "--jobs", "1"], folder)
    holds(own.wait_for("/400"), f"no progress: {own.plain()[:500]!r}")
    own.type(b"\x03")
    code = own.end()
    holds(code == 2 and "已中断".encode() in own.plain(), f"code {code}: {own.plain()[-300:].decode('utf-8', 'replace')}")
    left = sorted(path.name for path in folder.iterdir())
    holds(left == ["in"], f"left: {left}")


def resources(_folder):
    """Icon, version and manifest are in the program."""
    program = pathlib.Path(EXE).read_bytes()
    for part in (b"<longPathAware", b"activeCodePage", b'level="asInvoker"', "复核 fuhe".encode("utf-16-le"), b"\x89PNG"):
        holds(part in program, f"{part!r} is missing")


def package(folder):
    """The archive that a bureau gets, unpacked into an empty folder, its first page followed to the end."""
    subprocess.run([sys.executable, str(ROOT / "tests/package/make.py"), EXE, str(folder)], check=True, capture_output=True)
    archive = next(folder.glob("*.zip"))
    checked = subprocess.run(["sha256sum", "-c", f"{archive.name}.sha256"], cwd=folder, capture_output=True)
    holds(checked.returncode == 0, f"its checksum: {checked.stdout}")
    empty = folder / "复核 程序"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(empty)
    (place,) = empty.iterdir()
    page = (place / "先看这里.txt").read_bytes()
    holds(page.startswith(b"\xef\xbb\xbf") and b"\r\n" in page, "the first page is not written for Notepad")
    lines = page.decode("utf-8-sig").splitlines()
    listed = [line.split()[0] for line in lines[lines.index("六、文件夹里有什么"):] if re.match(r"  \S+  +\S", line)]
    there = sorted(path.name for path in place.iterdir())
    holds(sorted(listed) == there, f"the page lists {listed}, there are {there}")
    for word in ("rust_xlsxwriter", "calamine", "Permission is hereby granted", "Apache License"):
        holds(word in (place / "许可.txt").read_text(encoding="utf-8-sig"), f"no {word} among the licences")

    program = str(place / "fuhe.exe")
    dragged = Window([WINE, program, windows(place / "samples")], "/")
    holds(dragged.wait_for(ENTER_WORDS), f"dragging: {dragged.plain().decode('utf-8', 'replace')}")
    code = dragged.entered()
    holds(code == 0 and (place / "fuhe-audit.xlsx").is_file(), f"dragging: code {code}, {sorted(place.iterdir())}")
    commands = [line.split()[1:] for line in lines if line.startswith("fuhe ")]
    holds(len(commands) >= 7, f"commands: {commands}")
    for command in commands:
        done = called([WINE, program, *command], cwd=place)
        holds(done.returncode == 0, f"{command}: {done.returncode} {done.stderr.decode('utf-8', 'replace')}")
    for name in ("试用.xlsx", "试用.html", "反馈函", "只看几份.xlsx", "空白填报表.xlsx", "本市规则.toml"):
        holds((place / name).exists(), f"{name} is not there")


CHECKS = [main_job, names, corpus, readers, held_outputs, held_input, long_paths, drives, one_file_twice, typed, window, stopped, resources, package]


def told_by(check):
    """How a check ended, in a word or more: tried again where Wine itself died."""
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(prefix="fuhe-wine-") as folder:
            try:
                check(pathlib.Path(folder))
                return "ok"
            except WineDied as died:
                print(f"{check.__name__}: Wine itself died ({died})", flush=True)
                told = f"FAILED: Wine itself died {TRIES} times"
            except (Failed, subprocess.SubprocessError, OSError, ValueError) as error:
                return f"FAILED: {type(error).__name__ if not isinstance(error, Failed) else ''} {error}"
    return told


def main():
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-o", str(WORK / "hold.exe"), str(ROOT / "tests/windows/hold.c"), "-lshell32"], check=True)
    failed = 0
    for check in CHECKS:
        if sys.argv[3:] and check.__name__ not in sys.argv[3:]:
            continue
        begin = time.time()
        told = told_by(check)
        failed += told != "ok"
        print(f"{check.__name__:16} {time.time() - begin:5.1f} s  {told}", flush=True)
    sys.exit(1 if failed else 0)


main()

"""Writes what the fuzzers begin with: python3 tests/fuzz/seeds.py FOLDER (one folder for each target).

Needs olefile (pip install olefile). The workbooks come from the test corpus and the samples, which other programs wrote.
"""
import pathlib
import re
import sys
import zipfile

import olefile

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
SEPARATOR = b"\x00part:"
KINDS = {".xlsx": 0, ".xlsm": 0, ".xlsb": 0, ".xls": 1, ".et": 1, ".ods": 2, ".zip": 3}
# Beyond it a fuzzer tries too few inputs a second.
LONGEST = 150_000


def workbooks():
    folders = [TESTS / "fixtures", TESTS / "corpus", TESTS.parent / "samples"]
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)


def write(target, name, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    if len(data) <= LONGEST:
        (folder / name).write_bytes(data)


def of_workbook(path):
    data = path.read_bytes()
    write("container", path.name, bytes([KINDS[path.suffix.lower()]]) + data)
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as container:
                names = [name for name in container.namelist() if not re.search(r"theme|docProps|Thumbnails|/$", name)]
                write("parts", path.name, b"".join(
                    SEPARATOR + name.encode() + b"\n" + container.read(name) for name in names))
        except (zipfile.BadZipFile, RuntimeError):
            pass
    elif data.startswith(olefile.MAGIC):
        try:
            with olefile.OleFileIO(data) as ole:
                for stream in ("Workbook", "Book"):
                    if ole.exists(stream):
                        write("records", path.name, bytes([stream == "Book"]) + ole.openstream(stream).read()[8:])
        except OSError:
            pass


def of_texts():
    numbers = (HERE / "seeds" / "numbers.txt").read_text(encoding="utf-8").splitlines()
    for place, text in enumerate(numbers):
        write("number", f"{place}", text.encode())
    rulebooks = [*TESTS.glob("fixtures/*/*.toml"), *TESTS.glob("flawed/*.toml"),
                 *TESTS.parent.glob("src/rulebook/builtin/*.toml")]
    for path in rulebooks:
        text = path.read_text(encoding="utf-8")
        write("rulebook", path.name, text.encode())
        for place, sum_ in enumerate(re.findall(r'(?:value|target|limit) = "(.*)"', text)):
            write("expression", f"{path.stem}-{place}", sum_.encode())


OUT = pathlib.Path(sys.argv[1])
for workbook in workbooks():
    of_workbook(workbook)
of_texts()
for folder in sorted(OUT.iterdir()):
    print(f"{folder.name}: {len(list(folder.iterdir()))} seeds")

#!/usr/bin/env python3
"""Write tests/corpus: workbooks as departments hand them in, and beside each what an honest reading of it says.

    python3 tests/generators/corpus.py [CASE…]     write the corpus, or only the cases named
    python3 tests/generators/corpus.py --check     read the written workbooks with other programs and compare the cells

Needs openpyxl, XlsxWriter, odfpy and xlwt; msoffcrypto-tool for the file with a password; LibreOffice (soffice) for what it saves.
The format of the expectations is described in tests/corpus/README.md.
"""

import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import corpus_batches
import corpus_book as book_of
import corpus_cases
from corpus_forms import Case

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DIRECT = {
    "openpyxl": book_of.write_openpyxl, "xlsxwriter": book_of.write_xlsxwriter, "inline": book_of.write_inline, "xlwt": book_of.write_xlwt, "odfpy": book_of.write_odfpy,
    "xlsb": book_of.write_xlsb, "xml2003": book_of.write_xml2003,
}  # fmt: skip


def built_cases(wanted):
    for index, (case_id, covers, build, options) in enumerate(corpus_cases.CASES):
        case = Case(case_id, covers, corpus_cases.unit_name(index))
        case.writer, case.ext = options.get("writer", case.writer), options.get("ext", case.ext)
        build(case)
        case.file = case.file or f"{case_id}.{case.ext}"
        if not wanted or case_id in wanted:
            yield case


def soffice(source, kind, folder):
    """Convert one workbook with LibreOffice; the new file's path comes back."""
    profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/lo-corpus"
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
    subprocess.run(["soffice", profile, "--headless", "--convert-to", filters[kind], "--outdir", str(folder), str(source)], check=True, capture_output=True)
    return Path(folder) / f"{Path(source).stem}.{kind}"


def write(case, path):
    kind, _, detail = case.writer.partition(":")
    if kind in DIRECT:
        DIRECT[kind](case.book, path)
    elif kind == "xlsm":
        book_of.write_xlsxwriter(case.book, path)
        book_of.as_macro_workbook(path)
    elif kind == "lo":
        _write_by_libreoffice(case, path, detail)
    else:
        path.write_bytes(broken(case, kind, detail))


def _write_by_libreoffice(case, path, kind):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source" / "workbook.xlsx"
        source.parent.mkdir()
        book_of.write_xlsxwriter(case.book, source)
        shutil.move(soffice(source, kind, folder), path)
    if kind != "xls":
        book_of.settle(path)


# ---- files that cannot be read -------------------------------------------------------------------------------------------------
def broken(case, kind, detail):
    noise = random.Random(case.id)
    if kind == "empty":
        return b""
    if kind == "random":
        return bytes(noise.randrange(256) for _ in range(3000))
    if kind == "csv":
        lines = ["一级指标,三级指标,分值,自评得分"] + [f"部门绩效,预算执行率,6,{n}" for n in range(6)]
        return "\r\n".join(lines).encode("gbk")
    if kind == "html":
        return "<html><head><meta charset='utf-8'></head><body><table><tr><td>三级指标</td><td>分值</td><td>得分</td></tr></table></body></html>".encode()
    if kind == "pdf":
        return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    if kind == "docx":
        return _docx()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook"
        if kind == "password":
            return _with_password(case, path)
        if kind == "password-ods":
            return _ods_with_password(case, path, noise)
        if kind == "password-xls":
            return _xls_with_password(case, path, noise, detail)
        DIRECT[{"cut": detail, "damaged": "xlsxwriter", "scrambled": "xlwt"}[kind]](case.book, path)
        content = path.read_bytes()
        if kind == "cut":
            return content[: len(content) * 55 // 100]
        if kind == "scrambled":
            return content[:512] + bytes(noise.randrange(256) for _ in range(len(content) - 512))
        return _damaged(path)


def _docx():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        with zipfile.ZipFile(path, "w") as target:
            target.writestr(
                "[Content_Types].xml",
                '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
                'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            )
            target.writestr(
                "word/document.xml",
                '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
            )
        book_of.settle(path)
        return path.read_bytes()


def _with_password(case, path):
    import msoffcrypto

    book_of.write_xlsxwriter(case.book, path)
    locked = path.with_suffix(".locked")
    with open(path, "rb") as source, open(locked, "wb") as target:
        msoffcrypto.OfficeFile(source).encrypt("2020", target)
    return locked.read_bytes()


def _ods_with_password(case, path, noise):
    """The container of an encrypted .ods: the manifest says how each part is encrypted, the parts themselves are noise."""
    book_of.write_odfpy(case.book, path)
    with zipfile.ZipFile(path) as source:
        parts = {i.filename: source.read(i) for i in source.infolist()}
    locked = ["content.xml", "styles.xml", "meta.xml", "settings.xml"]
    entries = "".join(_encrypted_entry(name, len(parts[name])) for name in locked if name in parts)
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        + entries + "</manifest:manifest>"
    )  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        target.writestr("mimetype", parts["mimetype"])
        for name in locked:
            if name in parts:
                target.writestr(name, bytes(noise.randrange(256) for _ in range(1024)))
        target.writestr("META-INF/manifest.xml", manifest)
    book_of.settle(path)
    return path.read_bytes()


def _encrypted_entry(name, size):
    spec = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml" manifest:size="{size}">'
        f'<manifest:encryption-data manifest:checksum-type="{spec}#sha256-1k" manifest:checksum="q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=">'
        '<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="ASNFZ4mrze8BI0VniavN7w=="/>'
        '<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>'
        '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="100000" manifest:salt="ASNFZ4mrze8BI0VniavN7w=="/>'
        "</manifest:encryption-data></manifest:file-entry>"
    )


def _xls_with_password(case, path, noise, kind):
    """An .xls whose records carry noise behind a FILEPASS record, as after an encryption with RC4 or by XOR."""
    import xlwt.CompoundDoc

    target = book_of.xlwt_workbook(case.book)
    stream = target.get_biff_data()
    secret = bytes(noise.randrange(256) for _ in range(48))
    body = struct.pack("<HHH", 1, 1, 1) + secret if kind == "rc4" else struct.pack("<H", 0) + secret[:4]
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    out = stream[:first] + struct.pack("<HH", 0x2F, len(body)) + body
    at = first
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        kept = size if number in (0x0809, 0x0A) else 4 if number == 0x85 else 0
        out += stream[at : at + 4] + content[:kept] + bytes(b ^ noise.randrange(256) for b in content[kept:])
        at += 4 + size
    xlwt.CompoundDoc.XlsDoc().save(str(path), out)
    return path.read_bytes()


def _damaged(path):
    """A sheet part that breaks off inside a tag, in a container that is whole."""
    with zipfile.ZipFile(path) as source:
        parts = [(i.filename, source.read(i)) for i in source.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(name, content[: len(content) // 2] + b"<c r=" if "worksheets/" in name or name.endswith("workbook.xml") else content)
    book_of.settle(path)
    return path.read_bytes()


# ---- the corpus ----------------------------------------------------------------------------------------------------------------
def write_corpus(wanted):
    CORPUS.mkdir(exist_ok=True)
    count = 0
    for case in built_cases(wanted):
        path = CORPUS / case.file
        write(case, path)
        (CORPUS / f"{case.id}.json").write_text(corpus_batches.laid_out(case.expectation()), encoding="utf-8")
        count += 1
    print(f"{count} workbooks")
    if not wanted:
        corpus_batches.write_all(CORPUS / "batches")


def check():
    """Read every workbook with openpyxl (other formats through LibreOffice) and compare the quoted cells with the expectations."""
    wrong = 0
    for case in built_cases(()):
        if case.status != "audited":
            continue
        for message in _differences(case):
            print(case.id, message)
            wrong += 1
    print(f"{wrong} differences")
    return 1 if wrong else 0


def _differences(case):
    import openpyxl

    path = CORPUS / case.file
    with tempfile.TemporaryDirectory() as folder:
        head = path.read_bytes()[:2]
        zipped = zipfile.ZipFile(path).namelist() if head == b"PK" else []
        copy = Path(folder) / "in" / ("workbook.xlsx" if "xl/workbook.xml" in zipped else "workbook.xlsb" if zipped and "mimetype" not in zipped else "workbook.ods" if zipped else "workbook.xls")
        copy.parent.mkdir()
        shutil.copy(path, copy)
        if copy.suffix != ".xlsx":
            copy = soffice(copy, "xlsx", folder)
        content = openpyxl.load_workbook(copy, data_only=True)
        expected = case.expectation()
        for name, place in [*expected["claims"].items(), *((f["id"], f) for f in expected["facts"])]:
            found = book_of.raw_text(content[place["sheet"]][place["cell"]].value)
            if place["text"] is not None and found != place["text"]:
                yield f"{name} {place['sheet']}!{place['cell']}: {found!r}, expected {place['text']!r}"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "--check" in arguments:
        sys.exit(check())
    write_corpus(set(arguments))

"""Writes .xlsb, which no library of Python writes: sheets, cells of every kind, merged areas (record numbers as in MS-XLSB)."""
import io
import struct
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# BrtRowHdr, BrtCellError, BrtCellBool, BrtCellReal, BrtCellSt; BrtBeginSheet … BrtEndMergeCells.
ROW, ERROR, BOOL, REAL, TEXT = 0, 3, 4, 5, 6
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK, BEGIN_LISTED, END_LISTED, LISTED = 129, 130, 131, 132, 143, 144, 156
BEGIN_DATA, END_DATA, DIMENSIONS, MERGED, BEGIN_MERGED, END_MERGED = 145, 146, 148, 176, 177, 178
BEGIN_FORMATS, END_FORMATS, FORMAT = 617, 618, 47


def record(kind, body=b""):
    """Number and length in groups of seven bits, then the body."""
    def groups(number):
        out = bytearray()
        while True:
            low, number = number & 0x7F, number >> 7
            out.append(low | (0x80 if number else 0))
            if not number:
                return bytes(out)
    return groups(kind) + groups(len(body)) + body


def wide(text):
    """Length in UTF-16 units, then those."""
    content = text.encode("utf-16-le", "surrogatepass")
    return struct.pack("<I", len(content) // 2) + content


def cell(column, value, style, code):
    """One cell; `code` is the number of an error, where it is one."""
    at = struct.pack("<II", column, style)
    if code is not None:
        return record(ERROR, at + bytes([code]))
    if isinstance(value, bool):
        return record(BOOL, at + bytes([value]))
    if isinstance(value, (int, float)):
        return record(REAL, at + struct.pack("<d", value))
    return record(TEXT, at + wide(value[:32767]))


def sheet(cells, merges):
    """A sheet part; `cells` is {(row, column): (value, style, error number or None)}."""
    out = [record(BEGIN_SHEET)]
    rows = [row for row, _ in cells] or [0]
    columns = [column for _, column in cells] or [0]
    out.append(record(DIMENSIONS, struct.pack("<4I", min(rows), max(rows), min(columns), max(columns))))
    out.append(record(BEGIN_DATA))
    last = None
    for (row, column), (value, style, code) in sorted(cells.items()):
        if row != last:
            out.append(record(ROW, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)))
            last = row
        out.append(cell(column, value, style, code))
    out.append(record(END_DATA))
    if merges:
        areas = [record(MERGED, struct.pack("<4I", a, c, b, d)) for a, b, c, d in merges]
        out += [record(BEGIN_MERGED, struct.pack("<I", len(merges))), *areas, record(END_MERGED)]
    return b"".join([*out, record(END_SHEET)])


def book(sheets, formats):
    """The file: sheets as (name, cells, merges), and the number format of every style."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        pack.writestr("_rels/.rels", f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' Type='{OFFICE}/officeDocument' "
                                     "Target='xl/workbook.bin'/></Relationships>")
        listed = [record(LISTED, struct.pack("<II", 0, n) + wide(f"r{n}") + wide(name)) for n, (name, *_) in enumerate(sheets, 1)]
        pack.writestr("xl/workbook.bin", b"".join([record(BEGIN_BOOK), record(BEGIN_LISTED), *listed, record(END_LISTED), record(END_BOOK)]))
        links = "".join(f"<Relationship Id='r{n}' Type='{OFFICE}/worksheet' Target='worksheets/sheet{n}.bin'/>"
                        for n in range(1, len(sheets) + 1))
        pack.writestr("xl/_rels/workbook.bin.rels", f"<Relationships xmlns='{PACKAGE}'>{links}<Relationship Id='s' "
                                                    f"Type='{OFFICE}/styles' Target='styles.bin'/></Relationships>")
        styles = [record(FORMAT, struct.pack("<HH", 0, number) + bytes(12)) for number in formats]
        pack.writestr("xl/styles.bin", b"".join([record(BEGIN_FORMATS, struct.pack("<I", len(formats))), *styles, record(END_FORMATS)]))
        for n, (_, cells, merges) in enumerate(sheets, 1):
            pack.writestr(f"xl/worksheets/sheet{n}.bin", sheet(cells, merges))
    return out.getvalue()

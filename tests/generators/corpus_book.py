"""A workbook as plain cells, and one writer per file format.

The corpus describes every sheet once, as cells; the writers turn it into the bytes of a real program. Nothing here knows what a scorecard is.
"""

import datetime
import re
import struct
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
import xlwt

FIXED = (2021, 3, 1, 9, 0, 0)
FIXED_DATE = datetime.datetime(*FIXED)


@dataclass
class Formula:
    """A formula; `cached` is what the program that saved the file computed, None when it computed nothing."""

    text: str
    cached: object = None


@dataclass
class Error:
    """An error value such as #DIV/0!."""

    code: str


@dataclass
class Rich:
    """Text of several formats in one cell."""

    parts: list


@dataclass
class Sheet:
    name: str
    cells: dict = field(default_factory=dict)  # (row, column), 1-based -> (value, number format)
    merges: list = field(default_factory=list)  # (row1, column1, row2, column2)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    hidden: bool = False

    def put(self, row, column, value, fmt=None):
        if value is not None:
            self.cells[(row, column)] = (value, fmt)

    def merge(self, row1, column1, row2, column2):
        if (row1, column1) != (row2, column2):
            self.merges.append((row1, column1, row2, column2))

    def last_row(self):
        return max([r for r, _ in self.cells], default=0)


@dataclass
class Book:
    sheets: list = field(default_factory=list)
    adorned: bool = False  # comments, validation, a filter, frozen panes, names, as a template has them

    def sheet(self, name):
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        self.sheets.append(Sheet(name))
        return self.sheets[-1]


def a1(row, column):
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def raw_text(value):
    """The text of a cell as an audit must quote it: text verbatim, a number at 15 significant digits."""
    if isinstance(value, Formula):
        return raw_text(value.cached)
    if isinstance(value, Error):
        return value.code
    if isinstance(value, Rich):
        return "".join(value.parts)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float, Decimal)):
        return format(float(value), ".15g")
    if isinstance(value, (datetime.date, datetime.datetime)):
        return None
    return value


def write_openpyxl(book, path):
    """.xlsx without cached values: a formula has none."""
    target = openpyxl.Workbook()
    target.remove(target.active)
    for sheet in book.sheets:
        ws = target.create_sheet(sheet.name)
        for (row, column), (value, fmt) in sheet.cells.items():
            cell = ws.cell(row, column)
            cell.value = _plain(value, lambda f: "=" + f.text)
            if fmt:
                cell.number_format = fmt
        for row1, column1, row2, column2 in sheet.merges:
            ws.merge_cells(start_row=row1, start_column=column1, end_row=row2, end_column=column2)
        for row in sheet.hidden_rows:
            ws.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            ws.column_dimensions[a1(1, column)[:-1]].hidden = True
        if sheet.hidden:
            ws.sheet_state = "hidden"
    target.save(path)
    settle(path)


def _plain(value, formula):
    if isinstance(value, Formula):
        return formula(value)
    if isinstance(value, Error):
        return value.code
    return float(value) if isinstance(value, Decimal) else value


def write_inline(book, path):
    """.xlsx whose texts stand in the cells (inline strings), as streaming exporters write them."""
    write_xlsxwriter(book, path, {"constant_memory": True})


def write_xlsxwriter(book, path, options=None):
    """.xlsx with cached values."""
    target = xlsxwriter.Workbook(str(path), options or {})
    target.set_properties({"created": FIXED_DATE})
    formats = {}
    for sheet in book.sheets:
        ws = target.add_worksheet(sheet.name)
        ws.corpus_bold = formats.setdefault("bold", target.add_format({"bold": True}))
        for (row, column), (value, fmt) in sorted(sheet.cells.items(), key=lambda item: item[0]):
            style = formats.setdefault(fmt, target.add_format({"num_format": fmt})) if fmt else None
            _xlsxwriter_cell(ws, row - 1, column - 1, value, style)
        for row1, column1, row2, column2 in sheet.merges:
            ws.merge_range(row1 - 1, column1 - 1, row2 - 1, column2 - 1, "")
            value, fmt = sheet.cells.get((row1, column1), (None, None))
            _xlsxwriter_cell(ws, row1 - 1, column1 - 1, value, formats.get(fmt))
        for row in sheet.hidden_rows:
            ws.set_row(row - 1, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            ws.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if sheet.hidden:
            ws.hide()
        if book.adorned:
            _adorn(target, ws, sheet)
    _first_visible(target, book).activate()
    target.close()
    settle(path)


def _adorn(target, ws, sheet):
    ws.freeze_panes(3, 1)
    ws.autofilter(2, 0, sheet.last_row() - 1, 5)
    ws.write_comment("C5", "请按实际情况填写，满分5分", {"author": "财政局"})
    ws.data_validation("C3:C60", {"validate": "any", "input_title": "提示", "input_message": "填“是”或“否”"})
    ws.conditional_format("A3:G60", {"type": "blanks", "format": target.add_format({"bg_color": "#FFFF00"})})
    ws.set_footer("&C第 &P 页，共 &N 页")
    ws.repeat_rows(2)
    target.define_name("填报值", f"='{sheet.name}'!$C$3:$C$60")


def _first_visible(target, book):
    shown = next(s for s in book.sheets if not s.hidden)
    ws = target.get_worksheet_by_name(shown.name)
    ws.set_first_sheet()
    return ws


def _xlsxwriter_cell(ws, row, column, value, style):
    if isinstance(value, Formula):
        cached = value.cached
        ws.write_formula(row, column, "=" + value.text, style, float(cached) if isinstance(cached, Decimal) else cached)
    elif isinstance(value, Error):
        ws.write_formula(row, column, {"#DIV/0!": "=1/0", "#REF!": "=#REF!", "#N/A": "=NA()"}.get(value.code, "=NA()"), style, value.code)
    elif isinstance(value, (datetime.date, datetime.datetime)):
        ws.write_datetime(row, column, value, style)
    elif isinstance(value, Rich):
        bold, parts = ws.corpus_bold, []
        for index, part in enumerate(value.parts):
            parts += [bold, part] if index % 2 else [part]
        ws.write_rich_string(row, column, *parts)
    elif isinstance(value, str):
        ws.write_string(row, column, value, style)
    elif value is not None:
        ws.write_number(row, column, float(value), style)


def write_xlwt(book, path):
    """.xls (BIFF8) without LibreOffice."""
    xlwt_workbook(book).save(str(path))


def xlwt_workbook(book):
    target = xlwt.Workbook(encoding="utf-8")
    for sheet in book.sheets:
        ws = target.add_sheet(sheet.name)
        merged = {(m[0], m[1]): m for m in sheet.merges}
        for (row, column), (value, fmt) in sheet.cells.items():
            style = xlwt.easyxf(num_format_str=fmt) if fmt else xlwt.Style.default_style
            value = _plain(value, lambda f: xlwt.Formula(f.text))
            if (row, column) in merged:
                row1, column1, row2, column2 = merged[(row, column)]
                ws.write_merge(row1 - 1, row2 - 1, column1 - 1, column2 - 1, value, style)
            else:
                ws.write(row - 1, column - 1, value, style)
        for row in sheet.hidden_rows:
            ws.row(row - 1).hidden = True
        for column in sheet.hidden_columns:
            ws.col(column - 1).hidden = True
        if sheet.hidden:
            ws.visibility = 1
    return target


def write_odfpy(book, path):
    """.ods without LibreOffice."""
    from odf.number import Number, PercentageStyle, Text
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableProperties
    from odf.table import Table

    doc = OpenDocumentSpreadsheet()
    percent = PercentageStyle(name="N11")
    percent.addElement(Number(decimalplaces=2, minintegerdigits=1))
    percent.addElement(Text(text="%"))
    doc.automaticstyles.addElement(percent)
    percent_style = Style(name="ce-percent", family="table-cell", datastylename=percent)
    doc.automaticstyles.addElement(percent_style)
    hidden_table = Style(name="ta-hidden", family="table")
    hidden_table.addElement(TableProperties(display="false"))
    doc.automaticstyles.addElement(hidden_table)
    for sheet in book.sheets:
        table = Table(name=sheet.name, **({"stylename": hidden_table} if sheet.hidden else {}))
        _odf_rows(sheet, table, percent_style)
        doc.spreadsheet.addElement(table)
    doc.save(str(path))
    settle(path)


def _odf_rows(sheet, table, percent_style):
    from odf.table import CoveredTableCell, TableCell, TableColumn, TableRow

    spans = {(m[0], m[1]): m for m in sheet.merges}
    covered = {
        (r, c) for r1, c1, r2, c2 in sheet.merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1) if (r, c) != (r1, c1)
    }
    width = max([c for _, c in sheet.cells] + [m[3] for m in sheet.merges])
    for column in range(1, width + 1):
        table.addElement(TableColumn(**({"visibility": "collapse"} if column in sheet.hidden_columns else {})))
    for row in range(1, max([sheet.last_row()] + [m[2] for m in sheet.merges]) + 1):
        line = TableRow(**({"visibility": "collapse"} if row in sheet.hidden_rows else {}))
        for column in range(1, width + 1):
            if (row, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            keys = {}
            if (row, column) in spans:
                row1, column1, row2, column2 = spans[(row, column)]
                keys = {"numberrowsspanned": row2 - row1 + 1, "numbercolumnsspanned": column2 - column1 + 1}
            value, fmt = sheet.cells.get((row, column), (None, None))
            line.addElement(_odf_cell(TableCell, value, fmt, keys, percent_style))
        table.addElement(line)


def _odf_cell(TableCell, value, fmt, keys, percent_style):
    from odf.text import P

    if value is None:
        return TableCell(**keys)
    if isinstance(value, Formula):
        keys["formula"] = "of:=" + value.text
        if value.cached is None:
            return TableCell(**keys)
        value = value.cached
    if isinstance(value, str):
        cell = TableCell(valuetype="string", **keys)
        for line in value.split("\n"):
            cell.addElement(P(text=line))
        return cell
    number = repr(float(value)) if isinstance(value, (float, Decimal)) else str(value)
    if fmt and "%" in fmt:
        cell = TableCell(valuetype="percentage", value=number, stylename=percent_style, **keys)
        cell.addElement(P(text=f"{float(value) * 100:.2f}%"))
    else:
        cell = TableCell(valuetype="float", value=number, **keys)
        cell.addElement(P(text=number))
    return cell


# .xlsb: records of the binary workbook, put together by hand.
def _record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def _wide(text):
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def write_xlsb(book, path):
    """.xlsb: numbers and inline strings, percentage format, merged areas, hidden rows, columns and sheets."""
    parts = {
        "[Content_Types].xml": _xlsb_types(len(book.sheets)),
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _xlsb_workbook(book),
        "xl/_rels/workbook.bin.rels": _rels(
            [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(book.sheets) + 1)]
            + [("rIdS", "styles", "styles.bin")]
        ),
        "xl/styles.bin": _xlsb_styles(),
    }
    for index, sheet in enumerate(book.sheets, 1):
        parts[f"xl/worksheets/sheet{index}.bin"] = _xlsb_sheet(sheet)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    settle(path)


def _xlsb_types(count):
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.bin" ContentType="application/vnd.ms-excel.worksheet"/>' for i in range(1, count + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>' + sheets + "</Types>"
    )


def _rels(rows):
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    lines = "".join(f'<Relationship Id="{i}" Type="{base}{kind}" Target="{target}"/>' for i, kind, target in rows)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def _xlsb_workbook(book):
    sheets = b"".join(
        _record(156, struct.pack("<II", 1 if s.hidden else 0, i) + _wide(f"rId{i}") + _wide(s.name)) for i, s in enumerate(book.sheets, 1)
    )
    return _record(131) + _record(143) + sheets + _record(144) + _record(132)


def _xlsb_styles():
    def xf(fmt, parent):
        return _record(47, struct.pack("<HHHHHBBHBB", parent, fmt, 0, 0, 0, 0, 0, 0, 0, 0)[:14] + struct.pack("<H", 1))

    font = _record(43, struct.pack("<HHHHBBBB8sB", 220, 0, 400, 0, 0, 0, 134, 0, bytes([7, 1, 0, 0, 0, 0, 0, 255]), 0) + _wide("宋体"))
    fill = _record(45, struct.pack("<I", 0) + bytes(64))
    border = _record(46, bytes(51))
    return (
        _record(278)
        + _record(611, struct.pack("<I", 1)) + font + _record(612)
        + _record(603, struct.pack("<I", 1)) + fill + _record(604)
        + _record(613, struct.pack("<I", 1)) + border + _record(614)
        + _record(626, struct.pack("<I", 1)) + xf(0, 0xFFFF) + _record(627)
        + _record(617, struct.pack("<I", 2)) + xf(0, 0) + xf(10, 0) + _record(618)
        + _record(279)
    )


def _xlsb_sheet(sheet):
    out = _record(129)
    if sheet.hidden_columns:
        out += _record(390)
        out += b"".join(_record(60, struct.pack("<IIIIH", c - 1, c - 1, 2304, 0, 1)) for c in sorted(sheet.hidden_columns))
        out += _record(391)
    out += _record(145)
    for row in sorted({r for r, _ in sheet.cells}):
        flags = 0x10 if row in sheet.hidden_rows else 0
        out += _record(0, struct.pack("<IIHBBBI", row - 1, 0, 288, 0, flags, 0, 0))
        for column in sorted(c for r, c in sheet.cells if r == row):
            out += _xlsb_cell(column, *sheet.cells[(row, column)])
    out += _record(146)
    if sheet.merges:
        out += _record(177, struct.pack("<I", len(sheet.merges)))
        out += b"".join(_record(176, struct.pack("<IIII", r1 - 1, r2 - 1, c1 - 1, c2 - 1)) for r1, c1, r2, c2 in sheet.merges)
        out += _record(178)
    return out + _record(130)


def _xlsb_cell(column, value, fmt):
    style = 1 if fmt and "%" in fmt else 0
    head = struct.pack("<II", column - 1, style)
    if isinstance(value, str):
        return _record(6, head + _wide(value))
    return _record(5, head + struct.pack("<d", float(value)))


def write_xml2003(book, path):
    """XML Spreadsheet 2003, which report systems export under the name .xls."""
    sheets = "".join(_xml2003_sheet(sheet) for sheet in book.sheets)
    Path(path).write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>\n',
        encoding="utf-8",
    )


def _xml2003_sheet(sheet):
    rows = ""
    for row in sorted({r for r, _ in sheet.cells}):
        cells = ""
        for column in sorted(c for r, c in sheet.cells if r == row):
            value = sheet.cells[(row, column)][0]
            kind = "String" if isinstance(value, str) else "Number"
            cells += f'<Cell ss:Index="{column}"><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'
        rows += f'<Row ss:Index="{row}">{cells}</Row>'
    return f'<Worksheet ss:Name="{escape(sheet.name)}"><Table>{rows}</Table></Worksheet>'


def settle(path):
    """Give a zip container fixed times, so that the same corpus has the same bytes."""
    path = Path(path)
    with zipfile.ZipFile(path) as source:
        parts = [(info, source.read(info)) for info in source.infolist() if not info.filename.startswith("Thumbnails/")]
    with zipfile.ZipFile(path, "w") as target:
        for info, content in parts:
            if info.filename == "META-INF/manifest.xml":
                content = re.sub(rb'<manifest:file-entry [^>]*Thumbnails[^>]*/>', b"", content)
            fresh = zipfile.ZipInfo(info.filename, FIXED)
            fresh.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(fresh, _fixed_times(info.filename, content))


def _fixed_times(name, content):
    if name not in ("docProps/core.xml", "meta.xml"):
        return content
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", b"2021-03-01T09:00:00", content)


def as_macro_workbook(path):
    """Turn an .xlsx into the content type of an .xlsm."""
    with zipfile.ZipFile(path) as source:
        parts = [(i.filename, source.read(i)) for i in source.infolist()]
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(name, content.replace(plain, macro) if name == "[Content_Types].xml" else content)
    settle(path)

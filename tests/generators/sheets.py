"""Sheets as plain cells, and the three programs that write them as .xlsx: openpyxl, XlsxWriter and LibreOffice.

The same content gives the same bytes as long as the programs stay the same: dates are fixed and the archive is packed anew.
"""
import datetime
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

MADE = datetime.datetime(2021, 3, 15, 9, 0, 0)
SONG, HEI, FANG = "宋体", "黑体", "仿宋_GB2312"

# name: font, size, bold, horizontal, border, fill, number format
STYLES = {
    "title": (HEI, 18, True, "center", False, None, None),
    "note": (FANG, 11, False, "left", False, None, None),
    "heading": (HEI, 13, True, "left", False, None, None),
    "prose": (FANG, 12, False, "left", False, None, None),
    "head": (SONG, 11, True, "center", True, "D9E2F3", None),
    "text": (SONG, 10, False, "left", True, None, None),
    "label": (SONG, 10, False, "center", True, None, None),
    "value": (SONG, 10, False, "center", True, None, None),
    "money": (SONG, 10, False, "right", True, None, "#,##0.00"),
    "score": (SONG, 11, True, "center", True, None, "0.00"),
    "percent": (SONG, 10, False, "center", True, None, "0.00%"),
    "percent0": (SONG, 10, False, "center", True, None, "0%"),
}


class Formula:
    """A formula with the value that a spreadsheet program shows for it."""

    def __init__(self, text, value):
        self.text, self.value = text, value


def address(row, column):
    return f"{get_column_letter(column)}{row}"


class Sheet:
    """One sheet: cells by (row, column), both from 1; merged areas; widths and heights."""

    def __init__(self, name, widths, landscape=False):
        self.name, self.widths, self.landscape = name, widths, landscape
        self.cells, self.merged, self.heights, self.frozen = {}, [], {}, None
        self.row = 1

    def put(self, row, column, value, style="text", rows=1, columns=1):
        """Writes a value, over a merged area when rows or columns is more than 1; gives the address of its top-left cell."""
        self.cells[row, column] = (value, style)
        if rows * columns > 1:
            self.merged.append((row, column, row + rows - 1, column + columns - 1))
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    self.cells.setdefault((r, c), (None, style))
        return address(row, column)

    def line(self, values, style="text", height=None):
        """Writes values from the first column on in the next row; a value may be (value, style)."""
        for column, value in enumerate(values, 1):
            value, own = value if isinstance(value, tuple) else (value, style)
            self.put(self.row, column, value, own)
        if height:
            self.heights[self.row] = height
        self.row += 1
        return self.row - 1

    def title(self, text, columns, style="title", height=30):
        self.put(self.row, 1, text, style, columns=columns)
        self.heights[self.row] = height
        self.row += 1


def write_openpyxl(path, sheets, title):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), (value, style) in sorted(sheet.cells.items()):
            cell = page.cell(row, column, value.text if isinstance(value, Formula) else value)
            dress(cell, style)
        for first_row, first_column, last_row, last_column in sheet.merged:
            page.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column)
        for column, width in enumerate(sheet.widths, 1):
            page.column_dimensions[get_column_letter(column)].width = width
        for row, height in sheet.heights.items():
            page.row_dimensions[row].height = height
        page.freeze_panes = sheet.frozen
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    book.properties.creator, book.properties.title, book.properties.created = "办公室", title, MADE
    book.save(path)


def dress(cell, style):
    font, size, bold, horizontal, border, fill, number_format = STYLES[style]
    thin = Side(style="thin", color="000000")
    cell.font = Font(name=font, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if border:
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if number_format:
        cell.number_format = number_format


def write_xlsxwriter(path, sheets, title):
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": title, "author": "办公室", "created": MADE})
    formats = {name: book.add_format(format_of(style)) for name, style in STYLES.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for first_row, first_column, last_row, last_column in sheet.merged:
            style = sheet.cells[first_row, first_column][1]
            page.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "", formats[style])
        covered = {(r, c) for m in sheet.merged for r in range(m[0], m[2] + 1) for c in range(m[1], m[3] + 1)}
        corners = {(m[0], m[1]) for m in sheet.merged}
        for (row, column), (value, style) in sorted(sheet.cells.items()):
            if (row, column) not in covered or (row, column) in corners:
                write_one(page, row - 1, column - 1, value, formats[style])
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for row, height in sheet.heights.items():
            page.set_row(row - 1, height)
        if sheet.frozen:
            page.freeze_panes(sheet.frozen)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if sheet.landscape:
            page.set_landscape()
    book.close()


def write_one(page, row, column, value, style):
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, style, value.value)
    elif value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    else:
        page.write_number(row, column, value, style)


def format_of(style):
    font, size, bold, horizontal, border, fill, number_format = style
    wanted = {"font_name": font, "font_size": size, "bold": bold, "align": horizontal, "valign": "vcenter",
              "text_wrap": True, "border": 1 if border else 0}
    if fill:
        wanted["bg_color"] = "#" + fill
    if number_format:
        wanted["num_format"] = number_format
    return wanted


def write_libreoffice(path, sheets, title):
    """Written with openpyxl, then opened, recalculated and saved by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        draft, saved = os.path.join(folder, "in.xlsx"), os.path.join(folder, "out")
        write_openpyxl(draft, sheets, title)
        profile = "file://" + os.path.join(folder, "profile")
        subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", saved, draft],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copyfile(os.path.join(saved, "in.xlsx"), path)


PROGRAMS = {"openpyxl": write_openpyxl, "xlsxwriter": write_xlsxwriter, "libreoffice": write_libreoffice}


def write(path, sheets, title, program):
    PROGRAMS[program](path, sheets, title)
    pack_anew(path)


def pack_anew(path):
    """The same parts in the same order, with fixed dates inside and outside."""
    with zipfile.ZipFile(path) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                text = data.decode("utf-8")
                text = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", lambda m: m.group(1) + stamp, text)
                data = text.encode("utf-8")
            entry = zipfile.ZipInfo(name, (2021, 3, 15, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)

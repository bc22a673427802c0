"""Writes the workbooks under tests/fixtures/readers: the same cells by several office programs.

Run from the root of the repository, with xlwt, openpyxl and LibreOffice installed:
    python3 tests/generators/readers.py
"""
import pathlib
import shutil
import subprocess
import tempfile

import openpyxl
import xlwt

OUT = pathlib.Path("tests/fixtures/readers")


def office():
    """One workbook made with openpyxl, recalculated and saved in each format by LibreOffice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "评分表"
    sheet["A1"] = "部门整体支出绩效自评"
    sheet.merge_cells("A1:D1")
    sheet["A2"], sheet["B2"] = "预算执行率", 0.2722
    sheet["B2"].number_format = "0.00%"
    sheet["C2"], sheet["D2"] = 1035356.3, "第一行\n第二行"
    sheet["A3"], sheet["B3"] = 6, "是"
    sheet["C3"], sheet["D3"] = "=B2*2", "=1/0"
    sheet["C3"].number_format = "0.0%"
    sheet["A4"], sheet["B4"] = 2020, 43831
    sheet["A4"].number_format = 'yyyy"年"'
    sheet["B4"].number_format = "yyyy-mm-dd"
    sheet["C4"], sheet["D4"] = '="合" & "计"', '=""'
    sheet["A5"], sheet["B5"] = 0.5208333333333334, -12
    sheet["A5"].number_format = "h:mm:ss"
    sheet["B5"].number_format = '0"分"'
    sheet["C5"], sheet["D5"] = "  两端  空格  ", "𠮷野"
    sheet["E5"] = 0.27219999999999994
    sheet["A9"] = "末行"
    sheet.merge_cells("B7:C8")
    sheet.row_dimensions[6].hidden = True
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("隐藏")
    hidden["A1"] = "看不见"
    hidden.sheet_state = "hidden"
    long = book.create_sheet("长文")
    for row in range(1, 41):
        long.cell(row, 1, f"第{row}段：" + "绩效目标完成情况" * 60)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "office.xlsx"
        book.save(source)
        for kind in ("xlsx", "ods", "xls"):
            out = pathlib.Path(folder) / kind
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir", out, source],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            shutil.copy(out / f"office.{kind}", OUT / f"office.{kind}")


def never_calculated():
    """A workbook of a program that writes formulas and does not calculate them."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("评分表")
    percent = xlwt.easyxf(num_format_str="0.00%")
    sheet.write(0, 0, "得分")
    sheet.write(0, 1, 0.9531, percent)
    sheet.write(1, 0, xlwt.Formula("1+1"))
    sheet.write(2, 0, 5)
    sheet.write_merge(3, 4, 0, 2, "合并")
    sheet.row(5).hidden = True
    sheet.col(3).hidden = True
    second = book.add_sheet("草稿")
    second.visibility = 1
    second.write(0, 0, 2020, xlwt.easyxf(num_format_str='yyyy"年"'))
    book.save(str(OUT / "never_calculated.xls"))


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    office()
    never_calculated()

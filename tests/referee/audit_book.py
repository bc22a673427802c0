"""An audit workbook as its parts: read quickly, typed into cell by cell, saved with everything else as it was.

openpyxl builds an object for every cell and writes every cell anew: half a minute to open and save the workbook of sixty departments.
Here a sheet is read when it is asked for, and only the rows that are typed into are written anew. As with openpyxl, a typed workbook
has no stored results of formulas any more: whoever opens it has to compute them.
"""

import re
import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROW = re.compile(r'<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', re.S)
CELL = re.compile(r'<c\b[^>]*?\br="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.S)
RESULT = re.compile(r'<c\b([^>]*)>(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)<v>[^<]*</v></c>')
KIND = re.compile(r' t="[a-zA-Z]+"')
STYLE = re.compile(r'\bs="\d+"')


def column_of(letters):
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def letters_of(column):
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Sheet:
    """A sheet: `rows` has row → column → what stands there (of a formula its stored result), both counted from 1."""

    def __init__(self, title, part, state, xml, strings):
        self.title, self.part, self.state, self.xml, self.typed = title, part, state, xml, {}
        self.rows, self.max_row, self.max_column = {}, 0, 0
        for cell in ElementTree.fromstring(xml).iter(MAIN + "c"):
            letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            row, column = int(digits), column_of(letters)
            self.max_row, self.max_column = max(self.max_row, row), max(self.max_column, column)
            value = meant(cell, strings)
            if value is not None:
                self.rows.setdefault(row, {})[column] = value

    def value(self, row, column):
        return self.rows.get(row, {}).get(column)

    def put(self, row, column, value):
        self.typed.setdefault(row, {})[column] = value
        self.rows.setdefault(row, {})[column] = value

    def blocks(self, *heads):
        """Every row of headings that has 识别码 and one of these: its row, and the column of each heading."""
        for row in sorted(self.rows):
            names = {value: column for column, value in self.rows[row].items() if isinstance(value, str)}
            if "识别码" in names and any(head in names for head in heads):
                yield row, names

    def written(self):
        """The part as it is saved."""
        if not self.typed:
            return self.xml
        # What it says of its extent does not hold any more; it need not say it.
        xml = re.sub(r"<dimension\b[^>]*/>", "", self.xml)
        left = dict(self.typed)
        whole = ROW.sub(lambda row: self.row_written(row, left), xml)
        for number in sorted(left):
            later = next((row for row in ROW.finditer(whole) if int(row.group(1)) > number), None)
            at = later.start() if later else whole.index("</sheetData>")
            cells = "".join(cell_written(number, column, value, "") for column, value in sorted(left[number].items()))
            whole = f'{whole[:at]}<row r="{number}">{cells}</row>{whole[at:]}'
        return whole

    def row_written(self, row, left):
        number = int(row.group(1))
        typed = left.pop(number, None)
        if typed is None:
            return row.group(0)
        cells = {column_of(cell.group(1)): cell.group(0) for cell in CELL.finditer(row.group(2) or "")}
        for column, value in typed.items():
            style = STYLE.search(cells.get(column, "").partition(">")[0])
            cells[column] = cell_written(number, column, value, f" {style.group(0)}" if style else "")
        head = re.sub(r' spans="[^"]*"', "", row.group(0).partition(">")[0]).rstrip("/")
        return f"{head}>{''.join(cells[column] for column in sorted(cells))}</row>"


def meant(cell, strings):
    kind, value = cell.get("t", "n"), cell.find(MAIN + "v")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(MAIN + "t"))
    if value is None or not value.text:
        return None
    if kind == "s":
        return strings[int(value.text)]
    if kind == "b":
        return value.text == "1"
    if kind == "n":
        return float(value.text) if re.search("[.eE]", value.text) else int(value.text)
    return value.text


def cell_written(row, column, value, style):
    place = f'<c r="{letters_of(column)}{row}"{style}'
    if isinstance(value, str):
        return f'{place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"{place}><v>{value}</v></c>"


class Book:
    """An audit workbook, whatever program saved it."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        relations = ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {relation.get("Id"): relation.get("Target").lstrip("/") for relation in relations}
        self.places, self.read, self.added = {}, {}, []
        for sheet in ElementTree.fromstring(self.parts["xl/workbook.xml"]).iter(MAIN + "sheet"):
            target = targets[sheet.get(RELATION)]
            part = target if target.startswith("xl/") else "xl/" + target
            self.places[sheet.get("name")] = (part, sheet.get("state", "visible"))
        self.strings = []
        if "xl/sharedStrings.xml" in self.parts:
            items = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"]).iter(MAIN + "si")
            self.strings = ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in items]

    @property
    def names(self):
        return list(self.places)

    def __getitem__(self, name):
        if name not in self.read:
            part, state = self.places[name]
            self.read[name] = Sheet(name, part, state, self.parts[part].decode(), self.strings)
        return self.read[name]

    def add(self, name, cells):
        """A sheet that a person adds: (row, column) → value."""
        rows = "".join(f'<row r="{row}">{cell_written(row, column, value, "")}</row>' for (row, column), value in sorted(cells.items()))
        part, identity = f"xl/worksheets/added{len(self.added) + 1}.xml", 9000 + len(self.added)
        namespace = MAIN.strip("{}")
        self.added.append(part)
        self.parts[part] = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.insert("[Content_Types].xml", "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/>')
        relation = RELATION.strip("{").removesuffix("}id") + "/worksheet"
        target = part.removeprefix("xl/")
        self.insert("xl/_rels/workbook.xml.rels", "</Relationships>", f'<Relationship Id="rId{identity}" Type="{relation}" Target="{target}"/>')
        self.insert("xl/workbook.xml", "</sheets>", f'<sheet name={quoteattr(name)} sheetId="{identity}" r:id="rId{identity}"/>')

    def insert(self, part, before, xml):
        content = self.parts[part].decode()
        assert content.count(before) == 1, (part, before)
        self.parts[part] = content.replace(before, xml + before).encode()

    def save(self, path):
        for sheet in self.read.values():
            self.parts[sheet.part] = sheet.written().encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, content in self.parts.items():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    content = without_results(content.decode()).encode()
                package.writestr(name, content)


def without_results(xml):
    """The formulas of a sheet without their stored results."""
    return RESULT.sub(lambda cell: f"<c{KIND.sub('', cell.group(1))}>{cell.group(2)}</c>", xml)

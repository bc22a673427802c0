"""Referee: opens the page of a run in headless Chromium and uses it as a reader does.

    python3 tests/referee/browser.py FUHE WORKBOOKS [SCREENSHOTS]

FUHE is the program, WORKBOOKS a folder of submissions, SCREENSHOTS a folder for pictures of every part at every width. It
checks that the page shows the figures of the audits, that columns sort, that fields filter, that scores and departments
open, that links lead to files that exist, that nothing is said on the console and nothing is asked of a network; that at
360, 768 and 1440 px nothing makes the whole page scroll sideways, no text is cut off or covered and everything can be
reached, and that every sheet of the audit workbook is there with every row that it shows; then that text of a hostile
submission, put into every text of the audits, is shown as text and does nothing.

Needs chromium, chromium-driver, selenium and openpyxl. Without them it says what it left out, with exit code 0.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

from seal import sealed

LEFT_OUT = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
try:
    import openpyxl
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select
except ImportError as missing:
    LEFT_OUT.append(missing.name)

# A telephone, a tablet, a screen.
WIDTHS = (360, 768, 1440)
# The lists of departments: of cards, and of project forms where there are both.
DEPARTMENTS = ("department-table", "department-table-2")

HOSTILE = (
    "<script>window.taken=1</script>\"'><img src=x onerror=window.taken=1></title></style></textarea>"
    "<svg onload=window.taken=1>{{7*7}}{% raw %}${7*7}<a href=javascript:window.taken=1>x</a>]]>--><!--&lt;b&gt;"
)


def start(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--window-size=1440,1000", f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr


def cells(browser, table, column, only_shown=True):
    script = """return Array.from(document.getElementById(arguments[0]).tBodies[0].rows)
        .filter(row => !arguments[2] || !row.hidden).map(row => row.cells[arguments[1]].textContent.trim())"""
    return browser.execute_script(script, table, column, only_shown)


def numbers(texts):
    return [Decimal(text.split()[0]) for text in texts if text]


def audited(lines):
    return [line for line in lines if line["status"] == "audited"]


def first_kind(lines):
    """The submissions of the first list: cards, or forms where there are only forms."""
    cards = [line for line in audited(lines) if line["form"] is None]
    return cards or audited(lines)


def name_of(line):
    name = line["unit"] if line["project"] is None else f"{line['unit']}·{line['project']}"
    return " ".join(name.split())


def check_figures(browser, lines):
    """The figures of the run, and those of each department, are those of the audits."""
    pairs = browser.execute_script(
        "return Array.from(document.querySelectorAll('dl.figures div')).map(d => [d.children[0].textContent, d.children[1].textContent])"
    )
    shown = {}
    # Cards and forms have figures of their own; the files are counted once.
    for name, value in pairs:
        shown[name] = shown.get(name, Decimal(0)) + Decimal(value)
    made = audited(lines)
    points = lambda key: sum(Decimal(line["points"][key]) for line in made)
    files = {line["file"] for line in lines}
    assert shown["收到文件（份）"] == len(files)
    assert shown["已复核（份）"] == len({line["file"] for line in made})
    assert shown["已核实（分）"] == points("agreed")
    assert shown["多计（分）"] == points("overstated")
    assert shown["少计（分）"] == points("understated")
    assert shown["无法复核（分）"] == points("unverifiable")
    rows = {}
    for table in DEPARTMENTS:
        if browser.find_elements(By.ID, table):
            columns = [cells(browser, table, column) for column in range(1, 5)]
            rows.update({name: figures for name, *figures in zip(*columns)})
    for line in made:
        name = name_of(line)
        total, agreed, ceiling = rows[name]
        assert Decimal(agreed) == Decimal(line["points"]["agreed"]), name
        assert Decimal(ceiling) == Decimal(line["recomputed"]["ceiling"]), name
        stated = line["claimed"]["total"]
        assert (stated is None and total == "") or Decimal(total) == Decimal(stated), name
    return len(rows)


def check_sorting(browser):
    heads = browser.find_elements(By.CSS_SELECTOR, "#department-table th[data-sort]")
    assert len(heads) > 10
    before = sorted(cells(browser, "department-table", 1))
    for head in heads:
        column = browser.execute_script("return arguments[0].cellIndex", head)
        if head.get_attribute("data-sort") != "number":
            continue
        press(browser, head)
        first = numbers(cells(browser, "department-table", column))
        press(browser, head)
        second = numbers(cells(browser, "department-table", column))
        assert first in (sorted(first), sorted(first, reverse=True)), column
        assert second == sorted(second, reverse=first == sorted(first)) or len(set(second)) < 2, column
        texts = cells(browser, "department-table", column)
        assert "" not in texts or all(text == "" for text in texts[texts.index(""):]), "what is empty stays last"
    assert sorted(cells(browser, "department-table", 1)) == before, "sorting loses no row"
    press(browser, heads[0])


def check_filters(browser, lines):
    total = len(cells(browser, "department-table", 1))
    name = cells(browser, "department-table", 1)[-1]
    field = browser.find_element(By.CSS_SELECTOR, "form[data-for=department-table] input")
    field.send_keys(name)
    assert cells(browser, "department-table", 1) == [name]
    assert browser.find_element(By.CSS_SELECTOR, "form[data-for=department-table] output").text == f"1 / {total}"
    papers = browser.find_elements(By.CSS_SELECTOR, "details.paper")
    others = len(audited(lines)) - len(first_kind(lines))
    assert sum(paper.is_displayed() for paper in papers) == 1 + others, "the working papers follow the filter"
    field.clear()
    field.send_keys(" ")
    assert len(cells(browser, "department-table", 1)) == total
    verdict = Select(browser.find_element(By.CSS_SELECTOR, "form[data-for=department-table] select[name=verdicts]"))
    for key in ("overstated", "understated", "reading_dependent", "unverifiable", "invalid", "agrees"):
        verdict.select_by_value(key.replace("_", "-"))
        expected = [line for line in first_kind(lines) if any(one["verdict"] == key for one in line["indicators"])]
        wait_for(lambda: len(cells(browser, "department-table", 1)) == len(expected), key)
    verdict.select_by_value("")
    severity = Select(browser.find_element(By.CSS_SELECTOR, "form[data-for=dispute-table] select[name=severity]"))
    everything = len(cells(browser, "dispute-table", 0))
    for key, word in (("error", "错误"), ("warning", "警示")):
        severity.select_by_value(key)
        expected = sum(finding["severity"] == key for line in audited(lines) for finding in line["findings"])
        wait_for(lambda: len(cells(browser, "dispute-table", 0)) == expected, key)
        assert set(cells(browser, "dispute-table", 1)) <= {word}
        assert all(cells(browser, "dispute-table", 2)), "every row names its department"
    severity.select_by_value("")
    wait_for(lambda: len(cells(browser, "dispute-table", 0)) == everything, "everything again")
    return everything


def check_opening(browser, lines):
    """From a dispute to its score: the working, the readings, what would settle it, and the evidence stand there."""
    by_name = {name_of(line): line for line in audited(lines)}
    rows = browser.find_elements(By.CSS_SELECTOR, "#dispute-table tbody tr")
    link = next(row.find_element(By.CSS_SELECTOR, "a[href^='#d']") for row in rows if "多计" in row.text)
    target = link.get_attribute("href").split("#")[1]
    score = browser.find_element(By.ID, target)
    working = score.find_element(By.CSS_SELECTOR, "tr.working")
    assert not working.is_displayed()
    press(browser, link)
    wait_for(working.is_displayed, "a dispute opens its score")
    paper = score.find_element(By.XPATH, "./ancestor::details")
    name = paper.find_element(By.CSS_SELECTOR, "summary b").text.split("\u3000", 1)[1]
    wanted = score.find_element(By.CSS_SELECTOR, ".opener").text.lstrip("▾▸ ")
    one = next(one for one in by_name[name]["indicators"] if one["name"] == wanted)
    text = flat(working.text)
    for piece in one["working"]:
        assert flat(piece) in text, piece
    assert flat(one["source"]["sheet"] + "!" + one["source"]["cell"]) in text
    press(browser, score.find_element(By.CSS_SELECTOR, ".opener"))
    assert not working.is_displayed(), "a second click closes it"
    press(browser, browser.find_element(By.ID, "open-all"))
    hidden = [it for it in browser.find_elements(By.CSS_SELECTOR, "tr.working") if not it.is_displayed()]
    assert not hidden, "open all opens all"
    facts = flat(browser.find_element(By.ID, "papers").get_attribute("textContent"))
    for line in audited(lines):
        for fact in line["facts"]:
            assert flat(fact["source"]["sheet"] + "!" + fact["source"]["cell"]) in facts, fact
            assert flat(fact["source"]["text"]) in facts, fact
        for finding in line["findings"]:
            assert flat(finding["message"]) in facts, finding
    press(browser, browser.find_element(By.ID, "close-all"))
    assert not any(it.is_displayed() for it in browser.find_elements(By.CSS_SELECTOR, "tr.working"))


def press(browser, element):
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def flat(text):
    return "".join(text.split())


def wait_for(condition, what):
    for _ in range(100):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(what)


def check_links(browser, page):
    """Links stay within the page, or lead to a submission of the run."""
    links = browser.execute_script("return Array.from(document.links).map(a => a.getAttribute('href'))")
    within = set(browser.execute_script("return Array.from(document.querySelectorAll('[id]')).map(e => e.id)"))
    files = 0
    for link in links:
        if link.startswith("#"):
            assert link[1:] in within, link
        else:
            assert link.startswith("./"), link
            assert (page.parent / unquote(link)).is_file(), link
            files += 1
    return len(links), files


def check_quiet(browser, what):
    said = [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]]
    assert not said, (what, said)
    asked = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    outside = [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))]
    assert not outside, (what, outside)


def check_sheets(browser, workbook):
    """Every sheet that the workbook shows has its place, with every row that is shown there."""
    book = openpyxl.load_workbook(workbook, read_only=False)
    text = flat(browser.execute_script("return document.body.textContent"))
    compared = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or sheet.title.startswith("底稿") or sheet._charts:
            continue
        hidden = {
            column for one in sheet.column_dimensions.values() if one.hidden for column in range(one.min, one.max + 1)
        }
        head = sheet.freeze_panes and int("".join(filter(str.isdigit, sheet.freeze_panes))) or 1
        for row in sheet.iter_rows(min_row=head):
            if row[0].value == "生成时间":  # the page knows no clock
                continue
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("=") and cell.column not in hidden:
                    assert flat(cell.value) in text, (sheet.title, cell.coordinate, cell.value)
                    compared += 1
    assert compared > 500, compared
    return compared


def check_width(browser, page, width, pictures):
    """Nothing makes the page scroll sideways but boxes of their own, nothing stands outside of it, no text is cut off."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700})
    browser.get(page.as_uri())
    for opened in (False, True):
        if opened:
            browser.execute_script("document.getElementById('open-all').click();"
                                   "document.querySelectorAll('details').forEach(one => one.open = true)")
        wide, inner = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= inner == width, (width, opened, wide, inner)
        outside = browser.execute_script(OUTSIDE)
        assert not outside, (width, opened, outside[:5])
    narrow = width < 641
    folded = browser.execute_script(
        "return Array.from(document.querySelectorAll('.folded > thead')).filter(e => e.offsetParent !== null).length")
    assert (folded == 0) == narrow, (width, folded)
    if narrow:
        unlabelled = browser.execute_script(
            "return Array.from(document.querySelectorAll('#department-table > tbody > tr:first-child > td[data-label]'))"
            ".filter(e => e.textContent && getComputedStyle(e, '::before').content.length < 4).length")
        assert unlabelled == 0, "a card names each of its figures"
    sections = browser.execute_script("return Array.from(document.querySelectorAll('main > section')).map(e => e.id)")
    links = browser.execute_script("return Array.from(document.querySelectorAll('nav a')).map(e => e.getAttribute('href'))")
    assert links == ["#" + section for section in sections], (links, sections)
    browser.get(page.as_uri())
    for section in sections:
        browser.execute_script("document.getElementById(arguments[0]).scrollIntoView()", section)
        top = browser.execute_script(
            "return document.querySelector('#' + arguments[0] + ' h2').getBoundingClientRect().top - "
            "document.querySelector('nav').getBoundingClientRect().bottom", section)
        assert top >= -1, (width, section, top, "the bar on top covers a heading")
        if pictures:
            browser.save_screenshot(str(Path(pictures) / f"{width}-{section}.png"))
    return len(sections)


# Elements that show text beyond the right edge of the page and stand in no box that scrolls by itself, or whose text is cut.
OUTSIDE = """
const scrolls = e => { for (; e; e = e.parentElement) {
    const x = getComputedStyle(e).overflowX; if (x === 'auto' || x === 'scroll') return true; } return false; };
return Array.from(document.querySelectorAll('main *')).filter(e => {
    if (e.closest('svg') || e.offsetParent === null || !e.textContent.trim()) return false;
    const box = e.getBoundingClientRect();
    const cut = getComputedStyle(e).overflow === 'hidden' && e.scrollWidth > e.clientWidth + 1;
    return cut || (box.right > window.innerWidth + 1 && !scrolls(e));
}).map(e => e.outerHTML.slice(0, 120));
"""


def poisoned(value, key=None):
    """Every text that comes from a submission, replaced."""
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    if isinstance(value, dict):
        # The steps of a working are the program's own, and come out again or the line is refused.
        return {name: one if name == "steps" else poisoned(one, name) for name, one in value.items()}
    texts = {"unit", "text", "sheet", "cell", "message", "working", "evidence", "grade", "project"}
    return HOSTILE if isinstance(value, str) and key in texts else value


def poison(line, number):
    poisoned_line = poisoned(line)
    poisoned_line["rulebook"] = line["rulebook"]
    poisoned_line["not_run"] = line["not_run"]
    poisoned_line["file"] = f"{number:03}javascript:{HOSTILE}.xlsx"
    for finding, original in zip(poisoned_line["findings"], line["findings"]):
        finding["explanation"] = original["explanation"]
    return poisoned_line


def check_hostile(browser, fuhe, lines, folder):
    stored = folder / "hostile.jsonl"
    hostile = sealed([poison(line, at) for at, line in enumerate(lines)])
    stored.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in hostile))
    page = folder / "hostile.html"
    run(fuhe, "report", str(stored), "-o", str(folder / "hostile.xlsx"), "--html", str(page))
    browser.get(page.as_uri())
    press(browser, browser.find_element(By.ID, "open-all"))
    assert browser.execute_script("return window.taken") is None, "a submission ran a script"
    assert browser.find_elements(By.CSS_SELECTOR, "img, iframe, object, main script, main style, title + script") == []
    assert not browser.execute_script("return Array.from(document.querySelectorAll('*')).some(e => e.getAttributeNames().some(n => n.startsWith('on')))")
    shown = browser.execute_script("return document.getElementById('department-table').tBodies[0].rows[0].cells[1].textContent")
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": 360, "height": 900, "deviceScaleFactor": 1, "mobile": True})
    wide, inner = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= inner, ("hostile text makes the page wide", wide, inner)
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    # Departments of one name are told apart behind it.
    assert shown.split("\n")[0] == HOSTILE, shown
    links, _ = check_links(browser, page)
    check_quiet(browser, "hostile")
    return links


def main():
    if LEFT_OUT:
        print(f"left out: the page in a browser at {', '.join(map(str, WIDTHS))} px (not here: {', '.join(LEFT_OUT)})")
        return
    fuhe, workbooks = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        page, stored = folder / "复核 page #1.html", folder / "audits.jsonl"
        run(fuhe, str(workbooks), "-o", str(folder / "audit.xlsx"), "--html", str(page), "--jsonl", str(stored))
        lines = [json.loads(line) for line in stored.read_text(encoding="utf-8").splitlines()]
        browser = start(folder / "profile")
        try:
            browser.get(page.as_uri())
            departments = check_figures(browser, lines)
            check_sorting(browser)
            disputes = check_filters(browser, lines)
            check_opening(browser, lines)
            links, files = check_links(browser, page)
            check_quiet(browser, "page")
            compared = check_sheets(browser, folder / "audit.xlsx")
            pictures = sys.argv[3] if len(sys.argv) > 3 else None
            sections = {width: check_width(browser, page, width, pictures) for width in WIDTHS}
            browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            check_hostile(browser, fuhe, lines, folder)
        finally:
            browser.quit()
    assert departments and disputes and files, "nothing was checked"
    print(f"{departments} departments and {disputes} disputes sorted, filtered and opened; {links} links, {files} to files; "
          f"{compared} cells of the workbook are there; {sections[360]} parts at {', '.join(map(str, WIDTHS))} px; hostile text stayed text")


if __name__ == "__main__":
    main()

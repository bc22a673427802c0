#!/usr/bin/env python3
"""Run a built program over tests/corpus and print where its lines differ from the expectations.

    python3 tests/generators/corpus_compare.py PROGRAM [CASE…]
"""

import json
import subprocess
import sys
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
KINDS = set(
    """indicator-renamed indicator-unknown indicator-missing indicator-duplicated unit-ambiguous unit-assumed not-measurable not-applicable fact-unreadable
    fact-conflict fact-out-of-range formula-without-value formula-replaced error-cell hidden-data year-missing year-mismatch narrative-conflict score-missing
    score-not-a-number negative-score score-above-points points-altered total-mismatch grade-mismatch section-total-mismatch completion-total-mismatch""".split()
)


def run(program, path):
    """The program's lines for a path, by file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "lines.jsonl"
        done = subprocess.run([program, str(path), "-o", str(Path(folder) / "audit.xlsx"), "--jsonl", str(out)], capture_output=True, text=True)
        text = out.read_text(encoding="utf-8") if out.exists() else ""
        return {line["file"]: line for line in map(json.loads, filter(None, text.split("\n")))}, done.stderr


def value(text):
    """Decimals by value, other texts as they are."""
    try:
        return Decimal(text).normalize()
    except (InvalidOperation, TypeError):
        return text


def differences(case, line):
    if line is None:
        yield "no line"
        return
    yield from _head(case, line)
    if case["status"] == "unread" or line["status"] == "unread":
        return
    yield from _claims(case, line)
    yield from _facts(case, line)
    yield from _findings(case, line)
    for indicator in line["indicators"]:
        expected = case["verdicts"][indicator["id"]]
        if indicator["verdict"] != expected:
            yield f"verdict of {indicator['id']}: {indicator['verdict']}, expected {expected}" + (" NEVER" if indicator["verdict"] in case["never"] else "")


def _head(case, line):
    code = (line["problem"] or {}).get("code")
    if line["status"] != case["status"] or code not in (case["problem"] if isinstance(case["problem"], list) else [case["problem"]]):
        yield f"{line['status']} {code}, expected {case['status']} {case['problem']}"
    if case["status"] == "unread" or line["status"] == "unread":
        return
    found = {"unit": line["unit"], "year": line["year"], "claimed_total": line["claimed"]["total"], "claimed_grade": line["claimed"]["grade"]}
    for key, what in found.items():
        if value(what) != value(case[key]):
            yield f"{key}: {what!r}, expected {case[key]!r}"


def _claims(case, line):
    for indicator in line["indicators"]:
        expected = case["claims"].get(indicator["id"])
        if value(indicator["claimed"]) != value(expected and expected["value"]):
            yield f"claim of {indicator['id']}: {indicator['claimed']}, expected {expected and expected['value']}"
        source = indicator["source"]
        if expected and source and (source["sheet"], source["cell"]) != (expected["sheet"], expected["cell"]):
            yield f"claim of {indicator['id']} from {source['sheet']}!{source['cell']}, expected {expected['sheet']}!{expected['cell']}"
        if expected and expected["text"] is not None and source and source["text"] != expected["text"]:
            yield f"claim of {indicator['id']} quoted {source['text']!r}, expected {expected['text']!r}"


def _facts(case, line):
    def key(f, place):
        return f["id"], value(f["value"]), f["unit"], f["origin"], f["candidate"], place["sheet"], place["cell"]

    found = [key(f, f["source"]) for f in line["facts"]]
    optional = [key(f, f) for f in case["may_facts"] + case["facts"]]  # a sentence may give the same figure twice
    for fact in case["facts"]:
        if key(fact, fact) in found:
            found.remove(key(fact, fact))
        else:
            yield f"fact missing: {key(fact, fact)}"
    yield from (f"fact too much: {k}" for k in found if k not in optional)


def _findings(case, line):
    found = line["findings"]
    for expected in case["findings"]:
        if not any(_is(expected, f) for f in found):
            yield f"finding missing: {expected}"
    known = {f["code"] for f in case["findings"]} | set(case["may"])
    for finding in found:
        if finding["code"] in KINDS and finding["code"] not in known or finding["code"] in case["absent_findings"]:
            yield f"finding too much: {finding['code']} {finding['indicator']} {finding['source']}"


def _is(expected, finding):
    source = finding["source"] or {}
    return (
        finding["code"] == expected["code"]
        and (expected.get("indicator") is None or finding["indicator"] == expected["indicator"])
        and all(expected.get(k) is None or source.get(k) == expected[k] for k in ("sheet", "cell"))
    )


def compare_batch(program, folder):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    lines, said = run(program, folder / expected["path"])
    wanted = {line["file"]: line for line in expected["lines"]}
    for file in sorted(set(lines) | set(wanted)):
        if file not in lines or file not in wanted:
            yield f"{file}: line {'missing' if file in wanted else 'too much'}"
            continue
        code = (lines[file]["problem"] or {}).get("code")
        allowed = wanted[file]["problem"] if isinstance(wanted[file]["problem"], list) else [wanted[file]["problem"]]
        if lines[file]["status"] != wanted[file]["status"] or code not in allowed:
            yield f"{file}: {lines[file]['status']} {code}, expected {wanted[file]['status']} {allowed}"
    for finding in expected["findings"]:
        if not any(f["code"] == finding["code"] for f in lines.get(finding["file"], {"findings": []})["findings"]):
            yield f"{finding['file']}: finding missing: {finding['code']}"
    for name in expected["named"]:
        if Path(name).name not in said:
            yield f"{name} is not named in the messages (look in the workbook)"


def main(program, wanted):
    lines, _ = run(program, CORPUS)
    bad = 0
    for path in sorted(CORPUS.glob("*.json")):
        if wanted and path.stem not in wanted:
            continue
        case = json.loads(path.read_text(encoding="utf-8"))
        messages = list(differences(case, lines.get(case["file"])))
        bad += bool(messages)
        for message in messages:
            print(f"{path.stem}{' (unsure)' if case.get('unsure') else ''}: {message}")
    for folder in sorted((CORPUS / "batches").iterdir()):
        if not wanted or folder.name in wanted:
            messages = list(compare_batch(program, folder))
            bad += bool(messages)
            for message in messages:
                print(f"{folder.name}: {message}")
    print(f"{bad} cases differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], set(sys.argv[2:])))

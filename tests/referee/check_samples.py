#!/usr/bin/env python3
"""Compares the JSON Lines of an audit of the samples with what the content of the samples demands.

    fuhe samples -o audit.xlsx --jsonl audit.jsonl
    python3 check_samples.py audit.jsonl          exit 0: all as expected; 1: the differences, one a line

Decimals are compared by value. Findings are compared as pairs of code and indicator, without the codes of the verdicts; a
finding of the program that names no indicator matches any. A cell matches when one source of that fact or claim is that cell
with that text.
"""
import json
import os
import sys
from decimal import Decimal, InvalidOperation

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "expected", "shenzhen-2020")
OF_VERDICTS = {"overstated-score", "understated-score", "unverifiable-score", "reading-dependent-score"}
# Told about several files at once, so no single file's content demands them.
OF_THE_BATCH = {
    "duplicate-submission", "all-full-marks", "copied-text", "outlier", "forms-disagree", "submission-unexpected",
    "last-year-conflict", "figure-jump",
}


def by_value(thing):
    """thing with its decimals as decimals."""
    if isinstance(thing, dict):
        return {key: by_value(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [by_value(value) for value in thing]
    if isinstance(thing, str):
        try:
            return Decimal(thing)
        except InvalidOperation:
            return thing
    return thing


def differences(expected, audit):
    """Sentences on everything in the audit of one file that is not as expected."""
    if audit is None:
        return ["no line"]
    if audit["status"] != "audited":
        return [f"{audit['status']}: {audit['problem']}"]
    found = []
    for key in ("unit", "year", "claimed", "recomputed", "points"):
        if by_value(audit[key]) != by_value(expected[key]):
            found.append(f"{key}: {audit[key]}, expected {expected[key]}")
    if [i["id"] for i in audit["indicators"]] != [i["id"] for i in expected["indicators"]]:
        found.append("not the indicators of the card, in its order")
    else:
        for got, wanted in zip(audit["indicators"], expected["indicators"]):
            found += indicator_differences(got, wanted, audit["findings"])
    return found + finding_differences(expected, audit) + cell_differences(expected, audit)


def indicator_differences(got, wanted, findings):
    found = []
    for key in ("claimed", "low", "high", "default", "verdict", "difference", "readings", "settled_by"):
        if by_value(got[key]) != by_value(wanted[key]):
            found.append(f"{wanted['id']}.{key}: {got[key]}, expected {wanted[key]}")
    if wanted["severity"]:
        code = f"{wanted['verdict']}-score"
        given = [f["severity"] for f in findings if f["code"] == code and f["indicator"] == wanted["id"]]
        if given != [wanted["severity"]]:
            found.append(f"{wanted['id']} {code}: severity {given}, expected {wanted['severity']}")
    return found


def finding_differences(expected, audit):
    wanted = {(f["code"], f["indicator"]) for f in expected["findings"]}
    got = {(f["code"], f["indicator"]) for f in audit["findings"] if f["code"] not in OF_VERDICTS | OF_THE_BATCH}
    nameless = {code for code, indicator in got if indicator is None}
    missing = {w for w in wanted - got if w[0] not in nameless}
    extra = {g for g in got - wanted if g[1] is not None or g[0] not in {code for code, _ in wanted}}
    return [f"finding missing: {f}" for f in sorted(missing, key=str)] + [f"finding too many: {f}" for f in sorted(extra, key=str)]


def cell_differences(expected, audit):
    sources = {}
    for indicator in audit["indicators"]:
        sources[f"claim:{indicator['id']}"] = [place(indicator["source"])]
    for fact in audit["facts"]:
        sources.setdefault(f"fact:{fact['id']}", []).append(place(fact["source"]))
    return [f"{key}: {sources.get(key)}, expected {wanted}" for key, wanted in expected["cells"].items()
            if key.startswith(("claim:", "fact:")) and wanted not in sources.get(key, [])]


def place(source):
    return source and [source["sheet"], source["cell"], source["text"]]


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        audits = {os.path.basename(audit["file"]): audit for audit in map(json.loads, lines)}
    wrong = 0
    for name in sorted(os.listdir(EXPECTED)):
        with open(os.path.join(EXPECTED, name), encoding="utf-8") as opened:
            expected = json.load(opened)
        for sentence in differences(expected, audits.get(expected["file"])):
            wrong += 1
            print(f"{expected['file']}: {sentence}")
    print(f"{wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

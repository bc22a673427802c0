#!/usr/bin/env python3
"""Referee: the seals of stored lines, reckoned by another program.

    seal.py LINES.jsonl...

A line's seal is SHA-256 over "fuhe line 1", a zero byte, and the line as compact JSON: without `seal` and `run`, without its
sentences (`message` is empty, so is `working`), without what only its batch shows, the terms of every phrase sorted by name,
characters that steer rather than show as escapes. The seals of a run, one behind the other, give its own digest in the same
way. Exit code 0: every line has its seal, and every run that is whole its digest.
"""
import hashlib
import json
import re
import sys

OF_THE_BATCH = {
    "duplicate-submission", "grade-undecided", "forms-disagree", "outlier", "submission-missing", "submission-unexpected",
    "last-year-conflict", "figure-jump", "copied-text",
}
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                      "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")


def escaped(text):
    def units(found):
        raw = found.group().encode("utf-16-be")
        return "".join(f"\\u{raw[at]:02x}{raw[at + 1]:02x}" for at in range(0, len(raw), 2))
    return STEERING.sub(units, text)


def bare(value, key=None):
    """Without sentences, terms sorted."""
    if key == "message":
        return ""
    if key == "working":
        return [] if isinstance(value, list) else ""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, dict):
        names = sorted(value) if key == "terms" else value
        # The name of a hole may be any word: within terms no key is special but terms.
        return {name: bare(value[name], name if key != "terms" else None) for name in names}
    return value


def seal(line):
    own = {key: value for key, value in line.items() if key not in ("seal", "run")}
    own["findings"] = [one for one in own["findings"] if one["code"] not in OF_THE_BATCH]
    text = escaped(json.dumps(bare(own), ensure_ascii=False, separators=(",", ":")))
    return hashlib.sha256(b"fuhe line 1\0" + text.encode()).hexdigest()


def of_run(seals):
    return hashlib.sha256(b"fuhe run 1\0" + "".join(seals).encode()).hexdigest()


def sealed(lines):
    """The lines as one run that wrote them so."""
    seals = [seal(line) for line in lines]
    key = lambda line: (line["file"], line["sha256"])
    for at, (line, own) in enumerate(zip(lines, seals)):
        of_file = sum(key(other) == key(line) for other in lines)
        line["seal"] = own
        line["run"] = {"lines": len(lines), "place": at + 1, "file_lines": of_file, "seals": of_run(seals)}
    return lines


def main():
    lines = [json.loads(text) for path in sys.argv[1:] for text in open(path, encoding="utf-8") if text.strip()]
    assert lines, "nothing to look at"
    runs = {}
    for number, line in enumerate(lines, 1):
        assert line["seal"] == seal(line), f"line {number}, {line['file']}: another seal"
        runs.setdefault((line["run"]["seals"], line["run"]["lines"]), {})[line["run"]["place"]] = line["seal"]
    for (digest, count), places in runs.items():
        if len(places) == count:
            assert digest == of_run([places[place] for place in sorted(places)]), "another digest of a run"
    print(f"{len(lines)} seals, {len(runs)} run(s)")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""An independent reckoning of the scorecard shenzhen-2020, clause by clause, in exact fractions.

It shares nothing with the Rust program: no rulebook file, no rule kinds, no formulas. Each of the 21 indicators is one
function below, written from the clauses of the official card. The tests compare the program with it.

Calls
    python3 reference.py < cases.jsonl > results.jsonl     one case a line in, one result a line out
    python3 reference.py --generate N --seed S [--jobs J]  N random cases with their results, as JSON lines
    python3 reference.py --selftest                        the worked examples of the specification

A case is one JSON object:
    {"facts": {"q1_progress": {"candidates": ["10"]},
               "budget_fits_duties": {"candidates": ["是"], "evidence": true},
               "procurement_plan": {"candidates": [], "not_applicable": true}, ...},
     "claims": {"budget_reasonableness": "5", "petitions": null, ...}}
  candidates       the values found, as strings in the rulebook's own unit: money in 万元, percentages as percentage
                   numbers ("27.22" is 27.22 %), counts as whole numbers, answers 是 / 否 or the words of a choice.
                   More than one different value is a conflict. Equal values ("5", "5.00") count once.
  evidence         true when a named 佐证材料 stands beside the fact; default false.
  not_applicable   true when 不适用 was answered: the fact is unknown whatever else is given; default false.
  A fact that has no entry, or no candidates, is missing. Values out of range have been removed before.
  A claim is a decimal string; null or absent: no number. A negative one is kept as it is.

A result, for a case read or as the key "expected" of a generated one:
    {"indicators": [{"id", "claimed", "low", "high", "default", "verdict", "difference", "severity",
                     "readings": [{"id", "low", "high"}], "settled_by": [...]}, ... all 21 in the order of the card],
     "recomputed": {"low", "high", "ceiling", "grade_low", "grade_high", "grade_ceiling"},
     "points": {"agreed", "overstated", "understated", "reading_dependent", "unverifiable", "invalid"}}
  Decimals are strings, to be compared by value. "default" is null while the indicator is incomplete. "readings" is empty
  for an indicator with one reading. "severity" is that of an overstated or understated score, else null.

What the specification leaves open is decided so (a generated case never hangs on the first point):
  * two candidates give "the same results" when low and high of every reading, rounded to 2 decimals, are the same;
  * a denominator of 0 names all facts of the denominator in "settled_by", also while the numerator is missing;
  * 不适用 for classified_unit is an answer, so nothing is presumed: unknown;
  * a claim above the indicator's points is overstated, even inside the tolerance.
"""
import argparse
import itertools
import json
import multiprocessing
import os
import random
import sys
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

ZERO, ONE = Fraction(0), Fraction(1)
TOLERANCE = Fraction(1, 100)
MATERIAL = Fraction(1, 2)

FACTS = """budget_fits_duties funds_prioritised special_funds_itemised classification_accurate budget_not_fixed
budget_nonconformities goals_missing indicators_match_tasks indicators_show_benefit indicator_values_clear
indicators_quantified targets_grounded procurement_plan procurement_actual procurement_policy spending_compliant
adjusted_amount budget_total accounting_compliant spending_violation budget_disclosure accounts_disclosure classified_unit
project_approval project_procedure monitoring_in_place supervision_done fund_rated_poor assets_kept asset_disposal
assets_in_use assets_total staff_actual staff_quota contract_staff rules_made rules_followed performance_rules
sangong_budget sangong_actual routine_budget routine_actual q1_progress q2_progress q3_progress q4_progress
key_tasks_unfinished projects_planned projects_finished petition_channel petition_reply_rate petition_timely_rate
satisfaction""".split()
FACT_ORDER = {fact: place for place, fact in enumerate(FACTS)}

DISCLOSED, FLAWED, UNDISCLOSED = "按规定公开", "公开但不合要求", "未公开"
YES, NO = "是", "否"


# ---------------------------------------------------------------- what a criterion is worth: (low, high, what is missing)

class View:
    """The facts as they stand in one combination of candidates: a value, or None for unknown."""

    def __init__(self, values, evidence, not_applicable):
        self.values, self.evidence, self.not_applicable = values, evidence, not_applicable

    def __getitem__(self, fact):
        return self.values.get(fact)

    def unknown(self, *facts):
        return {(f, "fact") for f in facts if self[f] is None}


def exactly(points):
    return points, points, set()


def open_up_to(points, missing):
    return ZERO, Fraction(points), missing


def attested(view, fact, points):
    """是 with a named 佐证材料: the points; 否: none; anything else stays open."""
    points = Fraction(points)
    if view[fact] == NO:
        return exactly(ZERO)
    if view[fact] is None:
        return open_up_to(points, {(fact, "fact")})
    if not view.evidence[fact]:
        return open_up_to(points, {(fact, "evidence")})
    return exactly(points)


def ratio(view, numerator, denominators):
    """numerator ÷ sum of the denominators, or None, with the facts that are missing or make the division impossible."""
    missing = view.unknown(numerator, *denominators)
    below = [view[f] for f in denominators]
    if None not in below and sum(below) == 0:
        missing |= {(f, "fact") for f in denominators}
    if missing:
        return None, missing
    return view[numerator] / sum(below), set()


def whole(parts):
    """Criteria added up."""
    low = sum((p[0] for p in parts), ZERO)
    high = sum((p[1] for p in parts), ZERO)
    return low, high, set().union(*(p[2] for p in parts))


def deducted(view, fact, points, each):
    """points − each × count, not below zero."""
    if view[fact] is None:
        return open_up_to(points, {(fact, "fact")})
    return exactly(max(ZERO, points - each * view[fact]))


def zeroed(view, fact, part):
    """part, but nothing when the fact is 是; an unknown answer counts both ways."""
    if view[fact] == YES:
        return exactly(ZERO)
    if view[fact] == NO or part[1] == 0:
        return part
    return ZERO, part[1], part[2] | {(fact, "fact")}


# ---------------------------------------------------------------- the 21 indicators, in the order of the card

def budget_reasonableness(v):
    """1.1.1 预算编制合理性: 职责 1, 重点 1, 专项 1, 分类 1, 不固化 1."""
    return {"": whole([attested(v, f, 1) for f in FACTS[0:5]])}


def budget_conformity(v):
    """1.1.2 预算编制规范性: 5 分, 发现一项不符合的扣1分，扣完为止."""
    return {"": deducted(v, "budget_nonconformities", 5, 1)}


def goal_completeness(v):
    """1.2.1 绩效目标完整性: 3 分 (the clause's 8分 does not fit a 3-point indicator), 一项扣1分."""
    return {"": deducted(v, "goals_missing", 3, 1)}


def indicator_clarity(v):
    """1.2.2 绩效指标明确性: 2, 2, 1, 1, 1."""
    worth = [("indicators_match_tasks", 2), ("indicators_show_benefit", 2), ("indicator_values_clear", 1),
             ("indicators_quantified", 1), ("targets_grounded", 1)]
    return {"": whole([attested(v, f, p) for f, p in worth])}


def procurement(v):
    """2.1.1 政府采购执行情况: 实际 ÷ 计划 × 1 分, 实际大于计划，本项得0分 (this criterion, or the whole indicator); 政策 1 分."""
    plan, actual = v["procurement_plan"], v["procurement_actual"]
    policy = attested(v, "procurement_policy", 1)
    unknown = v.unknown("procurement_plan", "procurement_actual")
    if not unknown and actual > plan:
        return {"criterion_only": policy, "whole_indicator": exactly(ZERO)}
    rate, missing = ratio(v, "procurement_actual", ["procurement_plan"])
    part = exactly(rate) if rate is not None else open_up_to(1, missing)
    low, high, blame = whole([part, policy])
    return {"criterion_only": (low, high, blame),
            "whole_indicator": (ZERO if unknown else low, high, blame)}


def financial_compliance(v):
    """2.1.2 财务合规性: 支出 1; 调剂 within 10 % of the budget 1, 0.1 less a percentage point over it; 核算 1; 违规 → 0."""
    spending, accounting = attested(v, "spending_compliant", 1), attested(v, "accounting_compliant", 1)
    share, missing = ratio(v, "adjusted_amount", ["budget_total"])
    results = {}
    for reading in ("pro_rata", "whole_points"):
        if share is None:
            adjusted = open_up_to(1, missing)
        else:
            over = max(ZERO, share * 100 - 10)
            over = Fraction(over // 1) if reading == "whole_points" else over
            adjusted = exactly(max(ZERO, 1 - over / 10))
        results[reading] = zeroed(v, "spending_violation", whole([spending, adjusted, accounting]))
    return results


def disclosure(v):
    """2.1.3 预决算信息公开: 预算 1.5 / 1 / 0, 决算 1.5 / 1 / 0; 涉密部门 → 3 (unanswered is presumed 否)."""
    worth = {DISCLOSED: Fraction(3, 2), FLAWED: ONE, UNDISCLOSED: ZERO}
    parts = [exactly(worth[v[f]]) if v[f] is not None else open_up_to(Fraction(3, 2), {(f, "fact")})
             for f in ("budget_disclosure", "accounts_disclosure")]
    low, high, blame = whole(parts)
    secret = "classified_unit"
    presumed_no = v[secret] is None and not v.not_applicable[secret]
    if v[secret] == NO or presumed_no or low == 3:
        return {"": (low, high, blame)}
    if v[secret] == YES and v.evidence[secret]:
        return {"": exactly(Fraction(3))}
    return {"": (low, Fraction(3), blame | {(secret, "evidence" if v[secret] == YES else "fact")})}


def project_procedure(v):
    """2.2.1 项目实施程序: 1, 1."""
    return {"": whole([attested(v, f, 1) for f in ("project_approval", "project_procedure")])}


def project_supervision(v):
    """2.2.2 项目监管: 监控机制 1; 检查督促 1, nothing when the funds were rated 差."""
    done = zeroed(v, "fund_rated_poor", attested(v, "supervision_done", 1))
    return {"": whole([attested(v, "monitoring_in_place", 1), done])}


def asset_safety(v):
    """2.3.1 资产管理安全性: 1, 1."""
    return {"": whole([attested(v, f, 1) for f in ("assets_kept", "asset_disposal")])}


def asset_utilisation(v):
    """2.3.2 固定资产利用率: ≥90% 1; 75% to 90% 0.7; 60% to 75% 0.4; below 0."""
    rate, missing = ratio(v, "assets_in_use", ["assets_total"])
    if rate is None:
        return {"": open_up_to(1, missing)}
    if rate >= Fraction(9, 10):
        return {"": exactly(ONE)}
    if rate >= Fraction(3, 4):
        return {"": exactly(Fraction(7, 10))}
    return {"": exactly(Fraction(4, 10) if rate >= Fraction(6, 10) else ZERO)}


def staff_control(v):
    """2.4.1 财政供养人员控制率: ≤100% 1; above 0."""
    rate, missing = ratio(v, "staff_actual", ["staff_quota"])
    if rate is None:
        return {"": open_up_to(1, missing)}
    return {"": exactly(ONE if rate <= 1 else ZERO)}


def contract_staff_control(v):
    """2.4.2 编外人员控制率, 编外 ÷ (在编 + 编外): <5% 1; 5% to 10% 0.5; above 0."""
    rate, missing = ratio(v, "contract_staff", ["staff_actual", "contract_staff"])
    if rate is None:
        return {"": open_up_to(1, missing)}
    if rate < Fraction(5, 100):
        return {"": exactly(ONE)}
    return {"": exactly(Fraction(1, 2) if rate <= Fraction(10, 100) else ZERO)}


def management_rules(v):
    """2.5.1 管理制度健全性: 0.5, 1.5, 1."""
    worth = [("rules_made", Fraction(1, 2)), ("rules_followed", Fraction(3, 2)), ("performance_rules", 1)]
    return {"": whole([attested(v, f, p) for f, p in worth])}


def public_funds_control(v):
    """3.1.1 公用经费控制率: 三公 and 日常公用, each <90% 3; 90% to 100% 2; above 0."""
    parts = []
    for actual, budget in (("sangong_actual", "sangong_budget"), ("routine_actual", "routine_budget")):
        rate, missing = ratio(v, actual, [budget])
        if rate is None:
            parts.append(open_up_to(3, missing))
        else:
            parts.append(exactly(Fraction(3 if rate < Fraction(9, 10) else 2 if rate <= 1 else 0)))
    return {"": whole(parts)}


def budget_execution(v):
    """3.2.1 预算执行率: each quarter's progress ÷ 25, 50, 75, 100 % × 1 分, and the year's average × 2 分.

    While a quarter is unknown the average is unknown too: up to 2, and where nothing caps it, up to the 6 of the indicator.
    """
    quarters = ("q1_progress", "q2_progress", "q3_progress", "q4_progress")
    missing = v.unknown(*quarters)
    rates = [v[f] / due for f, due in zip(quarters, (25, 50, 75, 100)) if v[f] is not None]
    capped = [min(r, ONE) for r in rates]
    if missing:
        top = sum(capped) + len(missing) + 2
        return {"capped": (sum(capped, ZERO), top, missing),
                "capped_quarters": (sum(capped, ZERO), top, missing),
                "uncapped": (sum(rates, ZERO), Fraction(6), missing),
                "mean_of_progress": (sum(capped, ZERO), Fraction(6), missing)}
    progress = sum(v[f] for f in quarters) / 400
    return {"capped": exactly(sum(capped) + 2 * sum(capped) / 4),
            "capped_quarters": exactly(sum(capped) + 2 * min(ONE, sum(rates) / 4)),
            "uncapped": exactly(sum(rates) + 2 * sum(rates) / 4),
            "mean_of_progress": exactly(sum(capped) + 2 * progress)}


def key_tasks(v):
    """3.2.2 重点工作完成情况: 8 分, 一项没有完成扣4分."""
    return {"": deducted(v, "key_tasks_unfinished", 8, 4)}


def project_timeliness(v):
    """3.2.3 项目完成及时性: 完成 ÷ 计划 × 6 分, not above 6."""
    rate, missing = ratio(v, "projects_finished", ["projects_planned"])
    return {"": open_up_to(6, missing) if rate is None else exactly(min(rate, ONE) * 6)}


def benefits(v):
    """3.3.1 效益: a person's judgement, 0 to 25."""
    return {"": open_up_to(25, {("judgement", "judgement")})}


def petitions(v):
    """3.4.1 群众信访办理情况: 渠道 1; 回复率 100 % 1; 及时回复率 100 % 1."""
    parts = [attested(v, "petition_channel", 1)]
    for fact in ("petition_reply_rate", "petition_timely_rate"):
        parts.append(open_up_to(1, {(fact, "fact")}) if v[fact] is None else exactly(ONE if v[fact] >= 100 else ZERO))
    return {"": whole(parts)}


def satisfaction(v):
    """3.4.2 满意度: ≥95% 6; 90% to 95% 4; 80% to 90% 2; below 1."""
    rate = v["satisfaction"]
    if rate is None:
        return {"": open_up_to(6, {("satisfaction", "fact")})}
    return {"": exactly(Fraction(6 if rate >= 95 else 4 if rate >= 90 else 2 if rate >= 80 else 1))}


def between(first, last):
    return FACTS[FACT_ORDER[first]:FACT_ORDER[last] + 1]


# indicator: (points, function, facts it looks at); the default reading is the first one that the function names
CARD = {
    "budget_reasonableness": (5, budget_reasonableness, between("budget_fits_duties", "budget_not_fixed")),
    "budget_conformity": (5, budget_conformity, ["budget_nonconformities"]),
    "goal_completeness": (3, goal_completeness, ["goals_missing"]),
    "indicator_clarity": (7, indicator_clarity, between("indicators_match_tasks", "targets_grounded")),
    "procurement": (2, procurement, between("procurement_plan", "procurement_policy")),
    "financial_compliance": (3, financial_compliance, between("spending_compliant", "spending_violation")),
    "disclosure": (3, disclosure, between("budget_disclosure", "classified_unit")),
    "project_procedure": (2, project_procedure, between("project_approval", "project_procedure")),
    "project_supervision": (2, project_supervision, between("monitoring_in_place", "fund_rated_poor")),
    "asset_safety": (2, asset_safety, between("assets_kept", "asset_disposal")),
    "asset_utilisation": (1, asset_utilisation, between("assets_in_use", "assets_total")),
    "staff_control": (1, staff_control, between("staff_actual", "staff_quota")),
    "contract_staff_control": (1, contract_staff_control, ["staff_actual", "contract_staff"]),
    "management_rules": (3, management_rules, between("rules_made", "performance_rules")),
    "public_funds_control": (6, public_funds_control, between("sangong_budget", "routine_actual")),
    "budget_execution": (6, budget_execution, between("q1_progress", "q4_progress")),
    "key_tasks": (8, key_tasks, ["key_tasks_unfinished"]),
    "project_timeliness": (6, project_timeliness, between("projects_planned", "projects_finished")),
    "benefits": (25, benefits, []),
    "petitions": (3, petitions, between("petition_channel", "petition_timely_rate")),
    "satisfaction": (6, satisfaction, ["satisfaction"]),
}


# ---------------------------------------------------------------- one indicator over its candidates and readings

def half_up(number, decimals=2):
    """number rounded half away from zero."""
    scale = 10 ** decimals
    above, below = number.numerator, number.denominator
    steps = (2 * abs(above) * scale + below) // (2 * below)
    return Fraction(-steps if above < 0 else steps, scale)


def score(number, points):
    """A sum of criteria as a score: inside [0, points], two decimals."""
    return half_up(min(max(number, ZERO), Fraction(points)))


@lru_cache(maxsize=200000)
def parse(text):
    """A candidate: a fraction when it is a number, else the answer itself."""
    try:
        return Fraction(text)
    except ValueError:
        return text


def state(given):
    """A fact of a case as (candidates as written, evidence, not applicable)."""
    if not given:
        return (), False, False
    if given.get("not_applicable"):
        return (), False, True
    return tuple(given.get("candidates", ())), bool(given.get("evidence")), False


def different(texts):
    """The candidates by value, equal ones once; None alone when there is none."""
    return tuple(dict.fromkeys(parse(text) for text in texts)) or (None,)


class Range:
    """One indicator recomputed: readings {id: (low, high)}, complete, default, settled_by, and whether it hangs on rounding."""

    def __init__(self, readings, settled_by, delicate):
        self.readings, self.delicate = readings, delicate
        self.low = min(low for low, _ in readings.values())
        self.high = max(high for _, high in readings.values())
        self.complete = all(low == high for low, high in readings.values())
        self.default = next(iter(readings.values()))[0] if self.complete else None
        self.settled_by = [] if self.complete else settled_by
        self.as_text = {"low": decimal(self.low, 2), "high": decimal(self.high, 2),
                        "default": None if self.default is None else decimal(self.default, 2)}
        self.readings_as_text = [] if len(readings) == 1 else [
            {"id": r, "low": decimal(l, 2), "high": decimal(h, 2)} for r, (l, h) in readings.items()]


_known_ranges = {}


def recompute(indicator, states):
    """The range of an indicator; states is one entry per fact it looks at."""
    key = (indicator, states)
    if key not in _known_ranges:
        if len(_known_ranges) > 300000:
            _known_ranges.clear()
        _known_ranges[key] = recompute_afresh(indicator, states)
    return _known_ranges[key]


def recompute_afresh(indicator, states):
    points, clause, facts = CARD[indicator]
    evidence = {f: s[1] for f, s in zip(facts, states)}
    not_applicable = {f: s[2] for f, s in zip(facts, states)}
    results, missing = {}, set()
    for combination in itertools.product(*(different(s[0]) for s in states)):
        found = clause(View(dict(zip(facts, combination)), evidence, not_applicable))
        results[combination] = found
        for _, _, blame in found.values():
            missing |= blame
    readings = {}
    for reading in found:
        readings[reading] = (min(score(r[reading][0], points) for r in results.values()),
                             max(score(r[reading][1], points) for r in results.values()))
    delicate = False
    if len(results) > 1:
        for place, fact in enumerate(facts):
            differs, differs_unrounded = conflict(results, place, points)
            if differs:
                missing.add((fact, "conflict"))
            delicate |= differs != differs_unrounded
    return Range(readings, in_order(missing), delicate)


def conflict(results, place, points):
    """Does the candidate at this place change any result, the others unchanged? Once with rounded scores, once without."""
    seen, seen_unrounded = {}, {}
    for combination, found in results.items():
        rest = combination[:place] + combination[place + 1:]
        seen.setdefault(rest, set()).add(tuple((score(r[0], points), score(r[1], points)) for r in found.values()))
        seen_unrounded.setdefault(rest, set()).add(tuple((r[0], r[1]) for r in found.values()))
    return any(len(s) > 1 for s in seen.values()), any(len(s) > 1 for s in seen_unrounded.values())


def in_order(missing):
    """settled_by: the rulebook's order of facts, and for one fact itself, its evidence, its conflict."""
    kinds = {"fact": 0, "evidence": 1, "conflict": 2, "judgement": 3}
    ordered = sorted(missing, key=lambda m: (FACT_ORDER.get(m[0], len(FACTS)), kinds[m[1]]))
    return [fact if kind in ("fact", "judgement") else f"{kind}:{fact}" for fact, kind in ordered]


# ---------------------------------------------------------------- verdicts and totals

def decimals_of(text):
    return max(0, -Decimal(text).as_tuple().exponent)


def judge(claim, points, found):
    """(claimed, verdict, difference, severity) for a claim as written, or None."""
    claimed = None if claim is None else Fraction(claim)
    if claimed is None or claimed < 0:
        return claimed, "invalid", ZERO, None
    if claimed > found.high + TOLERANCE or claimed > points:
        return claimed, "overstated", claimed - found.high, severity(claim, found, claimed - found.high, found.high)
    if claimed < found.low - TOLERANCE:
        return claimed, "understated", found.low - claimed, severity(claim, found, found.low - claimed, found.low)
    if not found.complete:
        return claimed, "unverifiable", max(ZERO, claimed - found.low), None
    if abs(claimed - found.default) <= TOLERANCE:
        return claimed, "agrees", ZERO, None
    return claimed, "reading_dependent", ZERO, None


def severity(claim, found, difference, nearer_end):
    """info when the claim is the recomputed score rounded to the decimals the claim is written with."""
    recomputed = found.default if found.complete else nearer_end
    if half_up(recomputed, decimals_of(claim)) == Fraction(claim):
        return "info"
    return "error" if difference >= MATERIAL else "warning"


def grade(total):
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def decimal(number, places=None):
    """A fraction as a decimal string; a fixed number of places, or the shortest exact form."""
    if places is None and number.denominator == 1:
        return str(number.numerator)
    value = Decimal(number.numerator) / Decimal(number.denominator)
    if places is not None:
        return f"{value:.{places}f}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def audit(case):
    """The result of a case, as described above, and whether it hangs on rounding."""
    facts, claims = case["facts"], case.get("claims", {})
    states = {fact: state(facts.get(fact)) for fact in FACTS}
    points_by = dict.fromkeys(("agreed", "overstated", "understated", "reading_dependent", "unverifiable", "invalid"), ZERO)
    low = high = ceiling = ZERO
    indicators, delicate = [], False
    for name, (points, _, used) in CARD.items():
        found = recompute(name, tuple(states[f] for f in used))
        claimed, verdict, difference, how_bad = judge(claims.get(name), points, found)
        low, high, delicate = low + found.low, high + found.high, delicate or found.delicate
        if verdict != "invalid":
            ceiling += min(claimed, found.high)
            count(points_by, verdict, claimed, difference, found)
        indicators.append(indicator_line(name, claimed, found, verdict, difference, how_bad))
    totals = {"low": low, "high": high, "ceiling": ceiling}
    recomputed = {k: decimal(t, None) for k, t in totals.items()}
    recomputed.update({f"grade_{k}": grade(t) for k, t in totals.items()})
    return {"indicators": indicators, "recomputed": recomputed,
            "points": {k: decimal(p) for k, p in points_by.items()}}, delicate


def count(points_by, verdict, claimed, difference, found):
    """Claimed points by verdict; what is left of an overstated score is agreed only when everything is known."""
    rest = "agreed" if found.complete else "unverifiable"
    if verdict == "overstated":
        points_by["overstated"] += difference
        points_by[rest] += claimed - difference
    elif verdict == "understated":
        points_by["understated"] += difference
        points_by[rest] += claimed
    else:
        points_by["agreed" if verdict == "agrees" else verdict] += claimed


def indicator_line(name, claimed, found, verdict, difference, how_bad):
    return {"id": name, "claimed": None if claimed is None else decimal(claimed), **found.as_text,
            "verdict": verdict, "difference": decimal(difference), "severity": how_bad,
            "readings": found.readings_as_text, "settled_by": list(found.settled_by)}


# ---------------------------------------------------------------- random cases

MONEY_STEPS = ("0.01", "0.0001", "0.000001")


def text_of(number):
    """A fraction with a finite decimal form, as a string."""
    return decimal(number)


def near(rng, value, step):
    """value itself, one step beside it, or further away; not below zero."""
    return max(ZERO, value + rng.choice((0, 0, 0, 1, -1, 1, -1, 7, -7)) * step)


def money_pair(rng, edges):
    """(part, whole) whose ratio lies on, just beside, or anywhere around an edge."""
    if rng.random() < 0.06:
        return rng.choice((ZERO, Fraction(rng.randrange(1, 500)))), ZERO
    total = Fraction(rng.randrange(1, 300000), rng.choice((1, 10, 100)))
    if rng.random() < 0.25:
        return Fraction(rng.randrange(0, 400000), 100), total
    return near(rng, total * rng.choice(edges), Fraction(rng.choice(MONEY_STEPS))), total


def count_pair(rng, edges):
    if rng.random() < 0.05:
        return Fraction(rng.choice((0, rng.randrange(1, 20)))), ZERO
    total = Fraction(rng.choice((1, 3, 7, 8, 19, 20, 38, 40, 60, 100, rng.randrange(1, 300))))
    part = Fraction(int(total * rng.choice(edges)))
    return near(rng, part, 1), total


def staff_figures(rng):
    """(actual, quota, contract): the share of contract staff on or beside 5 % and 10 %."""
    actual, quota = count_pair(rng, (Fraction(1), Fraction(9, 10), Fraction(11, 10)))
    contract = rng.choice((ZERO, near(rng, Fraction(int(actual / 19)), 1), near(rng, Fraction(int(actual / 9)), 1)))
    return actual, quota, contract


def progress(rng, due):
    edge = Fraction(rng.choice((due, due, due, due * 3 / 4, due / 2, due * 5 / 4, 0, 100, 150)))
    step = Fraction(rng.choice(("0.01", "0.0001", "1", "3.37")))
    if rng.random() < 0.4:
        return Fraction(rng.randrange(0, 15001), 100)
    return min(Fraction(150), near(rng, edge, step))


def rate(rng, edges):
    if rng.random() < 0.2:
        return Fraction(rng.randrange(0, 10001), 100)
    return min(Fraction(100), near(rng, Fraction(rng.choice(edges)), Fraction(rng.choice(("0.01", "0.000001", "1")))))


def draw(rng):
    """One value for every fact that is a number or a choice; 是/否 for the rest."""
    values = {f: rng.choice((YES, YES, YES, NO)) for f in FACTS}
    for fact in ("spending_violation", "fund_rated_poor", "classified_unit"):
        values[fact] = rng.choice((NO, NO, NO, NO, YES))
    for fact in ("budget_disclosure", "accounts_disclosure"):
        values[fact] = rng.choice((DISCLOSED, DISCLOSED, FLAWED, UNDISCLOSED))
    numbers = {f: Fraction(rng.choice((0, 0, 1, 2, 3, 4, 5, 6, 9)))
               for f in ("budget_nonconformities", "goals_missing", "key_tasks_unfinished")}
    numbers["procurement_actual"], numbers["procurement_plan"] = money_pair(rng, (1, 1, Fraction(1, 2), Fraction(2, 3), 0))
    numbers["adjusted_amount"], numbers["budget_total"] = money_pair(
        rng, [Fraction(p, 1000) for p in (100, 110, 120, 145, 190, 200, 210, 0, 85)])
    numbers["assets_in_use"], numbers["assets_total"] = money_pair(rng, [Fraction(p, 100) for p in (90, 75, 60, 100, 0)])
    for kind in ("sangong", "routine"):
        numbers[f"{kind}_actual"], numbers[f"{kind}_budget"] = money_pair(rng, [Fraction(p, 100) for p in (90, 100, 0)])
    numbers["staff_actual"], numbers["staff_quota"], numbers["contract_staff"] = staff_figures(rng)
    for quarter, due in ((1, 25), (2, 50), (3, 75), (4, 100)):
        numbers[f"q{quarter}_progress"] = progress(rng, due)
    numbers["projects_finished"], numbers["projects_planned"] = count_pair(rng, (Fraction(1), Fraction(2, 3), Fraction(7, 8)))
    for fact in ("petition_reply_rate", "petition_timely_rate"):
        numbers[fact] = rate(rng, (100, 100, 99))
    numbers["satisfaction"] = rate(rng, (95, 90, 80, 100))
    values.update({f: text_of(n) for f, n in numbers.items()})
    return values


def random_facts(rng):
    """Facts with gaps, missing evidence and conflicts; how many of each differs from case to case."""
    drawn = [draw(rng)]
    lost = rng.choice((0.0, 0.02, 0.1, 0.3, 0.8))
    unproved = rng.choice((0.0, 0.1, 0.5))
    disputed = rng.choice((0.0, 0.0, 0.05, 0.2))
    facts = {}
    for fact in FACTS:
        luck = rng.random()
        if luck < lost * 0.9:
            if luck < lost * 0.3:
                facts[fact] = {"candidates": []}
            continue
        if luck < lost:
            facts[fact] = {"candidates": [], "not_applicable": True}
            continue
        candidates = [drawn[0][fact]]
        if rng.random() < disputed:
            while len(drawn) < 3:
                drawn.append(draw(rng))
            candidates += [d[fact] for d in drawn[1:rng.choice((2, 2, 2, 3))]]
        facts[fact] = {"candidates": candidates, "evidence": rng.random() >= unproved}
    return facts


def random_claim(rng, name, found):
    points = CARD[name][0]
    luck = rng.random()
    if luck < 0.01:
        return None
    if luck < 0.02:
        return text_of(Fraction(-rng.randrange(1, 300), 100))
    if luck < 0.04:
        return text_of(points + Fraction(rng.randrange(1, 400), 100))
    if luck < 0.3:
        return str(rng.randrange(0, points + 1))
    if luck < 0.5:
        return str(points)
    ends = [found.low, found.high] + [e for r in found.readings.values() for e in r]
    if found.default is not None:
        ends += [found.default] * 3
    value = rng.choice(ends) + Fraction(rng.choice((0, 0, 0, 1, -1, 2, -2, 50, -50)), rng.choice((100, 100, 1000)))
    if rng.random() < 0.2:
        value = half_up(value, rng.choice((0, 1)))
    return text_of(max(ZERO, value))


def random_case(rng):
    """A case with its result; drawn again when two candidates differ by less than the last decimal."""
    while True:
        facts = random_facts(rng)
        states = {fact: state(facts.get(fact)) for fact in FACTS}
        claims = {name: random_claim(rng, name, recompute(name, tuple(states[f] for f in used)))
                  for name, (_, _, used) in CARD.items()}
        expected, delicate = audit({"facts": facts, "claims": claims})
        if not delicate:
            return {"facts": facts, "claims": claims, "expected": expected}


BLOCK = 500


def block_of_cases(task):
    """The cases of one block; the block's number is part of its seed, so that the number of processes changes nothing."""
    seed, block, size = task
    rng = random.Random(f"{seed}/{block}")
    return "".join(json.dumps(random_case(rng), ensure_ascii=False, separators=(",", ":")) + "\n" for _ in range(size))


def generate(count_wanted, seed, jobs, out):
    tasks = [(seed, start // BLOCK, min(BLOCK, count_wanted - start)) for start in range(0, count_wanted, BLOCK)]
    if jobs == 1:
        for task in tasks:
            out.write(block_of_cases(task))
        return
    with multiprocessing.Pool(jobs) as pool:
        for text in pool.imap(block_of_cases, tasks):
            out.write(text)


# ---------------------------------------------------------------- the worked examples of the specification

SEED_CASE = {
    "facts": {f: {"candidates": [v]} for f, v in {
        "procurement_actual": "3.96", "budget_total": "1701.05", "sangong_budget": "2.06", "sangong_actual": "2.06",
        "routine_budget": "103.53563", "routine_actual": "88.740039", "q1_progress": "27.22", "q2_progress": "48.45",
        "q3_progress": "69.22", "q4_progress": "98.82", "projects_planned": "8", "projects_finished": "8",
        "satisfaction": "100"}.items()},
    "claims": dict(zip(CARD, "5 5 3 7 2 2 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6".split()))}


def quarters(*progresses):
    return {"facts": {f"q{n}_progress": {"candidates": [p]} for n, p in enumerate(progresses, 1)},
            "claims": {"budget_execution": "6"}}


def line_of(result, name):
    return next(line for line in result["indicators"] if line["id"] == name)


def one(name, facts, claim=None):
    """The line of one indicator; facts maps ids to a candidate, a list, or a whole entry."""
    entries = {f: v if isinstance(v, dict) else {"candidates": v if isinstance(v, list) else [v], "evidence": True}
               for f, v in facts.items()}
    return line_of(audit({"facts": entries, "claims": {name: claim}})[0], name)


def ends(line):
    return line["low"], line["high"], line["default"]


def expect(what, got, wanted):
    if got != wanted:
        raise SystemExit(f"{what}: got {got!r}, the specification says {wanted!r}")


def selftest():
    assert len(FACTS) == len(set(FACTS)) == 53 and len(CARD) == 21 and sum(p for p, _, _ in CARD.values()) == 100
    selftest_seed()
    selftest_quarters()
    selftest_conditions()
    selftest_edges()
    selftest_verdicts()
    selftest_completions()
    print("the worked examples agree")


def selftest_seed():
    result, _ = audit(SEED_CASE)
    expect("seed totals", result["recomputed"], {"low": "22.1", "high": "98.95", "ceiling": "91",
           "grade_low": "差", "grade_high": "优", "grade_ceiling": "优"})
    expect("seed points", result["points"], {"agreed": "20", "overstated": "1", "understated": "2.1",
           "reading_dependent": "0", "unverifiable": "71", "invalid": "0"})
    execution = line_of(result, "budget_execution")
    expect("seed readings", [r["low"] for r in execution["readings"]], ["5.82", "5.86", "5.95", "5.10"])
    expect("seed execution", (execution["verdict"], execution["difference"]), ("understated", "2.1"))
    funds = line_of(result, "public_funds_control")
    expect("seed funds", (ends(funds), funds["verdict"], funds["difference"]), (("5.00", "5.00", "5.00"), "overstated", "1"))
    bought = line_of(result, "procurement")
    expect("seed procurement", (ends(bought), bought["settled_by"]),
           (("0.00", "2.00", None), ["procurement_plan", "procurement_policy"]))
    expect("seed compliance", line_of(result, "financial_compliance")["settled_by"],
           ["spending_compliant", "adjusted_amount", "accounting_compliant", "spending_violation"])


def selftest_quarters():
    bureau = line_of(audit(quarters("10", "20", "37.5", "70"))[0], "budget_execution")
    expect("bureau", (bureau["default"], bureau["readings"][3]["low"], bureau["verdict"], bureau["difference"]),
           ("3.00", "2.69", "overstated", "3"))
    golden = line_of(audit(quarters("10", "20", "30.25", "70"))[0], "budget_execution")
    expect("thirds", golden["default"], "2.86")
    open_year = line_of(audit(quarters("27.22", "48.45", "69.22"))[0], "budget_execution")
    expect("a quarter unknown", (ends(open_year), open_year["settled_by"]), (("2.89", "6.00", None), ["q4_progress"]))
    expect("its readings", [(r["low"], r["high"]) for r in open_year["readings"]],
           [("2.89", "5.89"), ("2.89", "5.89"), ("2.98", "6.00"), ("2.89", "6.00")])


def selftest_conditions():
    over = {"procurement_plan": "3", "procurement_actual": "3.01", "procurement_policy": YES}
    expect("above plan", [r["low"] for r in one("procurement", over)["readings"]], ["1.00", "0.00"])
    over.update(procurement_plan="0")
    expect("above a plan of 0", ends(one("procurement", over)), ("0.00", "1.00", "1.00"))
    nothing = one("procurement", dict(over, procurement_actual="0"))
    expect("0 of 0", (ends(nothing), nothing["settled_by"]), (("1.00", "2.00", None), ["procurement_plan"]))
    unplanned = one("procurement", {"procurement_actual": "3", "procurement_policy": YES})
    expect("no plan", [(r["low"], r["high"]) for r in unplanned["readings"]], [("1.00", "2.00"), ("0.00", "2.00")])
    money = {"spending_compliant": YES, "accounting_compliant": YES, "adjusted_amount": "12.55", "budget_total": "100"}
    expect("violation unanswered", (ends(one("financial_compliance", money)), one("financial_compliance", money)["settled_by"]),
           (("0.00", "2.80", None), ["spending_violation"]))
    money["spending_violation"] = NO
    expect("2.55 points over", [r["low"] for r in one("financial_compliance", money)["readings"]], ["2.75", "2.80"])
    money["spending_violation"] = {"candidates": [YES]}
    expect("violation", ends(one("financial_compliance", money)), ("0.00", "0.00", "0.00"))
    secret = {"classified_unit": {"candidates": [YES]}, "budget_disclosure": FLAWED, "accounts_disclosure": UNDISCLOSED}
    line = one("disclosure", secret)
    expect("secret unproved", (ends(line), line["settled_by"]), (("1.00", "3.00", None), ["evidence:classified_unit"]))
    expect("secret proved", ends(one("disclosure", {"classified_unit": YES})), ("3.00", "3.00", "3.00"))
    expect("presumed", ends(one("disclosure", {"budget_disclosure": DISCLOSED, "accounts_disclosure": FLAWED})),
           ("2.50", "2.50", "2.50"))
    both = one("project_supervision", {"monitoring_in_place": [YES, NO], "supervision_done": NO})
    expect("a conflict, and a condition that no longer matters", (ends(both), both["settled_by"]),
           (("0.00", "1.00", None), ["conflict:monitoring_in_place"]))
    unproved = {"candidates": [YES, NO]}
    expect("unproved conflict", one("asset_safety", {"assets_kept": unproved, "asset_disposal": YES})["settled_by"],
           ["evidence:assets_kept", "conflict:assets_kept"])


def selftest_edges():
    for use, points in (("90", "1.00"), ("89.999999", "0.70"), ("75", "0.70"), ("74.99", "0.40"), ("60", "0.40"), ("59.99", "0.00")):
        expect(f"assets {use}", one("asset_utilisation", {"assets_in_use": use, "assets_total": "100"})["default"], points)
    for contract, actual, points in (("1", "20", "1.00"), ("1", "19", "0.50"), ("1", "9", "0.50"), ("10", "89", "0.00")):
        line = one("contract_staff_control", {"contract_staff": contract, "staff_actual": actual})
        expect(f"contract {contract}/{actual}", line["default"], points)
    for rate_given, points in (("95", "6.00"), ("94.99", "4.00"), ("90", "4.00"), ("89.99", "2.00"), ("80", "2.00"), ("79.99", "1.00")):
        expect(f"satisfaction {rate_given}", one("satisfaction", {"satisfaction": rate_given})["default"], points)
    expect("same band", ends(one("satisfaction", {"satisfaction": ["96", "99"]})), ("6.00", "6.00", "6.00"))
    expect("8 − 4 × 3", one("key_tasks", {"key_tasks_unfinished": "3"})["default"], "0.00")


def selftest_verdicts():
    tidy = dict(zip(("q1_progress", "q2_progress", "q3_progress", "q4_progress"), ("27.22", "48.45", "69.22", "98.82")))
    for claim, verdict, how_bad in (("6", "overstated", "info"), ("5.83", "agrees", None), ("5.95", "reading_dependent", None),
                                    ("5.96", "reading_dependent", None), ("5.97", "overstated", "warning"),
                                    ("5.09", "reading_dependent", None), ("5.08", "understated", "warning"),
                                    ("-1", "invalid", None), (None, "invalid", None), ("6.01", "overstated", "warning")):
        line = one("budget_execution", tidy, claim)
        expect(f"claim {claim}", (line["verdict"], line["severity"]), (verdict, how_bad))
    line = one("satisfaction", {}, "6.005")
    expect("above the points inside the tolerance", line["verdict"], "overstated")


def selftest_completions():
    """A range contains what comes out when its missing facts become known (classified_unit is presumed, so it stays)."""
    rng = random.Random("completions")
    for _ in range(300):
        case = random_case(rng)
        known = {f: dict(given) for f, given in case["facts"].items()}
        values = draw(rng)
        for fact in FACTS:
            given = known.get(fact, {"candidates": []})
            if not given["candidates"] and fact != "classified_unit":
                known[fact] = {"candidates": [values[fact]], "evidence": rng.random() < 0.7}
        after, _ = audit({"facts": known, "claims": case["claims"]})
        for wide, narrow in zip(case["expected"]["indicators"], after["indicators"]):
            inside = Decimal(wide["low"]) <= Decimal(narrow["low"]) <= Decimal(narrow["high"]) <= Decimal(wide["high"])
            expect(f"completion of {wide['id']}", inside, True)
            if wide["default"] is not None:
                expect(f"complete and still complete: {wide['id']}", narrow["default"], wide["default"])


def main():
    arguments = argparse.ArgumentParser(description="reckon the scorecard shenzhen-2020 in exact fractions")
    arguments.add_argument("--selftest", action="store_true")
    arguments.add_argument("--generate", type=int, metavar="N")
    arguments.add_argument("--seed", default="1")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    given = arguments.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    if given.selftest:
        selftest()
    elif given.generate is not None:
        generate(given.generate, given.seed, given.jobs, sys.stdout)
    else:
        sys.stdin.reconfigure(encoding="utf-8")
        for line in sys.stdin:
            if line.strip():
                print(json.dumps(audit(json.loads(line))[0], ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()

"""The verdicts that a case's own content leads to, by the clauses of the card and exact fractions.

Written from the rules alone and apart from the program, so that the two can disagree. `verdicts` takes what a case says (claims, candidates of each
fact, evidence) and gives one verdict per indicator.
"""

from fractions import Fraction as F
from itertools import product

from corpus_forms import FACT, FACT_ORDER, INDICATORS, ORDER, POINTS

TOLERANCE = F(1, 100)
ZERO, ONE = F(0), F(1)


def rounded(value):
    """Half away from zero to two decimals; scores are not negative."""
    return F(int(value * 100 + F(1, 2)), 100)


class Known:
    """One completion of the candidates: a value per fact, None where the fact is unknown."""

    def __init__(self, values, evidence):
        self.values, self.evidence = values, evidence

    def __getitem__(self, fact):
        value = self.values.get(fact)
        return value if value is None or FACT[fact][2] in ("是/否", "选项") else F(value)

    def attested(self, fact, points):
        answer = self[fact]
        if answer == "否":
            return ZERO, ZERO
        whole = F(str(points))
        return (whole, whole) if answer == "是" and fact in self.evidence else (ZERO, whole)

    def count(self, fact, points, each):
        found = self[fact]
        return (ZERO, F(points)) if found is None else 2 * (max(ZERO, points - each * found),)

    def ratio(self, part, whole):
        """The exact ratio, or None when it is unknown or has no meaning."""
        if self[part] is None or self[whole] is None or self[whole] == 0:
            return None
        return self[part] / self[whole]

    def band(self, ratio, points, steps):
        """`steps` are (test, score), the first that holds."""
        if ratio is None:
            return ZERO, F(points)
        return 2 * (next(F(score) for test, score in steps if test(ratio)),)


def add(*ranges):
    return sum(r[0] for r in ranges), sum(r[1] for r in ranges)


def every_attested(*pairs):
    return lambda k: {"only": add(*(k.attested(f, p) for f, p in pairs))}


def procurement(k):
    plan, actual = k["procurement_plan"], k["procurement_actual"]
    policy = k.attested("procurement_policy", 1)
    over = plan is not None and actual is not None and actual > plan
    if over:
        return {"criterion_only": add((ZERO, ZERO), policy), "whole_indicator": (ZERO, ZERO)}
    share = k.ratio("procurement_actual", "procurement_plan")
    range_ = add((ZERO, ONE) if share is None else (share, share), policy)
    unknown = plan is None or actual is None
    return {"criterion_only": range_, "whole_indicator": (ZERO, range_[1]) if unknown else range_}


def financial_compliance(k):
    share = k.ratio("adjusted_amount", "budget_total")
    out = {}
    for name in ("pro_rata", "whole_points"):
        over = None if share is None else max(ZERO, (share - F(1, 10)) * 100)
        steps = None if over is None else over if name == "pro_rata" else F(int(over))
        middle = (ZERO, ONE) if steps is None else 2 * (max(ZERO, ONE - steps / 10),)
        whole = add(k.attested("spending_compliant", 1), middle, k.attested("accounting_compliant", 1))
        violation = k["spending_violation"]
        out[name] = whole if violation == "否" else (ZERO, ZERO) if violation == "是" else (ZERO, whole[1])
    return out


def disclosure(k):
    def choice(fact):
        answer = k[fact]
        return (ZERO, F(3, 2)) if answer is None else 2 * ({"按规定公开": F(3, 2), "公开但不合要求": ONE, "未公开": ZERO}[answer],)

    whole = add(choice("budget_disclosure"), choice("accounts_disclosure"))
    if k["classified_unit"] != "是":
        return {"only": whole}
    return {"only": (F(3), F(3)) if "classified_unit" in k.evidence else (whole[0], F(3))}


def project_supervision(k):
    done = k.attested("supervision_done", 1)
    poor = k["fund_rated_poor"]
    done = done if poor == "否" else (ZERO, ZERO) if poor == "是" else (ZERO, done[1])
    return {"only": add(k.attested("monitoring_in_place", 1), done)}


def asset_utilisation(k):
    steps = [(lambda r: r >= F(9, 10), 1), (lambda r: r >= F(3, 4), F(7, 10)), (lambda r: r >= F(3, 5), F(2, 5)), (lambda r: True, 0)]
    return {"only": k.band(k.ratio("assets_in_use", "assets_total"), 1, steps)}


def staff_control(k):
    return {"only": k.band(k.ratio("staff_actual", "staff_quota"), 1, [(lambda r: r <= 1, 1), (lambda r: True, 0)])}


def contract_staff_control(k):
    own, outside = k["staff_actual"], k["contract_staff"]
    share = None if own is None or outside is None or own + outside == 0 else outside / (own + outside)
    return {"only": k.band(share, 1, [(lambda r: r < F(1, 20), 1), (lambda r: r <= F(1, 10), F(1, 2)), (lambda r: True, 0)])}


def public_funds_control(k):
    steps = [(lambda r: r < F(9, 10), 3), (lambda r: r <= 1, 2), (lambda r: True, 0)]
    pairs = [("sangong_actual", "sangong_budget"), ("routine_actual", "routine_budget")]
    return {"only": add(*(k.band(k.ratio(a, b), 3, steps) for a, b in pairs))}


def budget_execution(k):
    progress = [k[f"q{n}_progress"] for n in (1, 2, 3, 4)]
    capped = [None if p is None else min(ONE, p / (25 * n)) for n, p in enumerate(progress, 1)]
    if None in progress:
        low = sum(r for r in capped if r is not None)
        free = dict.fromkeys(("uncapped", "mean_of_progress"), (low, F(6)))
        most = low + capped.count(None) + 2
        return {"capped": (low, most), "capped_quarters": (low, most), **free}
    plain = [p / (25 * n) for n, p in enumerate(progress, 1)]
    quarters = sum(capped)
    scores = {
        "capped": quarters + quarters / 2, "capped_quarters": quarters + 2 * min(ONE, sum(plain) / 4),
        "uncapped": sum(plain) + sum(plain) / 2, "mean_of_progress": quarters + sum(progress) / 200,
    }  # fmt: skip
    return {name: (score, score) for name, score in scores.items()}


def project_timeliness(k):
    share = k.ratio("projects_finished", "projects_planned")
    return {"only": (ZERO, F(6)) if share is None else 2 * (min(F(6), 6 * share),)}


def petitions(k):
    full = [(lambda r: r == 100, 1), (lambda r: True, 0)]
    return {"only": add(k.attested("petition_channel", 1), k.band(k["petition_reply_rate"], 1, full), k.band(k["petition_timely_rate"], 1, full))}


def satisfaction(k):
    steps = [(lambda r: r >= 95, 6), (lambda r: r >= 90, 4), (lambda r: r >= 80, 2), (lambda r: True, 1)]
    return {"only": k.band(k["satisfaction"], 6, steps)}


RULES = {
    "budget_reasonableness": every_attested(*((f, 1) for f in FACT_ORDER[:5])),
    "budget_conformity": lambda k: {"only": k.count("budget_nonconformities", 5, 1)},
    "goal_completeness": lambda k: {"only": k.count("goals_missing", 3, 1)},
    "indicator_clarity": every_attested(*zip(FACT_ORDER[7:12], (2, 2, 1, 1, 1))),
    "procurement": procurement,
    "financial_compliance": financial_compliance,
    "disclosure": disclosure,
    "project_procedure": every_attested(("project_approval", 1), ("project_procedure", 1)),
    "project_supervision": project_supervision,
    "asset_safety": every_attested(("assets_kept", 1), ("asset_disposal", 1)),
    "asset_utilisation": asset_utilisation,
    "staff_control": staff_control,
    "contract_staff_control": contract_staff_control,
    "management_rules": every_attested(("rules_made", 0.5), ("rules_followed", 1.5), ("performance_rules", 1)),
    "public_funds_control": public_funds_control,
    "budget_execution": budget_execution,
    "key_tasks": lambda k: {"only": k.count("key_tasks_unfinished", 8, 4)},
    "project_timeliness": project_timeliness,
    "benefits": lambda k: {"only": (ZERO, F(25))},
    "petitions": petitions,
    "satisfaction": satisfaction,
}


def ranges(indicator, candidates, evidence):
    """Every reading's [low, high] over all candidates of the facts, rounded and clamped."""
    facts = [f for f in candidates if candidates[f] and f in used(indicator)]
    out = {}
    for values in product(*(candidates[f] for f in facts)):
        for reading, (low, high) in RULES[indicator](Known(dict(zip(facts, values)), evidence)).items():
            low, high = (rounded(min(max(v, ZERO), F(POINTS[indicator]))) for v in (low, high))
            before = out.get(reading, (low, high))
            out[reading] = min(low, before[0]), max(high, before[1])
    return out


def used(indicator):
    shared = {"staff_actual"} if indicator == "contract_staff_control" else set()
    return shared | {f for f in FACT_ORDER if FACT[f][4] == indicator}


def verdict(indicator, claim, readings):
    if claim is None or F(claim) < 0:
        return "invalid"
    claim = F(claim)
    low, high = min(r[0] for r in readings.values()), max(r[1] for r in readings.values())
    if claim > high + TOLERANCE:
        return "overstated"
    if claim < low - TOLERANCE:
        return "understated"
    if any(r[0] != r[1] for r in readings.values()):
        return "unverifiable"
    default = next(iter(readings.values()))[0]
    return "agrees" if abs(claim - default) <= TOLERANCE else "reading_dependent"


def verdicts(claims, candidates, evidence):
    return {i: verdict(i, claims.get(i), ranges(i, candidates, evidence)) for i in ORDER}


assert set(RULES) == {row[0] for row in INDICATORS}

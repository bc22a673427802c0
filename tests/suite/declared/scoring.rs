//! How one row is scored: each number by hand from the clause.

use super::written::{codes, count, declared, forms, head, line, national, rulebook, says, sheet};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// The first row of a form: `low..high` under each reading, and the whole line.
fn scored(target: &str, actual: &str, weight: &str, claim: &str) -> (String, Vec<String>, Vec<String>) {
    let audit =
        national(MONEY, &format!("效益指标 | 社会效益 | 甲 | {target} | {actual} | {weight} | {claim} |"), "100");
    let row = line(&audit, "row-1");
    let readings = row.readings.iter().map(|reading| format!("{} {}..{}", reading.id, reading.low, reading.high));
    (says(&audit, "row-1"), readings.collect(), crate::engine::settled(&row.settled_by))
}

fn range(target: &str, actual: &str) -> String {
    scored(target, actual, "20", "20").0.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn a_positive_target_earns_all_when_reached_and_a_proportion_below() {
    for target in ["≥60%", "＞60%", "不低于60%", "60%以上", "大于等于60%"] {
        assert_eq!(range(target, "60%"), "20.00..20.00", "{target}");
        assert_eq!(range(target, "75%"), "20.00..20.00", "{target}");
        // 20 × 59 ÷ 60 = 19.666… → 19.67.
        assert_eq!(range(target, "59%"), "19.67..19.67", "{target}");
    }
    assert_eq!(range("≥3次", "0次"), "0.00..0.00");
}

#[test]
fn halves_are_rounded_up_once_at_the_end() {
    // 15 × 667 ÷ 1000 = 10.005 → 10.01.
    assert_eq!(scored("≥1000米", "667米", "15", "10.01").0, "10.01..10.01 agrees 0");
    // 10 × 1 ÷ 3 = 3.33…
    assert_eq!(scored("≥3次", "1次", "10", "3.33").0, "3.33..3.33 agrees 0");
}

#[test]
fn an_equal_target_is_positive_by_default_and_exact_in_the_other_reading() {
    let (line, readings, settled) = scored("＝80个", "100个", "20", "20");
    assert_eq!(line, "0.00..20.00 agrees 0");
    assert_eq!(readings, ["positive 20.00..20.00", "exact 0.00..0.00"]);
    assert_eq!(settled, Vec::<String>::new());
    // 20 × 60 ÷ 80 = 15.
    assert_eq!(scored("=80个", "60个", "20", "0").0, "0.00..15.00 reading_dependent 0");
    assert_eq!(scored("=80个", "80个", "20", "20").0, "20.00..20.00 agrees 0");
}

#[test]
fn a_reverse_target_loses_by_what_lies_beyond_it_or_by_the_ratio() {
    // 20 × (1 − 5 ÷ 40) = 17.5; 20 × 40 ÷ 45 = 17.777…
    for target in ["≤40天", "＜40天", "40天以内", "不超过40天"] {
        let (line, readings, _) = scored(target, "45天", "20", "17.5");
        assert_eq!(line, "17.50..17.78 agrees 0", "{target}");
        assert_eq!(readings, ["linear 17.50..17.50", "inverse 17.78..17.78"], "{target}");
        assert_eq!(range(target, "40天"), "20.00..20.00", "{target}");
        assert_eq!(range(target, "3天"), "20.00..20.00", "{target}");
    }
    // From twice the target nothing is left; 20 × 40 ÷ 80 = 10.
    assert_eq!(scored("≤40天", "80天", "20", "0").1, ["linear 0.00..0.00", "inverse 10.00..10.00"]);
}

#[test]
fn a_reverse_target_of_zero_is_met_or_lost() {
    assert_eq!(range("≤0次", "0次"), "20.00..20.00");
    assert_eq!(range("≤0次", "1次"), "0.00..0.00");
    assert_eq!(range("≥0次", "0次"), "20.00..20.00");
    assert_eq!(range("＞0次", "0次"), "0.00..0.00");
}

#[test]
fn a_target_below_zero_that_is_not_met_is_for_somebody_to_judge() {
    assert_eq!(scored("≥-5度", "-4度", "20", "20").0, "20.00..20.00 agrees 0");
    let (line, readings, settled) = scored("≥-5度", "-6度", "20", "20");
    assert_eq!((line.as_str(), settled), ("0.00..20.00 unverifiable 20.00", vec!["judgement".to_owned()]));
    assert_eq!(readings, Vec::<String>::new(), "of a target that is read in one way");
}

#[test]
fn without_a_sign_both_directions_count_in_each_reading() {
    // 20 × 36 ÷ 40 = 18 as positive, 20 as reverse.
    let (line, readings, settled) = scored("40天", "36天", "20", "20");
    assert_eq!(line, "18.00..20.00 unverifiable 2.00");
    assert_eq!(readings, ["linear 18.00..20.00", "inverse 18.00..20.00"]);
    assert_eq!(settled, ["row-1.sign"]);
    // 17.5 or 17.78 as reverse, 20 as positive.
    let (line, readings, _) = scored("40天", "45天", "20", "17");
    assert_eq!(line, "17.50..20.00 understated 0.50");
    assert_eq!(readings, ["linear 17.50..20.00", "inverse 17.78..20.00"]);
    assert_eq!(scored("40天", "40天", "20", "20").2, Vec::<String>::new());
}

#[test]
fn a_qualitative_level_gives_a_range_and_free_text_gives_all() {
    for (actual, range_of) in [
        ("达成", "16.00..20.00"),
        ("达成年度指标", "16.00..20.00"),
        (" 达成 年度指标。", "16.00..20.00"),
        ("部分达成", "12.00..16.00"),
        ("部分达成年度指标并具有一定效果", "12.00..16.00"),
        ("未达成", "0.00..12.00"),
        ("未达成年度指标且效果较差", "0.00..12.00"),
        ("基本达成", "0.00..20.00"),
        ("效果明显", "0.00..20.00"),
        ("100%", "0.00..20.00"),
    ] {
        assert_eq!(range("有效提升", actual), range_of, "{actual}");
    }
    assert_eq!(scored("有效提升", "达成", "20", "20").2, ["judgement"]);
    assert_eq!(scored("有效提升", "达成", "20", "15").0, "16.00..20.00 understated 1.00");
    assert_eq!(scored("有效提升", "部分达成", "20", "17").0, "12.00..16.00 overstated 1.00");
    assert_eq!(scored("有效提升", "", "20", "20").2, ["row-1.actual", "judgement"]);
}

#[test]
fn amounts_in_two_units_of_money_are_converted_without_a_word() {
    assert_eq!(range("≤30万元", "285000元"), "20.00..20.00");
    // 20 × (1 − 3 ÷ 30) = 18, 20 × 30 ÷ 33 = 18.18.
    assert_eq!(range("≤300000元", "33万元"), "18.00..18.18");
    assert_eq!(range("≥0.5亿元", "5000万元"), "20.00..20.00");
    let audit = national(MONEY, "产出指标 | 成本 | 甲 | ≤30万元 | 285000元 | 90 | 90 |", "100");
    assert_eq!(count(&audit, "unit-mismatch"), 0);
    let actual = audit.facts.iter().find(|fact| fact.id == "row-1.actual").expect("a fact");
    assert_eq!((actual.value.as_str(), actual.unit.as_deref()), ("28.5", Some("万元")));
}

#[test]
fn an_actual_without_its_unit_of_money_is_in_the_targets_unless_that_is_far_off_and_another_near() {
    let (line, _, settled) = scored("≤30万元", "285000", "20", "20");
    assert_eq!(line, "0.00..20.00 unverifiable 20.00");
    assert_eq!(settled, ["conflict:row-1.actual"]);
    assert_eq!(scored("≤30", "28万元", "20", "20").0, "20.00..20.00 agrees 0");
    // 107.73 of 85.5万元, and an inflated claim that cannot hide behind 元: 20 × 28.5 ÷ 85.5 = 6.67.
    assert_eq!(scored("≥85.5万元", "107.73", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("≥85.5万元", "28.5", "20", "20").0, "6.67..6.67 overstated 13.33");
    assert_eq!(scored("≤30万元", "36", "20", "20").0, "16.00..16.67 overstated 3.33");
    assert_eq!(scored("≤30万元", "28", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("≤30", "30万元", "20", "20").0, "20.00..20.00 agrees 0");
    let audit = national(MONEY, "产出指标 | 成本 | 甲 | ≤30万元 | 285000 | 90 | 90 |", "100");
    assert_eq!(codes(&audit, Some("row-1")), ["unverifiable-score", "unit-mismatch", "weight-concentrated"]);
}

#[test]
fn a_fraction_for_a_percentage_is_the_one_that_comes_near_a_target_to_be_reached() {
    // 20 × 90 ÷ 95 = 18.947…; beside a target to be kept 8 % and 0.08 % both stay.
    assert_eq!(scored("≥95%", "0.9", "20", "20").0, "18.95..18.95 overstated 1.05");
    assert_eq!(scored("≥98%", "0.98", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("≥90%", "0.95", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("＝100%", "1", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("≤5%", "0.08", "20", "20").2, ["conflict:row-1.actual"]);
    assert_eq!(scored("≥95%", "96", "20", "20").0, "20.00..20.00 agrees 0");
    // 20 × 90 ÷ 95 = 18.947… → 18.95.
    assert_eq!(range("≥95%", "90"), "18.95..18.95");
    assert_eq!(range("≥95", "90%"), "18.95..18.95");
    assert_eq!(scored("≥0.95", "96%", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("≥0.95", "90%", "20", "20").0, "18.95..18.95 overstated 1.05");
    assert_eq!(scored("≤0.05", "8%", "20", "20").2, ["conflict:row-1.actual"]);
    assert_eq!(scored("≥1.5", "1.4%", "20", "20").2, Vec::<String>::new());
    assert_eq!(scored("≥1.6", "1.4%", "20", "20").2, Vec::<String>::new());
    let audit = national(MONEY, "产出指标 | 数量 | 甲 | ≥95% | 0 | 90 | 0 |", "100");
    assert_eq!(audit.facts.iter().filter(|fact| fact.id == "row-1.actual").count(), 1);
}

#[test]
fn other_counters_cannot_be_compared_and_other_names_of_one_unit_can() {
    let (line, _, settled) = scored("≥100次", "120个", "20", "20");
    assert_eq!(line, "0.00..20.00 unverifiable 20.00");
    assert_eq!(settled, ["conflict:row-1.actual"]);
    for (target, actual) in
        [("≥100人", "120名"), ("≥3个项目", "3个"), ("≥100平方米", "100㎡"), ("≥100人", "120"), ("≥100", "120人")]
    {
        assert_eq!(range(target, actual), "20.00..20.00", "{target} {actual}");
    }
    assert_eq!(range("≥100人", "120人次"), "0.00..20.00");
    assert_eq!(range("≤30万元", "28次"), "0.00..20.00");
    assert_eq!(range("≤30次", "28万元"), "0.00..20.00");
    assert_eq!(range("≥1次", "28万元"), "0.00..20.00");
}

#[test]
fn between_both_ends_of_a_target_it_is_met_and_outside_somebody_judges() {
    assert_eq!(scored("90%-95%", "92%", "20", "20").0, "20.00..20.00 agrees 0");
    assert_eq!(scored("90%-95%", "89%", "20", "20").2, ["judgement"]);
    let outside = national(MONEY, "效益指标 | 社会 | 甲 | 28万元-30万元 | 310000元 | 20 | 20 |", "30");
    let fact = outside.facts.iter().find(|fact| fact.id == "row-1.actual").expect("a fact");
    assert_eq!((fact.value.as_str(), fact.unit.as_deref()), ("31", Some("万元")));
    for (actual, value, told) in [
        ("92%", "92", "完成值 92%，在指标值 90% 至 95% 之间，得满分 → 20.00 分"),
        ("89%", "89", "完成值 89%，不在指标值 90% 至 95% 之间，须由评审人员评定，得 0 至 20 分"),
    ] {
        let audit = national(MONEY, &format!("效益指标 | 社会 | 甲 | 90%-95% | {actual} | 20 | 20 |"), "30");
        let fact = audit.facts.iter().find(|fact| fact.id == "row-1.actual").expect("a fact");
        assert_eq!(
            (fact.value.as_str(), crate::engine::told(&line(&audit, "row-1").working.open()).join("；").as_str()),
            (value, told)
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(scored("", "96%", "20", "20").2, ["row-1.target"]);
    assert_eq!(scored("", "", "20", "20").2, ["row-1.target", "row-1.actual"]);
    assert_eq!(scored("", "效果好", "20", "20").2, ["row-1.target"]);
    assert_eq!(scored("≥95%", "", "20", "20").2, ["row-1.actual"]);
    assert_eq!(scored("95%", "", "20", "20").2, ["row-1.actual", "row-1.sign"]);
    assert_eq!(scored("≥95%", "≥95%", "20", "20").2, ["row-1.actual"]);
    assert_eq!(scored("≥95%", "不适用", "20", "20").2, ["row-1.actual"]);
    assert_eq!(scored("95%", "93%", "", "20").2, ["row-1.sign", "row-1.weight"]);
}

#[test]
fn the_budgets_row_is_a_capped_proportion() {
    let budget = |money: &str| {
        let audit = national(money, "产出指标 | 数量 | 甲 | ≥1个 | 1个 | 90 | 90 |", "100");
        (
            says(&audit, "budget"),
            crate::engine::settled(&line(&audit, "budget").settled_by),
            codes(&audit, Some("budget")).join(" "),
        )
    };
    // 10 × 2 ÷ 3.
    assert_eq!(budget("3 | 3 | 2 | 10 | 66.67% | 6.67").0, "6.67..6.67 agrees 0");
    let (line, _, told) = budget("80 | 80 | 84 | 10 | 105% | 10.5");
    assert_eq!(
        (line.as_str(), told.as_str()),
        ("10.00..10.00 overstated 0.50", "overstated-score score-above-points execution-over-budget")
    );
    let (line, settled, told) = budget("0 | 0 | 0 | 10 | | 10");
    assert_eq!(
        (line.as_str(), settled, told.as_str()),
        ("0.00..10.00 unverifiable 10.00", vec!["budget.planned".to_owned()], "unverifiable-score not-applicable")
    );
    let (line, settled, told) = budget("0 | 0 | 5 | 10 | | 10");
    assert_eq!((line.as_str(), settled), ("0.00..10.00 unverifiable 10.00", vec!["budget.planned".to_owned()]));
    assert_eq!(told, "unverifiable-score zero-denominator execution-over-budget");
    let (line, settled, told) = budget("50 | 50 | | 10 | | 10");
    assert_eq!(
        (line.as_str(), settled, told.as_str()),
        ("0.00..10.00 unverifiable 10.00", vec!["budget.spent".to_owned()], "unverifiable-score fact-missing")
    );
    let (_, settled, told) = budget("50 | 50 | -3 | 10 | | 10");
    assert_eq!((settled, told.as_str()), (vec!["budget.spent".to_owned()], "unverifiable-score fact-out-of-range"));
}

#[test]
fn the_sum_is_written_out() {
    let working = |target: &str, actual: &str| {
        let audit = national(MONEY, &format!("效益指标 | 社会 | 甲 | {target} | {actual} | 20 | 20 |"), "30");
        crate::engine::told(&line(&audit, "row-1").working.open())
    };
    assert_eq!(working("≥60%", "59%"), ["20 × 59 ÷ 60 → 约 19.6667 分"]);
    assert_eq!(
        working("≤40天", "45天"),
        [
            "口径（超出部分按超出比例扣分，超出一倍及以上不得分）：20 ×（1 −（45 − 40）÷ 40），最低 0 分 → 17.50 分",
            "口径（按指标值÷完成值计分）：20 × 40 ÷ 45 → 约 17.7778 分"
        ]
    );
    for (target, actual, told) in [
        ("", "96%", "没有填报指标值，得 0 至 20 分"),
        ("≥95%", "", "没有填报完成值，得 0 至 20 分"),
        ("≥95%", "≥95%", "完成值填报为“≥95%”，不是可以比较的数值，得 0 至 20 分"),
        ("改善", "效果明显", "定性指标，完成情况“效果明显”没有按规定用语填报，须由评审人员评定，得 0 至 20 分"),
        ("改善", "", "没有填报完成值，得 0 至 20 分"),
        ("≥100次", "120个", "指标值 100 次 与完成值 120 个 的计量单位不同，不能比较，得 0 至 20 分"),
        ("≥-5度", "-6度", "指标值 -5 度 为负数，完成值 -6 度 未满足，不能按比例计算，得 0 至 20 分"),
        ("≥-5度", "-4度", "完成值 -4 度，达到指标值 -5 度，得满分 → 20.00 分"),
        (
            "40天",
            "36天",
            "口径（超出部分按超出比例扣分，超出一倍及以上不得分）：按“不低于”计：20 × 36 ÷ 40 → 18.00 分；或 按“不超过”计：完成值 36 天，未超过指标值 40 天，得满分 → 20.00 分；口径（按指标值÷完成值计分）：按“不低于”计：20 × 36 ÷ 40 → 18.00 分；或 按“不超过”计：完成值 36 天，未超过指标值 40 天，得满分 → 20.00 分",
        ),
        (
            "=80个",
            "60个",
            "口径（达到指标值得满分，未达到按比例计分）：20 × 60 ÷ 80 → 15.00 分；口径（与指标值相等得满分，否则不得分）：完成值 60 个，与指标值 80 个 不相等 → 0.00 分",
        ),
        (
            "=80个",
            "80个",
            "口径（达到指标值得满分，未达到按比例计分）：完成值 80 个，达到指标值 80 个，得满分 → 20.00 分；口径（与指标值相等得满分，否则不得分）：完成值 80 个，与指标值 80 个 相等，得满分 → 20.00 分",
        ),
        (
            "≤0次",
            "1次",
            "口径（超出部分按超出比例扣分，超出一倍及以上不得分）：完成值 1 次，未满足指标值 0 次 → 0.00 分；口径（按指标值÷完成值计分）：完成值 1 次，未满足指标值 0 次 → 0.00 分",
        ),
        (
            "≤40天",
            "40天",
            "口径（超出部分按超出比例扣分，超出一倍及以上不得分）：完成值 40 天，未超过指标值 40 天，得满分 → 20.00 分；口径（按指标值÷完成值计分）：完成值 40 天，未超过指标值 40 天，得满分 → 20.00 分",
        ),
        ("≥3次", "3次", "完成值 3 次，达到指标值 3 次，得满分 → 20.00 分"),
        (
            "≤30万元",
            "285000",
            "口径（超出部分按超出比例扣分，超出一倍及以上不得分）：20 ×（1 −（285000 − 30）÷ 30），最低 0 分 → 0.00 分；或 完成值 28.5 万元，未超过指标值 30 万元，得满分 → 20.00 分；口径（按指标值÷完成值计分）：20 × 30 ÷ 285000 → 约 0.0021 分；或 完成值 28.5 万元，未超过指标值 30 万元，得满分 → 20.00 分",
        ),
    ] {
        assert_eq!(working(target, actual).join("；"), told, "{target} {actual}");
    }
    assert_eq!(
        working("改善", "达成"),
        ["定性指标，完成情况为“达成”，按分值的 80% 至 100% 计，得 16.00 至 20.00 分，须由评审人员评定"]
    );
    let audit = national("43.2 | 43.2 | 37.24 | 10 | 86.2% | 9", "效益指标 | 社会 | 甲 | ≥1个 | 1个 | 90 | 90 |", "99");
    let over = national("80 | 80 | 84 | 10 | 105% | 10", "效益指标 | 社会 | 甲 | ≥1个 | 1个 | 90 | 90 |", "99");
    assert_eq!(
        crate::engine::told(&line(&over, "budget").working.open()),
        ["执行率 84 ÷ 80 = 105%，超过 100%，以满分为限 → 10.00 分"]
    );
    assert_eq!(
        crate::engine::told(&line(&audit, "budget").working.open()),
        ["执行率 37.24 ÷ 43.2 ≈ 86.2037%，10 × 37.24 ÷ 43.2 → 约 8.6204 分"]
    );
}

#[test]
fn a_reading_is_named_only_where_there_is_another() {
    let one = &forms(vec![sheet(
        "附件1",
        &format!("{}效益指标 | 社会 | 甲 | ≤40天 | 45天 | 20 | 17.5 |\n总分 | | | | | 100 | 30\n", head(MONEY)),
    )])[0];
    let mut form = declared().clone();
    form.reverse_readings.truncate(1);
    let working = |parameters| {
        let money = fuhe::facts::declared::Money::of(&one.funds);
        let facts = fuhe::facts::declared::gather(parameters, one, &money).known;
        let card = one.card(parameters);
        crate::engine::told(&fuhe::rescore::rescore(&card, &card.indicators[1], &facts).working)
    };
    assert_eq!(working(&form), ["20 ×（1 −（45 − 40）÷ 40），最低 0 分 → 17.50 分"]);
    assert_eq!(working(declared()).len(), 2);
}

/// The range of a row whose target is parted into sign, value and unit.
fn parted(sign: &str, target: &str, unit: &str, actual: &str) -> String {
    let head = head(MONEY).replace("年度指标值 | 实际完成值", "指标性质 | 指标值 | 度量单位 | 实际完成值");
    let row = format!("效益指标 | 社会效益 | 甲 | {sign} | {target} | {unit} | {actual} | 20 | 20 |\n");
    let audit = super::written::audit(&format!("{head}{row}总分 | | | | | | | 100 | 30\n"));
    says(&audit, "row-1").split(' ').take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_share_beside_a_column_of_percent_may_be_the_percentage_itself() {
    for (sign, target, unit, actual) in [
        ("≥", "95", "%", "0.98"),
        ("≥", "100", "%", "1"),
        ("=", "100", "%", "1"),
        ("≥", "95%", "%", "0.98"),
        ("≥", "95", "百分比", "0.98"),
    ] {
        let said = parted(sign, target, unit, actual);
        assert!(
            said.ends_with("20.00 agrees") || said.ends_with("unverifiable"),
            "{sign}{target}{unit} {actual}: {said}"
        );
    }
    assert_eq!(parted("≥", "95", "%", "98"), "20.00..20.00 agrees");
    assert_eq!(parted("≥", "95", "%", "90"), "18.95..18.95 overstated");
    assert_eq!(parted("≤", "5", "%", "0.08"), "8.00..20.00 unverifiable");
    assert_eq!(parted("≥", "0.95", "%", "0.9"), "18.95..18.95 overstated");
}

#[test]
fn ten_thousands_are_not_counted_twice_nor_forgotten() {
    assert_eq!(parted("≤", "30", "万元", "28.5万"), "20.00..20.00 agrees");
    assert_eq!(parted("≤", "30", "万元", "28.5"), "20.00..20.00 agrees");
    for (target, actual) in
        [("≥10万人次", "12"), ("≥5万亩", "5.2"), ("≥1.2万㎡", "1.3"), ("≥1.5亿", "1.6"), ("≤30", "28.5万")]
    {
        assert!(scored(target, actual, "20", "20").0.contains("unverifiable"), "{target} {actual}");
    }
    // 32 of 30 in ten thousands, or far below the limit.
    assert_eq!(scored("≤30万", "32", "20", "18.7").2, ["conflict:row-1.actual"]);
    assert_eq!(range("≥2000", "2千"), "0.00..20.00");
    // Nothing is doubtful where both are near, or the units are written.
    assert_eq!(range("≥10万人次", "9万人次"), "18.00..18.00");
    assert_eq!(range("≥100000人次", "90000"), "18.00..18.00");
    assert_eq!(range("≥100", "1"), "0.20..0.20");
}

#[test]
fn a_share_without_any_unit_beside_a_rate_is_either() {
    for (target, actual) in [("≥90", "0.95"), ("≥95分", "0.97"), ("≤0.05", "3")] {
        assert!(scored(target, actual, "20", "20").0.contains("unverifiable"), "{target} {actual}");
    }
    assert_eq!(range("≥0.9", "0.6"), "13.33..13.33");
    assert_eq!(range("≥2", "1.5"), "15.00..20.00");
    assert_eq!(range("≥90", "60"), "13.33..13.33");
}

#[test]
fn marks_out_of_five_or_ten_and_out_of_a_hundred_are_not_compared() {
    for (target, actual) in
        [("≥90", "4.6分"), ("≥4.5", "90分"), ("≥85分", "9.2分"), ("≥4.8分", "96分"), ("≥90分", "4.7")]
    {
        assert!(scored(target, actual, "20", "20").0.contains("unverifiable"), "{target} {actual}");
    }
    // 6 of 12, 45 of 90 and 4 of 5 are compared; who reached 0 reached nothing on any scale.
    for (target, actual, due) in
        [("≥12分", "6分", "10.00"), ("≥90分", "45分", "10.00"), ("≥5分", "4分", "16.00"), ("≥90分", "0分", "0.00")]
    {
        assert_eq!(range(target, actual), format!("{due}..{due}"), "{target} {actual}");
    }
}

#[test]
fn grades_and_points_in_time_are_for_somebody_to_judge() {
    for (target, actual) in [
        ("不低于三类", "二类"),
        ("达到三类及以上", "二类"),
        ("≥3类", "2类"),
        ("2级以上", "1级"),
        ("2020.6", "2020.12"),
        ("202006", "202012"),
        ("≤202006", "202012"),
        ("20200630", "20201220"),
        ("≥20201220", "20200630"),
        ("＝12月", "11"),
    ] {
        let (said, _, settled) = scored(target, actual, "20", "20");
        assert_eq!(
            (said.as_str(), settled),
            ("0.00..20.00 unverifiable 20.00", vec!["judgement".to_owned()]),
            "{target} {actual}"
        );
    }
    assert_eq!(parted("≥", "3", "类", "2"), "0.00..20.00 unverifiable");
    assert_eq!(parted("=", "12", "月", "11"), "0.00..20.00 unverifiable");
    assert_eq!(parted("≤", "12", "月", "11"), "20.00..20.00 agrees");
    assert_eq!(range("≥2020.6", "2020.6"), "20.00..20.00");
    assert_eq!(range("2020.13", "2020.13"), "20.00..20.00");
    assert_eq!(range("2020", "1010"), "10.00..20.00");
    assert_eq!(range("≥202013", "202013"), "20.00..20.00");
    assert_eq!(range("≥200012", "100006"), "10.00..10.00");
    assert_eq!(range("≥202006个", "202012个"), "20.00..20.00");
}

#[test]
fn a_bare_target_is_not_met_or_missed_by_a_rate_or_a_time_of_its_own() {
    for (target, actual) in [("≥200", "100%"), ("≥4", "1次/季度"), ("≤2", "40分钟")] {
        assert_eq!(range(target, actual), "0.00..20.00", "{target} {actual}");
    }
    assert_eq!(range("≤30", "25天"), "20.00..20.00");
    assert_eq!(range("≥95", "98%"), "20.00..20.00");
}

/// What an actual may be in the unit of its target; empty: nobody knows.
fn meant(target: &str, actual: &str) -> Vec<String> {
    use fuhe::quantity::units::{Actuals, in_unit_of};
    use fuhe::quantity::{Actual, Target, measured, target as read};
    let words = &fuhe::vocabulary::Vocabulary::builtin().quantities;
    let (Target::Number(_, target), Actual::Number(actual)) = (read(words, target), measured(words, actual)) else {
        panic!("{target} and {actual} are numbers")
    };
    match in_unit_of(&target, &actual, &[]) {
        Actuals::Values(values) => values.iter().map(ToString::to_string).collect(),
        Actuals::Incomparable => Vec::new(),
    }
}

#[test]
fn what_a_number_without_a_unit_may_be_is_told_edge_by_edge() {
    let none: [&str; 0] = [];
    // A share up to 1.5, where a rate of more than 1.5 and up to 100 is due; whole numbers count things.
    assert_eq!(meant("≥90", "0.95"), ["0.95", "95"]);
    assert_eq!(meant("≥90人", "0.95"), ["0.95", "95"]);
    assert_eq!(meant("≥100", "1.5"), ["1.5", "150"]);
    assert_eq!(meant("≥100", "1.51"), ["1.51"]);
    assert_eq!(meant("≥100", "1"), ["1"]);
    assert_eq!(meant("≥100.1", "0.95"), ["0.95"]);
    assert_eq!(meant("≥1.5", "0.95"), ["0.95"]);
    assert_eq!(meant("≥1.6", "0.95"), ["0.95", "95"]);
    assert_eq!(meant("≤0.05", "3"), ["3", "0.03"]);
    assert_eq!(meant("≤0.5", "101"), ["101"]);
    assert_eq!(meant("≤1", "3"), ["3"]);
    // From a tenth to ten times the target it is what it says; else 万 or 亿 may be meant where that comes so near.
    assert_eq!(meant("≥90000", "9000"), ["9000"]);
    assert_eq!(meant("≥90000", "8999"), ["8999"]);
    assert_eq!(meant("≥90000", "9"), ["9", "90000"]);
    assert_eq!(meant("≥90000", "90"), ["90", "900000"]);
    assert_eq!(meant("≥90000", "91"), ["91"]);
    assert_eq!(meant("≥100000", "1"), ["1", "10000"]);
    assert_eq!(meant("≥100001", "1"), ["1"]);
    assert_eq!(meant("≤9", "90000"), ["90000", "9"]);
    assert_eq!(meant("≥150000000", "1.6"), ["1.6", "160000000"]);
    assert_eq!(meant("≤2", "200000000"), ["200000000", "2"]);
    assert_eq!(meant("≤2", "20"), ["20"]);
    assert_eq!(meant("≥0", "90000"), ["90000"]);
    assert_eq!(meant("≥90000", "0"), ["0"]);
    assert_eq!(meant("≥-9", "-90000"), ["-90000"]);
    // Units of their own.
    assert_eq!(meant("≤30", "30分钟"), ["30"]);
    assert_eq!(meant("≤30", "31分钟"), none);
    assert_eq!(meant("≤30分钟", "31"), ["31"]);
    assert_eq!(meant("≥4", "1次/季度"), none);
    assert_eq!(meant("≥4次/年", "1"), ["1"]);
    assert_eq!(meant("≥20", "3千人"), none);
    assert_eq!(meant("≥3千人", "20"), none);
    assert_eq!(meant("≥20", "30千米"), ["30"]);
    assert_eq!(meant("≥20", "30千克"), ["30"]);
    assert_eq!(meant("≥200", "100%"), none);
    assert_eq!(meant("≥200", "101%"), ["101"]);
    assert_eq!(meant("≥100", "90%"), ["90"]);
    assert_eq!(meant("≥90", "-0.5"), ["-0.5"]);
    // Under a target in 万元 it is in 万元, from a tenth to ten times; beyond, 元 where that comes near.
    assert_eq!(meant("≤30万元", "40"), ["40"]);
    assert_eq!(meant("≤30万元", "300"), ["300"]);
    assert_eq!(meant("≤30万元", "301"), ["301"]);
    assert_eq!(meant("≤30万元", "30000"), ["30000", "3"]);
    assert_eq!(meant("≤30万元", "29999"), ["29999"]);
    assert_eq!(meant("≤0万元", "40"), ["40"]);
    assert_eq!(meant("≥300000元", "28"), ["28", "280000"]);
    // Under a target that says % a bare number above 1.5 is a percentage, however far off it is.
    assert_eq!(meant("≤0.5%", "30"), ["30"]);
    assert_eq!(meant("≥95%", "2"), ["2"]);
    assert_eq!(meant("≥95%", "1.5"), ["1.5", "150"]);
}

#[test]
fn a_weight_with_three_decimals_is_earned_in_full_by_the_score_it_is_rounded_to() {
    // 50 ÷ 3 = 16.667 at three decimals; a full score is 16.67 after the one rounding.
    for (weight, claim, said) in [
        ("16.667", "16.67", "16.67..16.67 agrees 0"),
        ("16.667", "16.667", "16.67..16.67 agrees 0"),
        ("3.125", "3.13", "3.13..3.13 agrees 0"),
        ("16.664", "16.664", "16.66..16.66 agrees 0"),
        ("16.667", "16.68", "16.67..16.67 overstated 0.01"),
        ("16.667", "17", "16.67..16.67 overstated 0.33"),
    ] {
        let row = format!("效益指标 | 社会效益 | 甲 | ≥60% | 75% | {weight} | {claim} |");
        let audit = national(MONEY, &row, "100");
        assert_eq!(says(&audit, "row-1"), said, "{weight}: {claim}");
        assert_eq!(
            codes(&audit, Some("row-1")).contains(&"score-above-points"),
            said.contains("overstated"),
            "{weight}: {claim}"
        );
        assert!(fuhe::self_check::contradictions(&audit, rulebook()).is_empty(), "{weight}: {claim}");
    }
}

//! Every way of writing, as one table; and what must hold for any text.
//!
//! The kinds are named apart from the types that the readers give.

use super::*;
use proptest::prelude::*;
use table::TABLE;

mod table;

/// The built-in words.
fn w() -> &'static Quantities {
    &crate::vocabulary::Vocabulary::builtin().quantities
}

fn d(text: &str) -> Decimal {
    text.parse().expect("a decimal of the test")
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Rate,
    Amount,
    Number,
    Faults,
    YesNo,
    Fault,
    Disclosure,
    Points,
    Goal,
    Measured,
}

const DISCLOSURE: [&str; 3] = ["按规定公开", "公开但不合要求", "未公开"];

/// What the reader says, in short: `27.22`, `3.96 万元`, `0.27|27`, 是, absent, n/a, bound, unreadable.
fn said(kind: Kind, written: &str) -> String {
    let typed = Typed::Text(written);
    match kind {
        Kind::Rate => brief(percent(w(), typed, true), |d| d.to_string()),
        Kind::Amount => brief(money(w(), typed), |m| match m.unit {
            Some(unit) => format!("{} {}", m.value, unit.name()),
            None => m.value.to_string(),
        }),
        Kind::Number => brief(count(w(), typed, false), |d| d.to_string()),
        Kind::Faults => brief(count(w(), typed, true), |d| d.to_string()),
        Kind::YesNo => brief(yes_no(w(), typed), yes_or_no),
        Kind::Fault => brief(yes_no_of_fault(w(), typed), yes_or_no),
        Kind::Disclosure => brief(choice(w(), typed, &DISCLOSURE), |at| DISCLOSURE[at].to_owned()),
        Kind::Points => brief(score(w(), typed), |s| s.value.to_string()),
        Kind::Goal => match target(w(), written) {
            Target::Number(sign, q) => format!("{}{}{}", sign_of(sign), q.value, q.unit),
            Target::Span(low, high) => {
                format!("{}{}..{}{}", low.value, low.unit, high.value, high.unit)
            }
            Target::Qualitative(_) => "words".to_owned(),
            Target::Absent => "absent".to_owned(),
        },
        Kind::Measured => match measured(w(), written) {
            Actual::Number(q) => format!("{}{}", q.value, q.unit),
            Actual::NotMeasurable => "bound".to_owned(),
            Actual::NotApplicable => "n/a".to_owned(),
            Actual::Text(_) => "words".to_owned(),
            Actual::Absent => "absent".to_owned(),
        },
    }
}

fn yes_or_no(answer: bool) -> String {
    if answer { "是" } else { "否" }.to_owned()
}

fn sign_of(sign: Option<Sign>) -> &'static str {
    match sign {
        None => "",
        Some(Sign::AtLeast) => "≥",
        Some(Sign::MoreThan) => ">",
        Some(Sign::AtMost) => "≤",
        Some(Sign::LessThan) => "<",
        Some(Sign::Equal) => "=",
    }
}

fn brief<T>(reading: Understood<T>, show: impl Fn(T) -> String) -> String {
    match reading {
        Understood::Value(value) => show(value),
        Understood::Candidates(values) => values.into_iter().map(show).collect::<Vec<_>>().join("|"),
        Understood::Absent => "absent".to_owned(),
        Understood::NotApplicable => "n/a".to_owned(),
        Understood::NotMeasurable => "bound".to_owned(),
        Understood::Unreadable => "unreadable".to_owned(),
    }
}

use Kind::*;

#[test]
fn the_longest_text_is_read_and_a_longer_one_is_nobodys_number() {
    let longest = "人民币".repeat(66) + "5元";
    assert_eq!((longest.chars().count(), said(Kind::Amount, &longest)), (LONGEST, "5 元".to_owned()));
    assert_eq!(said(Kind::Amount, &("人民币".repeat(66) + "50元")), "unreadable");
    assert_eq!(said(Kind::Amount, &("人民币".repeat(66) + "元")), "unreadable");
    assert_eq!(said(Kind::Amount, &("人民币".repeat(60) + "5元")), "5 元");
}

#[test]
fn a_chinese_numeral_ends_where_no_numeral_goes_on() {
    assert_eq!(numeral::chinese(w(), "三万五千人"), Some((d("35000"), "人")));
    for broken in ["三万五五百", "三万百", "一万二万", "一亿二亿"] {
        assert_eq!(numeral::chinese(w(), broken), None, "{broken}");
    }
}

#[test]
fn every_way_of_writing_is_read_as_it_is_meant() {
    let wrong: Vec<String> = TABLE
        .iter()
        .map(|&(written, kind, meant)| (written, kind, meant, said(kind, written)))
        .filter(|(_, _, meant, said)| meant != said)
        .map(|(written, kind, meant, said)| format!("{kind:?} {written:?}: {said}, meant {meant}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_stored_number_is_taken_at_fifteen_significant_digits() {
    for (lexeme, number) in [
        ("27.219999999999994", "27.22"),
        ("0.27219999999999994", "0.2722"),
        ("0.0900000762939453", "0.0900000762939453"),
        ("0.30000000000000004", "0.3"),
        ("1E-05", "0.00001"),
        ("1e5", "100000"),
        ("5.", "5"),
        (".5", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1e-28", "0"),
        ("1e-300", "0"),
        ("-1e-28", "0"),
        // A little more than 1e-28, and no more than that once it is cut to 28 places.
        ("1051E-31", "0"),
        ("-1.4e-28", "0"),
        ("1.6e-28", "0.0000000000000000000000000002"),
        ("2e-28", "0.0000000000000000000000000002"),
        ("6.00", "6"),
        ("1035356.3", "1035356.3"),
        ("4211.8415", "4211.8415"),
        ("123456789012345678", "123456789012346000"),
        ("1.5e28", "15000000000000000000000000000"),
        (" 3 ", "3"),
        ("-27.219999999999994", "-27.22"),
        ("1.23456789012345E-20", "0.0000000000000000000123456789"),
    ] {
        assert_eq!(stored(lexeme).map(|d| d.to_string()).as_deref(), Some(number), "{lexeme}");
    }
    for lexeme in [
        "", "NaN", "inf", "-inf", "infinity", "1e400", "8e28", "1e29", "1,5", "0x10", "1_000", "１", "--1", "1-1",
        "1.2.3", ".",
    ] {
        assert_eq!(stored(lexeme), None, "{lexeme}");
    }
    assert_eq!(stored_float(f64::NAN), None);
    assert_eq!(stored_float(0.1 + 0.2), Some(d("0.3")));
}

#[test]
fn a_number_cell_is_read_by_its_format() {
    let number = |value: &str, percent| Typed::Number { value: d(value), percent };
    assert_eq!(percent(w(), number("0.2722", true), false), Understood::Value(d("27.22")));
    assert_eq!(percent(w(), number("27.22", true), false), Understood::Value(d("2722")));
    assert_eq!(percent(w(), number("27.22", false), true), Understood::Value(d("27.22")));
    assert_eq!(percent(w(), number("0.2722", false), true), Understood::Candidates(vec![d("0.2722"), d("27.22")]));
    assert_eq!(percent(w(), number("1.02", false), true), Understood::Value(d("1.02")));
    assert_eq!(percent(w(), number("1.02", false), false), Understood::Candidates(vec![d("1.02"), d("102")]));
    assert_eq!(percent(w(), number("0", false), false), Understood::Value(d("0")));
    assert_eq!(money(w(), number("3.96", true)), Understood::Unreadable);
    assert_eq!(count(w(), number("8.5", false), false), Understood::Value(d("8.5")));
    assert_eq!(count(w(), number("0.08", true), false), Understood::Unreadable);
    assert_eq!(score(w(), number("0.05", true)), Understood::Unreadable);
    assert_eq!(yes_no(w(), number("1", false)), Understood::Unreadable);
    assert_eq!(choice(w(), number("1", false), &DISCLOSURE), Understood::Unreadable);
    let percentage = Quantity::new(w(), d("98"), "%");
    assert!(percentage.is_percent());
    assert_eq!(measured(w(), number("0.98", true)), Actual::Number(percentage.clone()));
    assert_eq!(target(w(), number("0.98", true)), Target::Number(None, percentage));
}

#[test]
fn a_score_keeps_the_decimals_it_is_written_with() {
    let scale = |typed| match score(w(), typed) {
        Understood::Value(score) => decimals_written(score.value),
        other => panic!("{other:?}"),
    };
    assert_eq!(scale(Typed::Text("6.00")), 2);
    assert_eq!(scale(Typed::Text("6分")), 0);
    assert_eq!(scale(Typed::Number { value: d("6.00"), percent: false }), 0);
}

#[test]
fn a_unit_of_money_is_found_in_labels_and_corners() {
    use MoneyUnit::*;
    for (label, unit) in [
        ("万元", Some(WanYuan)),
        ("（万元）", Some(WanYuan)),
        ("单位：万元", Some(WanYuan)),
        ("单 位：万 元", Some(WanYuan)),
        ("人民币万元", Some(WanYuan)),
        ("金额单位：人民币元", Some(Yuan)),
        ("亿元", Some(YiYuan)),
        ("元", Some(Yuan)),
        ("千元", Some(ThousandYuan)),
        ("百万元", Some(MillionYuan)),
        ("固定资产总额（万元）", Some(WanYuan)),
        ("预算数（单位：元）", Some(Yuan)),
        ("金额/万元", Some(WanYuan)),
        ("单位：万元、%", Some(WanYuan)),
        ("单位：千元、%", Some(ThousandYuan)),
        ("单位：百万元、%", Some(MillionYuan)),
        ("百万", Some(MillionYuan)),
        ("单位：万元/人", None),
        ("预算数万元", Some(WanYuan)),
        ("元/人", None),
        ("单位：元、万元", None),
        ("单位名称", None),
        ("多元", None),
        ("%", None),
        ("人", None),
        ("", None),
        ("人民币", None),
        ("币种：人民币 单位：万元", Some(WanYuan)),
        ("固定资产总额（万元）（含在建）", Some(WanYuan)),
    ] {
        assert_eq!(MoneyUnit::parse(w(), label), unit, "{label}");
    }
}

#[test]
fn an_amount_is_the_same_in_every_unit() {
    let amount = Money { value: d("3.96"), unit: Some(MoneyUnit::WanYuan) };
    assert_eq!(amount.to(MoneyUnit::Yuan, MoneyUnit::Yuan), Some(d("39600")));
    assert_eq!(amount.to(MoneyUnit::WanYuan, MoneyUnit::Yuan), Some(d("3.96")));
    let bare = Money { value: d("39600"), unit: None };
    assert_eq!(bare.to(MoneyUnit::WanYuan, MoneyUnit::Yuan), Some(d("3.96")));
    assert_eq!(Money { value: Decimal::MAX, unit: Some(MoneyUnit::YiYuan) }.to(MoneyUnit::Yuan, MoneyUnit::Yuan), None);
}

#[test]
fn a_month_of_a_year_and_a_grade_are_no_numbers_to_compare() {
    let words = |text: &str| match target(w(), text).or_words(w()) {
        Target::Qualitative(words) => words,
        _ => "number".to_owned(),
    };
    for (text, said) in [
        ("2020.6", "2020.6"),
        ("2020.06", "2020.06"),
        ("=2020.12", "＝2020.12"),
        ("1900.1", "1900.1"),
        ("2199.12", "2199.12"),
        ("2020.13", "number"),
        ("2020.0", "number"),
        ("2020.60", "number"),
        ("2020.061", "number"),
        ("2020", "number"),
        ("1899.6", "number"),
        ("2200.6", "number"),
        ("2020.6元", "number"),
        ("≥2020.6", "number"),
        ("≥3类", "≥3类"),
        ("＜2级", "＜2级"),
        ("3等", "3等"),
        ("≤12月", "number"),
        ("≥3项", "number"),
    ] {
        assert_eq!(words(text), said, "{text}");
    }
    let Target::Number(_, quantity) = target(w(), "12") else { panic!("a number") };
    let month = |sign| Target::Number(sign, Quantity { unit: "月".to_owned(), ..quantity.clone() }).or_words(w());
    assert_eq!(month(None), Target::Qualitative("12月".to_owned()));
    assert_eq!(month(Some(Sign::Equal)), Target::Qualitative("＝12月".to_owned()));
    assert!(matches!(month(Some(Sign::AtMost)), Target::Number(Some(Sign::AtMost), _)));
    assert_eq!(target(w(), "95%-98%").or_words(w()), target(w(), "95%-98%"));
}

#[test]
fn a_sign_is_read_alone() {
    assert_eq!(Sign::parse(w(), "≥"), Some(Sign::AtLeast));
    assert_eq!(Sign::parse(w(), " ＝ "), Some(Sign::Equal));
    assert_eq!(Sign::parse(w(), "以内"), Some(Sign::AtMost));
    assert_eq!(Sign::parse(w(), "定性"), None);
}

#[test]
fn folding_keeps_what_is_no_full_width_digit() {
    assert_eq!(fold(" １２（％） "), "12(%)");
    assert_eq!(fold("95②"), "95②");
    assert_eq!(fold("5²㎡½"), "5²㎡½");
    assert_eq!(fold("a\u{200B}b\u{FEFF}"), "ab");
}

#[test]
fn the_shortest_form_has_no_needless_zero() {
    assert_eq!(shortest(d("6.00")), "6");
    assert_eq!(shortest(d("-0.00")), "0");
    assert_eq!(shortest(d("1000")), "1000");
    assert_eq!(shortest(d("0.0000000000000000000000000001")), "0.0000000000000000000000000001");
}

#[test]
fn an_endless_text_is_nobodys_number() {
    let long = "8".repeat(201);
    assert_eq!(count(w(), Typed::Text(&long), false), Understood::Unreadable);
    assert_eq!(yes_no(w(), Typed::Text(&format!("是，{}", "好".repeat(300)))), Understood::Unreadable);
    assert_eq!(measured(w(), long.as_str()), Actual::Text(long.clone()));
}

/// Texts made of what stands in such cells, so that readers are reached to the bottom.
fn cell() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "是",
        "否",
        "不",
        "未",
        "没有",
        "无",
        "有",
        "符合",
        "落实",
        "已",
        "√",
        "×",
        "□",
        "☑",
        "☒",
        "(",
        ")",
        "[",
        "]",
        "x",
        "R",
        "£",
        "¨",
        " ",
        "，",
        "。",
        ",",
        ".",
        "-",
        "—",
        "1",
        "035",
        "27.22",
        "9",
        "0",
        "79228162514264337593543950335",
        "%",
        "‰",
        "百分之",
        "成",
        "点",
        "一",
        "两",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "零",
        "元",
        "角",
        "分",
        "≥",
        "<",
        "约",
        "近",
        "余",
        "多",
        "以上",
        "以内",
        "左右",
        "至",
        "~",
        "个",
        "次",
        "/",
        "年",
        "公开",
        "按规定",
        "但",
        "不合要求",
        "见附件",
        "￥",
        "ü",
        "\u{F0FE}",
        "\u{2212}",
        "½",
        "𠮷",
    ]);
    prop::collection::vec(pieces, 0..9).prop_map(|pieces| pieces.concat())
}

fn read_all(text: &str) {
    for kind in [Rate, Amount, Number, Faults, YesNo, Fault, Disclosure, Points, Goal, Measured] {
        said(kind, text);
    }
    stored(text);
    MoneyUnit::parse(w(), text);
    Sign::parse(w(), text);
    fold(text);
}

fn grouped(number: Decimal, separator: &str) -> String {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, f)| (w, format!(".{f}")));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    format!("{}{fraction}", groups.join(separator))
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

fn chinese_numeral(number: u32) -> String {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (mut text, mut zero) = (String::new(), false);
    for (place, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (number / place % 10) as usize;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text.push('零');
        }
        zero = false;
        text.push_str(digits[digit]);
        text.push_str(unit);
    }
    text
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>(), made in cell()) {
        read_all(&text);
        read_all(&made);
    }

    #[test]
    fn an_amount_reads_back_however_it_is_grouped(number in 0i64..1_000_000_000_000, scale in 0u32..5) {
        let number = Decimal::new(number, scale);
        let read = |text: &str| money(w(), Typed::Text(text));
        let bare = Understood::Value(Money { value: number, unit: None });
        prop_assert_eq!(read(&number.to_string()), bare.clone());
        prop_assert_eq!(read(&grouped(number, ",")), bare.clone());
        prop_assert_eq!(read(&grouped(number, "，")), bare.clone());
        prop_assert_eq!(read(&grouped(number, " ")), bare.clone());
        prop_assert_eq!(read(&full_width(&number.to_string())), bare.clone());
        prop_assert_eq!(read(&format!("￥{number}")), bare);
        let wan = Understood::Value(Money { value: number, unit: Some(MoneyUnit::WanYuan) });
        prop_assert_eq!(read(&format!("约{number} 万元")), wan);
    }

    #[test]
    fn a_percentage_a_score_and_a_quantity_read_back(number in 0i64..1_000_000, scale in 0u32..5) {
        let number = Decimal::new(number, scale);
        for text in [format!("{number}%"), format!("{number} ％"), format!("约{number}%"), format!("百分之{number}"), full_width(&format!("{number}%"))] {
            prop_assert_eq!(percent(w(), Typed::Text(&text), false), Understood::Value(number));
        }
        for text in [format!("{number}"), format!("{number}分"), format!("得{number}分"), full_width(&number.to_string())] {
            prop_assert_eq!(score(w(), Typed::Text(&text)), Understood::Value(score::Score { value: number, of: None }));
        }
        let quantity = Quantity::new(w(), number, "次");
        prop_assert_eq!(measured(w(), format!("{number}次").as_str()), Actual::Number(quantity.clone()));
        prop_assert_eq!(target(w(), format!("不少于{number}次").as_str()), Target::Number(Some(Sign::AtLeast), quantity));
        prop_assert_eq!(measured(w(), format!("{number}%以上").as_str()), Actual::NotMeasurable);
    }

    #[test]
    fn a_chinese_count_reads_back(number in 1u32..10_000, myriads in 0u32..10_000) {
        let plain = chinese_numeral(number);
        prop_assert_eq!(count(w(), Typed::Text(&plain), false), Understood::Value(Decimal::from(number)));
        if myriads > 0 {
            let link = if number < 1000 { "零" } else { "" };
            let text = format!("{}万{link}{plain}个", chinese_numeral(myriads));
            prop_assert_eq!(count(w(), Typed::Text(&text), false), Understood::Value(Decimal::from(u64::from(myriads) * 10_000 + u64::from(number))));
        }
    }

    #[test]
    fn a_typed_number_survives_storing(digits in -999_999_999_999_999i64..1_000_000_000_000_000, scale in 0u32..12) {
        let number = Decimal::new(digits, scale).normalize();
        let float: f64 = number.to_string().parse().expect("a float");
        prop_assert_eq!(stored_float(float), Some(number));
        prop_assert_eq!(stored(&number.to_string()), Some(number));
        prop_assert_eq!(stored(&format!("{float:e}")), Some(number));
    }

    #[test]
    fn a_denial_is_never_read_as_yes(denial in prop::sample::select(vec!["不", "未", "没", "没有", "无", "非", "否", "尚未"]), rest in "[^√✓✔☑✅■●◉▣⊙◼⬛🗹🗸☒🗷⊠þýüR\u{F0FE}\u{F052}\u{F0FC}\u{F050}\u{F0FD}\u{F053}xXvV]*", word in prop::sample::select(STARTS.to_vec())) {
        for text in [format!("{denial}{rest}"), format!("{denial}{word}"), format!("{denial}{word}{rest}")] {
            prop_assert_ne!(yes_no(w(), Typed::Text(&text)), Understood::Value(true));
            prop_assert_ne!(yes_no_of_fault(w(), Typed::Text(&text)), Understood::Value(true));
        }
    }
}

const STARTS: [&str; 8] = ["是", "符合", "落实", "已落实", "有", "存在", "均符合要求", "Y"];

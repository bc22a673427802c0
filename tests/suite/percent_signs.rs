//! Rulebooks in which an official forgot a percent sign, or wrote one too many: they are told at the line itself, before
//! they accuse every department. Rules that lie above 100 % rightly are left alone.

use fuhe::rulebook::load;
use fuhe::text::Language;

/// A card of one indicator, whose clause and rule these are, over facts of every kind.
fn card(clause: &str, rule: &str) -> String {
    format!(
        r#"id = "sample-2024"
name = "样县部门整体支出绩效评分表"
source = "样县财政局评分表"
form = "scorecard"
material = 0.5
tolerance = 0.01
grades = [{{ name = "优", from = 90 }}, {{ name = "差", from = 0 }}]
sections = [{{ id = "all", name = "全部", points = 100 }}]
facts = [
  {{ id = "spent", label = "支出数", kind = "money", unit = "万元" }},
  {{ id = "planned", label = "预算数", kind = "money", unit = "万元" }},
  {{ id = "staff", label = "在编人数", kind = "count", unit = "人" }},
  {{ id = "quota", label = "编制数", kind = "count", unit = "人" }},
  {{ id = "days", label = "批复用时", kind = "count", unit = "天" }},
  {{ id = "sat", label = "满意度", kind = "percent" }},
  {{ id = "q1", label = "一季度进度", kind = "percent", max = 150 }},
  {{ id = "q2", label = "二季度进度", kind = "percent", max = 150 }},
  {{ id = "q3", label = "三季度进度", kind = "percent", max = 150 }},
  {{ id = "q4", label = "四季度进度", kind = "percent", max = 150 }},
  {{ id = "open", label = "公开情况", kind = "choice", options = ["公开", "未公开"] }},
]

[[indicators]]
id = "only"
name = "唯一"
section = "all"
group = "全部"
points = 100
clause = "{clause}"

[[indicators.criteria]]
id = "one"
points = 100
clause = "见评分表。"
{rule}
"#
    )
}

/// The flaws of a rulebook's text as `code line`, without those of facts that a sample does not use.
fn flaws(text: &str) -> Vec<String> {
    let flaws = load("sample.toml", text).err().unwrap_or_default();
    let of_rules = flaws.iter().filter(|flaw| flaw.code != "fact-unused");
    let told = of_rules.map(|flaw| {
        for language in [Language::Zh, Language::En] {
            for words in [flaw.message(language), flaw.help(language)] {
                assert!(
                    !words.is_empty() && !words.contains("rulebook.") && !has_hole(&words),
                    "{}: {words}",
                    flaw.code
                );
            }
        }
        format!("{} {}", flaw.code, flaw.excerpt.trim())
    });
    told.collect()
}

/// `{criterion}` and the like: a place that nobody filled in.
fn has_hole(words: &str) -> bool {
    words.split('{').skip(1).any(|rest| {
        let name: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_' || *c == '-').collect();
        !name.is_empty() && rest[name.len()..].starts_with('}')
    })
}

const STEP: &str = "kind = \"step_deduction\"\nper_point = 1\n";

fn assert_passes(clause: &str, rule: &str) {
    assert_eq!(flaws(&card(clause, rule)), Vec::<String>::new(), "{clause}\n{rule}");
}

fn assert_told(clause: &str, rule: &str, wanted: &[&str]) {
    assert_eq!(flaws(&card(clause, rule)), wanted, "{clause}\n{rule}");
}

#[test]
fn a_plain_number_that_a_ratio_cannot_mean_is_told_at_its_own_line() {
    let bands = "kind = \"bands\"\nvalue = \"spent ÷ planned\"\nbands = [\n{ from = 90, points = 100 },\n{ below = 90, points = 0 },\n]";
    assert_told(
        "完成率高的得满分，否则不得分。",
        bands,
        &["percent-forgotten { from = 90, points = 100 },", "percent-forgotten { below = 90, points = 0 },"],
    );
    for (rule, line) in [
        (format!("{STEP}value = \"staff ÷ quota\"\nlimit = 100"), "limit = 100"),
        (format!("{STEP}value = \"staff ÷ quota\"\nlimit = 10"), "limit = 10"),
        (format!("{STEP}value = \"spent ÷ planned\"\nlimit = 3"), "limit = 3"),
        (format!("{STEP}value = \"90 − sat\"\nlimit = 0"), "value = \"90 − sat\""),
        (format!("{STEP}value = \"90 − spent ÷ planned\"\nlimit = 0"), "value = \"90 − spent ÷ planned\""),
        ("kind = \"proportion\"\nvalue = \"q1\"\ntarget = 25".to_owned(), "target = 25"),
        ("kind = \"proportion\"\nvalue = \"q1 + q2 + q3 + q4\"\ntarget = 250".to_owned(), "target = 250"),
        ("kind = \"proportion\"\nvalue = \"spent ÷ planned\"\ntarget = 100".to_owned(), "target = 100"),
        (
            "kind = \"judgement\"\nzero_when = [{ value = \"spent ÷ planned\", below = 60 }]".to_owned(),
            "zero_when = [{ value = \"spent ÷ planned\", below = 60 }]",
        ),
        (
            "kind = \"judgement\"\nfull_when = [{ value = \"1 − spent ÷ planned\", at_least = 30 }]".to_owned(),
            "full_when = [{ value = \"1 − spent ÷ planned\", at_least = 30 }]",
        ),
    ] {
        assert_told("见下。", &rule, &[&format!("percent-forgotten {line}")]);
    }
}

#[test]
fn a_small_number_is_told_where_the_clause_names_it_as_a_percentage() {
    for (clause, rule, wanted) in [
        (
            "变动率在1.5%以内的不扣分。",
            format!("{STEP}value = \"spent ÷ planned\"\nlimit = 1.5"),
            "percent-forgotten limit = 1.5",
        ),
        (
            "超编在0.5%以内的不扣分。",
            format!("{STEP}value = \"staff ÷ quota − 1\"\nlimit = 0.5"),
            "percent-forgotten limit = 0.5",
        ),
        (
            "变动率在1%以内的不扣分，每超1%扣2分。",
            format!("{STEP}value = \"(spent − planned) ÷ planned\"\nlimit = 1"),
            "percent-forgotten limit = 1",
        ),
        (
            "占比达到3%得满分。",
            "kind = \"proportion\"\nvalue = \"spent ÷ planned\"\ntarget = 3".to_owned(),
            "percent-forgotten target = 3",
        ),
        (
            "支出超过预算两成的不得分。",
            "kind = \"judgement\"\nzero_when = [{ value = \"spent\", above = \"planned × 120\" }]".to_owned(),
            "percent-forgotten-in-sum zero_when = [{ value = \"spent\", above = \"planned × 120\" }]",
        ),
        (
            "各季度进度与序时进度之比的平均。",
            "kind = \"proportion\"\nvalue = \"(q1 ÷ 25% + q2 ÷ 50 + q3 ÷ 75% + q4 ÷ 100%) ÷ 4\"\ntarget = 1".to_owned(),
            "percent-forgotten-in-sum value = \"(q1 ÷ 25% + q2 ÷ 50 + q3 ÷ 75% + q4 ÷ 100%) ÷ 4\"",
        ),
        (
            "不超编（100%）的不扣分。",
            format!("{STEP}value = \"staff ÷ quota\"\nlimit = \"1%\""),
            "percent-unlike-clause limit = \"1%\"",
        ),
        (
            "达到预算90%的得满分。",
            "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned × 90\"".to_owned(),
            "percent-forgotten-in-sum target = \"planned × 90\"",
        ),
        (
            "得分＝支出进度÷25%×分值。",
            "kind = \"proportion\"\nvalue = \"q1 ÷ 25\"\ntarget = 1".to_owned(),
            "percent-forgotten-in-sum value = \"q1 ÷ 25\"",
        ),
        (
            "变动率不高于2～4%的得满分。",
            "kind = \"judgement\"\nfull_when = [{ value = \"spent ÷ planned\", at_most = 2 }]".to_owned(),
            "percent-forgotten full_when = [{ value = \"spent ÷ planned\", at_most = 2 }]",
        ),
    ] {
        assert_told(clause, &rule, &[wanted]);
    }
}

#[test]
fn a_percent_sign_where_none_belongs_is_told_at_its_own_line() {
    let bands = |value: &str, edge: &str| {
        format!(
            "kind = \"bands\"\nvalue = \"{value}\"\nbands = [\n{{ from = {edge}, points = 100 }}, {{ below = {edge}, points = 0 }},\n]"
        )
    };
    let line = |edge: &str| format!("{{ from = {edge}, points = 100 }}, {{ below = {edge}, points = 0 }},");
    let both = |code: &str, edge: &str| vec![format!("{code} {}", line(edge)); 2];
    for (clause, rule, wanted) in [
        ("90%以上得满分。", bands("sat", "\"0.9%\""), both("percent-unlike-clause", "\"0.9%\"")),
        ("90%以上得满分。", bands("sat × 100", "0.9"), both("percent-unlike-clause", "0.9")),
        (
            "90%以上得满分。",
            bands("sat × 100", "\"90%\""),
            vec!["ratio-times-hundred value = \"sat × 100\"".to_owned()],
        ),
        ("90%以上得满分。", bands("sat ÷ 100", "\"90%\""), vec!["ratio-over-hundred value = \"sat ÷ 100\"".to_owned()]),
        (
            "10%以内的不扣分，每超一个百分点扣1分。",
            format!("{STEP}value = \"spent ÷ planned\"\nlimit = \"0.1%\""),
            vec!["percent-unlike-clause limit = \"0.1%\"".to_owned()],
        ),
        (
            "每超一个百分点扣1分。",
            format!("{STEP}value = \"staff ÷ quota × 100\"\nlimit = 100"),
            vec!["ratio-times-hundred value = \"staff ÷ quota × 100\"".to_owned()],
        ),
        (
            "得分＝支出数÷预算数×分值。",
            "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned × 100\"".to_owned(),
            vec!["ratio-times-hundred target = \"planned × 100\"".to_owned()],
        ),
        (
            "得分＝支出数÷预算数×100%×分值。",
            "kind = \"proportion\"\nvalue = \"spent × 100\"\ntarget = \"planned\"".to_owned(),
            vec!["ratio-times-hundred value = \"spent × 100\"".to_owned()],
        ),
        (
            "支出超过预算90%的不得分。",
            "kind = \"judgement\"\nzero_when = [{ value = \"spent\", above = \"90%\" }]".to_owned(),
            vec!["percent-beside-amount zero_when = [{ value = \"spent\", above = \"90%\" }]".to_owned()],
        ),
        (
            "每低一个百分点扣1分。",
            "kind = \"count_deduction\"\nvalue = \"90% − sat\"\neach = 1".to_owned(),
            vec!["count-of-ratio value = \"90% − sat\"".to_owned()],
        ),
    ] {
        assert_eq!(flaws(&card(clause, &rule)), wanted, "{clause}\n{rule}");
    }
}

#[test]
fn points_are_never_a_percentage_and_the_largest_percentage_is_a_number() {
    let sound = card("每天扣3分。", "kind = \"count_deduction\"\nvalue = \"days\"\neach = 3\nleast = 10");
    assert_eq!(flaws(&sound), Vec::<String>::new());
    for (from, to, wanted) in [
        ("each = 3", "each = \"3%\"", "points-in-percent each = \"3%\""),
        ("least = 10", "least = \"10%\"", "points-in-percent least = \"10%\""),
        ("material = 0.5", "material = \"50%\"", "points-in-percent material = \"50%\""),
        ("tolerance = 0.01", "tolerance = \"1%\"", "points-in-percent tolerance = \"1%\""),
        (
            "\npoints = 100\nclause = \"每天",
            "\npoints = \"100%\"\nclause = \"每天",
            "points-in-percent points = \"100%\"",
        ),
        ("days\"\neach = 3", "days\"\neach = 3\npoint = 3", "unknown-field point = 3"),
    ] {
        assert!(sound.contains(from), "{from}");
        assert_eq!(flaws(&sound.replacen(from, to, 1)), [wanted], "{to}");
    }
    let graded = sound.replacen("name = \"优\", from = 90", "name = \"优\", from = \"90%\"", 1);
    assert_eq!(flaws(&graded).len(), 1);
    let sections = sound.replacen("name = \"全部\", points = 100", "name = \"全部\", points = \"100%\"", 1);
    assert_eq!(flaws(&sections), [r#"points-in-percent sections = [{ id = "all", name = "全部", points = "100%" }]"#]);
    for max in ["1.5", "\"150%\"", "1"] {
        let told = flaws(&sound.replacen("max = 150", &format!("max = {max}"), 1));
        assert!(told.len() == 1 && told[0].starts_with("max-as-ratio { id = \"q1\""), "{told:?}");
    }
    let stepped =
        card("每超1%扣1分。", "kind = \"step_deduction\"\nvalue = \"sat\"\nlimit = \"10%\"\nper_point = \"1%\"");
    assert_eq!(flaws(&stepped), ["points-in-percent per_point = \"1%\""]);
    let scored = card("公开。", "kind = \"choice\"\nfact = \"open\"\nscores = { \"公开\" = \"100%\", \"未公开\" = 0 }");
    assert_eq!(flaws(&scored), [r#"points-in-percent scores = { "公开" = "100%", "未公开" = 0 }"#]);
}

#[test]
fn rules_that_lie_above_one_or_speak_of_times_rightly_are_left_alone() {
    let bands = |value: &str, low: &str, high: &str| {
        format!(
            "kind = \"bands\"\nvalue = \"{value}\"\nbands = [{{ from = {high}, points = 100 }}, \
             {{ from = {low}, below = {high}, points = 50 }}, {{ below = {low}, points = 0 }}]"
        )
    };
    let proportion =
        |value: &str, target: &str| format!("kind = \"proportion\"\nvalue = \"{value}\"\ntarget = {target}");
    for (clause, rule) in [
        // A fraction of 1 is the same ratio as its percentage.
        ("满意度90%以上得100分，60%以上得50分。", bands("sat", "0.6", "0.9")),
        ("满意度90%以上得100分，60%以上得50分。", bands("sat × 100", "60", "90")),
        ("支出达到预算1.2倍的得100分。", bands("spent ÷ planned", "1", "1.2")),
        ("增长3倍以上得100分，翻一番得50分。", bands("(spent − planned) ÷ planned", "1", "3")),
        ("放大10倍以上得100分，5倍以上得50分。", bands("spent ÷ planned", "5", "10")),
        ("增长1000%以上得100分，500%以上得50分。", bands("spent ÷ planned", "\"500%\"", "\"1000%\"")),
        ("差错率高于0.5%的得100分。", bands("spent ÷ planned", "\"0.2%\"", "\"0.5%\"")),
        ("千分之五以上。", bands("spent ÷ planned × 1000", "2", "5")),
        ("千分之五以上得100分，项目占50%以上的除外。", bands("spent ÷ planned", "\"0.2%\"", "\"0.5%\"")),
        ("60天以上得100分，30天以上得50分。", bands("days", "30", "60")),
        ("偏差率2%以上得100分，1%以上得50分。", bands("1 − spent ÷ planned", "\"1%\"", "\"2%\"")),
        ("得分＝支出进度÷25%×分值。", proportion("q1 × 100 ÷ 25", "1")),
        ("不超编的不扣分，超出1个百分点扣0.1分。", format!("{STEP}value = \"staff ÷ quota\"\nlimit = 1")),
        ("控制率在200%以内不扣分。", format!("{STEP}value = \"spent ÷ planned\"\nlimit = 2")),
        ("四个季度进度之和。", proportion("q1 + q2 + q3 + q4", "2.5")),
        ("四个季度进度之和。", proportion("q1 + q2 + q3 + q4", "4")),
        ("四个季度进度之和达到250%。", proportion("q1 + q2 + q3 + q4", "\"250%\"")),
        ("支出40万元得满分。", proportion("spent", "40")),
        ("支出达到预算90%得满分。", proportion("spent", "\"planned × 90%\"")),
        ("支出达到预算90%得满分。", proportion("spent", "\"planned × 0.9\"")),
        ("支出达到月均预算×12的得满分。", proportion("spent", "\"planned × 12\"")),
        ("按人均60计算。", proportion("staff", "\"quota × 60\"")),
        ("五项平均。", proportion("(q1 + q2 + q3 + q4 + sat) ÷ 5", "1")),
        (
            "完成率100%的不扣分，偏差一个百分点以内的也不扣。",
            "kind = \"step_deduction\"\nper_point = 2\nvalue = \"1 − spent ÷ planned\"\nlimit = \"1%\"".to_owned(),
        ),
        ("差错率在1%以内、核对率100%的不扣分。", format!("{STEP}value = \"spent ÷ planned\"\nlimit = \"1%\"")),
        ("得分＝支出数÷预算数×100%。", proportion("spent ÷ planned", "1")),
        ("四个季度平均。", proportion("(q1 ÷ 25% + q2 ÷ 50% + q3 ÷ 75% + q4 ÷ 100%) ÷ 4", "\"100%\"")),
        ("不超编不扣分，每超1%扣1分。", format!("{STEP}value = \"staff ÷ quota\"\nlimit = 1")),
        ("1.2倍以内不扣分，每超1%扣1分。", format!("{STEP}value = \"spent ÷ planned\"\nlimit = 1.2")),
        (
            "下降5%以上不扣分，每少降1%扣1分。",
            format!("{STEP}value = \"(spent − planned) ÷ planned\"\nlimit = \"-5%\""),
        ),
        (
            "90%以上不扣分，每低1%扣2分。",
            "kind = \"step_deduction\"\nvalue = \"(90 − sat × 100) ÷ 100\"\nlimit = 0\nper_point = 2".to_owned(),
        ),
        (
            "100%得满分，每超5%扣1分，以5%为一档。",
            format!("{STEP}value = \"(spent ÷ planned − 1) ÷ 5\"\nlimit = \"0%\""),
        ),
        ("90%以上不扣分，每低1%扣2分。", "kind = \"count_deduction\"\nvalue = \"90 − sat × 100\"\neach = 2".to_owned()),
        (
            "支出超过预算1.2倍不得分。",
            "kind = \"judgement\"\nzero_when = [{ value = \"spent\", above = \"planned × 120%\" }]".to_owned(),
        ),
        ("批复超过90天不得分。", "kind = \"judgement\"\nzero_when = [{ value = \"days\", above = 90 }]".to_owned()),
        (
            "下降30%以上直接得分。",
            "kind = \"judgement\"\nfull_when = [{ value = \"1 − spent ÷ planned\", at_least = 0.3 }]".to_owned(),
        ),
    ] {
        assert_passes(clause, &rule);
    }
}

#[test]
fn who_means_so_many_times_writes_it_as_a_percentage_and_is_not_asked_again() {
    let asked = "kind = \"proportion\"\nvalue = \"spent ÷ planned\"\ntarget = 20";
    assert_told("见下。", asked, &["percent-forgotten target = 20"]);
    assert_passes("见下。", &asked.replace("20", "\"2000%\""));
    assert_passes("见下。", &asked.replace("20", "\"20%\""));
}

#[test]
fn a_threshold_of_a_form_is_a_ratio() {
    let text = fuhe::rulebook::builtin_text("project-2020").unwrap();
    let lines: Vec<&str> =
        text.lines().filter(|line| line.starts_with("low_execution") || line.starts_with("far_exceeded")).collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        let (field, _) = line.split_once(" = ").unwrap();
        let changed = format!("{field} = 90");
        assert_eq!(flaws(&text.replacen(line, &changed, 1)), [format!("suspicion-range {changed}")]);
    }
}

//! Whose figure a sentence states, and whether it was measured or only wished for.
//!
//! A figure of running text is the department's own only where the words before it in its clause say nothing else: the
//! department, its year, how the figure was found. Any other word there (下属, 全市, a project's name) may be another
//! subject, and a value wrongly read is a false accusation.

/// Words that may stand before a figure's own words and leave it the department's.
const NEUTRAL: [&str; 92] = [
    "社会公众",
    "一般公共预算",
    "一般公共",
    "财政拨款",
    "问卷调查",
    "调查问卷",
    "调查结果",
    "预算安排",
    "上一年",
    "下一年",
    "上年度",
    "下年度",
    "十二月",
    "我们",
    "本年",
    "今年",
    "当年",
    "全年",
    "上年",
    "去年",
    "明年",
    "下年",
    "来年",
    "年度",
    "年末",
    "年底",
    "截至",
    "截止",
    "其中",
    "实际",
    "已经",
    "单位",
    "部门",
    "机关",
    "中心",
    "整体",
    "群众",
    "公众",
    "调查",
    "问卷",
    "测评",
    "评价",
    "统计",
    "显示",
    "结果",
    "根据",
    "通过",
    "预算",
    "安排",
    "实施",
    "开展",
    "组织",
    "承担",
    "共计",
    "合计",
    "总体",
    "综合",
    "平均",
    "报告",
    "情况",
    "方面",
    "期间",
    "所有",
    "全部",
    "各类",
    "编制",
    "财政",
    "本级",
    "财务",
    "人员",
    "收到",
    "办理",
    "执行",
    "支出",
    "资金",
    "经费",
    "我",
    "本",
    "局",
    "委",
    "办",
    "院",
    "馆",
    "站",
    "所",
    "厅",
    "处",
    "队",
    "会",
    "署",
    "室",
    "台",
];
/// Single characters that mean nothing of their own there.
const PARTICLES: &str = "年月日底末第在的是为度至了已达共各和及与或对于经中从其个项人名一二三四五六七八九十";
/// Words of plans, rules and other years: what follows them in the sentence was not measured.
const WISHED: [&str; 30] = [
    "力争",
    "争取",
    "预计",
    "预期",
    "确保",
    "目标",
    "要求",
    "明年",
    "下一年",
    "下年",
    "来年",
    "今后",
    "未来",
    "十四五",
    "十五五",
    "下一步",
    "工作计划",
    "规划",
    "标准为",
    "标准是",
    "打算",
    "如果",
    "假如",
    "若要",
    "应达",
    "应当",
    "拟于",
    "计划到",
    "计划于",
    "计划将",
];
/// Words by which a clause turns from what was wished to what was done.
const DONE: [&str; 3] = ["实际", "已", "完成情况"];
/// Words by which a clause speaks of the department itself.
const OWN: [&str; 4] = ["我", "本单位", "本部门", "本级"];

/// What the words before a figure make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The department's own, and said to be so.
    Named,
    /// Nothing else is named: the subject of the clauses before goes on.
    Open,
    /// Another's, or not certainly the department's.
    Foreign,
    /// A plan, a target, a rule.
    Wished,
}

/// Whose figure stands behind these words of a sentence. `unit`: the department's name, without white space.
pub fn subject(before: &[char], unit: Option<&str>) -> Subject {
    let text: String = before.iter().collect();
    let clause = text.rsplit([',', ';', ':', '。', '、', '(', ')', '!', '?']).next().unwrap_or_default();
    let is_done = DONE.iter().any(|word| clause.contains(word));
    if !is_done && WISHED.iter().any(|word| text.contains(word)) && !names_only_a_year(&text) {
        return Subject::Wished;
    }
    let own = OWN.iter().any(|word| clause.contains(word)) || unit.is_some_and(|unit| ends_of(unit, clause).is_some());
    match (has_other_words(clause, unit), own) {
        (true, _) => Subject::Foreign,
        (false, true) => Subject::Named,
        (false, false) => Subject::Open,
    }
}

/// 明年 and the like, and nothing else of a plan: told as another year.
fn names_only_a_year(text: &str) -> bool {
    const YEARS: [&str; 4] = ["明年", "下一年", "下年", "来年"];
    WISHED.iter().filter(|word| text.contains(**word)).all(|word| YEARS.contains(word))
}

/// Whether anything stands in a clause that is neither neutral nor the department's name.
fn has_other_words(clause: &str, unit: Option<&str>) -> bool {
    let mut rest = clause.to_owned();
    if let Some(name) = unit.and_then(|unit| ends_of(unit, clause)) {
        rest = rest.replace(name, "");
    }
    for word in NEUTRAL {
        rest = rest.replace(word, "\u{0}");
    }
    rest.chars().any(|c| c.is_alphabetic() && !PARTICLES.contains(c))
}

/// The longest end of the department's name, of three characters or more, that stands in a clause: 市水务局 of 临海市水务局.
fn ends_of<'u>(unit: &'u str, clause: &str) -> Option<&'u str> {
    let ends = unit.char_indices().map(|(at, _)| &unit[at..]);
    ends.take_while(|end| end.chars().count() >= 3).find(|end| clause.contains(end))
}

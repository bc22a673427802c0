//! What any careful clerk reads, however it is written: progress to the end of a month, an answer that denies the kind that is asked
//! for, a score behind the points that it is out of.

use fuhe::audit::Verdict;

use crate::sheets::{base, card, claim, read};
use crate::submitted::{audited, indicator};

#[test]
fn progress_at_the_end_of_a_month_is_the_progress_of_its_quarter() {
    for labels in [
        [
            "截至3月底部门预算支出进度",
            "截至6月底部门预算支出进度",
            "截至9月底部门预算支出进度",
            "截至12月底部门预算支出进度",
        ],
        ["1-3月部门预算支出进度", "1-6月部门预算支出进度", "1-9月部门预算支出进度", "1-12月部门预算支出进度"],
    ] {
        let figures = ["20", "45", "70", "95"];
        let rows: Vec<String> = labels
            .iter()
            .zip(figures)
            .enumerate()
            .map(|(at, (label, figure))| format!("{} | {label} | {figure} | %", at + 1))
            .collect();
        // 0.8 ＋ 0.9 ＋ 0.9333 ＋ 0.95 ＋ 2 × their mean of 0.89583 = 5.375.
        let audit = audited(read(vec![card("预算执行率", "6", "5.38"), base(&rows.join("\n"))]));
        assert_eq!(indicator(&audit, "budget_execution").verdict, Verdict::Agrees, "{}", labels[0]);
    }
}

#[test]
fn no_classified_department_is_what_says_that_it_is_none() {
    // 1.5 ＋ 1 for accounts that do not meet the rules; a classified department has 3.
    let verdict = |answer: &str, claimed: &str| {
        let rows = format!(
            "1 | 部门预算公开情况 | 按规定公开\n2 | 部门决算公开情况 | 公开但不合要求\n3 | 涉密部门 | {answer}"
        );
        let audit = audited(read(vec![card("预决算信息公开", "3", claimed), base(&rows)]));
        indicator(&audit, "disclosure").verdict
    };
    for answer in ["不涉密", "非涉密", "非涉密部门", "不是涉密部门", "不属于涉密部门"] {
        assert_eq!(verdict(answer, "2.5"), Verdict::Agrees, "{answer}");
        assert_eq!(verdict(answer, "3"), Verdict::Overstated, "{answer}");
    }
    for answer in ["部分涉密", "不清楚", "非"] {
        assert_ne!(verdict(answer, "2.5"), Verdict::Overstated, "{answer}");
        assert_ne!(verdict(answer, "3"), Verdict::Agrees, "{answer}");
    }
}

#[test]
fn a_score_may_stand_behind_the_points_that_it_is_out_of() {
    let read = |text: &str| claim(&read(vec![card("绩效目标完整性", "3", text)]), "goal_completeness");
    for text in ["满分3分，自评2分", "满分3分，得2分", "分值3分，自评得分2分", "满分：3分，自评：2分", "满分3，自评2"]
    {
        assert_eq!(read(text), "2 at 评分表!C5", "{text}");
    }
    for text in ["满分3分", "满分3分，自评5分", "满分3分，2项未达标", "满分3分，自评约2分"] {
        assert_ne!(read(text), "2 at 评分表!C5", "{text}");
    }
    // Out of other points than the indicator has, it is no score of it.
    let audit = audited(crate::sheets::read(vec![card("绩效目标完整性", "3", "满分5分，自评2分")]));
    assert_eq!(indicator(&audit, "goal_completeness").verdict, Verdict::Invalid);
}

"""The samples of shenzhen-2020. The first office and its figures are real and published; all others are invented."""
import json
import os

from submission import (ABSENT, Answer, Claim, Formatted, Submission, amount, amount_in_yuan, no, percent, yes)

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "seed_report.json"), encoding="utf-8") as opened:
    SEED = json.load(opened)


def proofs(area):
    """Named evidence for each 是/否 question, with the document numbers of one area."""
    return {
        "budget_fits_duties": f"{area}财预〔2020〕5号批复、2020年部门预算编制说明",
        "funds_prioritised": "2020年重点工作与资金安排对应表",
        "special_funds_itemised": "2020年项目支出预算明细表",
        "classification_accurate": "2020年度部门决算批复、科目明细账",
        "budget_not_fixed": "2020年项目库清理情况表",
        "indicators_match_tasks": "部门整体支出绩效目标申报表",
        "indicators_show_benefit": "部门整体支出绩效目标申报表第3页",
        "indicator_values_clear": "绩效目标审核意见表",
        "indicators_quantified": "绩效目标审核意见表",
        "targets_grounded": "2018—2020年业务量统计表",
        "procurement_policy": "采购合同清单、中小企业声明函",
        "spending_compliant": f"{area}审报〔2021〕11号审计报告",
        "accounting_compliant": "2020年度财务报表、会计凭证抽查表",
        "project_approval": "立项批复汇编、调整审批单",
        "project_procedure": "招标文件、验收报告汇编",
        "monitoring_in_place": f"{area}财绩〔2020〕18号、绩效运行监控表",
        "supervision_done": "项目检查记录及整改通知书",
        "assets_kept": "2020年固定资产盘点表",
        "asset_disposal": "资产处置批复、非税收入缴款书",
        "rules_made": "财务管理办法、内部控制手册（2019年修订）",
        "rules_followed": "2020年度内部控制报告",
        "performance_rules": f"{area}办〔2020〕7号预算绩效管理工作方案",
        "petition_channel": "信访工作制度、群众来访登记簿",
    }


def answers(area, written=("是", "否"), **figures):
    """Every question answered as an office without faults answers it, and its figures."""
    facts = {fact: yes(proof, written[0]) for fact, proof in proofs(area).items()}
    facts.update(spending_violation=no(written=written[1]), fund_rated_poor=no(written=written[1]),
                 classified_unit=no(written=written[1]),
                 budget_disclosure=Answer("按规定公开", evidence="区政府门户网站预决算公开专栏截图"),
                 accounts_disclosure=Answer("按规定公开", evidence="区政府门户网站预决算公开专栏截图"),
                 budget_nonconformities=Answer(0, evidence=f"{area}财预〔2020〕5号批复"),
                 goals_missing=Answer(0, evidence="绩效目标批复表"),
                 key_tasks_unfinished=Answer(0, evidence="2020年度重点工作督查通报"))
    facts.update(figures)
    return facts


def quarters(*written, evidence="国库集中支付系统支出进度表"):
    return {f"q{n}_progress": percent(w, evidence) for n, w in enumerate(written, 1)}


def money(evidence, **numbers):
    return {fact: amount(number, evidence) for fact, number in numbers.items()}


def counts(evidence, **numbers):
    return {fact: Answer(number, evidence=evidence) for fact, number in numbers.items()}


KPI_HEAD = ("产出指标", "效益指标")


def kpis(quantity, quality, on_time, cost, social, lasting, economic, pleased):
    """The block of 年度绩效指标; each argument is (三级指标, 预期指标值, 实际完成指标值)."""
    return [("产出指标", "数量指标", *quantity), ("", "质量指标", *quality), ("", "时效指标", *on_time), ("", "成本指标", *cost),
            ("效益指标", "经济效益指标", *economic), ("", "社会效益指标", *social), ("", "可持续影响指标", *lasting),
            ("满意度指标", "服务对象满意度指标", *pleased)]


# ---------------------------------------------------------------- the published report

def seed_office():
    source = "2020年度部门决算报表"
    facts = {**{k: v for k, v in quarters(27.22, "48.45%", Formatted(0.6922), "98.82％").items()},
             "sangong_budget": amount(2.06, source), "sangong_actual": amount(2.06, source),
             "routine_budget": amount_in_yuan("1,035,356.30", source, "年初数，未见调整数"),
             "routine_actual": amount_in_yuan("887,400.39", source),
             "projects_planned": Answer(8, evidence="2020年项目完成情况表"),
             "projects_finished": Answer("8个", ["8"], "2020年项目完成情况表"),
             "satisfaction": percent("100%", "网站及系统使用人员满意度调查"),
             "procurement_actual": amount(3.96, "政府采购合同"),
             "budget_total": amount(1701.05, source, remark="调整后预算数")}
    marks = "5 5 3 7 2 2 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6".split()
    goal = ("深化信息化建设顶层设计，统筹全市公共住房管理，建设公共住房基础信息平台，推进新型智慧城市和数字政府建设，"
            "拓宽数据交互渠道，积极实现资源共享，探索新型审批模式，提升建设领域监管力度，完善综合办公平台，努力优化用户体验，"
            "加强网络与信息安全防护，多维度实施运维管理，落实档案项目管理，实现档案规范移交。")
    done = "已完成。" + goal.replace("公共住房基础信息平台，推进新型", "公共住房基础信息平台，推进“互联网+”政务应用，推进新型")
    return Submission(
        "深圳市住房建设信息中心_2020年度自评.xlsx", "openpyxl", "深圳市住房建设信息中心", facts,
        dict(zip(indicator_ids(), map(int, marks))), total="92.00", grade="优", score_header="分数",
        narrative=SEED["narrative"], card=SEED["card"], goals=(goal, done),
        tasks=[("基本支出", "已完成。", 757.06, 757.06, 740.17, 740.17),
               ("信息化系统维护", "已完成。", 649.52, 649.52, 646.33, 646.33),
               ("预算准备金", "已完成。", 34.91, 34.91, 34.91, 34.91),
               ("综合事务管理", "已完成。", 259.56, 259.56, 259.56, 259.56)],
        kpis=[("产出指标", "数量指标", "信息系统登记保护测评数量", "1次", "1次"),
              ("", "", "质量指标", "档案材料完整率", "100%", "100%"),
              ("", "", "信息系统登记保护测评达标率", "100%", "100%"),
              ("", "时效指标", "信息系统登记保护测评频次", "一年一次", "一年一次"),
              ("", "成本指标", "预算执行率", "≥95%", "≥95%"),
              ("效益指标", "经济效益指标", "", "", ""),
              ("", "社会效益指标", "网站及系统建设更完善，更安全、易用、友好。", "有效建设", "有效建设"),
              ("", "生态效益指标", "", "", ""),
              ("", "满意度指标", "网站及系统使用人员满意", "100%", "100%"),
              ("", "可持续影响指标", "", "", "")],
        findings=[("year-mismatch", "budget_execution", f"q{n}_progress") for n in (1, 2, 3, 4)]
        + [("not-measurable", "benefits", None), ("aspects-too-few", "benefits", None)])


def indicator_ids():
    from submission import reference
    return list(reference.CARD)


# ---------------------------------------------------------------- the bureau's own example

def bureau_example():
    """Claimed 6 where the quarterly ratios give 3."""
    facts = answers(
        "滨", **quarters("10%", 20, Formatted(0.375), "70%"),
        **money("2020年政府采购计划备案表、采购合同清单", procurement_plan=90, procurement_actual=84.6),
        **money("预算调整批复及台账", adjusted_amount=61.5, budget_total=1240),
        **money("固定资产年报", assets_in_use=756.28, assets_total=857.46),
        **counts("编制手册、12月工资表", staff_actual=31, staff_quota=33, contract_staff=1),
        **money("2020年度部门决算报表", sangong_budget=4.5, sangong_actual=3.87, routine_budget=120.4, routine_actual=112.66),
        **counts("年度项目台账", projects_planned=12, projects_finished=12),
        petition_reply_rate=percent("100%", "信访信息系统导出表"), petition_timely_rate=percent("100%", "信访信息系统导出表"),
        satisfaction=percent("96.30%", "第三方满意度调查报告"))
    return Submission(
        "海滨区城市更新服务中心_2020年部门整体绩效自评.xlsx", "xlsxwriter", "海滨区城市更新服务中心", facts,
        {"budget_execution": 6, "benefits": 24}, total="formula",
        narrative=[
            "海滨区城市更新服务中心2020年度部门整体支出绩效自评报告", "一、部门基本情况",
            "本中心承担城市更新单元计划审查的技术支撑、旧住宅区改造政策宣传和项目档案管理等职责，内设综合部、计划部、项目部三个部门。",
            "二、预算执行情况",
            "本年预算总额1240.00万元，全年支出868.00万元。受旧住宅区改造签约进度影响，项目款项集中在下半年支付，上半年支付偏慢。",
            "2020年第一季度预算执行进度为10%，第二季度预算执行进度为20%，第三季度预算执行进度为37.5%，第四季度预算执行进度为70%。",
            "三、主要成效", "全年完成更新单元现状核查9个，组织政策宣讲21场，归集项目档案1,406卷。",
            "四、存在问题及改进措施", "支出进度与序时进度差距较大。今后将提前做好项目采购准备，按月通报支付进度。"],
        tasks=[("人员及公用支出", "已完成", 612.4, 612.4, 598.35, 598.35), ("更新单元现状核查", "已完成", 356.2, 356.2, 158.25, 158.25),
               ("政策宣传与咨询", "已完成", 148.6, 148.6, 60.72, 60.72), ("档案整理与数字化", "基本完成", 122.8, 122.8, 50.68, 50.68)],
        goals=("完成全年更新单元核查任务，提高政策知晓度。", "核查任务全部完成，宣讲场次超过计划。"),
        kpis=kpis(("现状核查单元数", "9个", "9个"), ("核查成果一次通过率", "90%", "94%"), ("核查报告按期提交率", "100%", "100%"),
                  ("单个单元核查成本", "40万元", "17.58万元"), ("改造政策知晓率", "80%", "86%"), ("项目档案可查询年限", "长期", "长期"),
                  ("带动社会投资意向", "3亿元", "3.2亿元"), ("服务对象满意度", "95%", "96.3%")))


# ---------------------------------------------------------------- an honest one

def honest_office():
    """Every score is what the content gives; 效益 alone is a person's judgement."""
    facts = answers(
        "榕", **quarters(Formatted(0.261), Formatted(0.513), Formatted(0.774), Formatted(0.9865)),
        **money("采购计划表、采购合同清单", procurement_plan=186.4, procurement_actual=171.488),
        **money("预算调剂审批单", adjusted_amount=52.3, budget_total=2318.6),
        **money("资产月报（2020年12月）", assets_in_use=1893.25, assets_total=2046.8),
        **counts("机构编制管理证、人员名册", staff_actual=46, staff_quota=48, contract_staff=2),
        **money("2020年度部门决算报表", sangong_budget=6.8, sangong_actual=4.15, routine_budget=218.4, routine_actual=201.36),
        **counts("项目验收汇总表", projects_planned=14, projects_finished=14),
        petition_reply_rate=percent(Formatted(1, "percent0"), "读者意见处理台账"),
        petition_timely_rate=percent(Formatted(1, "percent0"), "读者意见处理台账"),
        satisfaction=percent(96.8, "读者满意度问卷汇总"))
    return Submission(
        "榕江区图书馆2020年度绩效自评材料.xlsx", "libreoffice", "榕江区图书馆", facts, {"benefits": 24},
        total="formula", sheet_names=("附件1 自评报告", "附件2 目标完成情况", "附件3 评分表", "附件4 基础数据"),
        narrative=[
            "2020年度榕江区图书馆部门整体支出绩效自评报告", "一、基本情况",
            "榕江区图书馆为公益一类事业单位，负责文献收藏与借阅、全民阅读推广、街道分馆业务指导和古籍保护，现有总馆1座、分馆11个。",
            "二、预算与执行",
            "2020年度部门预算总规模2318.60万元，支出2287.30万元。参照2019年度的支出规律，年初即编制了分月用款计划。",
            "2020年第一季度预算执行进度为26.10%，第二季度预算执行进度为51.30%，第三季度预算执行进度为77.40%，第四季度预算执行进度为98.65%。",
            "“三公”经费预算数6.80万元，实际支出4.15万元，均为公务用车运行维护费。",
            "三、履职成效", "受疫情影响闭馆46天，闭馆期间线上借阅31.7万册次；恢复开放后举办阅读活动152场，新增持证读者8,240人。",
            "2020年共14个项目，其中14个已完成，0个未完成。读者满意度调查得分较上年提高1.6个百分点。",
            "四、问题与打算", "分馆开放时间不够统一。下一步与各街道商定统一的开放时间表，并纳入分馆年度考核。"],
        tasks=[("基本支出", "已完成", 1306.2, 1306.2, 1291.64, 1291.64), ("文献资源购置", "已完成", 520, 520, 516.9, 516.9),
               ("全民阅读推广", "已完成", 268.4, 248.4, 259.06, 240.36), ("分馆运行维护", "已完成", 224, 224, 219.7, 219.7)],
        goals=("完善总分馆体系，开展全民阅读活动，保障文献资源更新。", "新增文献6.1万册，分馆全部实现通借通还。"),
        kpis=kpis(("新增文献", "6万册", "6.1万册"), ("文献编目差错率", "1%以内", "0.4%"), ("新书上架周期", "30天", "24天"),
                  ("单册购置成本", "45元", "43.2元"), ("全年到馆读者", "40万人次", "42.6万人次"), ("数字资源可用年限", "5年", "5年"),
                  ("读者节约购书支出", "1500万元", "1620万元"), ("读者满意度", "95%", "96.8%")))


# ---------------------------------------------------------------- one that gives itself too little

def modest_office():
    facts = answers(
        "岭", **quarters("24.60%", "50.90%", "76.20%", "99.40%"),
        **money("政府采购计划下达表、合同清单", procurement_plan=240, procurement_actual=240),
        **money("预算调整文件", adjusted_amount=186.4, budget_total=1864),
        **money("固定资产明细账", assets_in_use=1204.5, assets_total=1606),
        **counts("编办核定文件、在编人员花名册", staff_actual=40, staff_quota=40, contract_staff=2),
        **money("部门决算Z05表", sangong_budget=9.6, sangong_actual=9.12, routine_budget=156.8, routine_actual=139.4),
        **counts("项目进度统计表", projects_planned=9, projects_finished=9),
        petition_reply_rate=percent("100%", "12345热线工单清单"), petition_timely_rate=percent("100%", "12345热线工单清单"),
        satisfaction=percent("95%", "养殖户问卷调查"))
    return Submission(
        "南岭区动物疫病预防控制中心-2020年度自评.xlsx", "openpyxl", "南岭区动物疫病预防控制中心", facts,
        {"asset_utilisation": 0.4, "contract_staff_control": Claim("0.5分", "0.5"), "public_funds_control": 4,
         "budget_execution": 5, "petitions": 2, "satisfaction": 4, "benefits": 20},
        score_header="自评分",
        narrative=[
            "南岭区动物疫病预防控制中心部门整体支出绩效自评报告（2020年度）", "一、单位概况",
            "负责全区动物疫病监测、强制免疫技术指导、诊断化验和重大疫情应急处置，下辖5个片区工作站。",
            "二、资金使用",
            "本年预算总额1864.00万元，实际支出1852.82万元。非洲猪瘟防控经费年中追加，均按程序报批。",
            "2020年第一季度预算执行进度为24.60%，第二季度预算执行进度为50.90%，第三季度预算执行进度为76.20%，第四季度预算执行进度为99.40%。",
            "三、履职效果", "全年采样监测2.3万份，强制免疫密度达到国家要求，未发生区域性重大动物疫情。",
            "四、自我评价", "对照评分标准，本着从严的原则评分，部分指标按低一档计分。"],
        tasks=[("基本支出", "完成", 986.5, 986.5, 981.2, 981.2), ("强制免疫", "完成", 428, 428, 425.35, 425.35),
               ("监测与诊断", "完成", 315.5, 315.5, 312.87, 312.87), ("应急物资储备", "完成", 134, 134, 133.4, 133.4)],
        goals=("强制免疫应免尽免，监测任务全面完成。", "完成。"),
        kpis=kpis(("采样监测份数", "2.2万份", "2.3万份"), ("免疫抗体合格率", "70%", "88.5%"), ("疫情报告及时率", "100%", "100%"),
                  ("单份检测成本", "60元", "57元"), ("重大动物疫情起数", "0", "0"), ("无害化处理体系", "持续运行", "持续运行"),
                  ("减少养殖损失", "800万元", "912万元"), ("养殖户满意度", "95%", "95%")))


# ---------------------------------------------------------------- answers without evidence, and no answers

def unproved_office():
    facts = answers(
        "江", **quarters("23.8%", "47.5%", "71.9%"),
        procurement_plan=amount(0, "2020年政府采购计划表（零计划）"), procurement_actual=amount(0, "无采购事项说明"),
        **money("预算调整台账", adjusted_amount=88.12, budget_total=1420.5),
        **money("资产卡片汇总", assets_in_use=911.4, assets_total=1188.2),
        **counts("人员名册", staff_actual=62, staff_quota=60, contract_staff=6),
        **money("决算报表", sangong_budget=3, sangong_actual=3, routine_budget=98.5, routine_actual=87.9),
        **counts("项目台账", projects_planned=7, projects_finished=6),
        petition_reply_rate=Answer("不适用", [], not_applicable=True), petition_timely_rate=percent("100%", "信访登记表"),
        satisfaction=Answer("≥95%", [], "满意度承诺书"))
    del facts["spending_violation"], facts["fund_rated_poor"], facts["monitoring_in_place"], facts["assets_kept"]
    for fact, proof in (("budget_fits_duties", None), ("targets_grounded", "—"), ("procurement_policy", "/"), ("rules_followed", "无"),
                        ("project_approval", None)):
        facts[fact] = yes(proof)
    facts["classified_unit"] = ABSENT
    facts["goals_missing"] = Answer("1项", ["1"], "绩效目标审核意见表")
    return Submission(
        "临江区社会福利中心2020年度部门整体支出自评表.xlsx", "xlsxwriter", "临江区社会福利中心", facts,
        {"budget_reasonableness": 5, "indicator_clarity": 7, "procurement": 2, "financial_compliance": 3, "project_procedure": 2,
         "project_supervision": 2, "asset_safety": 2, "management_rules": 3, "budget_execution": 5.8, "benefits": 25,
         "petitions": 3, "satisfaction": 6},
        score_header="得分",
        narrative=[
            "临江区社会福利中心2020年部门整体支出绩效自评情况", "一、主要职责",
            "承担城市特困人员、孤残儿童的集中供养与照料，开展社会寄养评估和康复训练，设养老区、儿童区和康复部。",
            "二、工作开展情况",
            "年末在院供养对象318人，其中失能老人124人。完成消防设施改造、儿童区空调更换等民生实事。",
            "三、资金管理情况", "严格执行各项财务制度，相关佐证材料留存于财务室备查。",
            "四、下一步打算", "继续加强护理队伍建设，规范资料归档。"],
        tasks=[("基本支出", "完成", 905.3, 905.3, 901.2, 901.2), ("供养人员生活保障", "完成", 361.2, 361.2, 352.07, 352.07),
               ("设施改造", "1项结转", 154, 154, 131.46, 131.46)],
        goals=("供养对象生活和医疗得到保障。", "基本达到预期。"),
        kpis=kpis(("供养人数", "310人", "318人"), ("护理等级评估覆盖率", "100%", "100%"), ("生活补贴发放及时率", "100%", "100%"),
                  ("人均供养成本", "≤1.2万元", "1.11万元"), ("家属投诉次数", "0", "0"), ("护理人员持证率", "80%", "82%"),
                  ("节约社会抚养支出", "200万元", "215万元"), ("供养对象满意度", "90%", "93%")),
        causes={("procurement", "procurement_plan"): "not-applicable", ("petitions", "petition_reply_rate"): "not-applicable",
                ("satisfaction", "satisfaction"): "not-measurable"})


# ---------------------------------------------------------------- altered points, wrong totals, wrong grade

def altered_office():
    facts = answers(
        "云", **quarters("18.40%", "39.70%", "60.15%", "93.20%"),
        **money("采购合同汇总表", procurement_plan=1250.6, procurement_actual=938),
        **money("预算调整批复", adjusted_amount=980.4, budget_total=6536),
        **money("固定资产清查报告", assets_in_use=3120.9, assets_total=4458.4),
        **counts("编制本、工资发放表", staff_actual=88, staff_quota=92, contract_staff=17),
        **money("2020年部门决算", sangong_budget=38.2, sangong_actual=36.9, routine_budget=412.5, routine_actual=418.72),
        **counts("项目竣工验收台账", projects_planned=25, projects_finished=21),
        petition_reply_rate=percent("100%", "数字城管系统统计"), petition_timely_rate=percent("97.6%", "数字城管系统统计"),
        satisfaction=percent("91.4%", "市容环境满意度测评"))
    facts["key_tasks_unfinished"] = Answer("一项", ["1"], "2020年度重点工作督查通报")
    facts["accounts_disclosure"] = Answer("公开但不合要求", evidence="决算公开延迟说明")
    return Submission(
        "云溪区市政园林管理处 2020年度绩效自评（定稿）.xlsx", "libreoffice", "云溪区市政园林管理处", facts,
        {"contract_staff_control": 2, "key_tasks": 8, "benefits": 25, "public_funds_control": 5, "petitions": 3},
        total=89.09, grade="优", points_altered={"budget_conformity": 4, "contract_staff_control": 2},
        section_totals={"部门决策": None, "部门管理": "wrong", "部门绩效": None},
        narrative=[
            "云溪区市政园林管理处2020年度部门整体支出绩效自评报告", "一、部门概况",
            "负责辖区市政道路、桥梁、路灯和公园绿地的养护管理，管养道路214公里、公园19座、路灯1.8万盏。",
            "二、预算执行情况",
            "本年预算总额6536.00万元，决算数6091.55万元。雨季较长，部分道路修复工程顺延至次年。",
            "三、工作成效", "完成人行道修复6.2万平方米，新增口袋公园4处，路灯亮灯率98.7%。",
            "四、存在的问题", "一项重点工作（滨河绿道二期）因管线迁改未按期完成；日常公用经费控制不够严格。"],
        tasks=[("基本支出", "完成", 2140.8, 2140.8, 2146.3, 2146.3), ("道路桥梁养护", "完成", 2386.4, 2386.4, 2102.9, 2102.9),
               ("公园绿地管养", "完成", 1478.2, 1478.2, 1402.85, 1402.85), ("路灯运行维护", "完成", 520.6, 520.6, 439.5, 439.5)],
        task_total=(6536, 6536, 6091.55, 6091.55),
        goals=("保障市政设施完好，提升绿地品质。", "主要任务完成，滨河绿道二期顺延。"),
        kpis=kpis(("人行道修复面积", "6万平方米", "6.2万平方米"), ("道路完好率", "≥92%", "88.5%"), ("应急抢修及时率", "100%", "100%"),
                  ("绿地养护单价", "≤9元/平方米", "8.8元/平方米"), ("路灯亮灯率", "98%", "98.7%"), ("绿化管养标准", "持续执行", "持续执行"),
                  ("节约电费", "60万元", "66万元"), ("市民满意度", "90%", "91.4%")),
        findings=[("completion-total-mismatch", None, None), ("execution-over-budget", None, None),
                  ("target-unmet-full-marks", "benefits", None)])


# ---------------------------------------------------------------- a narrative that contradicts the tables

def contradicting_office():
    facts = answers(
        "湖", written=("是", "无"), **quarters("25.60%", "51.20%", "76.80%", "99.10%"),
        **money("采购合同及备案表", procurement_plan=45, procurement_actual=43.2),
        **money("预算调整表", adjusted_amount=20.6, budget_total=806),
        **money("固定资产报表", assets_in_use=402.2, assets_total=431.7),
        **counts("人员编制表", staff_actual=19, staff_quota=20, contract_staff=1),
        **money("部门决算报表", sangong_budget=4, sangong_actual=3.2, routine_budget=64.2, routine_actual=57),
        **counts("项目清单", projects_planned=6, projects_finished=6),
        petition_reply_rate=percent("100%", "意见簿处理记录"), petition_timely_rate=percent("100%", "意见簿处理记录"),
        satisfaction=percent("97.20%", "学员问卷统计"))
    return Submission(
        "湖东区老年活动中心2020年自评报告及附表.xlsx", "openpyxl", "湖东区老年活动中心", facts, {
            "public_funds_control": 6, "budget_execution": 5.98, "petitions": 3, "benefits": 23.5},
        sheet_names=("报告正文", "目标完成表", "评分", "基础数据表"),
        narrative=[
            "湖东区老年活动中心2020年度部门整体绩效自评报告", "一、基本情况",
            "本中心为离退休老同志提供文体活动、老年教育和志愿服务平台，开设书画、声乐、智能手机使用等课程43门。",
            "二、预算执行情况",
            "2020年第一季度预算执行进度为21.35%，第二季度预算执行进度为51.2%，第三季度预算执行进度为70.02%，第四季度预算执行进度为99.1%。",
            "本年度“三公”经费预算数4.00万元，“三公”经费实际支出数4.10万元，主要是公务用车运行维护费。",
            "2020年度日常公用经费决算数57万元，控制在预算以内。",
            "三、履职效果", "2020年共6个项目，其中6个已完成，0个未完成。开展线上课程直播118场，参加老同志3.4万人次。",
            "2019年服务对象满意度为88.5%，通过改进课程安排，学员评价明显提高。",
            "由于本中心主要面向离退休老同志开展活动，所以不存在群众信访机制。",
            "四、改进方向", "进一步做好疫情常态化条件下的线上服务。"],
        tasks=[("基本支出", "已完成", 512, 512, 508.46, 508.46), ("老年教育", "已完成", 186, 186, 183.1, 183.1),
               ("场馆维护", "已完成", 108, 108, 107.19, 107.19)],
        goals=("丰富老同志精神文化生活。", "完成年度目标。"),
        kpis=kpis(("开设课程", "40门", "43门"), ("课程完成率", "95%", "98%"), ("开班及时率", "100%", "100%"),
                  ("人均培训成本", "120元", "96元"), ("参加活动人次", "3万人次", "3.4万人次"), ("志愿服务队伍", "长期开展", "长期开展"),
                  ("减少外聘支出", "10万元", "12万元"), ("学员满意度", "95%", "97.2%")),
        also={"q1_progress": ["21.35"], "q3_progress": ["70.02"], "sangong_actual": ["4.10"], "petition_channel": ["否"]},
        findings=[("year-mismatch", "satisfaction", "satisfaction")])


# ---------------------------------------------------------------- another layout

def stacked_office():
    facts = answers(
        "青", written=("☑是 □否", "□是 ☑否"), **quarters("22.50%", "49.00%", "75.00%", "97.80%"),
        **money("", procurement_plan=320, procurement_actual=308.8),
        **money("", adjusted_amount=318.6, budget_total=2700),
        **money("", assets_in_use=5488.2, assets_total=5903.1),
        **counts("", staff_actual=27, staff_quota=30, contract_staff=3),
        sangong_budget=amount(8), sangong_actual=amount(7.1), routine_budget=amount_in_yuan("1,420,000.00元"),
        routine_actual=amount_in_yuan("1,263,800.00元"),
        **counts("", projects_planned="11", projects_finished="10"),
        petition_reply_rate=percent("100％"), petition_timely_rate=percent("100％"), satisfaction=percent("约94.20%"))
    facts["satisfaction"].means = ["94.20"]
    facts["q1_progress"] = percent(Formatted(0.225))
    facts["staff_actual"] = Answer("27人", ["27"])
    facts["goals_missing"] = Answer("无", ["0"])
    return Submission(
        "附件2：青山区体育发展中心自评材料.xlsx", "libreoffice", "青山区体育发展中心", facts,
        {"budget_reasonableness": Claim("5分", "5"), "petitions": Claim("３", "3"), "benefits": 22.5, "budget_conformity": Claim("5.00", "5.00")},
        layout="stacked", score_header="自评得分",
        names={"budget_execution": "1. 预 算 执 行 率", "disclosure": "③ 预决算信息\n公开", "satisfaction": "（二）公众或服务对象满意度",
               "public_funds_control": "公用经费控制率（6分）", "key_tasks": "重点工作完成情況", "staff_control": "财政供养人员控制率 ",
               "budget_reasonableness": "1、预算编制合理性", "budget_conformity": "2、预算编制规范性"},
        tasks=[("人员经费", "完成", 1180, 1180, 1172.5, 1172.5), ("体育场馆运营", "完成", 960, 900, 918.1, 861.3),
               ("全民健身活动", "基本完成", 560, 560, 550, 550)],
        kpis=kpis(("举办赛事", "12场", "12场"), ("场馆完好率", "95%", "97%"), ("赛事按期举办率", "90%", "92%"),
                  ("单场赛事成本", "15万元", "13.6万元"), ("参与群众", "5万人次", "5.8万人次"), ("社会体育指导员", "每年培训", "每年培训"),
                  ("拉动体育消费", "600万元", "655万元"), ("群众满意度", "90%", "94.2%")),
        narrative=["本中心2020年度各项指标完成情况良好，全年举办赛事12场，场馆免费开放时长较2019年增加。"],
        findings=[("indicator-renamed", "key_tasks", None)])


# ---------------------------------------------------------------- clauses that can be read in two ways, and rounding

def two_readings_office():
    facts = answers(
        "白", **quarters(27.22, 48.45, 69.22, 98.82),
        **money("采购计划批复、合同清单", procurement_plan=98, procurement_actual=105.2),
        **money("预算调整情况表", adjusted_amount=188.25, budget_total=1500),
        **money("资产年报", assets_in_use=640, assets_total=702.5),
        **counts("编制文件、人员名册", staff_actual=38, staff_quota=38, contract_staff=2),
        **money("部门决算报表", sangong_budget=1.8, sangong_actual=1.62, routine_budget=88, routine_actual=79.1),
        **counts("项目管理台账", projects_planned=34, projects_finished=33),
        petition_reply_rate=percent("100%", "投诉处理台账"), petition_timely_rate=percent("100%", "投诉处理台账"),
        satisfaction=percent("98.1%", "交易主体满意度调查"))
    return Submission(
        "白沙区公共资源交易中心_整体绩效自评_2020.xlsx", "xlsxwriter", "白沙区公共资源交易中心", facts,
        {"budget_execution": 5.95, "procurement": 0, "financial_compliance": 2.8, "project_timeliness": 6, "benefits": 23},
        sheet_names=("自评报告", "绩效目标完成情况自评表", "评分表", "基础数据表"),
        narrative=[
            "白沙区公共资源交易中心2020年度部门整体支出绩效自评报告", "一、部门职责",
            "为工程建设、政府采购、国有产权等交易活动提供场所、信息和见证服务，不承担行政监管职能。",
            "二、预算执行情况",
            "2020年部门预算总规模1500.00万元，支出1482.30万元。第一季度支付上年度质保金，进度较快。",
            "政府采购实际金额105.20万元，高于计划金额98.00万元，系开标室设备更新增补所致。",
            "2020年第一季度预算执行进度为27.22%，第二季度预算执行进度为48.45%，第三季度预算执行进度为69.22%，第四季度预算执行进度为98.82%。",
            "三、履职成效", "全年完成进场交易项目1,216宗，不见面开标比例达到91%，为投标人节约成本约640万元。",
            "四、评分说明", "季度预算执行率按实际比例计分，未作封顶；调剂资金超出部分按整数百分点扣分。"],
        tasks=[("基本支出", "完成", 842, 842, 838.1, 838.1), ("交易系统运维", "完成", 398, 398, 392.2, 392.2),
               ("场地设备更新", "完成", 260, 260, 252, 252)],
        goals=("保障交易活动依法高效开展。", "完成。"),
        kpis=kpis(("进场交易宗数", "1100宗", "1216宗"), ("系统可用率", "99%", "99.7%"), ("公告发布及时率", "100%", "100%"),
                  ("单宗服务成本", "1.4万元", "1.22万元"), ("不见面开标比例", "85%", "91%"), ("交易档案保存年限", "15年", "15年"),
                  ("节约投标成本", "600万元", "640万元"), ("交易主体满意度", "95%", "98.1%")))


# ---------------------------------------------------------------- scores that are no scores

def invalid_office():
    facts = answers(
        "东", **quarters("24.10%", "48.80%", "73.60%", "96.50%"),
        **money("采购备案表、合同", procurement_plan=66, procurement_actual=59.4),
        **money("调整批复", adjusted_amount=70.3, budget_total=980),
        **money("资产报表", assets_in_use=1310.7, assets_total=1388.5),
        **counts("编制证、花名册", staff_actual=24, staff_quota=25, contract_staff=4),
        **money("部门决算报表", sangong_budget=5.2, sangong_actual=5.3, routine_budget=70, routine_actual=62.3),
        **counts("项目台账", projects_planned=10, projects_finished=10),
        petition_reply_rate=percent("100%", "意见办理台账"), petition_timely_rate=percent("99.2%", "意见办理台账"),
        satisfaction=percent("93.5%", "公众气象服务满意度调查"))
    return Submission(
        "东湾区气象服务中心2020年度绩效自评表.xlsx", "xlsxwriter", "东湾区气象服务中心", facts,
        {"goal_completeness": 8, "indicator_clarity": Claim("优秀", None), "staff_control": None, "contract_staff_control": -1,
         "public_funds_control": 4.5, "benefits": 22},
        score_header="自评分数",
        narrative=[
            "东湾区气象服务中心2020年度部门整体支出绩效自评报告", "一、基本情况",
            "承担公众气象服务、气象灾害预警信息发布和防雷技术服务，管理自动气象站57座。",
            "二、预算执行情况", "本年预算总额980.00万元。预警发布系统升级项目按合同分期付款。",
            "三、主要成效", "发布预警信号213次，强降水预警平均提前42分钟。",
            "四、存在的问题", "公务用车老旧，运行维护费超出年初安排。"],
        tasks=[("基本支出", "完成", 560, 575, 551.2, 551.2), ("预警系统升级", "完成", 290, 290, 269.4, 269.4),
               ("观测站网维护", "完成", 130, 115, 120.3, 110.3)],
        goals=("提高预警信息发布的及时性。", "完成。"),
        task_total=(980, 980, 940.9, 930.9),
        kpis=kpis(("自动站维护", "57座", "57座"), ("数据到报率", "98%", "99.1%"), ("预警提前量", "30分钟", "42分钟"),
                  ("单站维护成本", "2.5万元", "2.1万元"), ("预警覆盖人口", "60万人", "64万人"), ("观测数据连续性", "不间断", "不间断"),
                  ("减少灾害损失", "500万元", "530万元"), ("公众满意度", "90%", "93.5%")),
        findings=[("fiscal-over-total", None, None), ("execution-rate-mismatch", "budget_execution", None)])


def all_offices():
    return [seed_office(), bureau_example(), honest_office(), modest_office(), unproved_office(), altered_office(),
            contradicting_office(), stacked_office(), two_readings_office(), invalid_office()]

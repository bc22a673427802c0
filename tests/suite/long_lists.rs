//! Lists with thousands of rows: written row by row, and added up without a look at every row for every department.

use fuhe::report::sheet::{Later, Sheet};
use fuhe::report::table::{
    Area, Ask, Cell, Chart, Column, Input, Layout, Link, Mark, Outcome, Row, Shown, Style, Table, Value,
};
use fuhe::report::{Way, tables, writers::xlsx};
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::bench::*;
use crate::recalculation::Sheets;
use crate::report::{column_of, named};

/// Rows of a list that is long enough to be written row by row.
const ROWS: usize = 2_500;

fn frame() -> Table {
    Table {
        name: "清单".to_owned(),
        title: "一份长清单".to_owned(),
        lead: vec![Row::of(vec![Cell::text("说明").style(Style::Remark).span(3)])],
        columns: ["序号", "名称", "进度", "状态"].map(|header| Column::new(header, 12)).to_vec(),
        tail: vec![Row::of(vec![Cell::text("完")])],
        only: Some(Shown { column: 2, words: vec!["待核定".to_owned()] }),
        marks: vec![Mark { column: 0, formula: "$A4=7".to_owned(), style: Style::Refused }],
        layout: Layout { header: true, filter: true, freeze_rows: 3, ..Layout::default() },
        ..Table::default()
    }
}

/// One row: every third is open; the first two name the same text, and every row leads somewhere.
fn row(place: usize) -> Row {
    let at = place + 4;
    let progress = if place.is_multiple_of(3) { "待核定" } else { "已核定" };
    let formula = format!("IF(MOD(A{at},3)=0,\"待核定\",\"已核定\")");
    let ask = Ask { title: "状态".to_owned(), says: "选一项。".to_owned(), ..Ask::default() };
    Row::of(vec![
        Cell::count(place),
        Cell::text(format!("第{}行", place / 2)).link(Some(Link::Here("清单".to_owned(), at as u32, 0))),
        Cell::formula(formula, Outcome::Words(progress.to_owned())),
        Cell::text("待核实").style(Style::Entry).input(Input::Words(vec!["待核实".to_owned()])).ask(ask),
    ])
}

fn row_by_row(row: fn(usize) -> Row) -> Vec<(String, String)> {
    let mut book = xlsx::Book::new(Language::Zh, None).expect("a workbook");
    let later = Later { count: ROWS, row: Box::new(row) };
    book.sheet(Sheet { table: frame(), later: Some(later) }, &mut |_| ()).expect("a sheet");
    crate::weapons::parts(book.bytes().expect("bytes"))
}

/// The part without what a row says of how far it reaches: only readers in a hurry look at it, and it is not known row by row.
fn without_spans(part: &str) -> String {
    let mut rest = part;
    let mut kept = String::new();
    while let Some(at) = rest.find(" spans=\"") {
        kept.push_str(&rest[..at]);
        let behind = &rest[at + " spans=\"".len()..];
        rest = &behind[behind.find('"').expect("an end") + 1..];
    }
    kept + rest
}

/// Nothing differs but how far rows are said to reach.
fn same_parts(these: &[(String, String)], those: &[(String, String)]) {
    for ((name, one), (_, other)) in these.iter().zip(those) {
        let (one, other) = (without_spans(one), without_spans(other));
        let differs = one.bytes().zip(other.bytes()).position(|(one, other)| one != other);
        let around = |text: &str, at: usize| text.as_bytes()[at.saturating_sub(60)..text.len().min(at + 60)].to_vec();
        let shown =
            differs.map(|at| [&one, &other].map(|text| String::from_utf8_lossy(&around(text, at)).into_owned()));
        assert_eq!((shown, one.len()), (None, other.len()), "{name}");
    }
}

#[test]
fn no_row_of_a_list_that_is_written_row_by_row_stands_there_twice() {
    // With rows after the list and without: the last one has a height either way.
    for tail in [frame().tail, Vec::new()] {
        let mut book = xlsx::Book::new(Language::Zh, None).expect("a workbook");
        let later = Later { count: ROWS, row: Box::new(row) };
        book.sheet(Sheet { table: Table { tail, ..frame() }, later: Some(later) }, &mut |_| ()).expect("a sheet");
        let parts = crate::weapons::parts(book.bytes().expect("bytes"));
        let sheet = &parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("the sheet").1;
        let numbers = sheet.split("<row r=\"").skip(1).map(|row| row.split('"').next().expect("a number"));
        let numbers: Vec<u32> = numbers.map(|number| number.parse().expect("a number")).collect();
        assert!(numbers.len() > ROWS && numbers.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", numbers.last());
    }
}

#[test]
fn a_list_that_is_written_row_by_row_has_the_parts_that_it_has_when_it_is_written_whole() {
    let table = Table { rows: (0..ROWS).map(row).collect(), ..frame() };
    let whole = crate::weapons::parts(xlsx::workbook(&[table], Language::Zh, None).expect("a workbook"));
    let by_row = row_by_row(row);
    let names = |parts: &[(String, String)]| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&by_row), names(&whole));
    same_parts(&by_row, &whole);
    let sheet = &by_row.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("the sheet").1;
    let is_hidden = |row: &&str| row.split('>').next().is_some_and(|head| head.contains("hidden=\"1\""));
    let hidden = sheet.split("<row ").skip(1).filter(is_hidden).count();
    // 834 of 2,500 rows are open.
    assert_eq!(hidden, ROWS - 834);
}

/// What the rules of a sheet cover, one text of areas for each.
fn areas(parts: &[(String, String)]) -> Vec<String> {
    let sheet = &parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("the sheet").1;
    let rules = sheet.split("<dataValidation ").skip(1);
    let area = |rule: &str| rule.split("sqref=\"").nth(1)?.split('"').next().map(str::to_owned);
    rules.filter_map(area).collect()
}

#[test]
fn a_rule_that_all_rows_of_a_list_have_is_written_once() {
    assert_eq!(areas(&row_by_row(row)), ["D4:D2503"]);
}

#[test]
fn a_rule_that_every_other_row_has_lists_its_rows_each_once_and_not_too_many_in_a_line() {
    let alternating = |place: usize| {
        let most = Decimal::from(if place.is_multiple_of(2) { 3 } else { 5 });
        Row::of(vec![Cell::count(place).input(Input::Number(Some(Decimal::ZERO), Some(most)))])
    };
    let areas = areas(&row_by_row(alternating));
    // 1,250 rows of each, 200 in a line.
    assert_eq!(areas.len(), 2 * 7);
    let mut cells: Vec<&str> = areas.iter().flat_map(|areas| areas.split(' ')).collect();
    assert_eq!(cells.len(), ROWS);
    cells.sort_unstable();
    cells.dedup();
    assert_eq!(cells.len(), ROWS);
}

/// A row of a list that charts show: a name that leads to a file, a figure, and a formula.
fn charted_row(place: usize) -> Row {
    let number = Decimal::new(place as i64 * 125, 2);
    let link = Link::File(Way::to("甲.xlsx"), None);
    let name = if place == 1 { "<乙>&局".to_owned() } else { format!("第{place}局") };
    Row::of(vec![
        Cell::text(name).link(Some(link)),
        Cell::figure(number),
        Cell::formula(format!("B{}", place + 4), Outcome::Figure(number)),
    ])
}

#[test]
fn a_chart_has_the_same_copy_of_a_list_that_is_written_row_by_row() {
    const CHARTED: u32 = 5;
    let tail = |place: i64| Row::of(vec![Cell::text(format!("指标{place}")), Cell::figure(Decimal::from(place))]);
    let layout = Layout { charted: Some(CHARTED), ..frame().layout };
    let list = Table { only: None, marks: Vec::new(), tail: (0..4).map(tail).collect(), layout, ..frame() };
    let (first, behind) = (list.first_row(), list.first_row() + ROWS as u32 + 1);
    let area = |rows: (u32, u32), column| Area { sheet: list.name.clone(), cells: (rows.0, column, rows.1, column) };
    let chart = |rows: (u32, u32), columns: &[u16]| Chart {
        title: "图".to_owned(),
        lying: true,
        stacked: false,
        categories: area(rows, 0),
        series: columns.iter().map(|column| (format!("列{column}"), area(rows, *column))).collect(),
        at: (if rows.0 == first { 1 } else { 30 }, 0),
        size: (640, 400),
    };
    let charts = vec![chart((first, first + CHARTED - 1), &[1, 2]), chart((behind, behind + 3), &[1])];
    let pictures =
        Table { name: "图表".to_owned(), charts, tail: Vec::new(), only: None, marks: Vec::new(), ..frame() };
    let rows = (0..ROWS).map(charted_row).collect();
    let tables = [Table { rows, ..list.clone() }, pictures.clone()];
    let whole = crate::weapons::parts(xlsx::workbook(&tables, Language::Zh, None).expect("a workbook"));
    let mut book = xlsx::Book::new(Language::Zh, None).expect("a workbook");
    let later = Later { count: ROWS, row: Box::new(charted_row) };
    book.sheet(Sheet { table: list, later: Some(later) }, &mut |_| ()).expect("a sheet");
    book.sheet(pictures.into(), &mut |_| ()).expect("a sheet");
    let by_row = crate::weapons::parts(book.bytes().expect("bytes"));
    same_parts(&by_row, &whole);
    let sheet = |parts: &[(String, String)]| {
        parts.iter().any(|(name, part)| name == "xl/worksheets/sheet1.xml" && part.contains(" spans="))
    };
    // It was written row by row indeed.
    assert_eq!((sheet(&whole), sheet(&by_row)), (true, false));
    let charts: String =
        by_row.iter().filter(|(name, _)| name.starts_with("xl/charts/")).map(|(_, part)| part.as_str()).collect();
    assert!(charts.contains("<c:v>&lt;乙&gt;&amp;局</c:v>") && charts.contains("<c:v>1.25</c:v>"), "{charts}");
}

#[test]
fn every_sheet_that_a_chart_shows_says_so() {
    let tables = tables(&batch(), Language::Zh);
    let charts: Vec<_> = tables.iter().flat_map(|table| &table.charts).collect();
    assert!(!charts.is_empty());
    for chart in charts {
        for area in chart.series.iter().map(|(_, area)| area).chain([&chart.categories]) {
            let table = named(&tables, &area.sheet);
            let (first, last) = (area.cells.0, area.cells.2);
            let rows = table.layout.charted.expect("a sheet that a chart shows");
            let behind = table.first_row() + table.rows.len() as u32;
            let is_kept = first >= table.first_row() && last < table.first_row() + rows || first >= behind;
            assert!(is_kept, "{}: {} {:?}", chart.title, area.sheet, area.cells);
        }
    }
}

/// The total and whether its rows are in their place, of a department by its row in 总览.
fn total(sheets: &Sheets, overview: &Table, row: u32) -> (Decimal, String) {
    let [total, place] = ["column-ceiling", "column-in-place"].map(|key| {
        let column = column_of(overview, &Language::Zh.word(&format!("report.{key}")));
        sheets.shown(&overview.name, overview.first_row() + row, column)
    });
    (total.parse().expect("a total"), place)
}

#[test]
fn totals_follow_their_rows_also_in_a_list_that_was_sorted() {
    let tables = tables(&batch(), Language::Zh);
    let (overview, list) = (named(&tables, "总览"), named(&tables, "核定表"));
    let mut sheets = Sheets::open(&xlsx::workbook(&tables, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    let [number, grantable] = ["column-department-number", "column-grantable"]
        .map(|key| column_of(list, &Language::Zh.word(&format!("report.{key}"))));
    let rows_of = |department: u64| {
        let wanted = Value::Number(Decimal::from(department), None);
        let rows = (list.first_row()..).zip(&list.rows);
        let own = rows.filter(move |(_, row)| row.cells[usize::from(number)].value == wanted);
        own.map(|(at, _)| at).collect::<Vec<u32>>()
    };
    let granted =
        |sheets: &Sheets, row: u32| -> Decimal { sheets.shown(&list.name, row, grantable).parse().expect("points") };
    let own = rows_of(1)[0];
    let differs = |row: &u32| granted(&sheets, *row) != granted(&sheets, own);
    let other = rows_of(2).into_iter().find(differs).expect("another score");
    let moved = granted(&sheets, other) - granted(&sheets, own);
    let before = [0, 1].map(|row| total(&sheets, overview, row));
    assert_eq!([&before[0].1, &before[1].1], ["1", "1"]);
    // Sorted by another column, a row of one department stands where one of the other stood.
    sheets.type_number(&list.name, own, number, 2.0);
    sheets.type_number(&list.name, other, number, 1.0);
    sheets.recalculate();
    assert_eq!(total(&sheets, overview, 0), (before[0].0 + moved, "0".to_owned()));
    assert_eq!(total(&sheets, overview, 1), (before[1].0 - moved, "0".to_owned()));
}

/// A table whose cells lead to whatever a link can lead to, with texts and numbers.
fn linked() -> Table {
    let places = [None, Some(("表 一".to_owned(), "B7".to_owned())), Some(("甲'乙<&>\"".to_owned(), "A1".to_owned()))];
    let paths = ["甲 局.xlsx", "../a&b/[二]{三}^`\"<x>.xlsx", "C:/报送/甲.xlsx", "//share/报送/乙 局.xlsx", "x?.xlsx"];
    let way = |path: &str| match path.starts_with("C:") || path.starts_with("//") {
        true => Way::Absolute(path.to_owned()),
        false => Way::to(path),
    };
    let files = paths.iter().flat_map(|path| places.iter().map(|place| Link::File(way(path), place.clone())));
    let links = files.chain([Link::Here("甲'乙 <&>\"".to_owned(), 4, 27), Link::Here("清单".to_owned(), 0, 0)]);
    let digits = Decimal::from_str_exact("0.12345678901234567890").expect("a number");
    let rows = links.map(|link| {
        let link = Some(link);
        Row::of(vec![
            Cell::text("一行\n<二>&\"三\"").link(link.clone()),
            Cell::figure(Decimal::new(125, 1)).link(link.clone()),
            Cell::figure(digits).link(link.clone()),
            Cell::text("").link(link.clone()),
            Cell::text("=1").span(2).link(link),
        ])
    });
    Table { name: "链接".to_owned(), rows: rows.collect(), ..frame() }
}

#[test]
fn links_that_are_kept_beside_the_library_are_those_that_it_would_write() {
    let whole = crate::weapons::parts(xlsx::workbook(&[linked(), frame()], Language::Zh, None).expect("a workbook"));
    let mut book = xlsx::Book::new(Language::Zh, None).expect("a workbook");
    for table in [linked(), frame()] {
        book.sheet(table.into(), &mut |_| ()).expect("a sheet");
    }
    let kept = crate::weapons::parts(book.bytes().expect("bytes"));
    let part = |name: &str| kept.iter().find(|(known, _)| known == name).map_or("", |(_, part)| part.as_str());
    assert!(part("xl/worksheets/sheet1.xml").contains("<hyperlink ref=\"A4\" r:id=\"rId1\"/>"));
    assert!(part("xl/worksheets/_rels/sheet1.xml.rels").contains("Target=\"../a&amp;b/%5b二%5d"));
    assert_eq!(kept, whole);
}

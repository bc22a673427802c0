//! How tables are understood: each kind of layout, on a sheet made for it.

use assert_cmd::Command;
use fuhe::tables::{Layout, Role, ScopeKind, Table, tables};
use fuhe::vocabulary::Vocabulary;
use fuhe::workbook::{Address, Area, Cell, Sheet, Value};
use serde_json::Value as Json;

/// A sheet of texts, one line for each row and `|` between cells. `<` continues the cell to the left, `^` the one above.
fn sheet(text: &str) -> Sheet {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let at = |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column)).copied();
    let mut made = Sheet { name: "自评数据".to_owned(), ..Sheet::default() };
    let mut merges = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !["", "<", "^"].contains(text)) {
            let right = (column + 1..).take_while(|&next| at(row, next) == Some("<")).last().unwrap_or(column);
            let below = (row + 1..).take_while(|&next| at(next, column) == Some("^")).last().unwrap_or(row);
            let first = Address { row: row as u32, column: column as u32 };
            let last = Address { row: below as u32, column: right as u32 };
            let value = text.parse().map_or_else(|_| Value::Text((*text).to_owned()), Value::Number);
            made.cells.insert(first, Cell { value, percent: false, formula: false, digits: Default::default() });
            if first != last {
                merges.push(Area { first, last });
            }
        }
    }
    merges.sort_by_key(|area| (area.first, area.last));
    made.merges = merges.into();
    made
}

fn read(sheet: &Sheet) -> Vec<Table> {
    tables(sheet, Vocabulary::builtin())
}

fn only(sheet: &Sheet) -> Table {
    let mut found = read(sheet);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn role(table: &Table, cell: &str) -> (Role, bool) {
    let at: Address = cell.parse().unwrap();
    let found = table.cells.iter().find(|one| one.area.first == at);
    found.map(|one| (one.role, one.certain)).unwrap_or_else(|| panic!("no cell {cell}"))
}

fn texts(sheet: &Sheet, path: &[Address]) -> Vec<String> {
    let text = |at: &Address| match &sheet.cell(*at).unwrap().value {
        Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    path.iter().map(text).collect()
}

fn column_path(sheet: &Sheet, table: &Table, column: u32) -> Vec<String> {
    let mut columns = table.parts.iter().flat_map(|part| &part.columns);
    texts(sheet, &columns.find(|one| one.columns.0 == column).unwrap().path)
}

fn row_path(sheet: &Sheet, table: &Table, row: u32) -> Vec<String> {
    let mut rows = table.parts.iter().flat_map(|part| &part.rows);
    texts(sheet, &rows.find(|one| one.row == row - 1).unwrap().path)
}

const PLAIN: &str = "项目|年初预算数|全年执行数\n基本支出|120.5|118.2\n项目支出|80|75.5\n合计|200.5|193.7";

#[test]
fn headings_above_labels_before_and_a_total_are_told_with_certainty() {
    let sheet = sheet(PLAIN);
    let table = only(&sheet);
    assert!(table.certain);
    assert_eq!(role(&table, "B1"), (Role::ColumnHeading, true));
    assert_eq!(role(&table, "A2"), (Role::RowHeading, true));
    assert_eq!(role(&table, "B2"), (Role::Value, true));
    assert_eq!(role(&table, "A4"), (Role::Total, true));
    assert_eq!(table.parts[0].layout, Layout::Columns);
}

#[test]
fn a_total_is_no_entry_and_an_entry_no_total() {
    let sheet = sheet(PLAIN);
    let table = only(&sheet);
    let totals: Vec<bool> = table.parts[0].rows.iter().map(|row| row.total).collect();
    assert_eq!(totals, [false, false, true]);
}

#[test]
fn the_title_and_the_unit_above_a_table_are_neither_headings_nor_entries() {
    let sheet = sheet(&format!("2020年度部门预算执行情况表\n||单位：万元\n{PLAIN}\n注：按决算口径填列"));
    let table = only(&sheet);
    assert_eq!(role(&table, "A1"), (Role::Title, true));
    assert_eq!(role(&table, "C2"), (Role::Unit, true));
    assert_eq!(role(&table, "B3"), (Role::ColumnHeading, true));
    assert_eq!(role(&table, "A7").0, Role::Note);
    assert!(table.scopes.iter().any(|scope| scope.kind == ScopeKind::Year && scope.word == "2020"));
}

#[test]
fn a_title_over_exactly_the_headings_could_be_one_of_them() {
    let sheet = sheet("2020年度部门支出|<|<\n项目|预算数|执行数\n基本支出|120.5|118.2\n项目支出|80|75.5");
    assert_eq!(role(&only(&sheet), "A1"), (Role::Title, false));
}

const TWO_ROWS: &str = "项目|2020年|<|2019年|<\n^|预算数|执行数（全年）|预算数|执行数（全年）\n基本支出|120|118|110|100\n项目支出|80|75|70|66";

#[test]
fn a_column_is_named_by_all_its_headings_from_top_to_bottom() {
    let sheet = sheet(TWO_ROWS);
    let table = only(&sheet);
    assert_eq!(column_path(&sheet, &table, 2), ["2020年", "执行数（全年）"]);
    assert_eq!(column_path(&sheet, &table, 4), ["2019年", "执行数（全年）"]);
    assert_eq!(role(&table, "A1"), (Role::ColumnHeading, true));
    assert!(table.parts[0].columns.iter().all(|column| column.certain));
}

#[test]
fn the_scopes_of_a_column_are_those_of_all_its_headings() {
    let sheet = sheet(TWO_ROWS);
    let table = only(&sheet);
    let scopes = &table.parts[0].columns[3].scopes;
    let words: Vec<(ScopeKind, &str)> = scopes.iter().map(|scope| (scope.kind, scope.word.as_str())).collect();
    assert!(words.contains(&(ScopeKind::Year, "2019")), "{words:?}");
    assert!(words.contains(&(ScopeKind::Period, "全年")), "{words:?}");
}

#[test]
fn rows_lie_under_the_numbers_above_them_and_under_what_they_are_part_of() {
    let sheet = sheet("项目|金额\n一、收入|300\n1.财政拨款|200\n其中：基金|50\n2.其他|100\n二、支出|280\n合计|580");
    let table = only(&sheet);
    assert_eq!(row_path(&sheet, &table, 3), ["一、收入", "1.财政拨款"]);
    assert_eq!(row_path(&sheet, &table, 4), ["一、收入", "1.财政拨款", "其中：基金"]);
    assert_eq!(row_path(&sheet, &table, 5), ["一、收入", "2.其他"]);
    assert_eq!(row_path(&sheet, &table, 6), ["二、支出"]);
    assert_eq!(row_path(&sheet, &table, 7), ["合计"]);
    assert!(table.parts[0].rows[2].of_which);
}

#[test]
fn a_label_merged_over_rows_is_the_parent_of_each() {
    let sheet = sheet("性质|<|数量|比例%\n在编|总数|12|60\n^|其中：女|5|25\n编外|总数|8|40\n^|其中：女|2|10");
    let table = only(&sheet);
    assert_eq!(row_path(&sheet, &table, 2), ["在编", "总数"]);
    let last = row_path(&sheet, &table, 5);
    assert_eq!((last.first(), last.last()), (Some(&"编外".to_owned()), Some(&"其中：女".to_owned())));
}

#[test]
fn the_names_between_a_number_and_the_figures_name_the_row_too() {
    let sheet = sheet("序号|任务名称|计划数|完成数\n1|河道清淤|10|10\n2|管网改造|5|4");
    let table = only(&sheet);
    assert_eq!(row_path(&sheet, &table, 3)[1], "管网改造");
    assert_eq!(role(&table, "B2"), (Role::Value, false), "it names the row as much as it is an entry");
}

#[test]
fn labels_beside_their_values_are_pairs() {
    let sheet =
        sheet("单位名称|某市水务局|填报日期|2021-03-01\n联系人|张三|联系电话|12345678\n编制人数|143|预算金额|2000.5");
    let table = only(&sheet);
    assert_eq!(table.parts[0].layout, Layout::Pairs);
    assert_eq!(role(&table, "A2"), (Role::RowHeading, true));
    assert_eq!(role(&table, "C3"), (Role::RowHeading, true));
    assert_eq!(role(&table, "D3"), (Role::Value, true));
    let pair = table.parts[0].pairs.iter().find(|pair| pair.value.to_string() == "D3").unwrap();
    assert_eq!(texts(&sheet, &pair.path), ["预算金额"]);
    assert!(pair.certain);
}

#[test]
fn a_label_before_a_nested_form_stays_its_parent_heading() {
    let sheet = sheet(
        "设备名称|购置日期|主要参数|<\n水泵|2019-01-02|型号|ISG80\n^|^|额定功率|7.5\n^|^|生产厂家|某某泵业有限公司\n风机|2019-05-06|型号|4-72\n^|^|额定功率|11\n^|^|生产厂家|某某风机有限公司",
    );
    let table = only(&sheet);
    assert_eq!(role(&table, "C1"), (Role::ColumnHeading, true));
    assert_eq!(role(&table, "C3"), (Role::RowHeading, true));
    assert_eq!(role(&table, "A2").0, Role::RowHeading);
    assert!(table.parts.iter().any(|part| part.layout == Layout::Pairs));
}

#[test]
fn a_table_lying_on_its_side_has_headings_both_ways_and_an_undecided_corner() {
    let sheet = sheet("科目|人员经费|公用经费|合计\n年初预算数|100|50|150\n全年执行数|98|47|145");
    let table = only(&sheet);
    assert_eq!(role(&table, "B1"), (Role::ColumnHeading, true));
    assert_eq!(role(&table, "A2"), (Role::RowHeading, true));
    assert_eq!(role(&table, "D1").0, Role::Total);
    assert!(!role(&table, "A1").1, "the corner names what is below or what is to its right");
}

#[test]
fn a_two_way_table_names_every_value_from_both_sides() {
    let sheet = sheet("三公经费|预算数|决算数\n因公出国费|10|8\n公务用车费|20|19.5\n公务接待费|5|2.5");
    let table = only(&sheet);
    assert_eq!(column_path(&sheet, &table, 2), ["决算数"]);
    assert_eq!(row_path(&sheet, &table, 4), ["公务接待费"]);
    assert!(table.certain);
}

#[test]
fn tables_side_by_side_are_two() {
    let sheet = sheet("项目|金额||项目|人数\n支出|10||在编|5\n收入|20||编外|6");
    let found = read(&sheet);
    let areas: Vec<String> = found.iter().map(|table| format!("{}:{}", table.area.first, table.area.last)).collect();
    assert_eq!(areas, ["A1:B3", "D1:E3"]);
}

#[test]
fn the_same_headings_again_to_the_right_begin_another_part() {
    let sheet = sheet("项目|金额|项目|金额\n支出甲|10|支出丙|5\n支出乙|20|支出丁|6");
    let table = only(&sheet);
    assert_eq!(table.parts.len(), 2);
    assert_eq!(role(&table, "C2").0, Role::RowHeading);
}

#[test]
fn tables_one_below_another_are_parted_by_an_empty_row_or_by_headings_again() {
    let apart = sheet(&format!("{PLAIN}\n\n\n\n{PLAIN}"));
    assert_eq!(read(&apart).len(), 2);
    let close = sheet(&format!("{PLAIN}\n指标名称|目标值|完成值\n出勤率|95|97\n完成率|90|92"));
    let table = only(&close);
    assert_eq!(role(&table, "B5").0, Role::ColumnHeading);
    assert_eq!(role(&table, "B6").0, Role::Value);
}

#[test]
fn who_filled_a_table_in_and_for_which_year_is_no_heading() {
    let sheet = sheet(
        "基础数据表|<|<|<\n填报单位：某市水务局|<|2020年度|<\n序号|数据项|数值|单位\n1|在编人数|143|人\n2|公用经费|20.5|万元",
    );
    let table = only(&sheet);
    assert_eq!(role(&table, "A2").0, Role::Unit);
    assert_eq!(role(&table, "C2").0, Role::Unit);
    assert_eq!(role(&table, "C3"), (Role::ColumnHeading, true));
    assert_eq!(row_path(&sheet, &table, 5)[1], "公用经费");
}

#[test]
fn headings_said_again_are_no_row_of_entries() {
    let sheet = sheet("指标名称|分值|自评得分\n预算执行率|6|5\n指标名称|分值|自评得分\n资产管理|4|4");
    let table = only(&sheet);
    assert_eq!(role(&table, "B3").0, Role::ColumnHeading);
    let rows: Vec<u32> = table.parts.iter().flat_map(|part| &part.rows).map(|row| row.row + 1).collect();
    assert_eq!(rows, [2, 4]);
}

#[test]
fn without_headings_nothing_is_certain_but_labels_and_values_are_told_apart() {
    let sheet = sheet("在职人员经费|120.5\n离退休人员经费|33.2\n公务接待费|2.1");
    let table = only(&sheet);
    assert_eq!(role(&table, "A2").0, Role::RowHeading);
    assert_eq!(role(&table, "B2").0, Role::Value);
}

#[test]
fn words_alone_without_any_sign_are_uncertain() {
    let sheet = sheet("甲乙|丙丁|戊己\n庚辛|壬癸|子丑\n寅卯|辰巳|午未");
    let table = only(&sheet);
    assert!(!table.certain);
    assert!(table.cells.iter().all(|cell| !cell.certain));
}

#[test]
fn a_bureaus_own_words_reach_every_table() {
    let sheet = sheet("品名|批次|到货\n甲乙|丙丁|12\n戊己|庚辛|7\n归总||19");
    let of = |words: &Vocabulary| {
        tables(&sheet, words).remove(0).cells.into_iter().map(|cell| cell.role).collect::<Vec<_>>()
    };
    assert!(!of(Vocabulary::builtin()).contains(&Role::Total));
    let own = Vocabulary::builtin().with("用语.toml", "[tables]\ntotals = [\"归总\"]\n").expect("words without a flaw");
    assert!(of(&own).contains(&Role::Total));
}

#[test]
fn a_sheet_of_cells_far_apart_is_read_in_no_time() {
    let mut far = Sheet::default();
    for n in 0..4000u32 {
        let at = Address { row: n, column: n };
        far.cells.insert(
            at,
            Cell {
                value: Value::Text("项目".to_owned()), percent: false, formula: false, digits: Default::default()
            },
        );
    }
    let begun = std::time::Instant::now();
    let found = read(&far);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert_eq!(found.iter().map(|table| table.cells.len()).sum::<usize>(), 4000, "no cell is lost");
}

#[test]
fn every_cell_of_every_sample_gets_exactly_one_role() {
    let mut sheets = 0;
    for folder in ["samples/shenzhen-2020", "samples/project-2020", "tests/corpus"] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let limits = fuhe::workbook::Limits::default();
            let Ok(workbook) = fuhe::workbook::open(&path.to_string_lossy(), &bytes, &limits) else { continue };
            sheets += workbook.sheets.len();
            workbook.sheets.iter().for_each(|sheet| every_cell_once(sheet, &path));
        }
    }
    assert!(sheets > 200, "{sheets}");
}

fn every_cell_once(sheet: &Sheet, path: &std::path::Path) {
    let tables = read(sheet);
    let mut seen: Vec<Address> = tables.iter().flat_map(|table| &table.cells).map(|cell| cell.area.first).collect();
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all, "{path:?} {}", sheet.name);
    let blank = |cell: &Cell| matches!(&cell.value, Value::Text(text) if text.trim().is_empty());
    let shown = sheet
        .cells
        .iter()
        .filter(|(at, cell)| !blank(cell) && sheet.merged(**at).is_none_or(|area| area.first == **at));
    assert_eq!(shown.count(), all, "{path:?} {}", sheet.name);
}

fn explain(arguments: &[&str]) -> (String, bool) {
    let output = Command::cargo_bin("fuhe").unwrap().arg("explain").args(arguments).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[test]
fn one_line_of_json_for_each_table_also_without_a_card() {
    let (text, done) = explain(&["tests/corpus/base-side-by-side.xlsx", "--tables", "--json"]);
    let lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(done && !lines.is_empty());
    for line in &lines {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 5, "{keys:?}");
        assert!(line["sheet"].is_string() && line["table"].is_u64() && line["certain"].is_boolean());
        assert!(line["area"].as_str().unwrap().parse::<Area>().is_ok());
        for cell in line["cells"].as_array().unwrap() {
            assert!(cell["cell"].as_str().unwrap().parse::<Address>().is_ok());
            let roles = ["title", "unit", "column_heading", "row_heading", "total", "value", "note"];
            assert!(roles.contains(&cell["role"].as_str().unwrap()) && cell["certain"].is_boolean());
        }
    }
}

#[test]
fn the_tables_are_shown_in_the_language_of_the_run() {
    let (chinese, _) = explain(&["tests/corpus/base-side-by-side.xlsx", "--tables"]);
    let (english, _) = explain(&["tests/corpus/base-side-by-side.xlsx", "--tables", "--lang", "en"]);
    assert!(chinese.contains("第 1 张表") && !chinese.contains("report."), "{chinese}");
    assert!(english.contains("table 1") && !english.contains("report."), "{english}");
}

#[test]
fn json_is_of_tables_and_tables_are_of_no_indicator() {
    assert!(!explain(&["tests/corpus/base-side-by-side.xlsx", "--json"]).1);
    assert!(!explain(&["tests/corpus/base-side-by-side.xlsx", "预算执行率", "--tables"]).1);
}

const SPANNED: &str = "项目简称|河道清淤|<|<\n实施地点|东湖区三条河道|<|<\n承办机构|云溪县水务局|<|<\n立项缘由|防汛能力不足，需要清淤。|<|<\n建设周期|24个月|<|<\n特别约定|无|<|<\n动工|2020-03-01|竣工|2020-11-30";

#[test]
fn words_before_one_value_over_all_the_rest_of_each_row_are_labels_whatever_they_say() {
    let sheet = sheet(SPANNED);
    let table = only(&sheet);
    assert!(table.certain);
    for cell in ["A1", "A2", "A4", "A6"] {
        assert_eq!(role(&table, cell), (Role::RowHeading, true), "{cell}");
    }
    assert_eq!(role(&table, "B3"), (Role::Value, true));
    assert_eq!(role(&table, "C7"), (Role::RowHeading, true));
    assert_eq!(table.parts[0].pairs.len(), 8);
}

#[test]
fn what_a_tall_label_holds_in_several_columns_is_a_table_of_its_own_and_no_part_of_the_pairs() {
    let sheet = sheet(&format!("{SPANNED}\n流量特性|进口|出口|流量\n^|2.3|3.5|440\n^|7.2|6.3|550"));
    let table = only(&sheet);
    assert!(table.certain, "the rest is understood");
    assert_eq!(role(&table, "A2"), (Role::RowHeading, true));
    for cell in ["B8", "C8", "D8", "B9", "C10"] {
        assert!(!role(&table, cell).1, "{cell}");
    }
}

#[test]
fn values_that_could_be_headings_or_few_spanned_rows_make_no_labels_certain() {
    // Under these words stand other words: nothing says what they are.
    let sheet = sheet("甲乙|丙丁|戊己\n庚辛|壬癸|<\n寅卯|辰巳|午未\n申酉|戌亥|子丑");
    let table = only(&sheet);
    assert!(!table.certain);
    assert!(table.cells.iter().all(|cell| !cell.certain), "{:?}", table.cells);
}

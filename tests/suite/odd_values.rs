//! One file costs one line: whatever stands in a cell, the others are audited, and what is stored comes out again.

use std::fs;
use std::path::{Path, PathBuf};

use fuhe::workbook::{Address, Cell, Limits, Value, Workbook, open};
use rust_decimal::Decimal;

use crate::fuzz_checks::audited::audited;

/// So many variants of each sample; tests/referee/odd_values.py tries twenty thousand, as files.
const VARIANTS: usize = 4;

/// Values that no form has, and that people and programs leave in forms.
fn odd() -> Vec<Value> {
    let long = "1".to_owned() + &"+1".repeat(300);
    let texts = [
        "16.667",
        "3.125",
        "1/0",
        "0/0",
        "5/0",
        "1e400",
        "-1e-400",
        "∞",
        "NaN",
        "½",
        "①",
        "−5",
        "5-",
        "++5",
        "1,2,3.4.5",
        ".",
        "100%%",
        "≥",
        "≤≥5",
        "5～",
        "～5",
        "9～5",
        "（",
        "）（",
        "十二",
        "一百零",
        "٣",
        "79228162514264337593543950336",
        "1万亿亿亿亿亿亿元",
        "□是 ☑否",
        "2020年13月",
        "二〇二〇年",
        "#REF!",
        "不适用",
        "无",
        "\u{202e}55",
        "合计",
        "自评得分",
        "全年预算数",
        "{0}",
        &long,
    ];
    let numbers =
        ["16.667", "3.125", "-1", "0.0000000000000000000000000001", "79228162514264337593543950335", "2958466"];
    let texts = texts.into_iter().map(|text| Value::Text(text.to_owned()));
    let numbers = numbers.into_iter().map(|number| Value::Number(number.parse::<Decimal>().unwrap()));
    let others = [
        Value::Bool(true),
        Value::Error("#DIV/0!".to_owned()),
        Value::Uncalculated,
        Value::Unrepresentable("1e300".to_owned()),
        Value::Unsure { ours: "5".to_owned(), theirs: "6".to_owned() },
        Value::Date { text: "2020-03-01".to_owned(), serial: Decimal::from(43891) },
    ];
    texts.chain(numbers).chain(others).collect()
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// One to three cells of the workbook with odd values.
fn spoilt(workbook: &Workbook, chance: &mut Chance, odd: &[Value]) -> Workbook {
    let mut spoilt = workbook.clone();
    for _ in 0..=chance.below(3) {
        let sheet = chance.below(spoilt.sheets.len());
        let sheet = &mut spoilt.sheets[sheet];
        let places: Vec<Address> = sheet.cells.keys().copied().collect();
        let Some(at) = places.get(chance.below(places.len().max(1))) else { continue };
        let like = sheet.cells[at].clone();
        sheet.cells.insert(*at, Cell { value: odd[chance.below(odd.len())].clone(), ..like });
    }
    spoilt
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .flat_map(|form| fs::read_dir(form.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "xlsx"))
        .collect();
    files.sort();
    files
}

#[test]
fn odd_values_in_the_cells_of_filled_workbooks_cost_nothing_but_what_they_are() {
    let (odd, mut chance) = (odd(), Chance(20_200_131));
    for sample in samples() {
        let workbook = open("某局.xlsx", &fs::read(&sample).unwrap(), &Limits::default()).unwrap();
        for _ in 0..VARIANTS {
            // Audited by every rulebook, it holds together, can be stored, and comes out of what was stored.
            audited(&spoilt(&workbook, &mut chance, &odd));
        }
    }
}

#[test]
fn every_decimal_comes_back_from_its_text_however_long_it_is() {
    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Texts(
        #[serde(with = "fuhe::decimal_text::score")] Decimal,
        #[serde(with = "fuhe::decimal_text::amount")] Decimal,
        #[serde(with = "fuhe::decimal_text::figure")] Decimal,
    );
    // The longest whole number has 29 digits; two decimals more are more than a decimal holds.
    let longest = Decimal::MAX;
    let below = longest - Decimal::new(8909, 2);
    let values =
        [longest, -longest, below, Decimal::new(1, 28), Decimal::new(-5, 1), Decimal::ZERO, Decimal::new(8900, 2)];
    let tenths = [Decimal::from_i128_with_scale(79_228_162_514_264_337_593_543_950_335, 1)];
    for value in values.into_iter().chain(tenths) {
        let texts = Texts(value, value, value);
        let written = serde_json::to_string(&texts).unwrap();
        assert_eq!(serde_json::from_str::<Texts>(&written).unwrap(), texts, "{written}");
    }
}

#[test]
fn a_claim_as_long_as_a_number_can_be_is_stored_and_reported_again() {
    let samples = samples();
    for form in ["shenzhen-2020", "project-2020"] {
        let of_form = samples.iter().filter(|sample| sample.parent().is_some_and(|folder| folder.ends_with(form)));
        let shortest = of_form.min_by_key(|sample| fs::metadata(sample).unwrap().len()).expect("a sample of the form");
        let workbook = open("某局.xlsx", &fs::read(shortest).unwrap(), &Limits::default()).unwrap();
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            // In the place of every number in turn: some of them are claims, and their sum and its difference are as long.
            for at in sheet.cells.iter().filter(|(_, cell)| matches!(cell.value, Value::Number(_))).map(|(at, _)| *at) {
                let mut longest = workbook.clone();
                longest.sheets[index].cells.get_mut(&at).unwrap().value = Value::Number(Decimal::MAX);
                audited(&longest);
            }
        }
    }
}

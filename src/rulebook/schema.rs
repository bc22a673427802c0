//! The format of rulebooks as a JSON Schema, for editors: what may stand where, and what each field means.
//!
//! The tables below say what the decoder takes; a test sees to it that neither knows a field that the other does not.

use serde_json::{Map, Value, json};

use super::schema_field::Field;
use super::schema_field::Holds::{self, *};
use crate::forms::FormKind;
use crate::rules::Direction;
use crate::rules::KINDS;
use crate::text::Language;

const HEAD: &[Field] = &[
    ("id", Text, true),
    ("name", Text, true),
    ("source", Text, true),
    ("years", One("years"), false),
    ("grades", AtLeastOne("grade"), true),
    ("material", Plain, true),
    ("tolerance", Plain, true),
    ("notes", Texts, false),
];

/// Of a form whose rows are the rulebook's.
const COMMON_ROWS: &[Field] = &[
    ("sections", AtLeastOne("section"), true),
    ("facts", AtLeastOne("fact"), true),
    ("indicators", AtLeastOne("indicator"), true),
    ("completion", One("completion"), false),
    ("projects", One("projects"), false),
];

/// Of a form whose rows its filer declares.
const OWN_ROWS: &[Field] = &[
    ("budget_name", Text, true),
    ("total", Plain, true),
    ("words", One("words"), true),
    ("levels", Many("level"), false),
    ("sections", Many("declared-section"), false),
    ("suspicions", One("suspicions"), true),
    ("equal_readings", AtLeastOne("equal-reading"), true),
    ("reverse_readings", AtLeastOne("reverse-reading"), true),
    ("same_units", Many("same-unit"), false),
    ("satisfaction", Text, false),
];

/// The tables under a file's own, by name.
const TABLES: &[(&str, &[Field])] = &[
    ("years", &[("from", Whole, false), ("to", Whole, false)]),
    ("grade", &[("name", Text, true), ("from", Plain, true)]),
    ("section", &[("id", Text, true), ("name", Text, true), ("points", Plain, true), ("aliases", Texts, false)]),
    (
        "indicator",
        &[
            ("id", Text, true),
            ("name", Text, true),
            ("aliases", Texts, false),
            ("section", Text, true),
            ("group", Text, true),
            ("points", Plain, true),
            ("clause", Text, true),
            ("notes", Texts, false),
            ("criteria", AtLeastOne("criterion"), true),
            ("readings", Many("reading"), false),
            ("cases", Many("case"), false),
            ("zero_when", Many("condition"), false),
            ("full_when", Many("condition"), false),
        ],
    ),
    (
        "reading",
        &[
            ("id", Text, true),
            ("says", Text, true),
            ("criteria", Tables("criterion-changes"), false),
            ("zero_when", Many("condition"), false),
            ("full_when", Many("condition"), false),
        ],
    ),
    ("case", &[("says", Text, false), ("facts", CaseFacts, true), ("score", Score, true), ("readings", Scores, false)]),
    (
        "completion",
        &[
            ("budget_total", Text, false),
            ("execution_rate", Text, false),
            ("judged", Text, false),
            ("aspects", Many("aspect"), false),
            ("aspects_min", Whole, false),
        ],
    ),
    (
        "projects",
        &[
            ("count", Text, false),
            ("budget", Text, false),
            ("execution_rate", Text, false),
            ("satisfaction", Text, false),
        ],
    ),
    ("aspect", &[("name", Text, true), ("words", Texts, false)]),
    ("level", &[("name", Text, true), ("words", Texts, false), ("from", Number, true), ("to", Number, true)]),
    ("declared-section", &[("name", Text, true), ("points", Plain, true)]),
    (
        "words",
        &[
            ("titles", Texts, false),
            ("empty_reasons", Texts, false),
            ("spending", Texts, false),
            ("guidance", Texts, false),
            ("outputs", Texts, false),
            ("costs", Texts, false),
            ("funds", Texts, false),
        ],
    ),
    (
        "suspicions",
        &[
            ("far_exceeded", Number, true),
            ("low_execution", Number, true),
            ("concentrated", Number, true),
            ("exceed_execution", Number, true),
        ],
    ),
    ("same-unit", &[("words", Texts, false)]),
    (
        "equal-reading",
        &[("id", Words(&[Direction::Positive.as_str(), Direction::Exact.as_str()]), true), ("says", Text, true)],
    ),
    (
        "reverse-reading",
        &[("id", Words(&[Direction::Linear.as_str(), Direction::Inverse.as_str()]), true), ("says", Text, true)],
    ),
];

/// What every fact has beside its kind's own fields.
const FACT: &[Field] = &[
    ("id", Text, true),
    ("label", Text, true),
    ("aliases", Texts, false),
    ("cumulates", Text, false),
    ("last_year", Text, false),
    ("presumed", Text, false),
    ("phrases", Texts, false),
    ("denials", Texts, false),
    ("note", Text, false),
];

const FACT_KINDS: &[(&str, &[Field])] = &[
    ("yes_no", &[]),
    ("choice", &[("options", Texts, true)]),
    ("money", &[("unit", Words(&crate::contract::MONEY_UNITS), true)]),
    ("count", &[("unit", Text, true), ("faults", Truth, false)]),
    ("percent", &[("max", Plain, false)]),
];

/// What every criterion has beside its kind's own fields.
const CRITERION: &[Field] = &[
    ("id", Text, false),
    ("name", Text, false),
    ("clause", Text, true),
    ("points", Plain, true),
    ("least", Plain, false),
    ("zero_when", Many("condition"), false),
    ("full_when", Many("condition"), false),
];

/// A condition: an answer, or one of five comparisons.
const COMPARISONS: &[&str] = &["above", "at_least", "below", "at_most", "equal"];

/// The JSON Schema (draft 2020-12) of rulebooks, with the fields' meaning in a language.
pub fn schema(language: Language) -> Value {
    let writer = Writer { language };
    let all = TABLES.iter().chain(KINDS.iter().flat_map(|kind| kind.tables));
    let mut tables: Map<String, Value> =
        all.map(|(name, fields)| ((*name).to_owned(), writer.table(fields, name))).collect();
    tables.extend(FormKind::ALL.map(|kind| (kind.row().word.to_owned(), writer.head(kind))));
    tables.insert("fact".to_owned(), writer.kinds(FACT, FACT_KINDS.iter().copied(), "fact"));
    tables.insert(
        "criterion".to_owned(),
        writer.kinds(CRITERION, KINDS.iter().map(|kind| (kind.word, kind.fields)), "criterion"),
    );
    tables.insert("criterion-changes".to_owned(), writer.changes());
    tables.insert("condition".to_owned(), writer.condition());
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("title".to_owned(), json!(language.word("rulebook.schema-title")));
    whole.insert("type".to_owned(), json!("object"));
    whole.extend(by_form());
    whole.insert("$defs".to_owned(), Value::Object(tables));
    Value::Object(whole)
}

/// Which head holds follows from the word for the form; without one that is known it is that of the first form.
fn by_form() -> Map<String, Value> {
    let [first, others @ ..] = FormKind::ALL.map(|kind| kind.row().word);
    let else_of = |otherwise: Value, word: &str| {
        let is_it = json!({ "properties": { "form": { "const": word } }, "required": ["form"] });
        json!({ "if": is_it, "then": reference(word), "else": otherwise })
    };
    match others.into_iter().fold(reference(first), else_of) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

struct Writer {
    language: Language,
}

impl Writer {
    /// The head of a rulebook for a form, with what it says of the form's rows.
    fn head(&self, kind: FormKind) -> Value {
        let (rows, name) = if kind.has_common_rows() { (COMMON_ROWS, "head") } else { (OWN_ROWS, "declared") };
        self.table(&[HEAD, &[("form", Word(kind.row().word), true)][..], rows].concat(), name)
    }

    /// A table with exactly these fields.
    fn table(&self, fields: &[Field], name: &str) -> Value {
        let properties: Map<String, Value> =
            fields.iter().map(|(key, holds, _)| ((*key).to_owned(), self.field(key, *holds, name))).collect();
        let required: Vec<&str> = fields.iter().filter(|(_, _, needed)| *needed).map(|(key, _, _)| *key).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    /// A table whose further fields follow from its kind.
    fn kinds(
        &self,
        common: &[Field],
        kinds: impl Iterator<Item = (&'static str, &'static [Field])>,
        name: &str,
    ) -> Value {
        let variants: Vec<Value> =
            kinds.map(|(kind, own)| self.table(&[common, own, &[("kind", Word(kind), true)]].concat(), name)).collect();
        json!({ "oneOf": variants })
    }

    /// What a reading changes of a criterion: any of its fields.
    fn changes(&self) -> Value {
        let own = KINDS.iter().flat_map(|kind| kind.fields);
        let all: Vec<Field> = CRITERION.iter().chain(own).map(|(key, holds, _)| (*key, *holds, false)).collect();
        self.table(&all, "criterion")
    }

    fn condition(&self) -> Value {
        let mut variants = vec![self.table(&[("fact", Text, true), ("is", Text, true)], "condition")];
        let compared = |comparison: &'static str| [("value", Expression, true), (comparison, Expression, true)];
        variants.extend(COMPARISONS.iter().map(|comparison| self.table(&compared(comparison), "condition")));
        json!({ "oneOf": variants })
    }

    /// What a field holds, and what it means in its table.
    fn field(&self, key: &str, holds: Holds, table: &str) -> Value {
        let mut schema = held(holds);
        let meaning = [format!("rulebook.field-{table}-{key}"), format!("rulebook.field-{key}")]
            .into_iter()
            .map(|name| (self.language.word(&name), name))
            .find(|(words, name)| words != name);
        if let Some((words, _)) = meaning
            && let Value::Object(map) = &mut schema
        {
            map.insert("description".to_owned(), Value::String(words));
        }
        schema
    }
}

fn held(holds: Holds) -> Value {
    match holds {
        Text => json!({ "type": "string", "minLength": 1 }),
        Word(word) => json!({ "const": word }),
        Words(words) => json!({ "enum": words }),
        Texts => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        Number => number_or_percentage(),
        Plain => json!({ "type": "number" }),
        Whole => json!({ "type": "integer" }),
        Truth => json!({ "type": "boolean" }),
        Expression => json!({ "type": ["string", "number"] }),
        Score => score(),
        One(name) => reference(name),
        Many(name) => json!({ "type": "array", "items": reference(name) }),
        AtLeastOne(name) => json!({ "type": "array", "items": reference(name), "minItems": 1 }),
        Numbers => json!({ "type": "object", "additionalProperties": { "type": "number" } }),
        Scores => json!({ "type": "object", "additionalProperties": score() }),
        CaseFacts => {
            let value = json!({ "type": ["string", "number"] });
            let several = json!({ "type": "array", "items": value });
            json!({ "type": "object", "additionalProperties": { "anyOf": [value, several] } })
        }
        Tables(name) => json!({ "type": "object", "additionalProperties": reference(name) }),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn number_or_percentage() -> Value {
    json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^\\s*[-+]?[0-9]+(\\.[0-9]+)?\\s*[%％]\\s*$" }] })
}

fn score() -> Value {
    let number = json!({ "type": "number" });
    json!({ "anyOf": [number, { "type": "array", "items": number, "minItems": 2, "maxItems": 2 }] })
}

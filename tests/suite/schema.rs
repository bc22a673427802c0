//! The JSON Schema of rulebooks: every rulebook of ours fits it, and it knows exactly the fields that the loader knows.

use std::collections::BTreeSet;

use fuhe::rulebook::{builtin_text, load, schema};
use fuhe::text::Language;
use serde_json::Value;

use crate::guide::rulebook_of_the_guide;

fn rulebooks() -> Vec<String> {
    let builtin = |id| builtin_text(id).unwrap().to_owned();
    vec![builtin("shenzhen-2020"), builtin("project-2020"), rulebook_of_the_guide()]
}

fn as_json(text: &str) -> Value {
    let table: toml::Table = text.parse().unwrap();
    serde_json::to_value(table).unwrap()
}

/// What a schema refuses about a value, as `path: why`. Only what our schema uses is understood; more would be an error.
fn refused(schema: &Value, rule: &Value, value: &Value, path: &str) -> Vec<String> {
    let mut told = Vec::new();
    for (key, wanted) in rule.as_object().expect("a schema is an object") {
        let inner = |rule: &Value| refused(schema, rule, value, path);
        match key.as_str() {
            "$ref" => told.extend(refused(schema, resolved(schema, rule), value, path)),
            "type" => told.extend((!fits_type(wanted, value)).then(|| format!("{path}: not {wanted}"))),
            "const" => told.extend((wanted != value).then(|| format!("{path}: not {wanted}"))),
            "enum" => {
                told.extend((!wanted.as_array().unwrap().contains(value)).then(|| format!("{path}: not of {wanted}")))
            }
            "anyOf" | "oneOf" => {
                let fitting = wanted.as_array().unwrap().iter().filter(|rule| inner(rule).is_empty()).count();
                let fits = if key == "anyOf" { fitting > 0 } else { fitting == 1 };
                told.extend((!fits).then(|| format!("{path}: fits {fitting} variants")));
            }
            "if" => {
                let then = if inner(wanted).is_empty() { "then" } else { "else" };
                told.extend(inner(&rule[then]));
            }
            "required" => {
                let missing =
                    wanted.as_array().unwrap().iter().filter(|key| value.get(key.as_str().unwrap()).is_none());
                told.extend(missing.map(|key| format!("{path}: {key} is missing")));
            }
            "properties" => {
                for (key, rule) in wanted.as_object().unwrap() {
                    told.extend(
                        value
                            .get(key)
                            .into_iter()
                            .flat_map(|value| refused(schema, rule, value, &format!("{path}/{key}"))),
                    );
                }
            }
            "additionalProperties" => {
                let known = rule.get("properties").and_then(Value::as_object);
                for (key, value) in value.as_object().into_iter().flatten() {
                    if known.is_some_and(|known| known.contains_key(key)) {
                        continue;
                    }
                    match wanted {
                        Value::Bool(false) => told.push(format!("{path}/{key}: unknown")),
                        rule => told.extend(refused(schema, rule, value, &format!("{path}/{key}"))),
                    }
                }
            }
            "items" => {
                for (at, value) in value.as_array().into_iter().flatten().enumerate() {
                    told.extend(refused(schema, wanted, value, &format!("{path}/{at}")));
                }
            }
            "minItems" | "maxItems" => {
                let count = value.as_array().map(|items| items.len() as u64);
                let bound = wanted.as_u64().unwrap();
                let off = count.is_some_and(|count| if key == "minItems" { count < bound } else { count > bound });
                told.extend(off.then(|| format!("{path}: {key} {bound}")));
            }
            "minLength" => told.extend((value.as_str() == Some("")).then(|| format!("{path}: empty"))),
            // The one pattern there is: a percentage.
            "pattern" => {
                let digits = value.as_str().and_then(|text| text.trim().strip_suffix(['%', '％']));
                let number = digits.is_some_and(|digits| digits.trim().parse::<f64>().is_ok());
                told.extend((value.is_string() && !number).then(|| format!("{path}: no percentage")));
            }
            "$schema" | "$defs" | "title" | "description" | "then" | "else" => {}
            other => panic!("a keyword that this test does not understand: {other}"),
        }
    }
    told
}

fn resolved<'s>(schema: &'s Value, rule: &'s Value) -> &'s Value {
    match rule.get("$ref").and_then(Value::as_str) {
        Some(name) => &schema["$defs"][name.strip_prefix("#/$defs/").unwrap()],
        None => rule,
    }
}

fn fits_type(wanted: &Value, value: &Value) -> bool {
    let fits = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        other => panic!("type {other}"),
    };
    match wanted {
        Value::Array(names) => names.iter().any(|name| fits(name.as_str().unwrap())),
        name => fits(name.as_str().unwrap()),
    }
}

#[test]
fn every_rulebook_of_ours_fits_the_schema() {
    let schema = schema(Language::Zh);
    for text in rulebooks() {
        assert_eq!(refused(&schema, &schema, &as_json(&text), ""), Vec::<String>::new());
    }
}

/// A place in a document: keys and numbers.
type Path = Vec<String>;

/// Every table of a document whose fields are the format's, and what its schema is.
fn tables<'s>(schema: &'s Value, rule: &'s Value, value: &Value, path: &Path, found: &mut Vec<(Path, &'s Value)>) {
    let rule = resolved(schema, rule);
    if let Some(variants) = rule.get("oneOf").and_then(Value::as_array) {
        let fitting = variants.iter().find(|rule| refused(schema, rule, value, "").is_empty());
        return fitting.into_iter().for_each(|rule| tables(schema, rule, value, path, found));
    }
    if rule.get("properties").is_some() {
        found.push((path.clone(), rule));
    }
    let below = |key: &str| [path.clone(), vec![key.to_owned()]].concat();
    for (key, value) in value.as_object().into_iter().flatten() {
        let open = rule.get("additionalProperties").filter(|rule| rule.is_object());
        if let Some(rule) = rule.get("properties").and_then(|known| known.get(key)).or(open) {
            tables(schema, rule, value, &below(key), found);
        }
    }
    for (at, value) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(rule) = rule.get("items") {
            tables(schema, rule, value, &below(&at.to_string()), found);
        }
    }
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Value {
    path.iter().fold(value, |value, key| match value {
        Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
        other => other.get_mut(key).unwrap(),
    })
}

/// One table of each kind, told apart by the fields that the schema gives it.
fn kinds_of_tables(schema: &Value, document: &Value) -> Vec<(Path, BTreeSet<String>)> {
    let root = if document["form"] == "declared" { "declared" } else { "scorecard" };
    let mut found = Vec::new();
    tables(schema, &schema["$defs"][root], document, &Path::new(), &mut found);
    let mut kinds: Vec<(Path, BTreeSet<String>)> = Vec::new();
    for (path, rule) in found {
        let fields: BTreeSet<String> = rule["properties"].as_object().unwrap().keys().cloned().collect();
        if !kinds.iter().any(|(_, known)| *known == fields) {
            kinds.push((path, fields));
        }
    }
    kinds
}

/// The fields that the loader would have taken where an unknown one stands.
fn known_to_the_loader(document: &Value) -> BTreeSet<String> {
    let table: toml::Table = serde_json::from_value(document.clone()).unwrap();
    let flaws = load("a.toml", &toml::to_string(&table).unwrap()).expect_err("an unknown field");
    let flaw = flaws.iter().find(|flaw| flaw.code == "unknown-field").expect("an unknown field");
    let known = flaw.holes.iter().find(|(hole, _)| *hole == "known").unwrap();
    Language::Zh.term(&known.1).split('、').map(str::to_owned).collect()
}

#[test]
fn the_schema_and_the_loader_know_the_same_fields() {
    let schema = schema(Language::Zh);
    let mut compared = 0;
    // The card of the guide has every kind of table, and is loaded faster than the built-in one.
    for text in rulebooks().split_off(1) {
        let document = as_json(&text);
        for (path, fields) in kinds_of_tables(&schema, &document) {
            let mut spoiled = document.clone();
            at(&mut spoiled, &path).as_object_mut().unwrap().insert("unheard_of".to_owned(), Value::from(1));
            assert!(!refused(&schema, &schema, &spoiled, "").is_empty(), "{path:?}");
            let mut known = known_to_the_loader(&spoiled);
            // A comparison is told from an answer by asking for its fact; one comparison stands for all five.
            let is_condition = fields.contains("value") && !fields.contains("clause");
            if is_condition {
                known.retain(|field| fields.contains(field));
            }
            // What a reading changes depends on the kind; the schema allows the fields of all kinds.
            let is_change = path.len() > 2 && path[path.len() - 2] == "criteria" && path[path.len() - 4] == "readings";
            if is_change {
                assert!(known.iter().all(|field| fields.contains(field) || field == "kind"), "{path:?}: {known:?}");
            } else {
                assert_eq!(fields, known, "{path:?}");
            }
            compared += 1;
        }
    }
    assert!(compared > 25, "{compared} tables");
}

#[test]
fn every_field_has_a_meaning_in_both_languages() {
    for language in [Language::Zh, Language::En] {
        let schema = schema(language);
        let mut found = Vec::new();
        for text in rulebooks() {
            let document = as_json(&text);
            let root = if document["form"] == "declared" { "declared" } else { "scorecard" };
            tables(&schema, &schema["$defs"][root], &document, &Path::new(), &mut found);
        }
        for (path, rule) in found {
            for (key, field) in rule["properties"].as_object().unwrap() {
                assert!(field["description"].is_string(), "{key} in {path:?}");
            }
        }
    }
}

#[test]
fn the_guide_names_every_field_and_every_word_of_the_format() {
    let guide = include_str!("../../src/rulebook/GUIDE.md");
    let schema = schema(Language::Zh);
    let mut words = BTreeSet::new();
    fields_and_words(&schema["$defs"], &mut words);
    let unnamed: Vec<&String> = words.iter().filter(|word| !named(guide, word)).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

fn named(guide: &str, word: &str) -> bool {
    let forms = [format!("`{word}`"), format!("`\"{word}\"`"), format!("`{word} ="), format!("{word} = ")];
    let tables = [format!("[[{word}]]"), format!(".{word}]]"), format!("[{word}]")];
    forms.iter().chain(&tables).any(|form| guide.contains(form.as_str()))
}

fn fields_and_words(value: &Value, words: &mut BTreeSet<String>) {
    if let Some(fields) = value.get("properties").and_then(Value::as_object) {
        words.extend(fields.keys().cloned());
    }
    let constants = value.get("enum").and_then(Value::as_array).into_iter().flatten().chain(value.get("const"));
    words.extend(constants.filter_map(Value::as_str).map(str::to_owned));
    let parts: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    parts.into_iter().for_each(|part| fields_and_words(part, words));
}

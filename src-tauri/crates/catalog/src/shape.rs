//! Compares a file with the schema: unknown and missing keys, wrong types, texts that are no digest, size or id.
//!
//! serde would stop at the first of these, and inside an option it no longer knows the line. Here every one is found,
//! each with the line of its own value. The rule: what passes here is read by serde without an error.

use std::collections::BTreeMap;

use freehold_model::spec::placeholder::Placeholder;
use freehold_model::time::Span;
use freehold_model::{ByteSize, ClientId, Digest, nearest};
use serde_json::Value as Json;
use toml_edit::{Item, TableLike, Value};

use crate::CatalogProblem;
use crate::document::{Document, Step};

/// Everything in the file that does not have the schema's shape.
pub(crate) fn check<'a>(document: &'a Document, schema: &'a Json) -> Vec<CatalogProblem> {
    let mut walk = Walk {
        document,
        schema,
        problems: Vec::new(),
    };
    let Some(table) = document.root().as_table_like() else {
        return Vec::new();
    };
    walk.table(table, schema, &mut Vec::new());
    walk.problems
}

struct Walk<'a> {
    document: &'a Document,
    schema: &'a Json,
    problems: Vec<CatalogProblem>,
}

/// What a type of the schema is called in a message.
fn type_words(kind: &str) -> &str {
    match kind {
        "string" => "a text in quotes",
        "integer" => "a whole number",
        "boolean" => "`true` or `false`",
        "array" => "a list in brackets",
        "object" => "a table",
        _ => kind,
    }
}

/// A table's keys with the schema of each.
type Keys<'a> = BTreeMap<&'a str, &'a Json>;

/// What a value without a schema is compared with: anything goes.
static ANYTHING: Json = Json::Bool(true);

impl<'a> Walk<'a> {
    fn report(&mut self, place: &[Step], reason: impl Into<String>, hint: Option<String>) {
        let mut problem = self.document.problem(place, reason);
        problem.hint = hint;
        self.problems.push(problem);
    }

    /// Follows `$ref`, and drops the `null` that stands for a key that may be left out.
    fn resolve(&self, schema: &'a Json) -> (&'a Json, Option<&'a str>) {
        let is_null = |part: &Json| part.get("type").and_then(Json::as_str) == Some("null");
        let parts = list(schema.get("anyOf"));
        if let Some(part) = parts.iter().find(|part| !is_null(part)) {
            return self.resolve(part);
        }
        let reference = schema.get("$ref").and_then(Json::as_str);
        match reference.and_then(|reference| reference.rsplit('/').next()) {
            Some(name) => (
                self.schema.pointer(&format!("/$defs/{name}")).unwrap_or(&ANYTHING),
                Some(name),
            ),
            None => (schema, None),
        }
    }

    fn table(&mut self, table: &dyn TableLike, schema: &'a Json, place: &mut Vec<Step>) {
        if takes_anything(schema) {
            return;
        }
        let mut known = keys(schema);
        let mut required = texts(schema.get("required"));
        if let Some(variants) = tagged_variants(schema) {
            let tags: Vec<String> = variants.iter().map(|(tag, _)| (*tag).to_owned()).collect();
            let Some(tag) = table.get("type").and_then(Item::as_str) else {
                let reason = format!("the key `type` is missing: one of {}", tags.join(", "));
                self.report(place, reason, None);
                return;
            };
            let Some((_, variant)) = variants.into_iter().find(|(name, _)| *name == tag) else {
                place.push(Step::from("type"));
                self.not_one_of(place, tag, &tags);
                place.pop();
                return;
            };
            known.extend(keys(variant));
            required.extend(texts(variant.get("required")));
        }
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        for (key, item) in table.iter() {
            let Some(value_schema) = known.get(key).copied().or(others) else {
                self.unknown_key(place, key, &known);
                continue;
            };
            place.push(Step::from(key));
            self.item(item, value_schema, place);
            place.pop();
        }
        for key in required.iter().filter(|key| !table.contains_key(key)) {
            let description = known
                .get(key)
                .and_then(|schema| schema.get("description"))
                .and_then(Json::as_str);
            let hint = description.map(|text| format!("`{key}`: {text}"));
            self.report(place, format!("the key `{key}` is missing"), hint);
        }
    }

    fn unknown_key(&mut self, place: &[Step], key: &str, known: &Keys<'_>) {
        let mut problem = self.document.problem_at_key(place, key, format!("unknown key `{key}`"));
        problem.hint = Some(match nearest(key, known.keys().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", known.keys().copied().collect::<Vec<_>>().join(", ")),
        });
        self.problems.push(problem);
    }

    fn item(&mut self, item: &Item, schema: &'a Json, place: &mut Vec<Step>) {
        let (schema, name) = self.resolve(schema);
        match item {
            Item::None => {}
            Item::Table(table) => self.table_or_wrong_type(table, schema, place),
            Item::Value(value) => self.value(value, schema, name, place),
            Item::ArrayOfTables(tables) => {
                let Some(items) = schema.get("items") else {
                    self.wrong_type(schema, place);
                    return;
                };
                let (items, _) = self.resolve(items);
                for (index, table) in tables.iter().enumerate() {
                    place.push(Step::from(index));
                    self.table_or_wrong_type(table, items, place);
                    place.pop();
                }
            }
        }
    }

    fn table_or_wrong_type(&mut self, table: &dyn TableLike, schema: &'a Json, place: &mut Vec<Step>) {
        if types(schema).is_empty() || types(schema).contains(&"object") {
            self.table(table, schema, place);
        } else {
            self.wrong_type(schema, place);
        }
    }

    fn value(&mut self, value: &Value, schema: &'a Json, name: Option<&str>, place: &mut Vec<Step>) {
        if let Some(table) = value.as_inline_table() {
            self.table_or_wrong_type(table, schema, place);
            return;
        }
        let kind = match value {
            Value::String(_) => "string",
            Value::Integer(_) => "integer",
            Value::Boolean(_) => "boolean",
            Value::Array(_) => "array",
            Value::Float(_) | Value::Datetime(_) | Value::InlineTable(_) => "other",
        };
        let wanted = types(schema);
        let choices = constants(schema);
        if !choices.is_empty() {
            match value.as_str() {
                Some(text) if choices.iter().any(|choice| choice == text) => {}
                Some(text) => self.not_one_of(place, text, &choices),
                None => self.report(place, format!("must be one of {}", choices.join(", ")), None),
            }
            return;
        }
        if !wanted.is_empty() && !wanted.contains(&kind) {
            self.wrong_type(schema, place);
            return;
        }
        if let Some(array) = value.as_array() {
            let (items, items_name) = self.resolve(schema.get("items").unwrap_or(&ANYTHING));
            for (index, element) in array.iter().enumerate() {
                place.push(Step::from(index));
                self.value(element, items, items_name, place);
                place.pop();
            }
        }
        if let Some(number) = value.as_integer() {
            let max = schema.get("maximum").and_then(Json::as_i64).unwrap_or(i64::MAX);
            if name == Some("ByteSize") || schema.get("minimum").is_some() {
                let min = schema.get("minimum").and_then(Json::as_i64).unwrap_or(0);
                if number < min || number > max {
                    self.report(place, format!("{number} is outside {min} to {max}"), None);
                }
            }
        }
        if let Some(reason) = name
            .zip(value.as_str())
            .and_then(|(name, text)| refused_text(name, text))
        {
            self.report(place, reason, None);
        }
    }

    fn wrong_type(&mut self, schema: &Json, place: &[Step]) {
        let wanted: Vec<String> = types(schema)
            .iter()
            .filter(|kind| **kind != "null")
            .map(|kind| type_words(kind).to_owned())
            .collect();
        let key = match place.last() {
            Some(Step::Key(key)) => format!("`{key}`"),
            Some(Step::Index(_)) | None => "the value".to_owned(),
        };
        self.report(place, format!("{key} must be {}", wanted.join(" or ")), None);
    }

    fn not_one_of(&mut self, place: &[Step], text: &str, choices: &[String]) {
        let hint = nearest(text, choices.iter().map(String::as_str)).map(|meant| format!("did you mean `{meant}`?"));
        self.report(place, format!("`{text}` is not one of {}", choices.join(", ")), hint);
    }
}

/// Why a text cannot be a value of one of the model's checked types; `None` for types that take any text.
fn refused_text(type_name: &str, text: &str) -> Option<String> {
    match type_name {
        "Digest" => text.parse::<Digest>().err().map(|error| error.to_string()),
        "ByteSize" => text.parse::<ByteSize>().err().map(|error| error.to_string()),
        "Span" => serde_json::from_value::<Span>(Json::from(text))
            .err()
            .map(|error| error.to_string()),
        "ClientId" | "Chain" | "Network" | "ServiceName" | "OptionId" => {
            let words = match type_name {
                "Chain" => "chain name",
                "Network" => "network name",
                "ServiceName" => "service name",
                "OptionId" => "option id",
                _ => "catalog id",
            };
            ClientId::try_new(text)
                .err()
                .map(|error| error.to_string().replace("catalog id", words))
        }
        _ => None,
    }
}

/// A value of any form, for example a parameter of an RPC method.
fn takes_anything(schema: &Json) -> bool {
    let says = |key: &str| schema.get(key).is_some();
    !says("type") && !says("properties") && !says("oneOf") && !says("additionalProperties")
}

fn list(value: Option<&Json>) -> &[Json] {
    value.and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn keys(schema: &Json) -> Keys<'_> {
    let properties = schema.get("properties").and_then(Json::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(key, schema)| (key.as_str(), schema))
        .collect()
}

fn texts(value: Option<&Json>) -> Vec<&str> {
    list(value).iter().filter_map(Json::as_str).collect()
}

fn types(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(kind)) => vec![kind],
        other => texts(other),
    }
}

/// The texts of an enum without fields.
fn constants(schema: &Json) -> Vec<String> {
    let listed = texts(schema.get("enum"));
    let variants = list(schema.get("oneOf"))
        .iter()
        .filter_map(|variant| variant.get("const")?.as_str());
    listed.into_iter().chain(variants).map(str::to_owned).collect()
}

/// The tables that a `type` key chooses from.
fn tagged_variants(schema: &Json) -> Option<Vec<(&str, &Json)>> {
    let variants = schema.get("oneOf").and_then(Json::as_array)?;
    Some(
        variants
            .iter()
            .filter_map(|variant| Some((variant.pointer("/properties/type/const")?.as_str()?, variant)))
            .collect(),
    )
}

/// The placeholders that exist, for hints.
pub(crate) fn placeholder_hint() -> String {
    format!("placeholders: {}", Placeholder::FORMS.join(", "))
}

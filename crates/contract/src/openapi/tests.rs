//! The document against the code: what is published, what refers to what, what can be sent.

/// `docs/openapi.json` is what other backends implement; it must say what the code does.
/// `UPDATE_OPENAPI=1 cargo test -p motcua-contract --features openapi` writes it anew.
#[test]
fn the_published_document_equals_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let mut made = serde_json::to_string_pretty(&super::document()).unwrap();
    made.push('\n');
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap();
    assert!(published == made, "docs/openapi.json differs from the code");
}

#[test]
fn every_reference_is_defined() {
    let made = serde_json::to_value(super::document()).unwrap();
    let schemas = made["components"]["schemas"].as_object().unwrap();
    let text = made.to_string();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "no schema {name}");
    }
    assert_eq!(made["openapi"], "3.1.0");
}

#[test]
fn a_name_stands_for_one_schema() {
    let mut known = std::collections::BTreeMap::new();
    for (name, schema) in super::schemas() {
        let made = serde_json::to_string(&schema).unwrap();
        let before = known.entry(name.clone()).or_insert_with(|| made.clone());
        assert_eq!(*before, made, "two schemas are called {name}");
    }
}

#[test]
fn what_can_be_sent_is_allowed() {
    let made = serde_json::to_value(super::document()).unwrap();
    let schemas = &made["components"]["schemas"];
    // A part of a whole may stand beside the tag that says which one it is.
    for part in ["Authorisation", "PersonKind"] {
        assert!(schemas[part]["properties"].is_object());
        assert!(schemas[part].get("additionalProperties").is_none(), "{part}");
    }
    assert_eq!(schemas["SubmitDossier"]["additionalProperties"], false);
    let failed = &made["paths"]["/dossiers"]["post"]["responses"]["default"];
    let schema = &failed["content"]["application/problem+json"]["schema"]["$ref"];
    let name = schema.as_str().unwrap().rsplit('/').next().unwrap();
    for field in ["type", "status", "title", "fields"] {
        assert!(schemas[name]["properties"][field].is_object(), "{field}");
    }
}

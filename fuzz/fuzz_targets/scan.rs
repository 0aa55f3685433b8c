//! Any text that a code can hold, as what it means: links, codes, cards and transfers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_domain::procedure::ProcedureCode;
use motcua_domain::scan::{PortalIds, TrustedHosts, meaning, meaning_of_pasted};
use std::sync::LazyLock;

static RULES: LazyLock<(TrustedHosts, PortalIds)> = LazyLock::new(|| {
    let hosts = TrustedHosts {
        own: vec!["motcua.example.vn".into(), "127.0.0.1:8080".into()],
        portals: vec!["dichvucong.gov.vn".into(), "dichvucong.*.gov.vn".into()],
    };
    let code = ProcedureCode::parse("2.000815").expect("a code");
    (hosts, PortalIds::from([("019d2bfd-8e22-77ef-819f-e49460350904".to_owned(), code)]))
});

fuzz_target!(|text: &str| {
    let (hosts, ids) = &*RULES;
    let scanned = meaning(text, hosts, ids);
    let pasted = meaning_of_pasted(text, hosts, ids);
    // What is understood whole is understood the same way when it is pasted.
    if let Ok(meant) = scanned {
        assert_eq!(pasted.ok(), Some(meant));
    }
});

//! Any text as an identity card: what is read agrees with itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_domain::citizen_card::CitizenCard;

fuzz_target!(|text: &str| {
    if let Ok(card) = CitizenCard::parse(text) {
        assert!(card.number.agrees_with(card.birth_date));
        assert_eq!(card.number.sex(), card.sex);
    }
});

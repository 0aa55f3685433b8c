//! Dossiers and feedback under another name: on a shared device no code and no key of either may stand in
//! an address, for the browser writes the addresses it visited down. Off until `begin`.

use motcua_domain::dossier::DossierCode;
use std::cell::RefCell;

/// What a name begins with; the place in the list follows.
const NAME: &str = "so-";

/// What has a name, by its code, and the key that opens it.
type Masked = (String, Option<String>);

thread_local! {
    static MASKED: RefCell<Option<Vec<Masked>>> = const { RefCell::new(None) };
}

/// From now on dossiers and feedback stand in addresses under other names.
pub fn begin() {
    MASKED.with_borrow_mut(|masked| {
        masked.get_or_insert_default();
    });
}

/// How a code stands in an address.
pub fn name_of(code: &str) -> String {
    MASKED.with_borrow_mut(|masked| match masked {
        None => code.to_owned(),
        Some(list) => format!("{NAME}{}", place_of(list, code)),
    })
}

/// The dossier of a name.
pub fn find(name: &str) -> Option<DossierCode> {
    at(name).and_then(|(code, _)| DossierCode::parse(&code).ok())
}

/// What stands in an address in the place of a code, or the code itself where it is one.
pub fn unmasked(name: &str) -> String {
    at(name).map_or_else(|| name.to_owned(), |(code, _)| code)
}

/// The key of what has a name.
pub fn find_key(name: &str) -> Option<String> {
    at(name).and_then(|(_, key)| key)
}

/// What follows a dossier's address so that it opens: its key, unless that is kept here.
pub fn fragment(code: &DossierCode, key: Option<&str>) -> String {
    let Some(key) = key else { return String::new() };
    MASKED.with_borrow_mut(|masked| {
        let Some(list) = masked else { return format!("#k={key}") };
        let place = place_of(list, code.as_str());
        if let Some((_, known)) = list.get_mut(place) {
            *known = Some(key.to_owned());
        }
        String::new()
    })
}

/// All names as one line, to be taken along.
pub fn pack() -> String {
    let list = MASKED.with_borrow(|masked| masked.clone().unwrap_or_default());
    list.iter().fold(String::new(), |mut line, (code, key)| {
        line.push_str(code);
        line.push('#');
        line.push_str(key.as_deref().unwrap_or_default());
        line.push(' ');
        line
    })
}

/// Takes over all names from such a line.
pub fn unpack(line: &str) {
    let read = |pair: &str| {
        let (code, key) = pair.split_once('#')?;
        Some((code.to_owned(), Some(key.to_owned()).filter(|key| !key.is_empty())))
    };
    MASKED.set(Some(line.split_whitespace().filter_map(read).collect()));
}

fn place_of(list: &mut Vec<Masked>, code: &str) -> usize {
    list.iter().position(|(known, _)| known == code).unwrap_or_else(|| {
        list.push((code.to_owned(), None));
        list.len() - 1
    })
}

fn at(name: &str) -> Option<Masked> {
    let place: usize = name.strip_prefix(NAME)?.parse().ok()?;
    MASKED.with_borrow(|masked| masked.as_ref()?.get(place).cloned())
}

#[cfg(test)]
mod tests {
    use super::super::{Route, Visit};
    use super::*;

    #[test]
    fn on_a_shared_device_an_address_tells_nothing_of_a_dossier() {
        let code = DossierCode::parse("H24.31-261122-000042").unwrap();
        let route = Route::Fee(code.clone());
        assert_eq!(route.to_string(), "/ho-so/H24.31-261122-000042/le-phi");
        assert_eq!(fragment(&code, Some("abcdefghijklmnop")), "#k=abcdefghijklmnop");
        begin();
        let path = format!("{route}{}", fragment(&code, Some("abcdefghijklmnop")));
        assert_eq!(path, "/ho-so/so-0/le-phi");
        let visit = Visit::parse(&path, "", "");
        assert_eq!((&visit.route, visit.key.as_deref()), (&route, Some("abcdefghijklmnop")));
        let voice = Route::Voice("PA-261126-0042-6".to_owned());
        let at_voice = voice.to_string();
        assert_eq!(at_voice, "/phan-anh/so-1");
        assert_eq!(Route::parse(&at_voice), voice);
        let taken = pack();
        unpack("");
        assert_eq!(Route::parse(&path), Route::Unknown);
        unpack(&taken);
        assert_eq!((Route::parse(&path), Route::parse(&at_voice)), (route, voice));
    }
}

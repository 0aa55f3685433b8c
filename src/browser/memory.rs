//! The shelves of a shared device: in the memory of this window and nowhere else, so that nothing of a
//! visitor is ever on the disk to be found. Off until `begin`. Knows nothing of what is kept.

use super::crypto;
use super::storage::{Kept, Shelf};
use std::cell::RefCell;

/// What stands in a package for a text.
const TEXT: &str = "t";
/// And for bytes.
const BYTES: &str = "b";

#[derive(Default)]
struct Memory {
    rows: Vec<Row>,
    settings: Vec<(String, String)>,
}

struct Row {
    shelf: Shelf,
    key: String,
    is_text: bool,
    bytes: Vec<u8>,
}

impl Row {
    fn is(&self, shelf: Shelf, key: &str) -> bool {
        self.shelf == shelf && self.key == key
    }

    fn kept(&self) -> Kept {
        if self.is_text {
            Kept::Text(String::from_utf8_lossy(&self.bytes).into_owned())
        } else {
            Kept::Bytes(self.bytes.clone())
        }
    }
}

thread_local! {
    static MEMORY: RefCell<Option<Memory>> = const { RefCell::new(None) };
}

/// From now on everything is kept in the memory.
pub fn begin() {
    MEMORY.with_borrow_mut(|memory| {
        memory.get_or_insert_default();
    });
}

/// Whether everything is kept in the memory.
pub fn is_on() -> bool {
    MEMORY.with_borrow(Option::is_some)
}

/// Whether nothing is kept.
pub fn is_empty() -> bool {
    MEMORY.with_borrow(|memory| memory.as_ref().is_none_or(|memory| memory.rows.is_empty()))
}

/// Lets go of all of it.
pub fn forget() {
    with(|memory| *memory = Memory::default());
}

fn with<T: Default>(act: impl FnOnce(&mut Memory) -> T) -> T {
    MEMORY.with_borrow_mut(|memory| memory.as_mut().map(act).unwrap_or_default())
}

/// What is under this key.
pub fn find(shelf: Shelf, key: &str) -> Option<Kept> {
    with(|memory| memory.rows.iter().find(|row| row.is(shelf, key)).map(Row::kept))
}

/// Keeps something under this key; a file is put as its bytes.
pub fn put(shelf: Shelf, key: &str, kept: Kept) {
    let (is_text, bytes) = match kept {
        Kept::Text(text) => (true, text.into_bytes()),
        Kept::Bytes(bytes) => (false, bytes),
        Kept::File(_) => return,
    };
    remove(shelf, key);
    with(|memory| memory.rows.push(Row { shelf, key: key.to_owned(), is_text, bytes }));
}

/// Removes what is under this key.
pub fn remove(shelf: Shelf, key: &str) {
    with(|memory| memory.rows.retain(|row| !row.is(shelf, key)));
}

/// Everything on a shelf, with its keys.
pub fn entries(shelf: Shelf) -> Vec<(String, Kept)> {
    with(|memory| {
        let rows = memory.rows.iter().filter(|row| row.shelf == shelf);
        rows.map(|row| (row.key.clone(), row.kept())).collect()
    })
}

/// A setting.
pub fn find_setting(key: &str) -> Option<String> {
    with(|memory| {
        memory.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    })
}

/// Remembers a setting.
pub fn remember(key: &str, value: &str) {
    with(|memory| {
        memory.settings.retain(|(known, _)| known != key);
        memory.settings.push((key.to_owned(), value.to_owned()));
    });
}

/// Everything on the shelves as one text: a line for each, its parts in hexadecimal.
pub fn pack() -> String {
    let hex = |text: &str| crypto::hex(text.as_bytes());
    with(|memory| {
        let mut text = String::new();
        for row in &memory.rows {
            let kind = if row.is_text { TEXT } else { BYTES };
            for part in [row.shelf.name(), kind, &hex(&row.key), &crypto::hex(&row.bytes)] {
                text.push_str(part);
                text.push(' ');
            }
            text.push('\n');
        }
        text
    })
}

/// Puts everything from a package onto the shelves. Says whether it was one.
pub fn unpack(text: &str) -> bool {
    let rows: Option<Vec<Row>> = text.lines().map(find_row).collect();
    let Some(rows) = rows else { return false };
    with(|memory| memory.rows = rows);
    true
}

fn find_row(line: &str) -> Option<Row> {
    let mut parts = line.split(' ');
    let shelf = parts.next()?;
    let shelf = Shelf::ALL.into_iter().find(|known| known.name() == shelf)?;
    let is_text = parts.next()? == TEXT;
    let key = String::from_utf8(crypto::find_bytes(parts.next()?)?).ok()?;
    let bytes = crypto::find_bytes(parts.next()?)?;
    Some(Row { shelf, key, is_text, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_there_again_and_what_was_forgotten_is_not() {
        put(Shelf::Drafts, "a", Kept::Text("nothing is kept before it begins".into()));
        assert!(!is_on() && find(Shelf::Drafts, "a").is_none());
        begin();
        put(Shelf::Drafts, "a", Kept::Text("hai".into()));
        put(Shelf::Drafts, "a", Kept::Text("một".into()));
        put(Shelf::Papers, "b ä", Kept::Bytes(vec![0, 171, 255]));
        remember("person", "x");
        let package = pack();
        forget();
        assert!(is_empty() && find(Shelf::Drafts, "a").is_none());
        assert_eq!(find_setting("person"), None);
        assert!(!unpack("drafts t zz 00"));
        assert!(unpack(&package) && entries(Shelf::Drafts).len() == 1);
        assert!(matches!(find(Shelf::Drafts, "a"), Some(Kept::Text(text)) if text == "một"));
        assert!(matches!(find(Shelf::Papers, "b ä"), Some(Kept::Bytes(b)) if b == [0, 171, 255]));
        remove(Shelf::Drafts, "a");
        assert!(find(Shelf::Drafts, "a").is_none());
    }
}

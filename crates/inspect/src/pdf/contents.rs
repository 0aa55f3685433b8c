//! Everything in a PDF, whether a page needs it or not: no actions but going to a place, no files, no
//! films. Names are those of ISO 32000-2.

use crate::Refusal;
use lopdf::{Dictionary, Document, Object};

/// Actions that do more than go to a place or an address (table 201).
const ACTIONS: [&[u8]; 12] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
    b"GoToDp",
];
/// Annotations that carry a file, a film or a sound (table 171).
const CARRIERS: [&[u8]; 6] =
    [b"FileAttachment", b"Sound", b"Movie", b"Screen", b"RichMedia", b"3D"];
/// Keys that lead to files within or beside the document.
const FILES: [&[u8]; 4] = [b"EmbeddedFiles", b"EF", b"RichMediaContent", b"RichMediaSettings"];

/// Looks at every object.
pub fn check(document: &Document) -> Result<(), Refusal> {
    check_dictionary(document, &document.trailer)?;
    document.objects.values().try_for_each(|object| check_object(document, object))
}

/// The parser has bounded how deep objects lie in one another.
fn check_object(document: &Document, object: &Object) -> Result<(), Refusal> {
    match object {
        Object::Dictionary(dictionary) => check_dictionary(document, dictionary),
        Object::Stream(stream) => {
            // Bytes that are fetched from another file (table 5).
            if stream.dict.has(b"F") {
                return Err(Refusal::PdfAttachment);
            }
            check_dictionary(document, &stream.dict)
        }
        Object::Array(items) => items.iter().try_for_each(|item| check_object(document, item)),
        _ => Ok(()),
    }
}

fn check_dictionary(document: &Document, dictionary: &Dictionary) -> Result<(), Refusal> {
    let name = |key: &[u8]| find_name(document, dictionary, key);
    let action = name(b"S");
    if action.is_some_and(|action| ACTIONS.contains(&action)) || dictionary.has(b"XFA") {
        return Err(Refusal::PdfActive);
    }
    // A script may stand where no action says that it is one.
    if dictionary.has(b"JavaScript") {
        return Err(Refusal::PdfActive);
    }
    let carrier = name(b"Subtype").is_some_and(|kind| CARRIERS.contains(&kind));
    let embedded = name(b"Type").is_some_and(|kind| kind == b"EmbeddedFile");
    if carrier || embedded || FILES.iter().any(|key| dictionary.has(key)) {
        return Err(Refusal::PdfAttachment);
    }
    dictionary.iter().try_for_each(|(_, value)| check_object(document, value))
}

/// A name, though it be kept in an object of its own.
fn find_name<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    let value = dictionary.get(key).ok()?;
    let (_, value) = document.dereference(value).ok()?;
    value.as_name().ok()
}

//! One word as the search sees it: without marks, and what marks it had. Knows Vietnamese typing
//! (Telex, VNI), not the catalogue.

use crate::text::marked_letters;

/// A word: its letters without marks, and the marks apart, so that "mat" finds "mất" and "mật", and
/// "mất" finds "mất" first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// Lower case, without marks.
    pub folded: String,
    /// Where which shape stands (ă, â, đ…), as one number; 0 for none.
    shapes: u32,
    /// The tone, wherever it stands: "uỷ" is "ủy".
    tone: u8,
}

/// How well two words of the same letters agree in their marks.
const OTHER_TONE: f32 = 0.85;
const OTHER_SHAPE: f32 = 0.6;

impl Word {
    fn push(&mut self, letter: Letter) {
        if letter.shape > 0 {
            let place = self.folded.len() as u32;
            let shape = u32::from(letter.shape);
            self.shapes = self.shapes.wrapping_mul(31).wrapping_add(place * 4 + shape);
        }
        if letter.tone > 0 {
            self.tone = letter.tone;
        }
        self.folded.push(letter.plain);
    }

    /// The same letters without any marks.
    pub fn unmarked(folded: &str) -> Self {
        Self { folded: folded.to_owned(), shapes: 0, tone: 0 }
    }

    fn has_marks(&self) -> bool {
        self.shapes != 0 || self.tone != 0
    }

    /// From 0 to 1, how well a typed word agrees in marks with a written one of the same letters. A
    /// word typed without marks agrees with any.
    pub fn agreement(&self, written: &Word) -> f32 {
        if !self.has_marks() || (self.shapes == written.shapes && self.tone == written.tone) {
            1.0
        } else if self.shapes == written.shapes {
            OTHER_TONE
        } else {
            OTHER_SHAPE
        }
    }
}

/// For a table of words: FNV-1a of the letters, so that markings of the same letters meet.
pub fn hash(folded: &str) -> usize {
    let bytes = folded.bytes();
    let hash =
        bytes.fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize
}

/// A letter and what stands on it.
#[derive(Clone, Copy)]
struct Letter {
    plain: char,
    shape: u8,
    tone: u8,
}

/// Letters looked up at once: the whole catalogue is cut into words when it arrives.
pub struct Letters(Vec<Option<Letter>>);

/// Past the last marked letter, `ỹ`.
const LETTERS: usize = 0x1efa;
/// Stands for a loose mark.
const LOOSE: char = '\0';

impl Letters {
    /// A table without letters, until the real one is there.
    pub fn empty() -> Self {
        Self(Vec::new())
    }

    /// Fills the table.
    pub fn new() -> Self {
        let mut table = vec![None; LETTERS];
        for (letter, plain, shape, tone) in marked_letters() {
            let plain = plain.unwrap_or(LOOSE);
            table[letter as usize] = Some(Letter { plain, shape, tone });
        }
        Self(table)
    }

    fn of(&self, letter: char) -> Letter {
        let known = self.0.get(letter as usize).copied().flatten();
        let plain = letter.to_ascii_lowercase();
        known.unwrap_or(Letter { plain, shape: 0, tone: 0 })
    }

    /// Cuts a text into words. A point stays inside a number, so that codes stay whole.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut found = Vec::new();
        let mut word = Word::default();
        for letter in text.chars().map(|letter| self.of(letter)) {
            let inside = letter.plain == '.' && word.folded.ends_with(|c: char| c.is_ascii_digit());
            if letter.plain.is_alphanumeric() || inside {
                word.push(letter);
            } else if letter.plain != LOOSE && !word.folded.is_empty() {
                found.push(std::mem::take(&mut word));
            }
        }
        if !word.folded.is_empty() {
            found.push(word);
        }
        for word in &mut found {
            while word.folded.ends_with('.') {
                word.folded.pop();
            }
        }
        found
    }
}

/// What a word would be if the keyboard had not swallowed its Telex or VNI marks: "chuwngs" and
/// "chu7ng1" become "chung". `None` where nothing is left over.
pub fn without_leftovers(folded: &str) -> Option<String> {
    let mut letters: Vec<char> = Vec::with_capacity(folded.len());
    for (place, letter) in folded.chars().enumerate() {
        let doubled = matches!(letter, 'a' | 'e' | 'o' | 'd') && letters.last() == Some(&letter);
        let mark = letter == 'w' && place > 0 || letter.is_ascii_digit();
        if !doubled && !mark {
            letters.push(letter);
        }
    }
    // The letter of a tone stands at the end, or between vowels and the final consonants.
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let tone = (1..letters.len()).rev().find(|&place| {
        matches!(letters[place], 's' | 'f' | 'r' | 'x' | 'j')
            && letters[..place].iter().any(|l| vowel(*l))
    });
    if let Some(place) = tone {
        letters.remove(place);
    }
    let cleaned: String = letters.into_iter().collect();
    (!cleaned.is_empty() && cleaned != folded).then_some(cleaned)
}

/// Whether two words are `slips` or fewer slips apart: a letter too many, too few, another one, or
/// two swapped.
pub fn is_close(a: &[u8], b: &[u8], slips: u8) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    if slips == 0 || a.is_empty() || b.is_empty() {
        return a.len().max(b.len()) <= usize::from(slips);
    }
    if a.len().abs_diff(b.len()) > usize::from(slips) {
        return false;
    }
    let less = slips - 1;
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    is_close(&a[1..], &b[1..], less)
        || is_close(&a[1..], b, less)
        || is_close(a, &b[1..], less)
        || swapped && is_close(&a[2..], &b[2..], less)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Letters::new().words(text).remove(0)
    }

    #[test]
    fn marks_are_kept_apart() {
        assert_eq!(word("Mất").folded, "mat");
        assert!(word("mat").agreement(&word("mật")) > 0.99);
        assert!(word("ủy").agreement(&word("uỷ")) > 0.99);
        assert!(word("mất").agreement(&word("mất")) > word("mất").agreement(&word("mật")));
        assert!(word("mất").agreement(&word("mật")) > word("mất").agreement(&word("mát")));
    }

    #[test]
    fn cuts_words_and_keeps_codes() {
        let cut: Vec<String> = Letters::new()
            .words("Cấp (lại) 1.001193, mẫu 01. ")
            .into_iter()
            .map(|word| word.folded)
            .collect();
        assert_eq!(cut, ["cap", "lai", "1.001193", "mau", "01"]);
    }

    #[test]
    fn leftovers_of_telex_and_vni_go() {
        for (typed, meant) in [
            ("sinhf", "sinh"),
            ("chuwngs", "chung"),
            ("ddaawng", "dang"),
            ("kys", "ky"),
            ("giaays", "giay"),
            ("thuwjc", "thuc"),
            ("giay61", "giay"),
        ] {
            assert_eq!(without_leftovers(typed).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(without_leftovers("khai"), None);
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, slips) in [
            ("sinhh", "sinh", 1),
            ("kai", "khai", 1),
            ("sihn", "sinh", 1),
            ("hon", "hom", 1),
            ("certifed", "certified", 1),
            ("xac nhn", "xac nhan", 1),
        ] {
            assert!(is_close(a.as_bytes(), b.as_bytes(), slips), "{a} {b}");
            assert!(!is_close(a.as_bytes(), b.as_bytes(), 0), "{a} {b}");
        }
        assert!(!is_close(b"khai", b"sinh", 2));
    }
}

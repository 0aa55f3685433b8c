//! The index: every text that may be searched, cut into words once. Built when the catalogue
//! arrives; `rank` reads it. No sorting and no maps of the standard library, which would cost the
//! app more bytes than the whole search.

use super::word::{Letters, Word, hash};
use super::words::Words;
use crate::procedure::ProcedureCode;
use crate::text::Text;

/// A procedure as the index takes it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its code.
    pub code: &'a ProcedureCode,
    /// What people call it.
    pub title: &'a Text,
    /// Its official name.
    pub name: &'a Text,
    /// Other words that people search by.
    pub keywords: &'a [String],
    /// How likely it is asked for, from 0 to 1, before anything is typed.
    pub prior: f32,
}

/// A text and what it belongs to.
pub(super) struct Line {
    /// Its words: a range of `Index::tokens`.
    pub start: u32,
    pub end: u32,
    /// The procedures that it names, best first: a range of `Index::owners`.
    pub owners: u32,
    pub owners_end: u32,
    /// What all its words weigh.
    pub mass: f32,
    /// How much a match in it counts.
    pub weight: f32,
    /// Whether it is Vietnamese.
    pub vietnamese: bool,
}

/// A distinct word.
pub(super) struct Term {
    pub word: Word,
    /// How much it tells: words that few texts use tell more.
    pub weight: f32,
    /// The lines that use it: a range of `Index::postings`.
    pub start: u32,
    pub end: u32,
}

/// What can be searched.
pub struct Index {
    pub(super) lines: Vec<Line>,
    pub(super) tokens: Vec<u32>,
    pub(super) owners: Vec<u32>,
    pub(super) terms: Vec<Term>,
    pub(super) postings: Vec<u32>,
    pub(super) abbreviations: Vec<(String, Vec<Word>)>,
    pub(super) stop_words: Vec<Word>,
    /// Words that stand for each other, each with its term where a text uses it.
    pub(super) synonyms: Vec<Vec<(Word, Option<u32>)>>,
    pub(super) priors: Vec<f32>,
    /// The digits of each code: 1001193.
    pub(super) codes: Vec<String>,
    slots: Vec<u32>,
    pub(super) letters: Letters,
}

/// How much a match counts in each kind of text.
const TITLE: f32 = 1.0;
const NAME: f32 = 0.95;
const KEYWORD: f32 = 1.0;
const PHRASE: f32 = 1.05;
/// What is left of a word that says little.
const STOPPED: f32 = 0.12;
const EMPTY: u32 = u32::MAX;

impl Index {
    /// Builds the index over procedures and the words that people use for them.
    pub fn build<'a>(entries: impl Iterator<Item = Entry<'a>>, known: &Words) -> Self {
        let letters = Letters::new();
        let words = |text: &str| letters.words(text);
        let mut index = Self {
            lines: Vec::new(),
            tokens: Vec::new(),
            owners: Vec::new(),
            terms: Vec::new(),
            postings: Vec::new(),
            abbreviations: known
                .abbreviations
                .iter()
                .filter_map(|entry| Some((words(&entry.short).pop()?.folded, words(&entry.means))))
                .collect(),
            stop_words: known.stop_words.iter().flat_map(|word| words(word.as_str())).collect(),
            synonyms: known
                .synonyms
                .iter()
                .map(|group| group.iter().flat_map(|word| words(word.as_str())))
                .map(|group| group.map(|word| (word, None)).collect())
                .collect(),
            priors: Vec::new(),
            codes: Vec::new(),
            slots: vec![EMPTY; 1024],
            letters: Letters::empty(),
        };
        for (place, entry) in entries.enumerate() {
            let owner = [place as u32];
            index.codes.push(digits(entry.code.as_str()));
            index.priors.push(entry.prior);
            for (text, weight) in [(entry.title, TITLE), (entry.name, NAME)] {
                if weight == TITLE || entry.name != entry.title {
                    index.add(&letters, &text.vi, &owner, weight, true);
                    index.add(&letters, &text.en, &owner, weight, false);
                }
            }
            for keyword in entry.keywords {
                index.add(&letters, keyword, &owner, KEYWORD, true);
            }
        }
        for phrase in &known.phrases {
            let owners: Vec<u32> = phrase
                .codes
                .iter()
                .filter_map(|code| {
                    let wanted = digits(code.as_str());
                    index.codes.iter().position(|known| *known == wanted)
                })
                .map(|place| place as u32)
                .collect();
            for say in &phrase.say {
                index.add(&letters, say, &owners, PHRASE, true);
            }
        }
        index.letters = letters;
        index.finish();
        index
    }

    fn add(
        &mut self,
        letters: &Letters,
        text: &str,
        owners: &[u32],
        weight: f32,
        vietnamese: bool,
    ) {
        let start = self.tokens.len() as u32;
        for word in self.expanded(letters.words(text)) {
            let term = self.intern(word);
            self.tokens.push(term);
        }
        let end = self.tokens.len() as u32;
        if start == end || owners.is_empty() {
            self.tokens.truncate(start as usize);
            return;
        }
        let first = self.owners.len() as u32;
        self.owners.extend_from_slice(owners);
        let owners_end = self.owners.len() as u32;
        self.lines.push(Line {
            start,
            end,
            owners: first,
            owners_end,
            mass: 0.0,
            weight,
            vietnamese,
        });
    }

    /// Short forms written out, so that "BHYT" and "bảo hiểm y tế" are the same words.
    pub(super) fn expanded(&self, words: Vec<Word>) -> Vec<Word> {
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            match self.abbreviations.iter().find(|(short, _)| *short == word.folded) {
                Some((_, long)) => all.extend_from_slice(long),
                None => all.push(word),
            }
        }
        all
    }

    /// The term of a word; made when it is new. Open addressing, grown at half full.
    fn intern(&mut self, word: Word) -> u32 {
        if self.terms.len() * 2 >= self.slots.len() {
            let size = self.slots.len() * 2;
            self.slots.clear();
            self.slots.resize(size, EMPTY);
            for place in 0..self.terms.len() {
                let slot = self.slot_of(&self.terms[place].word);
                self.slots[slot] = place as u32;
            }
        }
        let slot = self.slot_of(&word);
        if self.slots[slot] == EMPTY {
            self.slots[slot] = self.terms.len() as u32;
            self.terms.push(Term { word, weight: 0.0, start: 0, end: 0 });
        }
        self.slots[slot]
    }

    fn slot_of(&self, word: &Word) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = hash(&word.folded) & last;
        while self.slots[slot] != EMPTY && self.terms[self.slots[slot] as usize].word != *word {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Counts, weighs, and writes down which lines use which word.
    fn finish(&mut self) {
        let mut uses = vec![0u32; self.terms.len()];
        self.each_use(|term, _| uses[term] += 1);
        let mut start = 0;
        for (term, count) in self.terms.iter_mut().zip(&uses) {
            (term.start, term.end) = (start, start);
            start += count;
        }
        self.postings = vec![0; start as usize];
        let mut ends: Vec<u32> = self.terms.iter().map(|term| term.start).collect();
        let mut postings = std::mem::take(&mut self.postings);
        self.each_use(|term, line| {
            postings[ends[term] as usize] = line;
            ends[term] += 1;
        });
        self.postings = postings;
        for (term, end) in self.terms.iter_mut().zip(&ends) {
            term.end = *end;
        }
        let mut synonyms = std::mem::take(&mut self.synonyms);
        for (word, term) in synonyms.iter_mut().flatten() {
            let known = self.slots[self.slot_of(word)];
            *term = (known != EMPTY).then_some(known);
        }
        self.synonyms = synonyms;
        let mut seen = vec![EMPTY; self.priors.len()];
        for place in 0..self.terms.len() {
            let count = self.count_owners(place, &mut seen);
            let weight = logarithm(1.0 + self.priors.len() as f32 / (1.0 + count as f32));
            self.terms[place].weight = weight * self.share(&self.terms[place].word);
        }
        for place in 0..self.lines.len() {
            let mass =
                self.tokens_of(place).iter().map(|term| self.terms[*term as usize].weight).sum();
            self.lines[place].mass = mass;
        }
    }

    /// The terms of these letters, in all their markings.
    pub(super) fn terms_of(&self, folded: &str) -> impl Iterator<Item = u32> {
        let last = self.slots.len() - 1;
        let mut slot = hash(folded) & last;
        std::iter::from_fn(move || {
            // All markings of the same letters lie in one run of slots.
            while self.slots[slot] != EMPTY {
                let term = self.slots[slot];
                slot = (slot + 1) & last;
                if self.terms[term as usize].word.folded == folded {
                    return Some(term);
                }
            }
            None
        })
    }

    /// How many procedures use a word, whatever its marks: a query without marks must weigh words as
    /// one with marks does.
    fn count_owners(&self, place: usize, seen: &mut [u32]) -> u32 {
        let mut count = 0;
        for term in self.terms_of(&self.terms[place].word.folded) {
            let term = &self.terms[term as usize];
            for line in &self.postings[term.start as usize..term.end as usize] {
                for owner in self.owners_of(&self.lines[*line as usize]) {
                    let seen = &mut seen[*owner as usize];
                    count += u32::from(*seen != place as u32);
                    *seen = place as u32;
                }
            }
        }
        count
    }

    /// Calls for every word of every line, once for each line.
    fn each_use(&self, mut call: impl FnMut(usize, u32)) {
        for place in 0..self.lines.len() {
            let tokens = self.tokens_of(place);
            for (at, term) in tokens.iter().enumerate() {
                if !tokens[..at].contains(term) {
                    call(*term as usize, place as u32);
                }
            }
        }
    }

    pub(super) fn tokens_of(&self, line: usize) -> &[u32] {
        let line = &self.lines[line];
        &self.tokens[line.start as usize..line.end as usize]
    }

    pub(super) fn owners_of(&self, line: &Line) -> &[u32] {
        &self.owners[line.owners as usize..line.owners_end as usize]
    }

    /// 1 for a word that tells something, less for a stop word.
    pub(super) fn share(&self, word: &Word) -> f32 {
        let stops = |stop: &Word| stop.folded == word.folded && word.agreement(stop) > 0.99;
        if self.stop_words.iter().any(stops) { STOPPED } else { 1.0 }
    }
}

/// The digits of a code or of what was typed for one.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The logarithm to base 2, near enough to weigh words; `f32::ln` would bring a library.
pub(super) fn logarithm(value: f32) -> f32 {
    let bits = value.max(1.0).to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let fraction = f32::from_bits((bits & 0x7f_ffff) | 0x3f80_0000) - 1.0;
    exponent + fraction
}

//! Ranking: what a query finds, best first. Every text is scored by how much of the query it
//! answers and how much of it the query names; the best text speaks for its procedure. Knows the
//! index, not the catalogue.

use super::index::{Index, digits};
use super::word::{Word, is_close, without_leftovers};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The place of the procedure in the catalogue that was indexed.
    pub entry: usize,
    /// The higher the better; comparable within one query only.
    pub score: f32,
}

/// How sure a match is.
const TELEX: f32 = 0.9;
const PREFIX: f32 = 0.8;
const SYNONYM: f32 = 0.6;
const SLIP: f32 = 0.65;
const TWO_SLIPS: f32 = 0.45;
/// The rest of a text that the query does not name costs up to this share.
const LENGTH: f32 = 0.7;
/// The query is the text.
const EXACT: f32 = 1.1;
/// Words that follow each other in the query and in the text.
const ORDER: f32 = 0.4;
/// What counts besides the best text: how much of the query all texts of a procedure answer.
const UNION: f32 = 0.35;
/// The most that popularity adds.
const PRIOR: f32 = 0.06;
/// The second, third… procedure that a phrase means.
const LATER: f32 = 0.88;
/// A text in the other language.
const FOREIGN: f32 = 0.6;
/// What less than this share of the query answers is not shown.
const LEAST: f32 = 0.2;
/// A word that no text has, against one that every second line has.
const UNKNOWN: f32 = 3.0;
/// Longer queries are a pasted page; their first words tell enough.
const LONGEST: usize = 96;

/// A word of the query and the terms that it may mean.
struct Asked {
    weight: f32,
    /// Term and how sure.
    meant: Vec<(u32, f32)>,
}

impl Index {
    /// What a query finds, best first, at most `limit`.
    pub fn find(&self, query: &str, vietnamese: bool, limit: usize) -> Vec<Hit> {
        let typed = self.letters.words(query);
        if let Some(hits) = self.find_code(&typed, limit) {
            return hits;
        }
        let open = !query.ends_with(' ');
        let asked = self.read(typed, open);
        let whole: f32 = asked.iter().map(|word| word.weight).sum();
        if whole <= 0.0 {
            return Vec::new();
        }
        let (lines, entries) = self.gather(&asked);
        let bits = self.bits(&asked);
        let mut best = vec![0f32; self.priors.len()];
        for (place, sum) in lines.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            let line = &self.lines[place];
            let covered = sum / whole;
            let named = (sum / line.mass).min(1.0);
            let mut score = covered * (1.0 - LENGTH + LENGTH * named) * line.weight;
            if covered > 0.99 && named > 0.99 && self.tokens_of(place).len() == asked.len() {
                score *= EXACT;
            }
            score *= 1.0 + ORDER * self.order(asked.len(), &bits, place);
            if line.vietnamese != vietnamese {
                score *= FOREIGN;
            }
            for owner in self.owners_of(line) {
                let own = &mut best[*owner as usize];
                *own = own.max(score);
                score *= LATER;
            }
        }
        let mut hits = Vec::new();
        for (entry, best) in best.into_iter().enumerate() {
            let covered = entries[entry] / whole;
            if covered >= LEAST {
                let score = (best + UNION * covered) * (1.0 + PRIOR * self.priors[entry]);
                place_hit(&mut hits, Hit { entry, score }, limit);
            }
        }
        hits
    }

    /// A query that is a code, or a part of one, or has one among its words.
    fn find_code(&self, typed: &[Word], limit: usize) -> Option<Vec<Hit>> {
        // Among other words only a long number is a code: "100 mét" is not.
        let least = if typed.len() == 1 { 3 } else { 6 };
        let number = |word: &&Word| {
            word.folded.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && digits(&word.folded).len() >= least
        };
        let wanted = digits(&typed.iter().find(number)?.folded);
        let mut hits = Vec::new();
        for (entry, code) in self.codes.iter().enumerate() {
            let score = if code.starts_with(&wanted) {
                3.0
            } else if code.ends_with(&wanted) {
                2.0
            } else if code.contains(&wanted) {
                1.0
            } else {
                continue;
            };
            place_hit(&mut hits, Hit { entry, score: score + self.priors[entry] * 0.5 }, limit);
        }
        (!hits.is_empty()).then_some(hits)
    }

    /// What each word of the query may mean.
    fn read(&self, typed: Vec<Word>, open: bool) -> Vec<Asked> {
        let mut typed = self.expanded(typed);
        typed.truncate(LONGEST);
        let mut asked = Vec::with_capacity(typed.len());
        let last = typed.len().saturating_sub(1);
        for (place, word) in typed.iter().enumerate() {
            let mut meant = self.meanings(word, open && place == last);
            if meant.is_empty()
                && let Some((first, second)) = self.split(&word.folded)
            {
                asked.push(self.weigh(&first, self.meanings(&first, false)));
                meant = self.meanings(&second, false);
                asked.push(self.weigh(&second, meant));
                continue;
            }
            asked.push(self.weigh(word, meant));
        }
        // A word that was taken apart made two.
        asked.truncate(LONGEST);
        asked
    }

    fn weigh(&self, word: &Word, meant: Vec<(u32, f32)>) -> Asked {
        // The surest meaning weighs; among equals the one that is used most: "cho" is "cho", not
        // "chợ".
        let mut surest = (0.0, 0, UNKNOWN);
        for (term, sure) in &meant {
            let term = &self.terms[*term as usize];
            let uses = term.end - term.start;
            if *sure > surest.0 + 0.01 || (*sure > surest.0 - 0.01 && uses > surest.1) {
                surest = (*sure, uses, term.weight);
            }
        }
        let weight = if meant.is_empty() { UNKNOWN * self.share(word) } else { surest.2 };
        Asked { weight, meant }
    }

    /// The terms that a typed word may mean, and how surely.
    fn meanings(&self, word: &Word, open: bool) -> Vec<(u32, f32)> {
        let typed = word.folded.as_str();
        let cleaned = without_leftovers(typed);
        let sure = |term: u32| (term, word.agreement(&self.terms[term as usize].word));
        let mut meant: Vec<(u32, f32)> = self.terms_of(typed).map(sure).collect();
        let exact = !meant.is_empty();
        if let Some(cleaned) = &cleaned {
            meant.extend(self.terms_of(cleaned).map(|term| (term, TELEX)));
        }
        if open {
            for (place, term) in self.terms.iter().enumerate() {
                let written = term.word.folded.as_str();
                if written.len() > typed.len() && written.starts_with(typed) {
                    meant.push((place as u32, PREFIX));
                }
            }
        }
        for group in &self.synonyms {
            if group.iter().any(|(one, _)| one.folded == typed && word.agreement(one) > 0.9) {
                let others = group.iter().filter(|(other, _)| other.folded != typed);
                meant.extend(others.filter_map(|(_, term)| Some(((*term)?, SYNONYM))));
            }
        }
        if exact || !meant.is_empty() && (!open || typed.len() > 2) || typed.len() < 3 {
            return meant;
        }
        let slips = if typed.len() >= 8 { 2 } else { 1 };
        let shapes = [Some(typed), cleaned.as_deref()];
        for (place, term) in self.terms.iter().enumerate() {
            let written = term.word.folded.as_bytes();
            if written.len().max(typed.len()) < 4
                || written[0].is_ascii_digit()
                // A few leftovers and the slips make no more.
                || written.len().abs_diff(typed.len()) > 6
            {
                continue;
            }
            for shape in shapes.iter().flatten() {
                if is_close(shape.as_bytes(), written, 1) {
                    meant.push((place as u32, SLIP));
                    break;
                }
                if slips == 2 && is_close(shape.as_bytes(), written, 2) {
                    meant.push((place as u32, TWO_SLIPS));
                    break;
                }
            }
        }
        meant
    }

    /// "khaisinh" is two words without the space.
    fn split(&self, folded: &str) -> Option<(Word, Word)> {
        let known = |part: &str| self.terms_of(part).next().is_some();
        let places = folded.char_indices().map(|(place, _)| place).filter(|place| *place >= 2);
        for place in places {
            let (first, second) = folded.split_at(place);
            if second.len() >= 2 && known(first) && known(second) {
                return Some((Word::unmarked(first), Word::unmarked(second)));
            }
        }
        None
    }

    /// How much of the query each line answers, and each procedure with all its lines.
    fn gather(&self, asked: &[Asked]) -> (Vec<f32>, Vec<f32>) {
        let mut lines = Tally::new(self.lines.len());
        let mut entries = Tally::new(self.priors.len());
        for word in asked {
            lines.next();
            entries.next();
            for (term, sure) in &word.meant {
                let term = &self.terms[*term as usize];
                let gain = sure * word.weight;
                for line in &self.postings[term.start as usize..term.end as usize] {
                    lines.raise(*line as usize, gain);
                    for owner in self.owners_of(&self.lines[*line as usize]) {
                        entries.raise(*owner as usize, gain);
                    }
                }
            }
        }
        (lines.sums, entries.sums)
    }

    /// For each term the words of the query that may mean it, a bit each.
    fn bits(&self, asked: &[Asked]) -> Vec<u128> {
        let mut bits = vec![0; self.terms.len()];
        for (place, word) in asked.iter().enumerate() {
            for (term, _) in &word.meant {
                bits[*term as usize] |= 1 << place;
            }
        }
        bits
    }

    /// From 0 to 1: the share of neighbours in the query that are neighbours in the line.
    fn order(&self, asked: usize, bits: &[u128], line: usize) -> f32 {
        if asked < 2 {
            return 0.0;
        }
        // A word and, in the place before, the one that follows it in the query: one bit each pair.
        let (mut kept, mut before) = (0, 0);
        for term in self.tokens_of(line) {
            let now = bits[*term as usize];
            kept |= before & (now >> 1);
            before = now;
        }
        kept.count_ones() as f32 / (asked - 1) as f32
    }
}

/// Sums in which each word counts once, by its best match.
struct Tally {
    sums: Vec<f32>,
    now: Vec<(u32, f32)>,
    word: u32,
}

impl Tally {
    fn new(size: usize) -> Self {
        Self { sums: vec![0.0; size], now: vec![(0, 0.0); size], word: 0 }
    }

    fn next(&mut self) {
        self.word += 1;
    }

    fn raise(&mut self, place: usize, gain: f32) {
        let (word, best) = &mut self.now[place];
        if *word != self.word {
            (*word, *best) = (self.word, 0.0);
        }
        if gain > *best {
            self.sums[place] += gain - *best;
            *best = gain;
        }
    }
}

/// Keeps the best hits in order; equals stay as the catalogue lists them.
fn place_hit(hits: &mut Vec<Hit>, hit: Hit, limit: usize) {
    let better = hits.iter().rev().take_while(|other| other.score < hit.score).count();
    let place = hits.len() - better;
    if place < limit {
        hits.insert(place, hit);
        hits.truncate(limit);
    }
}

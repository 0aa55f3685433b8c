//! An amount of money in words, as a receipt repeats it ("Bằng chữ"), in both languages. Pure text; knows
//! no receipt.

use crate::money::Vnd;
use crate::text::Text;

const VI_DIGITS: [&str; 10] =
    ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const VI_SCALES: [&str; 3] = ["", "nghìn", "triệu"];

const EN_SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const EN_SCALES: [&str; 3] = ["", "thousand", "million"];

/// Where both languages begin to count anew.
const BILLION: u64 = 1_000_000_000;

/// The amount in words: "tám nghìn đồng chẵn", "eight thousand đồng". Vietnamese says "chẵn" of whole
/// thousands, so that nothing can be written behind them.
pub fn in_words(amount: Vnd) -> Text {
    let whole = if !amount.is_zero() && amount.0.is_multiple_of(1_000) { " chẵn" } else { "" };
    Text {
        vi: format!("{} đồng{whole}", vietnamese(amount.0)),
        en: format!("{} đồng", english(amount.0)),
    }
}

fn digit(words: &[&'static str], index: u64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| words.get(index)).copied().unwrap_or_default()
}

fn vietnamese(number: u64) -> String {
    if number == 0 {
        return digit(&VI_DIGITS, 0).to_owned();
    }
    let mut words = Vec::new();
    add_vietnamese(number, false, &mut words);
    words.join(" ")
}

/// Adds a number's words; `within` a larger number, in which no place may be left out.
fn add_vietnamese(number: u64, within: bool, words: &mut Vec<&'static str>) {
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        add_vietnamese(billions, within, words);
        words.push("tỷ");
    }
    let mut within = within || billions > 0;
    for scale in (0..3_u32).rev() {
        let group = rest / 1_000_u64.pow(scale) % 1_000;
        if group > 0 {
            add_group(group, within, words);
            words.extend(Some(digit(&VI_SCALES, scale.into())).filter(|word| !word.is_empty()));
            within = true;
        }
    }
}

/// Three digits: "không trăm linh năm" within a larger number, "năm" at its head.
fn add_group(group: u64, within: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let counted = hundreds > 0 || within;
    if counted {
        words.extend([digit(&VI_DIGITS, hundreds), "trăm"]);
    }
    match (tens, ones) {
        (0, 0) => return,
        (0, _) if counted => words.push("linh"),
        (0, _) => {}
        (1, _) => words.push("mười"),
        _ => words.extend([digit(&VI_DIGITS, tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(&VI_DIGITS, ones)),
    }
}

fn english(number: u64) -> String {
    if number >= BILLION {
        let rest = number % BILLION;
        let head = format!("{} billion", english(number / BILLION));
        return if rest == 0 { head } else { format!("{head} {}", english(rest)) };
    }
    let groups: Vec<String> = (0..3_u32)
        .rev()
        .filter_map(|scale| {
            let group = number / 1_000_u64.pow(scale) % 1_000;
            let scale = digit(&EN_SCALES, scale.into());
            (group > 0).then(|| format!("{} {scale}", english_group(group)).trim_end().to_owned())
        })
        .collect();
    if groups.is_empty() { digit(&EN_SMALL, 0).to_owned() } else { groups.join(" ") }
}

fn english_group(group: u64) -> String {
    let (hundreds, rest) = (group / 100, group % 100);
    let small = match rest {
        0 => String::new(),
        1..20 => digit(&EN_SMALL, rest).to_owned(),
        _ if rest % 10 == 0 => digit(&EN_TENS, rest / 10).to_owned(),
        _ => format!("{}-{}", digit(&EN_TENS, rest / 10), digit(&EN_SMALL, rest % 10)),
    };
    match (hundreds, small.is_empty()) {
        (0, _) => small,
        (_, true) => format!("{} hundred", digit(&EN_SMALL, hundreds)),
        (_, false) => format!("{} hundred {small}", digit(&EN_SMALL, hundreds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_of_fees_as_people_write_them() {
        for (amount, vi, en) in [
            (0, "không đồng", "zero đồng"),
            (8_000, "tám nghìn đồng chẵn", "eight thousand đồng"),
            (10_000, "mười nghìn đồng chẵn", "ten thousand đồng"),
            (14_000, "mười bốn nghìn đồng chẵn", "fourteen thousand đồng"),
            (15_000, "mười lăm nghìn đồng chẵn", "fifteen thousand đồng"),
            (21_000, "hai mươi mốt nghìn đồng chẵn", "twenty-one thousand đồng"),
            (25_000, "hai mươi lăm nghìn đồng chẵn", "twenty-five thousand đồng"),
            (50_000, "năm mươi nghìn đồng chẵn", "fifty thousand đồng"),
            (105_000, "một trăm linh năm nghìn đồng chẵn", "one hundred five thousand đồng"),
            (
                155_000,
                "một trăm năm mươi lăm nghìn đồng chẵn",
                "one hundred fifty-five thousand đồng",
            ),
            (
                1_500_000,
                "một triệu năm trăm nghìn đồng chẵn",
                "one million five hundred thousand đồng",
            ),
            (
                1_005_000,
                "một triệu không trăm linh năm nghìn đồng chẵn",
                "one million five thousand đồng",
            ),
            (8_500, "tám nghìn năm trăm đồng", "eight thousand five hundred đồng"),
            (1_000_001, "một triệu không trăm linh một đồng", "one million one đồng"),
            (
                2_000_300_000,
                "hai tỷ ba trăm nghìn đồng chẵn",
                "two billion three hundred thousand đồng",
            ),
        ] {
            let words = in_words(Vnd(amount));
            assert_eq!((words.vi.as_str(), words.en.as_str()), (vi, en));
        }
        let larger = in_words(Vnd(1_002_000_000_005)).vi;
        assert_eq!(larger, "một nghìn không trăm linh hai tỷ không trăm linh năm đồng");
    }

    /// Reads Vietnamese number words the other way, by what each word stands for.
    fn read(words: &str) -> u64 {
        let (mut billions, mut sum, mut group, mut ones) = (0_u64, 0_u64, 0_u64, 0_u64);
        for word in words.split(' ') {
            match word {
                "tỷ" => {
                    billions = (billions + sum + group + ones) * BILLION;
                    (sum, group, ones) = (0, 0, 0);
                }
                "triệu" | "nghìn" => {
                    let scale = if word == "triệu" { 1_000_000 } else { 1_000 };
                    sum += (group + ones) * scale;
                    (group, ones) = (0, 0);
                }
                "trăm" => {
                    group += ones * 100;
                    ones = 0;
                }
                "mươi" => {
                    group += ones * 10;
                    ones = 0;
                }
                "mười" => group += 10,
                "linh" => {}
                "mốt" => ones = 1,
                "lăm" => ones = 5,
                _ => {
                    let known = VI_DIGITS.iter().position(|digit| *digit == word);
                    ones = u64::try_from(known.unwrap()).unwrap();
                }
            }
        }
        billions + sum + group + ones
    }

    proptest! {
        #[test]
        fn words_mean_the_number(number in prop_oneof![0_u64..2_000_000, 0_u64..10_000_000_000_000_000]) {
            prop_assert_eq!(read(&vietnamese(number)), number);
            prop_assert!(!english(number).contains("  "));
        }

        #[test]
        fn two_amounts_have_two_names(one in 0_u64..3_000_000_000, other in 0_u64..3_000_000_000) {
            prop_assert_eq!(one == other, english(one) == english(other));
            prop_assert_eq!(one == other, vietnamese(one) == vietnamese(other));
        }

        #[test]
        fn never_panics(number in any::<u64>()) {
            let _ = in_words(Vnd(number));
        }
    }
}

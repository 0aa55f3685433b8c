//! Thousands of made-up dossiers over the twelve whole forms and what the domain says of each, as one
//! number. Run natively and in a browser's wasm: the number must be the same, since what the phone
//! accepts the server accepts. No randomness but a counter's.

use motcua_domain::answers::{Answer, Answers};
use motcua_domain::date::CivilDate;
use motcua_domain::form::{Kind, Question, leaves::ANY_ROW};
use motcua_domain::procedure::Procedure;
use motcua_domain::readiness::{self, Dossier};
use motcua_domain::validate;

/// Dossiers for each form.
const DOSSIERS: u32 = 250;

macro_rules! forms {
    ($($code:literal)+) => {
        [$(include_str!(concat!("../../../../catalogue/procedures/", $code, ".json"))),+]
    };
}

/// What the number was when somebody last looked at it; `UPDATE_VERDICTS=1 cargo test -p
/// motcua-domain --test verdict` writes it anew after a form or a rule changed.
pub const AGREED: &str = include_str!("agreed.txt");

/// Xorshift: the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a>(&mut self, options: &[&'a str]) -> &'a str {
        options[self.roll(options.len())]
    }
}

/// An answer to a question: mostly one that will do, sometimes one that will not.
fn answer(question: &Question, dice: &mut Dice) -> Answer {
    if dice.roll(12) == 0 {
        return Answer::One(
            dice.pick(&["", "x", "999999999999999999999", "31/2/2020", "Ậ", "-1"]).into(),
        );
    }
    let one = |text: &str| Answer::One(text.to_owned());
    match &question.kind {
        Kind::Choice { options } => one(&options[dice.roll(options.len())].id),
        Kind::MultiChoice { options } => {
            let chosen = options.iter().filter(|_| dice.roll(3) == 0);
            Answer::Many(chosen.map(|option| option.id.clone()).collect())
        }
        Kind::Date { .. } => one(dice.pick(&[
            "2026-11-20",
            "2026-11-25",
            "2026-08-01",
            "1989-03-08",
            "1951-11-25",
            "1951-11-26",
            "2012-02-29",
            "2027-01-01",
            "1890-01-01",
        ])),
        Kind::Number { .. } | Kind::Money { .. } => {
            one(dice.pick(&["0", "1", "2", "20", "51", "500000"]))
        }
        Kind::CitizenNumber { .. } => one(dice.pick(&[
            "030189011736",
            "030051001234",
            "031151004321",
            "030212000017",
            "123456789",
            "030189011736",
        ])),
        Kind::PersonName => one(dice.pick(&["Phạm Thị Thu Hương", "Đỗ Văn Ánh", "Y Moan Ê-ban"])),
        Kind::Phone => one(dice.pick(&["0912345678", "+84 912 345 678"])),
        Kind::Email => one("lan@example.vn"),
        Kind::AccountNumber => one(dice.pick(&["2304205112233", "12"])),
        Kind::Province => one(dice.pick(&["31", "01"])),
        Kind::Commune => one(dice.pick(&["10804", "1080"])),
        Kind::Group { .. } => {
            Answer::Many((0..=dice.roll(3)).map(|row| (row + 1).to_string()).collect())
        }
        _ => one(dice.pick(&["Kinh", "Xã Kim Thành", "Bằng tốt nghiệp"])),
    }
}

/// FNV-1a.
fn stir(number: &mut u64, text: &str) {
    for byte in text.bytes() {
        *number ^= u64::from(byte);
        *number = number.wrapping_mul(0x0100_0000_01b3);
    }
}

/// Everything that the domain says, as one number.
pub fn number() -> String {
    let today: CivilDate = "2026-11-25".parse().unwrap();
    let mut number = 0xcbf2_9ce4_8422_2325;
    let mut dice = Dice(0x2026_1125);
    for text in forms!("2.000635" "1.001193" "1.000894" "1.004873" "1.000656" "1.004859"
                       "2.000815" "2.000884" "1.014027" "1.014028" "1.001731" "1.001699")
    {
        let procedure: Procedure = serde_json::from_str(text).unwrap();
        let leaves = procedure.form.leaves();
        for _ in 0..DOSSIERS {
            let mut answers = Answers::default();
            for leaf in leaves.iter().filter(|_| dice.roll(10) > 0).collect::<Vec<_>>() {
                let row = (dice.roll(2) + 1).to_string();
                answers.set(&leaf.id.replace(ANY_ROW, &row), answer(leaf, &mut dice));
            }
            let form = &procedure.form;
            let relevant = form.relevant(&answers, today);
            stir(&mut number, &format!("{:?}", validate::check(form, &answers, today)));
            stir(&mut number, &format!("{relevant:?}"));
            for computed in &form.computed {
                stir(&mut number, &format!("{:?}", computed.value.find_value(&relevant, today)));
            }
            let dossier = Dossier {
                procedure: &procedure,
                answers: &answers,
                papers: &[],
                identities: &[],
                units: None,
            };
            stir(&mut number, &format!("{:?}", readiness::check(dossier, today)));
        }
    }
    format!("{number:016x}")
}

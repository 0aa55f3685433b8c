//! The form that asks for everything that is missing, item by item, and what is read from it. A line is
//! added by a button that sends nothing; lines without words are none.

use super::fields::Fields;
use super::forms::Drawn;
use maud::{Markup, html};
use motcua_contract::turns::RequestSupplement;
use motcua_domain::turns::supplement::{Ask, Item, MAX_ITEMS};

/// How many lines a form shows: those that were typed, and one more where it was asked for.
fn shown(fields: &Fields) -> usize {
    let typed = fields.0.iter().filter(|(name, _)| name.starts_with("about_")).count();
    let more = usize::from(fields.has("more"));
    (typed.max(1) + more).min(MAX_ITEMS)
}

/// What can be asked for, in words, and as the form sends it.
fn choices(drawn: &Drawn<'_>) -> Vec<(&'static str, Vec<(String, String)>)> {
    let free = vec![
        ("paper:".to_owned(), "Giấy tờ khác".to_owned()),
        ("answer:".to_owned(), "Câu hỏi khác".to_owned()),
    ];
    let procedure = drawn.app.catalogue.find(&drawn.dossier.procedure);
    let day = drawn.app.clock.now().date();
    let papers = procedure.map(|procedure| {
        let components = procedure.components.iter();
        components.map(|one| (format!("paper:{}", one.id), one.name.vi.clone())).collect()
    });
    let questions = procedure.map(|procedure| {
        let asked = procedure.form.questions_asked(&drawn.dossier.answers, day).into_iter();
        asked
            .map(|question| {
                let within = question.within.map(|within| format!("{}: ", within.vi));
                let label = format!("{}{}", within.unwrap_or_default(), question.label.vi);
                (format!("answer:{}", question.id), label)
            })
            .collect()
    });
    let open = drawn.detail.fees.iter().filter(|fee| fee.state.is_open());
    let fees = open.map(|fee| (format!("fee:{}", fee.id), fee.name.vi.clone())).collect();
    vec![
        ("Tự ghi", free),
        ("Giấy tờ của thủ tục", papers.unwrap_or_default()),
        ("Câu trong tờ khai", questions.unwrap_or_default()),
        ("Khoản thu", fees),
    ]
}

/// The fields.
pub fn fields(drawn: &Drawn<'_>, fields: &Fields) -> Markup {
    let choices = choices(drawn);
    let second = drawn.detail.turns.supplement.is_some();
    html! {
        @for index in 0..shown(fields) {
            @let (about, title, reason) =
                (format!("about_{index}"), format!("title_{index}"), format!("reason_{index}"));
            fieldset {
                legend { "Mục " (index + 1) }
                label for=(about) { "Cần gì" }
                select id=(about) name=(about) {
                    @for (group, options) in choices.iter().filter(|(_, options)| !options.is_empty()) {
                        optgroup label=(group) {
                            @for (value, label) in options {
                                option value=(value) selected[fields.get(&about) == value] { (label) }
                            }
                        }
                    }
                }
                label for=(title) { "Tên mục" }
                input id=(title) name=(title) value=(fields.get(&title)) maxlength="1000";
                label for=(reason) { "Vì sao, và thế nào là được" }
                textarea id=(reason) name=(reason) rows="2" maxlength="1000" { (fields.get(&reason)) }
            }
        }
        button class="quiet" type="submit" name="more" value="1" formnovalidate { "Thêm một mục" }
        @if second {
            p class="late" {
                "Hồ sơ này đã yêu cầu bổ sung rồi. Yêu cầu lần nữa thì hồ sơ bị tính là quá hạn."
            }
            label class="choice" {
                input type="checkbox" name="counts_as_overdue" value="1"
                    checked[fields.has("counts_as_overdue")];
                "Tôi biết hồ sơ này sẽ tính là quá hạn"
            }
        }
    }
}

/// What the form asks for.
pub fn read(fields: &Fields) -> RequestSupplement {
    let lines = (0..MAX_ITEMS).filter_map(|index| {
        let about = fields.find(&format!("about_{index}"))?;
        let (title, reason) =
            (fields.get(&format!("title_{index}")), fields.get(&format!("reason_{index}")));
        (!title.is_empty() || !reason.is_empty())
            .then(|| (about, title.to_owned(), reason.to_owned()))
    });
    let items = lines.enumerate().map(|(index, (about, title, reason))| {
        let (kind, id) = about.split_once(':').unwrap_or((about.as_str(), ""));
        let id = Some(id.to_owned()).filter(|id| !id.is_empty());
        let ask = match (kind, id) {
            ("fee", Some(fee)) => Ask::Fee { fee },
            ("answer", question) => Ask::Answer { question },
            (_, component) => Ask::Paper { component },
        };
        Item { id: (index + 1).to_string(), title, reason, ask }
    });
    RequestSupplement { items: items.collect(), counts_as_overdue: fields.has("counts_as_overdue") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Fields(owned.collect())
    }

    #[test]
    fn lines_without_words_are_none_and_the_others_are_numbered() {
        let asked = read(&typed(&[
            ("about_0", "paper:birth_notice"),
            ("title_0", "Giấy chứng sinh"),
            ("reason_0", "Ảnh mờ."),
            ("about_1", "paper:"),
            ("title_1", " "),
            ("about_2", "answer:registered_at"),
            ("title_2", "Nơi đăng ký"),
            ("reason_2", ""),
            ("about_3", "fee:extract"),
            ("reason_3", "Chưa nộp."),
        ]));
        let ids: Vec<&str> = asked.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["1", "2", "3"]);
        let asks: Vec<Ask> = asked.items.into_iter().map(|item| item.ask).collect();
        assert_eq!(asks[0], Ask::Paper { component: Some("birth_notice".into()) });
        assert_eq!(asks[1], Ask::Answer { question: Some("registered_at".into()) });
        assert_eq!(asks[2], Ask::Fee { fee: "extract".into() });
        assert!(!asked.counts_as_overdue);
    }

    #[test]
    fn a_line_more_is_shown_when_it_is_asked_for_and_never_too_many() {
        assert_eq!(shown(&typed(&[])), 1);
        assert_eq!(shown(&typed(&[("about_0", "paper:"), ("more", "1")])), 2);
        let many: Vec<(String, String)> =
            (0..40).map(|n| (format!("about_{n}"), String::new())).collect();
        assert_eq!(shown(&Fields(many)), MAX_ITEMS);
    }
}

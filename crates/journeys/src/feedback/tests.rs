//! A note on its way: what it lacks, what freezes it, and that it arrives once however the link and the
//! backend behave.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn photo(id: &str) -> Paper {
    Paper {
        id: id.to_owned(),
        name: "anh.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: 10,
        sha256: "ab".to_owned(),
        upload: Phase::Waiting,
        pages: vec![],
        doubts: vec![],
    }
}

fn written() -> Note {
    let mut note = Note::new("n1".to_owned(), None);
    note.apply(Event::Chosen { about: Some(About::Office), dossier_key: None });
    note.apply(Event::Written(" Đèn hỏng. ".to_owned()));
    note
}

fn finished(id: &str) -> Event {
    let phase = Phase::Finished { url: format!("/api/v1/uploads/{id}") };
    Event::UploadMoved { id: id.to_owned(), phase }
}

#[test]
fn it_says_what_it_lacks() {
    let mut note = Note::new("n1".to_owned(), None);
    assert!(note.is_empty());
    assert_eq!(note.problems(), [Problem::About, Problem::NoText]);
    note.apply(Event::Written("x".repeat(MAX_TEXT + 1)));
    note.apply(Event::Placed("x".repeat(MAX_PLACE + 1)));
    note.apply(Event::Phoned("12".to_owned()));
    let all = [Problem::About, Problem::LongText, Problem::Place, Problem::Phone];
    assert_eq!(note.problems(), all);
    note.apply(Event::Queued(true));
    assert_eq!((note.queued, note.next()), (false, Next::Rest));
    // What is added says what it adds, and needs nothing else.
    let code = FeedbackCode::new("2026-11-26".parse().unwrap(), 1);
    let to = Opened { code, key: "k".to_owned() };
    let mut addition = Note::new("n2".to_owned(), Some(to));
    assert_eq!(addition.problems(), [Problem::NoText]);
    addition.apply(Event::Written("Cột số 12.".to_owned()));
    assert_eq!(addition.problems(), []);
    assert_eq!(addition.body().unwrap(), r#"{"text":"Cột số 12."}"#);
}

#[test]
fn photos_go_before_the_words_and_no_more_than_three() {
    let mut note = written();
    for id in ["a", "b", "c", "d"] {
        note.apply(Event::PhotoAdded(photo(id)));
    }
    assert_eq!(note.photos.len(), MAX_PHOTOS);
    note.apply(Event::PhotoRemoved("c".to_owned()));
    note.apply(Event::Queued(true));
    assert_eq!(note.next(), Next::Upload("a".to_owned()));
    note.apply(finished("a"));
    assert_eq!(note.next(), Next::Upload("b".to_owned()));
    note.apply(finished("b"));
    assert_eq!(note.next(), Next::Commit);
    let body: SendFeedback = serde_json::from_str(&note.body().unwrap()).unwrap();
    assert_eq!((body.text.as_str(), body.photos.len()), ("Đèn hỏng.", 2));
    assert_eq!((body.place, body.phone), (None, None));
}

#[test]
fn what_is_on_its_way_is_not_changed_and_not_called_back() {
    let mut note = written();
    note.apply(Event::Queued(true));
    note.apply(Event::Written("Khác.".to_owned()));
    assert_eq!(note.text, " Đèn hỏng. ");
    note.apply(Event::Queued(false));
    note.apply(Event::Written("Đèn hỏng hẳn.".to_owned()));
    note.apply(Event::Queued(true));
    let submission = Submission { key: "k1".to_owned(), body: note.body().unwrap(), sent: true };
    note.apply(Event::Committed(submission.clone()));
    note.apply(Event::Queued(false));
    assert_eq!(note.next(), Next::Post(submission));
    // Said no, it is the person's again, with every word.
    note.apply(Event::Rejected);
    assert_eq!(
        (note.next(), note.refused, note.text.as_str()),
        (Next::Rest, true, "Đèn hỏng hẳn.")
    );
}

#[test]
fn photos_that_were_lost_are_sent_again_a_few_times() {
    let mut note = written();
    note.apply(Event::PhotoAdded(photo("a")));
    note.apply(Event::Queued(true));
    for _ in 0..MOST_LOSSES {
        note.apply(finished("a"));
        note.apply(Event::PhotosLost);
        assert_eq!(note.next(), Next::Upload("a".to_owned()));
    }
    note.apply(Event::PhotosLost);
    assert_eq!((note.next(), note.refused), (Next::Rest, true));
}

#[test]
fn a_photo_that_will_not_do_stops_it_until_it_is_taken_out() {
    let mut note = written();
    note.apply(Event::PhotoAdded(photo("a")));
    note.apply(Event::Queued(true));
    let phase = Phase::Refused { reason: crate::upload::Refusal::WrongKind };
    note.apply(Event::UploadMoved { id: "a".to_owned(), phase });
    assert_eq!((note.queued, note.refused, note.problems()), (false, true, vec![Problem::Photo]));
    note.apply(Event::PhotoRemoved("a".to_owned()));
    note.apply(Event::Queued(true));
    assert_eq!(note.next(), Next::Commit);
}

#[test]
fn an_answer_that_settles_nothing_changes_nothing() {
    for kind in [None, Some(ProblemType::RequestInFlight), Some(ProblemType::TooManyRequests)] {
        assert_eq!(event_of(kind), None);
    }
    assert_eq!(event_of(Some(ProblemType::UploadInvalid)), Some(Event::PhotosLost));
    assert_eq!(event_of(Some(ProblemType::MalformedBody)), Some(Event::Rejected));
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Lost,
    TakenAnswerLost,
    PhotosGone,
    SaidNo,
    Taken,
}

proptest! {
    /// However requests are lost and the app is killed in between: the backend has it at most once, and what
    /// left the device is one body for one key.
    #[test]
    fn it_arrives_once(
        fates in prop::collection::vec(
            prop_oneof![
                3 => Just(Fate::Lost), 2 => Just(Fate::TakenAnswerLost), 1 => Just(Fate::PhotosGone),
                1 => Just(Fate::SaidNo), 2 => Just(Fate::Taken),
            ],
            0..30,
        ),
        kills in prop::collection::vec(any::<bool>(), 0..200),
    ) {
        let (mut fates, mut kills) = (fates.into_iter(), kills.into_iter());
        let mut kept = written();
        kept.apply(Event::PhotoAdded(photo("a")));
        kept.apply(Event::Queued(true));
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut ended = false;
        for turn in 0..400 {
            // The app is killed: what is on the disk is all there is.
            let mut note: Note =
                serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
            match note.next() {
                Next::Rest => {
                    prop_assert!(note.refused);
                    note.apply(Event::Queued(true));
                }
                Next::Upload(id) => note.apply(finished(&id)),
                Next::Commit => {
                    let body = note.body().unwrap();
                    note.apply(Event::Committed(Submission { key: format!("k{turn}"), body, sent: true }));
                }
                Next::Post(submission) => {
                    let known = taken.get(&submission.key).cloned();
                    if let Some(body) = &known {
                        prop_assert_eq!(body, &submission.body);
                    }
                    match (known, fates.next().unwrap_or(Fate::Taken)) {
                        (_, Fate::Lost) => continue,
                        (Some(_), Fate::TakenAnswerLost) => continue,
                        (Some(_), _) | (None, Fate::Taken) => {
                            taken.insert(submission.key, submission.body);
                            ended = true;
                        }
                        (None, Fate::TakenAnswerLost) => {
                            taken.insert(submission.key, submission.body);
                            continue;
                        }
                        (None, Fate::PhotosGone) => note.apply(Event::PhotosLost),
                        (None, Fate::SaidNo) => note.apply(Event::Rejected),
                    }
                }
            }
            if ended {
                break;
            }
            if !kills.next().unwrap_or(false) {
                kept = note;
            }
        }
        prop_assert!(ended);
        prop_assert_eq!(taken.len(), 1);
    }
}

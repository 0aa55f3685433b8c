//! What a server's answer means, ours or one that nobody here wrote (tus 1.0.0; which status means what
//! to tus-js-client 4.3.1 and what @tus/server and tuspyserver answer was read and measured).

use super::{Event, Refusal};
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{CHECKSUM_MISMATCH_STATUS, UploadFault};

/// What matters of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// `Upload-Offset`.
    pub offset: Option<&'a str>,
    /// `Upload-Fault`, which our backend sends.
    pub fault: Option<&'a str>,
    /// The problem type of its body, where it has one that is known.
    pub problem: Option<ProblemType>,
    /// How long a part took that was sent whole, in milliseconds; absent for a question.
    pub milliseconds: Option<u32>,
}

/// What an answer to a question or to a part means.
pub fn event_of(answer: Answer<'_>) -> Event {
    if let Some(fault) = answer.fault {
        // A fault from a newer backend is refused all the same.
        return Event::Refused(UploadFault::find(fault).map_or(Refusal::Other, Refusal::Fault));
    }
    let offset = answer.offset.and_then(|text| text.parse().ok());
    match (answer.status, offset) {
        (200..=299, Some(offset)) => match answer.milliseconds {
            Some(milliseconds) => Event::Arrived { offset, milliseconds },
            None => Event::Offset(offset),
        },
        (403 | 404 | 410, _) => Event::Gone,
        (409, _) => Event::OutOfStep,
        (CHECKSUM_MISMATCH_STATUS, _) => Event::Mangled,
        // Locked, too early, too many, and who is not signed in any more: another time.
        (401 | 408 | 423 | 425 | 429, _) => Event::Broke,
        (400..=499, _) => Event::Refused(refusal(answer)),
        // A captive portal answers 200 with its own page.
        _ => Event::Broke,
    }
}

fn refusal(answer: Answer<'_>) -> Refusal {
    match (answer.problem, answer.status) {
        (Some(ProblemType::UploadTooLarge | ProblemType::BodyTooLarge), _) | (None, 413) => {
            Refusal::TooLarge
        }
        (Some(ProblemType::UploadEmpty), _) => Refusal::Empty,
        (Some(ProblemType::UploadTypeRefused), _) | (None, 415) => Refusal::WrongKind,
        _ => Refusal::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answers_mean() {
        let of = |status| event_of(Answer { status, ..Answer::default() });
        let with = |status, offset| Answer { status, offset: Some(offset), ..Answer::default() };
        assert_eq!(event_of(with(200, "12")), Event::Offset(12));
        assert_eq!(event_of(with(204, "many")), Event::Broke);
        let timed = Answer { milliseconds: Some(7), ..with(204, "12") };
        assert_eq!(event_of(timed), Event::Arrived { offset: 12, milliseconds: 7 });
        assert_eq!(of(200), Event::Broke);
        for gone in [403, 404, 410] {
            assert_eq!(of(gone), Event::Gone);
        }
        for later in [401, 423, 429, 500, 502, 503, 504] {
            assert_eq!(of(later), Event::Broke);
        }
        assert_eq!(of(409), Event::OutOfStep);
        assert_eq!(of(460), Event::Mangled);
        assert_eq!(of(413), Event::Refused(Refusal::TooLarge));
        assert_eq!(of(415), Event::Refused(Refusal::WrongKind));
        assert_eq!(of(400), Event::Refused(Refusal::Other));
        let fault =
            |fault| event_of(Answer { status: 422, fault: Some(fault), ..Answer::default() });
        assert_eq!(fault("mixed"), Event::Refused(Refusal::Fault(UploadFault::Mixed)));
        assert_eq!(fault("from-the-future"), Event::Refused(Refusal::Other));
    }
}

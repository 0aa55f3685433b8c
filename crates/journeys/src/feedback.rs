//! Feedback on its way to the office (phản ánh, kiến nghị), and what is added to it when the office asks:
//! written, kept, photographed, sent exactly once. The words are on the device before anything is sent; what
//! is sent is frozen under its key until the backend has said yes or no. Knows no storage and no screens.

use crate::draft::{Paper, Submission};
use crate::upload::Phase;
use motcua_contract::feedback::{AddToFeedback, SendFeedback};
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::UploadReference;
use motcua_domain::citizen::find_phone;
use motcua_domain::feedback::{About, FeedbackCode, MAX_PHOTOS, MAX_PLACE, MAX_TEXT};
use motcua_domain::turns::{WordsError, words_within};
use serde::{Deserialize, Serialize};

/// How often photos that the backend lost are sent again before a person must look.
const MOST_LOSSES: u8 = 2;

/// Feedback that was sent, and the key that opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its code.
    pub code: FeedbackCode,
    /// Its key.
    pub key: String,
}

/// What somebody writes, until the office has it. This is what the device keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its name on this device.
    pub id: String,
    /// The feedback that it adds to; none for new feedback.
    pub to: Option<Opened>,
    /// What it is about.
    pub about: Option<About>,
    /// The key of the dossier that it is about, where this device has it.
    pub dossier_key: Option<String>,
    /// What is said.
    pub text: String,
    /// The place.
    pub place: String,
    /// Where messages go.
    pub phone: String,
    /// Photos, by the keys of their bytes.
    pub photos: Vec<Paper>,
    /// Of a guided run with fictional people.
    pub sample: bool,
    /// Whether it is to go as soon as it can.
    pub queued: bool,
    /// What it is committed to; the outcome is not known yet.
    pub submission: Option<Submission>,
    /// Why it did not go, once the backend said no.
    pub refused: bool,
    /// How often the backend lost its photos.
    losses: u8,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was said what it is about.
    Chosen {
        /// What.
        about: Option<About>,
        /// The key of the dossier, where this device has it.
        dossier_key: Option<String>,
    },
    /// The text was changed.
    Written(String),
    /// The place was changed.
    Placed(String),
    /// The phone was changed.
    Phoned(String),
    /// A photo is on the device.
    PhotoAdded(Paper),
    /// A photo was taken out.
    PhotoRemoved(String),
    /// It is to go, or not yet.
    Queued(bool),
    /// A photo moved on its way.
    UploadMoved {
        /// Which.
        id: String,
        /// Where it stands now.
        phase: Phase,
    },
    /// It was committed to this.
    Committed(Submission),
    /// The backend looked at it and said no.
    Rejected,
    /// The backend does not have its photos, or not any more.
    PhotosLost,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it waits for a person.
    Rest,
    /// Send this photo on.
    Upload(String),
    /// Commit: make a key, keep it with [`Note::body`], say `Committed`.
    Commit,
    /// Send this.
    Post(Submission),
}

/// What is wrong with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It does not say what it is about.
    About,
    /// It says nothing.
    NoText,
    /// It says too much.
    LongText,
    /// The place is too long.
    Place,
    /// The phone is none.
    Phone,
    /// A photo will not do.
    Photo,
}

impl Note {
    /// A note that says nothing yet.
    pub fn new(id: String, to: Option<Opened>) -> Self {
        Self {
            id,
            to,
            about: None,
            dossier_key: None,
            text: String::new(),
            place: String::new(),
            phone: String::new(),
            photos: vec![],
            sample: false,
            queued: false,
            submission: None,
            refused: false,
            losses: 0,
        }
    }

    /// Whether there is anything in it that must not be lost.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.place.trim().is_empty() && self.photos.is_empty()
    }

    /// Whether one more photo may come.
    pub fn has_room(&self) -> bool {
        self.photos.len() < MAX_PHOTOS
    }

    /// All that is wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let is_new = self.to.is_none();
        let text = match words_within(&self.text, MAX_TEXT) {
            Ok(_) => None,
            Err(WordsError::Missing) => Some(Problem::NoText),
            Err(WordsError::TooLong) => Some(Problem::LongText),
        };
        let long_place = self.place.trim().chars().count() > MAX_PLACE;
        let phone = self.phone.trim();
        let wrong_phone = !phone.is_empty() && find_phone(phone).is_none();
        let wrong_photo = self.photos.iter().any(|it| matches!(it.upload, Phase::Refused { .. }));
        [
            (is_new && self.about.is_none()).then_some(Problem::About),
            text,
            (is_new && long_place).then_some(Problem::Place),
            (is_new && wrong_phone).then_some(Problem::Phone),
            wrong_photo.then_some(Problem::Photo),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Takes in what happened. What is queued is not changed by typing.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::UploadMoved { id, phase } => {
                let refused = matches!(phase, Phase::Refused { .. });
                if let Some(photo) = self.photos.iter_mut().find(|photo| photo.id == id) {
                    photo.upload = phase;
                    if refused {
                        self.free();
                    }
                }
            }
            Event::Queued(true) => {
                self.queued = self.problems().is_empty();
                self.refused = false;
            }
            // What may have reached the backend cannot be called back.
            Event::Queued(false) => self.queued = self.submission.is_some(),
            Event::Committed(submission) if self.queued => self.submission = Some(submission),
            Event::Rejected => self.free(),
            Event::PhotosLost => {
                self.losses = self.losses.saturating_add(1);
                if self.losses > MOST_LOSSES {
                    return self.free();
                }
                self.submission = None;
                self.photos.iter_mut().for_each(|photo| photo.upload = Phase::Waiting);
            }
            Event::Committed(_) => {}
            _ if self.queued => {}
            Event::Chosen { about, dossier_key } => {
                self.about = about;
                self.dossier_key = dossier_key;
            }
            Event::Written(text) => self.text = text,
            Event::Placed(place) => self.place = place,
            Event::Phoned(phone) => self.phone = phone,
            Event::PhotoAdded(photo) if self.has_room() => self.photos.push(photo),
            Event::PhotoAdded(_) => {}
            Event::PhotoRemoved(id) => self.photos.retain(|photo| photo.id != id),
        }
    }

    /// A person must look at it; nothing of it was taken.
    fn free(&mut self) {
        self.submission = None;
        self.queued = false;
        self.refused = true;
        self.losses = 0;
    }

    /// What is to be done next.
    pub fn next(&self) -> Next {
        if !self.queued {
            return Next::Rest;
        }
        if let Some(submission) = &self.submission {
            return Next::Post(submission.clone());
        }
        for photo in &self.photos {
            match photo.upload {
                Phase::Finished { .. } => {}
                Phase::Refused { .. } => return Next::Rest,
                Phase::Waiting | Phase::Sending { .. } => return Next::Upload(photo.id.clone()),
            }
        }
        Next::Commit
    }

    /// What is sent; none while it does not say enough.
    pub fn body(&self) -> Option<String> {
        let photos: Vec<UploadReference> = self.photos.iter().filter_map(find_reference).collect();
        let text = self.text.trim().to_owned();
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if self.to.is_some() {
            return serde_json::to_string(&AddToFeedback { text, photos }).ok();
        }
        let body = SendFeedback {
            about: self.about.clone()?,
            text,
            place: given(&self.place),
            phone: given(&self.phone),
            photos,
            sample: self.sample,
        };
        serde_json::to_string(&body).ok()
    }
}

fn find_reference(photo: &Paper) -> Option<UploadReference> {
    let Phase::Finished { url } = &photo.upload else { return None };
    let id = url.rsplit('/').next()?.to_owned();
    Some(UploadReference { id, sha256: photo.sha256.clone() })
}

/// What an unhappy answer means; none where it settles nothing, and the same is sent again later.
pub fn event_of(kind: Option<ProblemType>) -> Option<Event> {
    match kind? {
        ProblemType::RequestInFlight
        | ProblemType::TooManyRequests
        | ProblemType::Internal
        | ProblemType::Unknown => None,
        ProblemType::UploadInvalid | ProblemType::UploadGone => Some(Event::PhotosLost),
        _ => Some(Event::Rejected),
    }
}

#[cfg(test)]
mod tests;

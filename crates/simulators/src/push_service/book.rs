//! Owns what the service remembers: browsers, their subscriptions, what waits for them. Knows no wire.

use serde::Serialize;
use std::collections::HashMap;
use tokio::sync::mpsc::UnboundedSender;

/// A subscription of a browser.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    /// The browser.
    pub agent: String,
    /// The browser's own name for it.
    pub id: String,
    /// The sender's key that it was made for, in base64url.
    pub key: Option<String>,
}

/// A notice that came, sealed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Notice {
    /// Its name, which the browser answers with.
    pub version: String,
    /// The token of the address that it came to.
    pub token: String,
    /// What is sealed, in base64url.
    #[serde(skip)]
    pub data: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// Seconds that it is kept.
    pub ttl: u64,
    /// What a newer one of it takes the place of.
    pub topic: Option<String>,
    /// How much it may cost the phone's battery.
    pub urgency: Option<String>,
    /// When it came, in seconds.
    #[serde(skip)]
    pub came: u64,
    /// Whether the browser said that it has it.
    pub acknowledged: bool,
}

/// What the sender is answered instead of the truth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    /// The status.
    pub status: u16,
    /// So many times more.
    pub times: u32,
}

/// Everything.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Browsers that are connected.
    pub open: HashMap<String, UnboundedSender<String>>,
    /// Browsers that were ever given a name.
    pub agents: Vec<String>,
    /// Subscriptions by the token of their address.
    pub channels: HashMap<String, Channel>,
    /// Tokens of subscriptions that were ended.
    pub ended: Vec<String>,
    /// What came, oldest first.
    pub notices: Vec<Notice>,
    /// What the sender is answered instead.
    pub answer: Option<Answer>,
}

impl Book {
    /// Keeps a notice; an older one of its topic that did not arrive gives way (RFC 8030, 5.4).
    pub fn keep(&mut self, notice: Notice) {
        if notice.topic.is_some() {
            self.notices.retain(|old| {
                old.acknowledged || old.token != notice.token || old.topic != notice.topic
            });
        }
        self.notices.push(notice);
    }

    /// What waits for a browser now.
    pub fn waiting(&self, agent: &str, now: u64) -> Vec<(Channel, Notice)> {
        let waits = |notice: &&Notice| {
            !notice.acknowledged && now <= notice.came.saturating_add(notice.ttl)
        };
        self.notices
            .iter()
            .filter(waits)
            .filter_map(|notice| Some((self.channels.get(&notice.token)?.clone(), notice.clone())))
            .filter(|(channel, _)| channel.agent == agent)
            .collect()
    }

    /// Ends the subscription that a browser calls so.
    pub fn end(&mut self, agent: &str, id: &str) {
        let tokens: Vec<String> = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.agent == agent && channel.id == id)
            .map(|(token, _)| token.clone())
            .collect();
        for token in tokens {
            self.channels.remove(&token);
            self.ended.push(token);
        }
    }
}

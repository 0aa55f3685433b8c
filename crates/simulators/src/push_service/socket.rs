//! Owns the browser's side: autopush's WebSocket messages, as Firefox speaks them. Knows no sender.

use super::PushService;
use super::book::{Channel, Notice};
use crate::{random, time};
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// What a browser says.
#[derive(Debug, Deserialize)]
#[serde(tag = "messageType", rename_all = "snake_case")]
enum Said {
    Hello {
        #[serde(default)]
        uaid: Option<String>,
    },
    Register {
        #[serde(rename = "channelID")]
        channel: String,
        #[serde(default)]
        key: Option<String>,
    },
    Unregister {
        #[serde(rename = "channelID")]
        channel: String,
    },
    Ack {
        #[serde(default)]
        updates: Vec<Update>,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Update {
    version: String,
}

/// `GET /` with an upgrade.
pub(super) async fn open(
    State(service): State<PushService>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.protocols(["push-notification"]).on_upgrade(|socket| serve(service, socket))
}

/// A notice as the browser is told it.
pub(super) fn notification(channel: &Channel, notice: &Notice) -> String {
    json!({ "messageType": "notification", "channelID": channel.id, "version": notice.version,
        "ttl": notice.ttl, "data": notice.data, "headers": { "encoding": "aes128gcm" } })
    .to_string()
}

async fn serve(service: PushService, mut socket: WebSocket) {
    let (sender, mut waiting) = mpsc::unbounded_channel::<String>();
    let mut sender = Some(sender);
    let mut agent = None;
    loop {
        tokio::select! {
            told = waiting.recv(), if agent.is_some() => {
                // The switch took the sender away: the connection breaks.
                let Some(told) = told else { break };
                if socket.send(Message::Text(told.into())).await.is_err() { break }
            }
            said = socket.recv() => {
                let Some(Ok(said)) = said else { break };
                let Message::Text(text) = said else { continue };
                let answers = match text.as_str() {
                    "{}" => vec!["{}".to_owned()],
                    text => answer(&service, &mut agent, text),
                };
                for text in answers {
                    if socket.send(Message::Text(text.into())).await.is_err() { return }
                }
                // The book holds the only sender, so that its switch breaks the connection.
                if let Some(agent) = &agent && let Some(sender) = sender.take() {
                    service.book().open.insert(agent.clone(), sender);
                }
            }
        }
    }
}

/// What the service answers.
fn answer(service: &PushService, agent: &mut Option<String>, text: &str) -> Vec<String> {
    let Ok(said) = serde_json::from_str::<Said>(text) else { return Vec::new() };
    let mut book = service.book();
    let told = |value: Value| vec![value.to_string()];
    match (said, agent.clone()) {
        (Said::Hello { uaid }, _) => {
            let known = uaid.filter(|uaid| book.agents.contains(uaid));
            let name = known.unwrap_or_else(random::token);
            if !book.agents.contains(&name) {
                book.agents.push(name.clone());
            }
            *agent = Some(name.clone());
            let hello = json!({ "messageType": "hello", "uaid": name, "status": 200,
                "use_webpush": true, "broadcasts": {} });
            let waiting = book.waiting(&name, time::now());
            let waiting = waiting.iter().map(|(channel, notice)| notification(channel, notice));
            std::iter::once(hello.to_string()).chain(waiting).collect()
        }
        (Said::Register { channel, key }, Some(agent)) => {
            let token = random::token();
            let endpoint = format!("{}/wpush/v2/{token}", service.origin);
            let answer = json!({ "messageType": "register", "channelID": channel, "status": 200,
                "pushEndpoint": endpoint });
            book.channels.insert(token, Channel { agent, id: channel, key });
            told(answer)
        }
        (Said::Unregister { channel }, Some(agent)) => {
            book.end(&agent, &channel);
            told(json!({ "messageType": "unregister", "channelID": channel, "status": 200 }))
        }
        (Said::Ack { updates }, Some(_)) => {
            for notice in &mut book.notices {
                let has = updates.iter().any(|update| update.version == notice.version);
                notice.acknowledged |= has;
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

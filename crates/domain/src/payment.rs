//! The life of a payment attempt as a table: which evidence moves it where. Knows no gateway, no
//! storage and no clock. "Failed", "expired" and "superseded" are not final for money: a proof
//! that arrives late always wins, and becomes a refund when the fee is already paid.

mod reason;

pub use reason::{FailureReason, HoldReason};

use serde::{Deserialize, Serialize};

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Written down; the gateway was not asked yet.
    Created,
    /// The gateway's page can be opened.
    Ready,
    /// The citizen went to the gateway.
    Redirected,
    /// The browser came back; what it says proves nothing.
    ReturnedUnverified,
    /// The gateway says that it is still processing.
    PendingGateway,
    /// Money may be held; the gateway or staff must decide.
    UnderReview,
    /// Paid, proven by the gateway.
    Succeeded,
    /// The gateway says that no money was taken.
    Failed,
    /// Time ran out and a question asked afterwards was answered "not paid".
    Expired,
    /// The citizen started another attempt; this one is still watched.
    Superseded,
    /// Proven paid, but the fee needed no payment any more.
    RefundDue,
    /// The refund was asked for.
    RefundPending,
    /// The money went back.
    Refunded,
}

/// What happened to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttemptEvent {
    /// The gateway accepted the order; its page can be opened.
    GatewayReady,
    /// The gateway refused the order; none exists there.
    GatewayRefused,
    /// The citizen was sent to the gateway.
    Redirected,
    /// The browser came back with any parameters.
    BrowserReturned,
    /// A signed notice or a query says: still processing.
    ProvenPending,
    /// A signed notice or a query says: paid, and reference, merchant and amount agree.
    ProvenPaid {
        /// Whether the fee still waits for money (not paid by another attempt, waived or void).
        fee_open: bool,
    },
    /// Proven, but money is held, reversed or the amount differs.
    ProvenHeld,
    /// A signed notice or a query says: not paid, and it will not be.
    ProvenFailed,
    /// A query after the expiry says: not paid.
    ExpiredUnpaid,
    /// Another attempt takes over after a query said "not paid".
    Superseded,
    /// Staff or a rule orders the money back.
    RefundOrdered,
    /// The gateway took the refund order.
    RefundAccepted,
    /// The gateway says that the money went back.
    RefundDone,
    /// The refund failed; a new one must be tried.
    RefundFailed,
}

impl AttemptState {
    /// All states, for tables and tests.
    pub const ALL: [Self; 13] = [
        Self::Created,
        Self::Ready,
        Self::Redirected,
        Self::ReturnedUnverified,
        Self::PendingGateway,
        Self::UnderReview,
        Self::Succeeded,
        Self::Failed,
        Self::Expired,
        Self::Superseded,
        Self::RefundDue,
        Self::RefundPending,
        Self::Refunded,
    ];

    /// Whether the attempt holds the fee: at most one live attempt exists for a fee.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Created
                | Self::Ready
                | Self::Redirected
                | Self::ReturnedUnverified
                | Self::PendingGateway
                | Self::UnderReview
        )
    }

    /// Whether the gateway is still to be asked about it: live, or soft-ended with a chance that
    /// money was taken and the word of it lost.
    pub fn is_watched(self) -> bool {
        (self.is_live() && self != Self::Created)
            || matches!(self, Self::Failed | Self::Expired | Self::Superseded)
    }

    /// The state after an event; the same state when the event adds nothing (notices come twice,
    /// late and out of order).
    pub fn after(self, event: AttemptEvent) -> Self {
        use AttemptEvent as E;
        let open = matches!(
            self,
            Self::Ready | Self::Redirected | Self::ReturnedUnverified | Self::PendingGateway
        );
        let soft_end = matches!(self, Self::Failed | Self::Expired | Self::Superseded);
        match event {
            E::GatewayReady if self == Self::Created => Self::Ready,
            E::GatewayRefused if self == Self::Created => Self::Failed,
            E::Redirected if self == Self::Ready => Self::Redirected,
            E::BrowserReturned if matches!(self, Self::Ready | Self::Redirected) => {
                Self::ReturnedUnverified
            }
            E::ProvenPending if open => Self::PendingGateway,
            // `Created` too: the gateway may know the order though its answer to us was lost.
            E::ProvenPaid { fee_open }
                if open || soft_end || matches!(self, Self::UnderReview | Self::Created) =>
            {
                if fee_open {
                    Self::Succeeded
                } else {
                    Self::RefundDue
                }
            }
            E::ProvenHeld if open || soft_end => Self::UnderReview,
            E::ProvenFailed
                if open || matches!(self, Self::UnderReview | Self::Expired | Self::Superseded) =>
            {
                Self::Failed
            }
            E::ExpiredUnpaid if open || self == Self::Created => Self::Expired,
            E::Superseded if open || self == Self::Created => Self::Superseded,
            E::RefundOrdered if self == Self::Succeeded => Self::RefundDue,
            E::RefundAccepted if self == Self::RefundDue => Self::RefundPending,
            E::RefundDone if self == Self::RefundPending => Self::Refunded,
            E::RefundFailed if self == Self::RefundPending => Self::RefundDue,
            _ => self,
        }
    }
}

/// Where a fee stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeState {
    /// The amount is not known yet (pages are counted at the counter).
    AwaitingAmount,
    /// To pay.
    Due,
    /// Paid, proven by a gateway.
    Paid,
    /// Paid at the counter.
    PaidOffline,
    /// Nothing to pay any more.
    Waived,
}

impl FeeState {
    /// Whether the fee still waits for money.
    pub fn is_open(self) -> bool {
        matches!(self, Self::AwaitingAmount | Self::Due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const EVENTS: [AttemptEvent; 15] = [
        AttemptEvent::GatewayReady,
        AttemptEvent::GatewayRefused,
        AttemptEvent::Redirected,
        AttemptEvent::BrowserReturned,
        AttemptEvent::ProvenPending,
        AttemptEvent::ProvenPaid { fee_open: true },
        AttemptEvent::ProvenPaid { fee_open: false },
        AttemptEvent::ProvenHeld,
        AttemptEvent::ProvenFailed,
        AttemptEvent::ExpiredUnpaid,
        AttemptEvent::Superseded,
        AttemptEvent::RefundOrdered,
        AttemptEvent::RefundAccepted,
        AttemptEvent::RefundDone,
        AttemptEvent::RefundFailed,
    ];

    #[test]
    fn money_once_proven_is_never_forgotten() {
        let money = [
            AttemptState::Succeeded,
            AttemptState::RefundDue,
            AttemptState::RefundPending,
            AttemptState::Refunded,
        ];
        for state in money {
            for event in EVENTS {
                assert!(money.contains(&state.after(event)), "{state:?} {event:?}");
            }
        }
        for state in AttemptState::ALL {
            let after = state.after(AttemptEvent::ProvenPaid { fee_open: true });
            assert!(money.contains(&after), "{state:?} forgets a payment");
        }
    }

    #[test]
    fn a_browser_alone_settles_nothing() {
        for state in AttemptState::ALL {
            let after = state.after(AttemptEvent::BrowserReturned);
            assert!(after == state || after == AttemptState::ReturnedUnverified);
        }
    }

    /// Two attempts of one fee, every event in every order: the fee is never paid by both, and
    /// whatever was proven paid is either the payment of the fee or goes back.
    #[test]
    fn two_attempts_never_both_pay() {
        type World = (AttemptState, Option<AttemptState>, bool, u8);
        let start: World = (AttemptState::Created, None, true, 0);
        let mut seen = BTreeSet::new();
        let mut queue = vec![start];
        while let Some((first, second, fee_open, proven)) = queue.pop() {
            let key = format!("{first:?}{second:?}{fee_open}{proven}");
            if !seen.insert(key) {
                continue;
            }
            let attempts = [Some(first), second];
            let succeeded =
                attempts.iter().flatten().filter(|a| **a == AttemptState::Succeeded).count();
            assert!(succeeded <= 1, "{first:?} {second:?}");
            assert!(
                attempts.iter().flatten().filter(|a| a.is_live()).count() <= 1
                    || proven > 0
                    || attempts.contains(&Some(AttemptState::UnderReview))
            );
            for (index, attempt) in attempts.iter().enumerate() {
                let Some(attempt) = *attempt else { continue };
                for event in EVENTS {
                    let event = match event {
                        AttemptEvent::ProvenPaid { .. } => AttemptEvent::ProvenPaid { fee_open },
                        other => other,
                    };
                    let after = attempt.after(event);
                    let pays = after == AttemptState::Succeeded && attempt != after;
                    let open = fee_open && !pays;
                    let proven = proven
                        | if pays || after == AttemptState::RefundDue { 1 << index } else { 0 };
                    queue.push(if index == 0 {
                        (after, second, open, proven)
                    } else {
                        (first, Some(after), open, proven)
                    });
                }
            }
            if second.is_none() && !first.is_live() && fee_open {
                queue.push((first, Some(AttemptState::Created), fee_open, proven));
            }
        }
        assert!(seen.len() > 100, "{} worlds", seen.len());
    }
}

//! A model check of the payment table: two attempts at one fee, a gateway that has its own truth, notices
//! that are lost, late and doubled, answers to us that are lost, cash at the counter, refunds. Every order
//! of events is walked. What must hold in every state is at the end of `check`.

use motcua_domain::payment::{AttemptEvent as E, AttemptState as S, FeeState};
use std::collections::{BTreeSet, HashSet};

/// What the gateway knows of an order, whether or not anybody told us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Truth {
    /// No order.
    None,
    /// Open: the citizen can pay it.
    Open,
    /// Not paid, and its page says so; the citizen may open the same code again and pay after all.
    Failed,
    /// The citizen's money is there.
    Paid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Attempt {
    ours: S,
    truth: Truth,
    /// Whether the gateway still sends its notice of the payment: it may be lost at any time.
    notice: bool,
    /// Whether the time of the order is over.
    over: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct World {
    attempts: [Option<Attempt>; 2],
    fee: FeeState,
}

const NEW: Attempt = Attempt { ours: S::Created, truth: Truth::None, notice: false, over: false };

fn money(state: S) -> bool {
    matches!(state, S::Succeeded | S::RefundDue | S::RefundPending | S::Refunded)
}

impl World {
    fn put(mut self, at: usize, attempt: Attempt) -> Self {
        let before = self.attempts[at].map(|attempt| attempt.ours);
        self.attempts[at] = Some(attempt);
        if attempt.ours == S::Succeeded && before != Some(S::Succeeded) {
            self.fee = FeeState::Paid;
        }
        self
    }

    /// The worlds after a word about an attempt reached us, as `backend::payments::settle` hears it.
    fn heard(self, at: usize, attempt: Attempt, event: E) -> Self {
        self.put(at, Attempt { ours: attempt.ours.after(event), ..attempt })
    }

    /// What a query is answered, and what it means; nothing while the order is open and not over.
    fn asked(self, attempt: Attempt) -> Option<E> {
        match attempt.truth {
            Truth::Paid => Some(E::ProvenPaid { fee_open: self.fee.is_open() }),
            Truth::Failed => Some(E::ProvenFailed),
            Truth::Open | Truth::None if attempt.over => Some(E::ExpiredUnpaid),
            Truth::Open | Truth::None => None,
        }
    }

    fn next(self) -> Vec<Self> {
        let mut next = Vec::new();
        for (at, attempt) in self.attempts.iter().enumerate() {
            let Some(attempt) = *attempt else { continue };
            let mut told = |attempt: Attempt| next.push(self.put(at, attempt));
            // The gateway opens the order, and its answer reaches us or is lost; or it refuses.
            if attempt.ours == S::Created && attempt.truth == Truth::None {
                let open = Attempt { truth: Truth::Open, ..attempt };
                told(open);
                told(Attempt { ours: S::Created.after(E::GatewayReady), ..open });
                told(Attempt { ours: S::Created.after(E::GatewayRefused), ..attempt });
            }
            // The same order again after a lost answer.
            if attempt.ours == S::Created && attempt.truth != Truth::None {
                told(Attempt { ours: S::Created.after(E::GatewayReady), ..attempt });
            }
            // The citizen pays, even late, even after having called off; or calls off.
            if matches!(attempt.truth, Truth::Open | Truth::Failed) {
                told(Attempt { truth: Truth::Paid, notice: true, ..attempt });
                told(Attempt { truth: Truth::Failed, ..attempt });
            }
            if !attempt.over {
                told(Attempt { over: true, ..attempt });
            }
            told(Attempt { notice: false, ..attempt });
            // The browser, with whatever it says.
            for event in [E::Redirected, E::BrowserReturned] {
                next.push(self.heard(at, attempt, event));
            }
            // The notice: it stays, so it may come again and again, early and late.
            if attempt.notice {
                let event = E::ProvenPaid { fee_open: self.fee.is_open() };
                next.push(self.heard(at, attempt, event));
            }
            if attempt.truth == Truth::Failed {
                next.push(self.heard(at, attempt, E::ProvenFailed));
            }
            // Words that hold or delay are possible as long as the money is not settled.
            if !money(attempt.ours) && attempt.truth != Truth::None {
                next.push(self.heard(at, attempt, E::ProvenPending));
                next.push(self.heard(at, attempt, E::ProvenHeld));
            }
            if let Some(event) = self.asked(attempt) {
                next.push(self.heard(at, attempt, event));
            }
            // Another attempt takes over only when a question was answered "not paid".
            let not_paid = attempt.truth != Truth::Paid;
            if at == 0 && self.attempts[1].is_none() && self.fee.is_open() && not_paid {
                let gone = attempt.ours.after(E::Superseded);
                if !gone.is_live() {
                    let first = Attempt { ours: gone, ..attempt };
                    next.push(self.put(0, first).put(1, NEW));
                }
            }
            for event in [E::RefundOrdered, E::RefundAccepted, E::RefundDone, E::RefundFailed] {
                next.push(self.heard(at, attempt, event));
            }
        }
        // Cash at the counter ends the fee; live attempts give way, unless money may be held.
        let held = |attempt: &Attempt| attempt.ours == S::UnderReview;
        if self.fee.is_open() && !self.attempts.iter().flatten().any(held) {
            let mut paid = Self { fee: FeeState::PaidOffline, ..self };
            for attempt in paid.attempts.iter_mut().flatten() {
                attempt.ours = attempt.ours.after(E::Superseded);
            }
            next.push(paid);
        }
        next.retain(|world| *world != self);
        next
    }

    fn check(self) {
        let attempts: Vec<Attempt> = self.attempts.iter().flatten().copied().collect();
        let succeeded = attempts.iter().filter(|attempt| attempt.ours == S::Succeeded).count();
        assert!(succeeded <= 1, "two attempts paid one fee: {self:?}");
        assert!(
            succeeded == 0 || self.fee == FeeState::Paid,
            "paid, and the fee does not say so: {self:?}"
        );
        for attempt in attempts {
            // Money is recognised only where it is.
            assert!(
                !money(attempt.ours) || attempt.truth == Truth::Paid,
                "money that nobody paid: {self:?}"
            );
            // Money that is there is recognised, or will be: somebody still asks, and the answer moves
            // the attempt to where the money is either the fee's or goes back.
            if attempt.truth == Truth::Paid && !money(attempt.ours) {
                let asked_about = attempt.ours.is_watched() || attempt.ours == S::Created;
                assert!(asked_about, "taken and forgotten: {self:?}");
                for fee_open in [true, false] {
                    let after = attempt.ours.after(E::ProvenPaid { fee_open });
                    assert!(money(after), "asked, and forgotten all the same: {self:?}");
                    let goes_back = after == S::RefundDue;
                    assert_eq!(goes_back, !fee_open, "{self:?}");
                }
            }
        }
    }
}

#[test]
fn no_order_of_events_forgets_money_or_pays_a_fee_twice() {
    let start = World { attempts: [Some(NEW), None], fee: FeeState::Due };
    let mut seen = HashSet::from([start]);
    let mut queue = vec![start];
    let mut reached = BTreeSet::new();
    while let Some(world) = queue.pop() {
        world.check();
        for attempt in world.attempts.iter().flatten() {
            reached.insert(format!("{:?}", attempt.ours));
        }
        for next in world.next() {
            if seen.insert(next) {
                queue.push(next);
            }
        }
    }
    // The walk is worth something only if it got everywhere.
    let missing: Vec<String> = S::ALL
        .iter()
        .map(|state| format!("{state:?}"))
        .filter(|it| !reached.contains(it))
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
    assert!(seen.len() > 5_000, "{} worlds", seen.len());
}

//! Saying what is being done and for how long: one line for a step, with the seconds ticking. Must
//! not know what the steps are.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Seconds between signs of life where no terminal redraws the line.
const QUIET_SECONDS: u64 = 15;

/// Does something slow while a line such as `[2/7] trunk 0.21.14: building…, 41 s so far` ticks;
/// `what` says how long it is likely to take.
pub fn during<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let begun = Instant::now();
    let live = std::io::stdout().is_terminal();
    say(&format!("{what}…"));
    let (done, waiting) = channel::<()>();
    let line = what.to_owned();
    let ticker = thread::spawn(move || {
        let pause = Duration::from_secs(if live { 1 } else { QUIET_SECONDS });
        while waiting.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
            let text = format!("{line}, {} so far…", spell(begun.elapsed()));
            if live { redraw(&text) } else { say(&text) }
        }
    });
    let outcome = work();
    drop(done);
    let _ = ticker.join();
    let word = if outcome.is_ok() { "done" } else { "failed" };
    let end = format!("{what}: {word} in {}", spell(begun.elapsed()));
    if live {
        redraw(&format!("{end}\n"))
    } else {
        say(&end)
    }
    outcome
}

/// Says a line at once.
pub fn say(text: &str) {
    println!("{text}");
    let _ = std::io::stdout().flush();
}

/// Minutes and seconds as people read them.
pub fn spell(time: Duration) -> String {
    match time.as_secs() {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..=119 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// Writes over the line above the cursor's.
fn redraw(text: &str) {
    print!("\x1b[1A\r\x1b[2K{text}");
    if !text.ends_with('\n') {
        println!();
    }
    let _ = std::io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelt_for_people() {
        assert_eq!(spell(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(spell(Duration::from_secs(41)), "41 s");
        assert_eq!(spell(Duration::from_secs(187)), "3 min 7 s");
    }
}

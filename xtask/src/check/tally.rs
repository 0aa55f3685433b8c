//! Running a test runner in view while counting what it says has passed and failed. Knows the
//! closing lines of cargo's and node's runners, and nothing of the tests.

use anyhow::{Context, Result};
use std::io::{BufRead as _, BufReader, IsTerminal as _};
use std::process::{Command, Stdio};

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

impl Tally {
    /// Adds another's numbers.
    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Takes the numbers of a runner's closing line, such as `test result: ok. 8 passed; 0 failed`
    /// or `# pass 4`.
    fn hear(&mut self, line: &str) {
        let plain = strip_colour(line);
        if let Some(numbers) = plain.trim_start().strip_prefix("test result: ") {
            let words: Vec<&str> = numbers.split([' ', ';']).collect();
            for pair in words.windows(2) {
                let Ok(count) = pair[0].parse::<u64>() else { continue };
                match pair[1] {
                    "passed" => self.passed += count,
                    "failed" => self.failed += count,
                    _ => {}
                }
            }
            return;
        }
        let words: Vec<&str> = plain.split_whitespace().collect();
        if let ["#" | "ℹ", what, count] = words[..]
            && let Ok(count) = count.parse::<u64>()
        {
            match what {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                _ => {}
            }
        }
    }
}

/// Runs it. A runner that fails without having counted a failure counts as one.
pub fn run(command: &mut Command) -> Result<Tally> {
    let program = command.get_program().to_string_lossy().into_owned();
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{program} cannot be run"))?;
    let mut tally = Tally::default();
    if let Some(said) = child.stdout.take() {
        for line in BufReader::new(said).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally.hear(&line);
        }
    }
    if !child.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

fn strip_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut inside = false;
    for letter in line.chars() {
        match (inside, letter) {
            (false, '\x1b') => inside = true,
            (false, _) => plain.push(letter),
            (true, 'm') => inside = false,
            (true, _) => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn closing_lines_of_both_runners_are_counted() {
        let mut tally = Tally::default();
        tally.hear("test result: \x1b[32mok\x1b[m. 8 passed; 1 failed; 2 ignored; 0 measured");
        tally.hear("# pass 4");
        tally.hear("ℹ fail 2");
        tally.hear("# Subtest: it can pass 7");
        tally.hear("test tests::passes ... ok");
        assert_eq!(tally, Tally { passed: 12, failed: 3 });
    }
}

//! Messages to citizens, as they come into the backend's log: shown to whoever watches the demo, in the place
//! of a phone. Must not know what they tell of.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

/// What stands before a message in a line of the log.
const MARK: &str = "messages: ";

/// Reads the log on from where it was.
pub struct Messages {
    log: PathBuf,
    at: u64,
    /// The beginning of a line that is not whole yet.
    rest: Vec<u8>,
}

impl Messages {
    /// Nothing read yet.
    pub fn of(log: PathBuf) -> Self {
        Self { log, at: 0, rest: vec![] }
    }

    /// The messages that came since. A log that cannot be read just now has none.
    pub fn newer(&mut self) -> Vec<String> {
        let mut bytes = Vec::new();
        let read = File::open(&self.log).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.at))?;
            file.read_to_end(&mut bytes)
        });
        self.at += read.unwrap_or_default() as u64;
        self.rest.append(&mut bytes);
        let whole = self.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let rest = self.rest.split_off(whole);
        let lines = String::from_utf8_lossy(&std::mem::replace(&mut self.rest, rest)).into_owned();
        lines.lines().filter_map(message).collect()
    }
}

fn message(line: &str) -> Option<String> {
    line.split_once(MARK).map(|(_, message)| message.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_message_is_shown_once_and_not_before_its_line_is_whole() {
        let log = std::env::temp_dir().join(format!("motcua-messages-{}.log", std::process::id()));
        let mut file = File::create(&log).unwrap();
        let mut messages = Messages::of(log.clone());
        file.write_all("backend ready\n INFO messages: Hồ s".as_bytes()).unwrap();
        assert_eq!(messages.newer(), Vec::<String>::new());
        file.write_all("ơ đã có kết quả. to=0912345678\nINFO other: x\n".as_bytes()).unwrap();
        assert_eq!(messages.newer(), ["Hồ sơ đã có kết quả. to=0912345678"]);
        assert_eq!(messages.newer(), Vec::<String>::new());
        std::fs::remove_file(&log).unwrap();
        assert_eq!(messages.newer(), Vec::<String>::new());
    }
}

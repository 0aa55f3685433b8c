//! Whether files may travel now: there is a network, and it is not one that the citizen must save.

/// What the device says of its network. Only hints: many browsers say nothing of the last two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whether there is one.
    pub online: bool,
    /// Whether the citizen asked the browser to save data.
    pub saver: bool,
    /// Whether it is the mobile network.
    pub mobile: bool,
}

/// What the citizen said of sending files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// Nothing: files go over the mobile network too, but not while the browser saves data.
    #[default]
    Unsaid,
    /// Send whatever the network.
    Always,
    /// Only over Wi-Fi.
    WifiOnly,
}

impl Choice {
    /// Its name, as it is kept on the device.
    pub fn id(self) -> &'static str {
        match self {
            Self::Unsaid => "",
            Self::Always => "always",
            Self::WifiOnly => "wifi",
        }
    }

    /// The choice of this name; nothing said where it is unknown.
    pub fn find(id: &str) -> Self {
        match id {
            "always" => Self::Always,
            "wifi" => Self::WifiOnly,
            _ => Self::Unsaid,
        }
    }
}

/// Why files do not travel now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// There is no network.
    Offline,
    /// The browser saves data, and the citizen has not said to send all the same.
    Saver,
    /// It is the mobile network, and the citizen wants Wi-Fi.
    Mobile,
}

/// Why files must wait, if they must.
pub fn pause(link: Link, choice: Choice) -> Option<Pause> {
    match (link, choice) {
        (Link { online: false, .. }, _) => Some(Pause::Offline),
        (Link { mobile: true, .. }, Choice::WifiOnly) => Some(Pause::Mobile),
        (Link { saver: true, .. }, Choice::Unsaid) => Some(Pause::Saver),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_data_is_used_unless_someone_minds() {
        let link = |saver, mobile| Link { online: true, saver, mobile };
        assert_eq!(pause(link(false, true), Choice::Unsaid), None);
        assert_eq!(pause(link(true, false), Choice::Unsaid), Some(Pause::Saver));
        assert_eq!(pause(link(true, true), Choice::Always), None);
        assert_eq!(pause(link(false, true), Choice::WifiOnly), Some(Pause::Mobile));
        assert_eq!(pause(link(true, false), Choice::WifiOnly), None);
        let offline = Link { online: false, ..link(true, true) };
        for choice in [Choice::Unsaid, Choice::Always, Choice::WifiOnly] {
            assert_eq!(pause(offline, choice), Some(Pause::Offline));
            assert_eq!(Choice::find(choice.id()), choice);
        }
    }
}

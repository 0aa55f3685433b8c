//! Answers as bytes, for `public/workers/paper.js` to unpack. Knows nothing of how they come about.
//!
//! An answer begins with a mark (0, or 1 for a reason) and the length of what follows. Numbers are
//! 32-bit, little-endian; a text or a row of bytes stands behind its length.

use motcua_paper::{Corners, Fault};

/// An answer that grows.
#[derive(Debug, Default)]
pub(crate) struct Answer(Vec<u8>);

impl Answer {
    /// A whole number; no picture has four thousand million of anything.
    pub fn number(mut self, value: usize) -> Self {
        self.0.extend(u32::try_from(value).unwrap_or(0).to_le_bytes());
        self
    }

    /// A number with a fraction.
    pub fn float(mut self, value: f32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    /// A row of bytes.
    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mut answer = self.number(bytes.len());
        answer.0.extend(bytes);
        answer
    }

    /// Whether there are corners, then the eight numbers, as shares of a picture so wide and high.
    pub fn corners(self, corners: Option<&Corners>, (width, height): (usize, usize)) -> Self {
        let mut answer = self.number(usize::from(corners.is_some()));
        for at in corners.copied().unwrap_or_default() {
            answer = answer.float(at.x / width as f32).float(at.y / height as f32);
        }
        answer
    }

    /// The faults' names, with commas between.
    pub fn faults(self, faults: &[Fault]) -> Self {
        let mut names = Vec::new();
        for fault in faults {
            if !names.is_empty() {
                names.push(b',');
            }
            names.extend(fault.name().as_bytes());
        }
        self.bytes(&names)
    }

    /// What was packed, without a mark.
    pub fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes behind a mark and their length.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn marked(answer: Result<Vec<u8>, &'static str>) -> Vec<u8> {
    let (mark, bytes) = match answer {
        Ok(bytes) => (0, bytes),
        Err(reason) => (1, reason.as_bytes().to_vec()),
    };
    let mut out = Answer::default().number(mark).done();
    out.reserve(bytes.len() + 4);
    out.extend(u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes());
    out.extend(bytes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_domain::paper::PaperFault;
    use motcua_paper::Point;

    /// The app knows faults by the domain's names; what it does not know it would not tell.
    #[test]
    fn every_fault_has_the_name_that_the_dossier_carries() {
        use Fault as F;
        let all =
            [F::TooDark, F::Blurred, F::Glare, F::CutCorner, F::Covered, F::TooSmall, F::Blank];
        for fault in all {
            let known = PaperFault::find(fault.name());
            assert_eq!(known.map(|known| format!("{known:?}")), Some(format!("{fault:?}")));
        }
    }

    #[test]
    fn lays_out_what_the_worker_unpacks() {
        let corners = [Point::new(50.0, 20.0); 4];
        let bytes = Answer::default()
            .corners(Some(&corners), (100, 80))
            .faults(&[Fault::TooDark, Fault::Glare])
            .done();
        assert_eq!(bytes[..4], [1, 0, 0, 0]);
        assert_eq!(bytes[4..8], 0.5f32.to_le_bytes());
        assert_eq!(bytes[8..12], 0.25f32.to_le_bytes());
        assert_eq!(bytes[36..40], [14, 0, 0, 0]);
        assert_eq!(&bytes[40..], b"too_dark,glare");
        assert_eq!(marked(Ok(vec![7])), [0, 0, 0, 0, 1, 0, 0, 0, 7]);
        assert_eq!(marked(Err("no")), [1, 0, 0, 0, 2, 0, 0, 0, b'n', b'o']);
    }
}

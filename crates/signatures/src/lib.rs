//! Electronic signatures of PDFs (PAdES, ETSI EN 319 142; ISO 32000-2, 12.8): whether the file is as it was
//! signed, who signed it, and whether that leads back to an authority that the installation trusts.
//!
//! Belongs here: finding signatures, the bytes that they cover, their messages (CMS, RFC 5652) and chains of
//! certificates. Must not be here: networks, so that nobody asks whether a certificate was revoked (callers
//! say so to people), time stamps, the making of signatures, words for people.

mod chain;
mod cover;
mod message;

pub use chain::{Roots, RootsError};

use cover::Signature;
use lopdf::Document;

/// What the signatures of a file come to, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Untouched, and signed by whom an authority that is trusted here vouches for.
    Checked,
    /// Untouched, but no authority that is trusted here vouches for who signed it (any more).
    UnknownSigner,
    /// Signed in a way that is not understood here, or added to after it was signed.
    NotCheckable,
    /// Changed after it was signed.
    Broken,
}

/// What is known of a signed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// That of the worst of its signatures.
    pub verdict: Verdict,
    /// Who signed, as their certificates call them, in order of signing; without those whose certificate
    /// does not read.
    pub signers: Vec<String>,
}

/// Judges the signatures of a PDF at a moment (seconds since 1970): certificates must be good then. None
/// when nobody signed it, or when it is no PDF.
pub fn judge(pdf: &[u8], roots: &Roots, at: u64) -> Option<Report> {
    let document = Document::load_mem(pdf).ok()?;
    let found = cover::find(&document);
    if found.is_empty() {
        return None;
    }
    let mut report = Report { verdict: Verdict::Checked, signers: Vec::new() };
    let whole = found.iter().any(|signature| signature.covers_whole(pdf));
    for signature in &found {
        let (verdict, signer) = judge_one(pdf, signature, roots, at);
        report.verdict = report.verdict.max(verdict);
        report.signers.extend(signer);
    }
    // What came after the last signature may be evidence for it, or other pages: nobody vouches for it.
    if !whole {
        report.verdict = report.verdict.max(Verdict::NotCheckable);
    }
    Some(report)
}

fn judge_one(
    pdf: &[u8],
    signature: &Signature,
    roots: &Roots,
    at: u64,
) -> (Verdict, Option<String>) {
    let Some(covered) = signature.covered(pdf) else { return (Verdict::NotCheckable, None) };
    let message = match message::read(&signature.message) {
        Ok(message) => message,
        Err(_) => return (Verdict::NotCheckable, None),
    };
    let signer = message.signer_name();
    let verdict = match message.judge(&covered) {
        message::Judged::Untouched if message.leads_to(roots, at) => Verdict::Checked,
        message::Judged::Untouched => Verdict::UnknownSigner,
        message::Judged::Touched => Verdict::Broken,
        message::Judged::Unknown => Verdict::NotCheckable,
    };
    (verdict, signer)
}

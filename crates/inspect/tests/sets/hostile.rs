//! Files that would do harm, break a reader or are no papers: every one is refused, for its reason.

use crate::documents::{
    ByHand, changed_once, lopdf_document, packed, saved, saved_with, stream, text,
};
use crate::pictures::*;
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, CryptFilter};
use lopdf::{EncryptionState, EncryptionVersion, Permissions, SaveOptions, dictionary};
use motcua_inspect::Refusal::{self, *};
use motcua_inspect::inspect;
use std::collections::BTreeMap;
use std::sync::Arc;

type Named = (&'static str, Refusal, Vec<u8>);

fn others() -> Vec<Named> {
    let wrong = |name, bytes: &[u8]| (name, WrongKind, bytes.to_vec());
    vec![
        wrong("no bytes", b""),
        wrong("a program for Windows named photo.jpg", b"MZ\x90\0\x03\0\0\0"),
        wrong("a program for Linux", b"\x7fELF\x02\x01\x01\0"),
        wrong("a program for Android (ZIP)", &zip()),
        wrong("a page named photo.png", b"<!DOCTYPE html><script>alert(1)</script>"),
        wrong(
            "a drawing with a script (SVG)",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        ),
        wrong("a drawing that names itself XML", b"<?xml version='1.0'?><svg onload='alert(1)'/>"),
        wrong("a script for a shell", b"#!/bin/sh\nrm -rf /"),
        wrong("a script for a server", b"<?php system($_GET['c']); ?>"),
        wrong("GIF, which may move", b"GIF89a\x01\0\x01\0\x80\0\0"),
        wrong(
            "GIFAR: a GIF that is an archive",
            &followed_by(b"GIF89a\x01\0\x01\0\x80\0\0;", &zip()),
        ),
        wrong("BMP", b"BM\x46\0\0\0"),
        wrong("TIFF", b"II*\0\x08\0\0\0"),
        wrong("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0"),
        wrong("an old Word file", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        wrong("RTF", b"{\\rtf1 hello}"),
        wrong("sound in RIFF", b"RIFF\x24\0\0\0WAVEfmt "),
        wrong("a film", b"\0\0\0\x18ftypmp42\0\0\0\0"),
        wrong("a page before a PDF", &followed_by(b"<html></html>", &ByHand::new().write())),
        wrong("a byte before a JPEG", &followed_by(b"\n", &jpeg())),
        ("HEIC", Heic, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("AVIF", Heic, b"\0\0\0\x1cftypavif\0\0\0\0".to_vec()),
    ]
}

fn spoilt_photos() -> Vec<Named> {
    let (photo, shot, small) = (jpeg(), png(), webp(Some(80.0)));
    let mut claims = jpeg();
    let frame = claims.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    claims[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    let mut wrong_sum = png();
    let middle = wrong_sum.len() / 2;
    wrong_sum[middle] ^= 0x55;
    let scans: Vec<u8> = {
        let from = photo.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
        let scan = &photo[from..photo.len() - 2];
        [&photo[..from], &scan.repeat(200), &[0xFF, 0xD9]].concat()
    };
    vec![
        ("JPEG: three bytes", Damaged, vec![0xFF, 0xD8, 0xFF]),
        (
            "JPEG: its head and noise",
            Damaged,
            followed_by(&[0xFF, 0xD8, 0xFF, 0xE0], &[0x5A; 9_000]),
        ),
        ("JPEG: cut in the middle", Damaged, photo[..photo.len() / 2].to_vec()),
        ("JPEG: cut in its tables", Damaged, photo[..100].to_vec()),
        ("JPEG: without its end", Damaged, photo[..photo.len() - 2].to_vec()),
        ("JPEG: no picture between start and end", Damaged, vec![0xFF, 0xD8, 0xFF, 0xD9]),
        ("JPEG: 4,300 million pixels claimed", TooManyPixels, claims),
        ("JPEG: one pixel", TooSmall, jpeg_of(&sheet(1, 1))),
        ("JPEG: one pixel wide, 20,000 high", TooSmall, jpeg_of(&sheet(1, 20_000))),
        ("JPEG: the same scan 200 times", Damaged, scans),
        ("JPEG and archive", Mixed, followed_by(&photo, &zip())),
        (
            "JPEG and archive, disguised as a film",
            Mixed,
            followed_by(&photo, &[b"\0\0\0\x18ftypmp42", &zip()[..]].concat()),
        ),
        ("JPEG and page", Mixed, followed_by(&photo, b"<script>alert(1)</script>")),
        ("JPEG and script for a server", Mixed, followed_by(&photo, b"<?php system('id'); ?>")),
        ("JPEG and program", Mixed, followed_by(&photo, b"MZ\x90\0\x03")),
        ("JPEG and PDF", Mixed, followed_by(&photo, &ByHand::new().write())),
        ("JPEG and RAR", Mixed, followed_by(&photo, b"Rar!\x1a\x07\0")),
        ("PNG: its head only", Damaged, shot[..33].to_vec()),
        ("PNG: cut in the middle", Damaged, shot[..shot.len() / 2].to_vec()),
        ("PNG: a changed byte", Damaged, wrong_sum),
        ("PNG: 4,000 million pixels in 70 bytes", TooManyPixels, png_claiming(65_000, 65_000)),
        (
            "PNG: sides whose product wraps around",
            TooManyPixels,
            png_claiming(0xFFFF_FFFF, 0xFFFF_FFFF),
        ),
        ("PNG: pixels that are not there", Damaged, png_claiming(6_000, 6_000)),
        ("PNG: one pixel", TooSmall, png_of(&sheet(1, 1).into())),
        ("PNG: no height", TooSmall, png_claiming(500, 0)),
        ("PNG: moving", Animated, with_chunk(&shot, &chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]))),
        ("PNG and archive", Mixed, followed_by(&shot, &zip())),
        ("PNG and page", Mixed, followed_by(&shot, b"<html><body onload=alert(1)>")),
        ("PNG: what was cropped is still behind it", Mixed, followed_by(&shot, &shot[200..900])),
        ("WebP: cut in the middle", Damaged, small[..small.len() / 2].to_vec()),
        ("WebP: moving", Animated, moving_webp()),
        ("WebP and archive", Mixed, followed_by(&small, &zip())),
        ("WebP: its head only", Damaged, b"RIFF\x04\0\0\0WEBP".to_vec()),
        (
            "WebP: one pixel",
            TooSmall,
            webp::Encoder::from_rgb(&[9, 9, 9], 1, 1).encode(80.0).to_vec(),
        ),
    ]
}

fn locked(user: &str, strong: bool) -> Vec<u8> {
    let mut document = lopdf_document(1);
    let state = if strong {
        let filter: Arc<dyn CryptFilter> = Arc::new(Aes128CryptFilter);
        EncryptionState::try_from(EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata: true,
            crypt_filters: BTreeMap::from([(b"StdCF".to_vec(), filter)]),
            stream_filter: b"StdCF".to_vec(),
            string_filter: b"StdCF".to_vec(),
            owner_password: "owner",
            user_password: user,
            permissions: Permissions::all(),
        })
    } else {
        EncryptionState::try_from(EncryptionVersion::V1 {
            document: &document,
            owner_password: "owner",
            user_password: user,
            permissions: Permissions::all(),
        })
    };
    document.encrypt(&state.unwrap()).unwrap();
    saved(document)
}

fn active(name: &'static str, catalogue: &str) -> Named {
    (name, PdfActive, ByHand::with_catalogue(catalogue).write())
}

fn active_documents() -> Vec<Named> {
    let script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    let with_script = ByHand::with_page(&format!("/AA << /O {script} >>")).write();
    let hidden = {
        let mut document = lopdf_document(1);
        document.add_object(
            dictionary! { "S" => "JavaScript", "JS" => lopdf::Object::string_literal("x") },
        );
        let options =
            SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        saved_with(document, options)
    };
    let by_itself = ByHand::new().and(text(script)).write();
    // The table does not name the sixth object; a reader that mends the file finds it.
    let unnamed = {
        let bytes = ByHand::new().write();
        let at = bytes.windows(5).position(|five| five == b"\nxref").unwrap() + 1;
        let object = b"6 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\n";
        let text_of = String::from_utf8_lossy(&bytes[at..]).into_owned();
        let tail = text_of
            .replace(&format!("startxref\n{at}"), &format!("startxref\n{}", at + object.len()));
        [&bytes[..at], object, tail.as_bytes()].concat()
    };
    vec![
        active("PDF: a script when it opens", &format!("/OpenAction {script}")),
        active(
            "PDF: a script by name",
            &format!("/Names << /JavaScript << /Names [(a) {script}] >> >>"),
        ),
        active("PDF: a script, its name in code", "/OpenAction << /S /J#61vaScript /JS (x) >>"),
        active(
            "PDF: a script, its name in an object of its own",
            "/OpenAction << /S 6 0 R /JS (x) >>",
        ),
        ("PDF: a script when a page shows", PdfActive, with_script),
        ("PDF: a script that nothing calls", PdfActive, by_itself),
        ("PDF: a script in a packed stream of objects", PdfActive, hidden),
        ("PDF: a script that the table hides", PdfActive, unnamed),
        (
            "PDF: a script in a later change",
            PdfActive,
            changed_once(&format!("/OpenAction {script}")),
        ),
        (
            "PDF: a script behind a harmless step",
            PdfActive,
            ByHand::with_catalogue(&format!(
                "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next {script} >>"
            ))
            .write(),
        ),
        active("PDF: starts a program", "/OpenAction << /S /Launch /F (cmd.exe) >>"),
        active(
            "PDF: sends its form away",
            "/OpenAction << /S /SubmitForm /F (http://example.com/) >>",
        ),
        active("PDF: fetches data", "/OpenAction << /S /ImportData /F (a.fdf) >>"),
        active(
            "PDF: opens another file",
            "/OpenAction << /S /GoToR /F (\\\\\\\\host\\\\share) /D [0 /Fit] >>",
        ),
        active("PDF: opens a file in it", "/OpenAction << /S /GoToE /T << /R /C >> >>"),
        active("PDF: a form of the other kind (XFA)", "/AcroForm << /Fields [] /XFA 6 0 R >>"),
        active("PDF: plays a film", "/OpenAction << /S /Rendition /OP 0 >>"),
    ]
    .into_iter()
    .map(|(name, refusal, bytes)| {
        let named = name == "PDF: a script, its name in an object of its own";
        let bytes = if named {
            ByHand::with_catalogue("/OpenAction << /S 6 0 R /JS (x) >>")
                .and(text("/JavaScript"))
                .write()
        } else {
            bytes
        };
        (name, refusal, bytes)
    })
    .collect()
}

fn other_documents() -> Vec<Named> {
    let plain = ByHand::new().write();
    let carrying = |name, more: &str, object: Vec<u8>| {
        (name, PdfAttachment, ByHand::with_catalogue(more).and(object).write())
    };
    let annotated = |name, subtype: &str| {
        let annotation =
            format!("/Annots [<< /Type /Annot /Subtype /{subtype} /Rect [0 0 9 9] >>]");
        (name, PdfAttachment, ByHand::with_page(&annotation).write())
    };
    let bomb = packed(&vec![b' '; 200 * 1024 * 1024]);
    let many = (0..10).fold(ByHand::new(), |pdf, _| {
        pdf.and(stream(
            "/Type /ObjStm /N 0 /First 0 /Filter /FlateDecode",
            &packed(&vec![b' '; 7 * 1024 * 1024]),
        ))
    });
    let between = {
        let at = plain.windows(6).position(|six| six == b"endobj").unwrap() + 7;
        [&plain[..at], b"\n<html><script>alert(1)</script></html>\n", &plain[at..]].concat()
    };
    let deep = format!("/Deep {}{}", "[".repeat(100_000), "]".repeat(100_000));
    vec![
        ("PDF: a password", PdfLocked, locked("secret", false)),
        ("PDF: a password, AES", PdfLocked, locked("secret", true)),
        ("PDF: locked without a password to type", PdfLocked, locked("", false)),
        ("PDF: locked, AES, without a password to type", PdfLocked, locked("", true)),
        carrying(
            "PDF: a file in it",
            "/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>",
            text("<< /Type /Filespec /F (a.exe) >>"),
        ),
        carrying("PDF: a file in it that nothing names", "", stream("/Type /EmbeddedFile", b"MZ")),
        carrying(
            "PDF: an invoice's data beside it (PDF/A-3)",
            "/AF [6 0 R]",
            text("<< /Type /Filespec /F (a.xml) /EF << /F 4 0 R >> >>"),
        ),
        (
            "PDF: bytes from another file",
            PdfAttachment,
            ByHand::new().and(stream("/F (secret.txt)", b"")).write(),
        ),
        annotated("PDF: a file pinned to a page", "FileAttachment"),
        annotated("PDF: a film on a page", "Movie"),
        annotated("PDF: a sound on a page", "Sound"),
        annotated("PDF: a stage on a page", "RichMedia"),
        annotated("PDF: a body on a page", "3D"),
        ("PDF and archive", Mixed, followed_by(&plain, &zip())),
        ("PDF and page behind it", Mixed, followed_by(&plain, b"<html><script>alert(1)</script>")),
        ("PDF and program far behind it", Mixed, followed_by(&plain, &[b'M'; 3_000])),
        ("PDF and page between its objects", Mixed, between),
        (
            "PDF and page in its first comment",
            Mixed,
            ByHand { header: "%PDF-1.7\n%<script>alert(1)</script>", ..ByHand::new() }.write(),
        ),
        ("PDF and archive in a stream", Mixed, ByHand::new().and(stream("", &zip())).write()),
        ("PDF: its head only", Damaged, b"%PDF-1.7\n".to_vec()),
        ("PDF: its head and noise", Damaged, followed_by(b"%PDF-1.7\n", &[0x5A; 9_000])),
        ("PDF: cut in the middle", Damaged, plain[..plain.len() / 2].to_vec()),
        ("PDF: no pages", Damaged, saved(lopdf_document(0))),
        ("PDF: pages that go round in a ring", Damaged, {
            let mut pdf = ByHand::new();
            pdf.objects[1] = text("<< /Type /Pages /Kids [2 0 R] /Count 1 >>");
            pdf.write()
        }),
        ("PDF: 301 pages", PdfTooLong, saved(lopdf_document(301))),
        (
            "PDF: 200 MB of objects in 200 kB",
            Damaged,
            ByHand::new()
                .and(stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb))
                .write(),
        ),
        ("PDF: many streams of objects, each below the bound", Damaged, many.write()),
        ("PDF: brackets 100,000 deep", Damaged, ByHand::with_catalogue(&deep).write()),
    ]
}

#[test]
fn every_hostile_file_is_refused_for_its_reason() {
    let set = [others(), spoilt_photos(), active_documents(), other_documents()].concat();
    println!("{} files", set.len());
    assert!(set.len() >= 100, "{}", set.len());
    let wrong: Vec<String> = set
        .iter()
        .filter_map(|(name, refusal, bytes)| {
            let said = inspect(bytes).map(|accepted| accepted.sent);
            (said != Err(*refusal)).then(|| format!("{name}: {said:?}, not {refusal:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), set.len(), wrong.join("\n"));
}

//! Files as phones, scanners and offices write them: every one is taken.

use crate::documents::{
    ByHand, changed_once, lopdf_document, packed, pdf_writer_page, saved, saved_with, scanned,
    stream, text,
};
use crate::pictures::*;
use image::DynamicImage;
use jpeg_encoder::{ColorType, SamplingFactor};
use lopdf::SaveOptions;
use motcua_inspect::{Kind, inspect};

type Named = (&'static str, Kind, Vec<u8>);

fn photos() -> Vec<Named> {
    let whole = sheet(WIDTH, HEIGHT);
    let jpeg_named = |name, bytes| (name, Kind::Jpeg, bytes);
    vec![
        jpeg_named("plain", jpeg()),
        jpeg_named("colours whole (4:4:4)", sampled(SamplingFactor::R_4_4_4)),
        jpeg_named("colours halved (4:2:2)", sampled(SamplingFactor::R_4_2_2)),
        jpeg_named("colours quartered (4:2:0)", sampled(SamplingFactor::R_4_2_0)),
        jpeg_named("colours in fours (4:1:1)", sampled(SamplingFactor::R_4_1_1)),
        jpeg_named("coarse", jpeg_with(|encoder| encoder.set_quality(15))),
        jpeg_named("fine", jpeg_with(|encoder| encoder.set_quality(100))),
        jpeg_named("progressive", jpeg_with(|encoder| encoder.set_progressive(true))),
        jpeg_named(
            "progressive in 20 scans",
            jpeg_with(|encoder| encoder.set_progressive_scans(20)),
        ),
        jpeg_named("with restarts", jpeg_with(|encoder| encoder.set_restart_interval(4))),
        jpeg_named(
            "own Huffman tables",
            jpeg_with(|encoder| encoder.set_optimized_huffman_tables(true)),
        ),
        jpeg_named("grey", grey_jpeg(false)),
        jpeg_named("grey, progressive", grey_jpeg(true)),
        jpeg_named("four inks", ink_jpeg(ColorType::Cmyk)),
        jpeg_named("four inks as YCCK", ink_jpeg(ColorType::CmykAsYcck)),
        jpeg_named("upright, with position", jpeg_with_exif(1)),
        jpeg_named("upside down", jpeg_with_exif(3)),
        jpeg_named("lying on its right", jpeg_with_exif(6)),
        jpeg_named("lying on its left", jpeg_with_exif(8)),
        jpeg_named("mirrored", jpeg_with_exif(2)),
        jpeg_named(
            "with a colour profile",
            jpeg_with(|encoder| encoder.add_icc_profile(&[7; 3_000]).unwrap()),
        ),
        jpeg_named(
            "with XMP",
            app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
        ),
        jpeg_named("with a comment", with_segment(&jpeg(), 0xFE, b"Scanned at the commune")),
        jpeg_named(
            "with a preview in EXIF",
            with_segment(&jpeg(), 0xE1, &[b"Exif\0\0", &exif(1)[..], &jpeg()].concat()),
        ),
        jpeg_named(
            "further pictures behind (MPF)",
            followed_by(&app_segment(2, b"MPF\0II*\0"), &jpeg()),
        ),
        jpeg_named("moving photo", followed_by(&jpeg(), b"\0\0\0\x18ftypmp42\0\0\0\0isommp42film")),
        jpeg_named(
            "Samsung's notes behind",
            followed_by(&jpeg(), b"\0\0\x01\x0aImage_UTC_Data1764115200SEFHk\0SEFT"),
        ),
        jpeg_named("padded to a block", followed_by(&jpeg(), &[0; 512])),
        jpeg_named(
            "fill bytes before a marker",
            [&jpeg()[..2], &[0xFF, 0xFF], &jpeg()[2..]].concat(),
        ),
        jpeg_named("12 million pixels", jpeg_of(&sheet(4000, 3000))),
        jpeg_named("odd sides", jpeg_of(&sheet(331, 247))),
        jpeg_named("a strip", jpeg_of(&sheet(1200, 60))),
        ("screenshot", Kind::Png, png()),
        ("screenshot, see-through", Kind::Png, png_of(&see_through().into())),
        ("grey PNG", Kind::Png, png_of(&grey(WIDTH, HEIGHT).into())),
        (
            "grey, see-through PNG",
            Kind::Png,
            png_of(&DynamicImage::from(see_through()).to_luma_alpha8().into()),
        ),
        ("16 bits", Kind::Png, png_of(&DynamicImage::from(whole.clone()).to_rgb16().into())),
        ("16 bits, grey", Kind::Png, png_of(&DynamicImage::from(whole.clone()).to_luma16().into())),
        (
            "16 bits, see-through",
            Kind::Png,
            png_of(&DynamicImage::from(see_through()).to_rgba16().into()),
        ),
        ("fax, one bit", Kind::Png, one_bit()),
        ("palette", Kind::Png, palette(false)),
        ("palette, see-through", Kind::Png, palette(true)),
        ("PNG with texts", Kind::Png, with_chunk(&png(), &chunk(b"tEXt", b"Software\0scanner"))),
        ("PNG with EXIF", Kind::Png, with_chunk(&png(), &chunk(b"eXIf", &exif(1)))),
        (
            "PNG with resolution",
            Kind::Png,
            with_chunk(&png(), &chunk(b"pHYs", &[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1])),
        ),
        ("WebP", Kind::WebP, webp(Some(80.0))),
        ("WebP, coarse", Kind::WebP, webp(Some(10.0))),
        ("WebP, lossless", Kind::WebP, webp(None)),
        ("WebP, see-through", Kind::WebP, see_through_webp()),
        ("WebP with EXIF", Kind::WebP, webp_with_exif()),
    ]
}

fn one_bit() -> Vec<u8> {
    let rows: Vec<u8> = (0..200 * 40).map(|at| if at % 7 < 3 { 0xF0 } else { 0xFF }).collect();
    png_by_hand(png::ColorType::Grayscale, png::BitDepth::One, (320, 200), &rows, |_| {})
}

fn palette(see_through: bool) -> Vec<u8> {
    let rows: Vec<u8> = (0..320 * 200).map(|at| (at / 320 / 40) as u8).collect();
    png_by_hand(png::ColorType::Indexed, png::BitDepth::Eight, (320, 200), &rows, |encoder| {
        encoder.set_palette((0..8 * 3).map(|at| at * 10).collect::<Vec<u8>>());
        if see_through {
            encoder.set_trns(vec![0, 255, 255]);
        }
    })
}

fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let plain = ByHand::new;
    let form = "/AcroForm << /Fields [6 0 R] /DA (/F1 0 Tf 0 g) >>";
    let field = "<< /FT /Tx /T (Ho ten) /V (Pham Thi Thu Huong) /Type /Annot /Subtype /Widget /Rect [70 650 300 670] /P 3 0 R >>";
    let signature = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 9 99 9] /Contents <3082> >>";
    let xmp = b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><html>no page</html></x:xmpmeta>";
    let modern = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    vec![
        ("one page by hand", plain().write()),
        ("version 1.3", ByHand { header: "%PDF-1.3", ..plain() }.write()),
        ("version 2.0", ByHand { header: "%PDF-2.0", ..plain() }.write()),
        ("Windows line ends", ByHand { line: "\r\n", ..plain() }.write()),
        ("opens at a page", ByHand::with_catalogue("/OpenAction [3 0 R /Fit]").write()),
        ("opens by going somewhere", ByHand::with_catalogue("/OpenAction << /S /GoTo /D [3 0 R /XYZ 0 842 1] >>").write()),
        ("a link", ByHand::with_page("/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://haiphong.gov.vn) >> >>]").write()),
        ("a form without scripts", ByHand::with_catalogue(form).and(text(field)).write()),
        ("signed", ByHand::with_catalogue("/AcroForm << /Fields [6 0 R] /SigFlags 3 >>").and(text("<< /FT /Sig /T (Chu ky) /V 7 0 R >>")).and(text(signature)).write()),
        ("XMP", ByHand::with_catalogue("/Metadata 6 0 R").and(stream("/Type /Metadata /Subtype /XML", xmp)).write()),
        ("packed words", { let mut pdf = plain(); pdf.objects[3] = stream("/Filter /FlateDecode", &packed(b"BT ET")); pdf.write() }),
        ("a font of its own", { let mut pdf = plain(); pdf.objects[4] = text("<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Arial /FontDescriptor 6 0 R >>"); pdf.and(text("<< /Type /FontDescriptor /FontName /AAAAAA+Arial /Flags 4 /FontFile2 7 0 R >>")).and(stream("/Filter /FlateDecode", &packed(&[1; 4000]))).write() }),
        ("a tagged document", ByHand::with_catalogue("/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R").and(text("<< /Type /StructTreeRoot /K << /S /P /P 6 0 R /Pg 3 0 R /K 0 >> >>")).write()),
        ("a group of shades", ByHand::with_page("/Group << /S /Transparency /CS /DeviceRGB >>").write()),
        ("its producer", ByHand { trailer: "/Info 6 0 R".into(), ..plain() }.and(text("<< /Producer (Microsoft Word 2019) /Title <FEFF0054> >>")).write()),
        ("changed once", changed_once("")),
        ("padded at the end", followed_by(&plain().write(), b"\r\n\0\0\0\0")),
        ("one scan", scanned(1, &jpeg(), (WIDTH, HEIGHT))),
        ("twelve scans", scanned(12, &jpeg(), (WIDTH, HEIGHT))),
        ("lopdf, one page", saved(lopdf_document(1))),
        ("lopdf, 60 pages", saved(lopdf_document(60))),
        ("300 pages", saved(lopdf_document(300))),
        ("objects in streams", saved_with(lopdf_document(5), modern)),
        ("table in a stream", saved_with(lopdf_document(5), SaveOptions::builder().use_xref_streams(true).build())),
        ("linearised", saved_with(lopdf_document(5), SaveOptions::builder().linearize(true).build())),
        ("seven bits", saved_with(lopdf_document(2), SaveOptions::builder().ascii(true).build())),
        ("written to be read", saved_with(lopdf_document(2), SaveOptions::builder().pretty(true).build())),
        ("pdf-writer, with link and heading", pdf_writer_page()),
    ]
}

#[test]
fn every_photo_is_taken_and_drawn_anew() {
    let set = photos();
    println!("{} files", set.len());
    assert!(set.len() >= 40, "{}", set.len());
    for (name, kind, bytes) in set {
        let accepted = inspect(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(accepted.sent, kind, "{name}");
        let redrawn = accepted.redrawn.unwrap_or_else(|| panic!("{name}: not drawn anew"));
        // What is kept passes itself, as the kind that it is said to be.
        assert_eq!(inspect(&redrawn).map(|again| again.sent), Ok(accepted.kept), "{name}");
    }
}

#[test]
fn every_document_is_taken_as_it_is() {
    let set = documents();
    println!("{} files", set.len());
    assert!(set.len() >= 20, "{}", set.len());
    for (name, bytes) in set {
        let accepted = inspect(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!((accepted.kept, accepted.redrawn), (Kind::Pdf, None), "{name}");
    }
}

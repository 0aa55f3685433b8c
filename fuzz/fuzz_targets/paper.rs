//! The paper pipeline with pictures of any kind: a few bytes say the size, the corners and how pixels
//! come of the rest, as noise, as squares, or with a bright page drawn over them. It must not panic,
//! and corners that it finds are numbers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_paper::{Fingerprint, Point, Rgba, Watch};
use motcua_paper_worker::{Flatten, Placed, flatten, frame, look};

fuzz_target!(|bytes: &[u8]| {
    let [width, height, square, how, rest @ ..] = bytes else { return };
    let Some((places, rest)) = rest.split_first_chunk::<8>() else { return };
    if rest.len() < 4 {
        return;
    }
    let (width, height) = (usize::from(*width) + 1, usize::from(*height) + 1);
    let square = usize::from(square % 32) + 1;
    let across = width / square + 1;
    // Shares from -0.5 to 1.5.
    let place = |i: usize| f32::from(places[i]) / 128.0 - 0.5;
    let corners = [0, 1, 2, 3].map(|i| Point::new(place(2 * i), place(2 * i + 1)));
    let on_page = |x: f32, y: f32| {
        (0..4).all(|i| {
            let (a, b) = (corners[i], corners[(i + 1) % 4]);
            b.minus(a).cross(Point::new(x, y).minus(a)) >= 0.0
        })
    };
    let pixel = |i: usize| {
        let (x, y) = (i % width, i / width);
        let at = (y / square * across + x / square) * 3 % (rest.len() - 3);
        let own = [rest[at], rest[at + 1], rest[at + 2]];
        let page = how & 1 == 1 && on_page(x as f32 / width as f32, y as f32 / height as f32);
        let [r, g, b] = if page { own.map(|value| 200 + value / 5) } else { own };
        [r, g, b, 255]
    };
    let pixels = (0..width * height).flat_map(pixel).collect();
    let Ok(photo) = Rgba::new(width, height, pixels) else { return };
    if let Some(found) = motcua_paper::find_page(&photo) {
        assert!(found.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
    }
    // One way each time: each takes a while under the sanitizer.
    match how >> 3 & 3 {
        0 => {
            let mut watch = Watch::default();
            for _ in 0..2 {
                frame(&mut watch, &photo);
            }
            return;
        }
        1 => {
            look(&photo);
            return;
        }
        _ => {}
    }
    let whole = (width as f32, height as f32);
    // At times what is at hand is said to be a part of a photo.
    let part = Point::new(f32::from(how & 16), 0.0);
    let place = (how & 2 == 2).then_some(Placed { corners, whole, part });
    let how = Flatten { place, turn: u32::from(how >> 5), clean: how & 4 == 4 };
    if let Ok(flat) = flatten(photo, &how) {
        let kept = Fingerprint::from_bytes(&flat.fingerprint.to_bytes());
        assert!(kept.is_some_and(|kept| kept.to_bytes() == flat.fingerprint.to_bytes()));
    }
});

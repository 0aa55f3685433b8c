//! Planes: a number for each pixel, and what is computed on them. Knows nothing of colours or papers.

/// A number for each pixel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Plane {
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    /// The value of a pixel; the border's beyond it.
    pub fn at(&self, x: i32, y: i32) -> f32 {
        let x = x.max(0).min(self.width as i32 - 1) as usize;
        let y = y.max(0).min(self.height as i32 - 1) as usize;
        self.values.get(y * self.width + x).copied().unwrap_or(0.0)
    }

    /// The value between pixels; the border's beyond it.
    pub fn between(&self, at: crate::Point) -> f32 {
        let [value] = Self::all_between([self], at);
        value
    }

    /// [`Plane::between`] of planes that are equally large, at one place.
    pub fn all_between<const N: usize>(planes: [&Self; N], at: crate::Point) -> [f32; N] {
        let (x, y) = (at.x - 0.5, at.y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (part_x, part_y) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let (right, below) = (left.saturating_add(1), top.saturating_add(1));
        let meet = |[a, b]: [f32; 2], [c, d]: [f32; 2]| {
            let (upper, lower) = (a + (b - a) * part_x, c + (d - c) * part_x);
            upper + (lower - upper) * part_y
        };
        planes.map(|plane| {
            // The way that nearly all places go: two neighbours in each of two rows.
            if left >= 0 && top >= 0 && right < plane.width as i32 && below < plane.height as i32 {
                let at = top as usize * plane.width + left as usize;
                let upper = plane.values.get(at..).and_then(<[f32]>::first_chunk::<2>);
                let rest = plane.values.get(at + plane.width..);
                if let (Some(upper), Some(lower)) =
                    (upper, rest.and_then(<[f32]>::first_chunk::<2>))
                {
                    return meet(*upper, *lower);
                }
            }
            let pair = |y: i32| [plane.at(left, y), plane.at(right, y)];
            meet(pair(top), pair(below))
        })
    }

    /// Each pixel the mean of the square around it, `reach` pixels to each side.
    pub fn blurred(&self, reach: usize) -> Self {
        let share = 1.0 / (2 * reach + 1) as f32;
        let values = in_both_directions(self.values.clone(), self.width, |line, out| {
            let last = line.len() as i32 - 1;
            let value = |i: i32| line[i.max(0).min(last) as usize];
            let reach = reach as i32;
            let mut sum: f32 = (-reach..=reach).map(value).sum();
            for (i, out) in out.iter_mut().enumerate() {
                *out = sum * share;
                sum += value(i as i32 + reach + 1) - value(i as i32 - reach);
            }
        });
        Self { values, ..*self }
    }

    /// Fills what is darker and narrower than twice the reach: writing vanishes, a page stays. Each
    /// pixel is the least of the square around it, of pixels that are the greatest of theirs.
    pub fn closed(&self, reach: usize) -> Self {
        let keys = self.values.iter().map(|value| ordered(value.to_bits())).collect();
        let mut greatest = greatest(keys, self.width, reach);
        // The least is the greatest of the opposites.
        greatest.iter_mut().for_each(|key| *key = !*key);
        let closed = self::greatest(greatest, self.width, reach);
        let value = |key: i32| f32::from_bits(ordered((!key).cast_unsigned()).cast_unsigned());
        Self { values: closed.into_iter().map(value).collect(), ..*self }
    }

    /// The value that half of the pixels stay below, to half a shade, of values from -256 to 256.
    pub fn middle(&self) -> f32 {
        let shifted = Self {
            values: self.values.iter().map(|v| (v + 256.0) / 2.0).collect(),
            width: self.width,
            height: self.height,
        };
        shifted.quantile(0.5) * 2.0 - 256.0
    }

    /// The value that so large a share of the pixels stays below, of values from 0 to 255.
    pub fn quantile(&self, share: f32) -> f32 {
        let mut counts = [0u32; 1024];
        for value in &self.values {
            counts[((value * 4.0) as usize).min(1023)] += 1;
        }
        let mut left = (self.values.len() as f32 * share) as u32;
        for (i, count) in counts.iter().enumerate() {
            if *count > left {
                return (i as f32 + 0.5) / 4.0;
            }
            left -= count;
        }
        255.0
    }
}

/// A float's bits as a whole number that is greater when the float is, and back: whole numbers are
/// compared without a branch, and noise makes every other branch a wrong guess.
fn ordered(bits: u32) -> i32 {
    let key = bits.cast_signed();
    key ^ ((key >> 31).cast_unsigned() >> 1).cast_signed()
}

/// Each pixel the greatest of the square around it, in three steps whatever the reach, after van Herk
/// (1992) and Gil and Werman (1993): the line is cut into pieces as long as the square; a square's
/// greatest is that of the rest of one piece and the beginning of the next.
fn greatest(values: Vec<i32>, width: usize, reach: usize) -> Vec<i32> {
    let piece = 2 * reach + 1;
    let room = width.max(values.len() / width) + 2 * piece;
    // Beyond the line's ends, `reach` to each side, there is nothing.
    let mut padded = vec![i32::MIN; room];
    let (mut to_here, mut from_here) = (padded.clone(), padded.clone());
    in_both_directions(values, width, |line, out| {
        let (_, after) = padded.split_at_mut(reach);
        let (within, after) = after.split_at_mut(line.len());
        within.copy_from_slice(line);
        after.fill(i32::MIN);
        for (kept, values) in to_here.chunks_mut(piece).zip(padded.chunks(piece)) {
            let mut so_far = i32::MIN;
            for (kept, value) in kept.iter_mut().zip(values) {
                so_far = so_far.max(*value);
                *kept = so_far;
            }
        }
        for (kept, values) in from_here.chunks_mut(piece).zip(padded.chunks(piece)) {
            let mut so_far = i32::MIN;
            for (kept, value) in kept.iter_mut().zip(values).rev() {
                so_far = so_far.max(*value);
                *kept = so_far;
            }
        }
        for ((out, rest), begin) in out.iter_mut().zip(&from_here).zip(&to_here[piece - 1..]) {
            *out = (*rest).max(*begin);
        }
    })
}

/// A step taken along each row, and then along each column.
fn in_both_directions<T: Copy>(
    values: Vec<T>,
    width: usize,
    mut step: impl FnMut(&[T], &mut [T]),
) -> Vec<T> {
    let mut across = values.clone();
    for (row, out) in values.chunks(width).zip(across.chunks_mut(width)) {
        step(row, out);
    }
    let mut column: Vec<T> = values.into_iter().step_by(width).collect();
    let mut out = column.clone();
    for x in 0..width {
        for (own, value) in column.iter_mut().zip(across.iter().skip(x).step_by(width)) {
            *own = *value;
        }
        step(&column, &mut out);
        for (value, own) in across.iter_mut().skip(x).step_by(width).zip(&out) {
            *value = *own;
        }
    }
    across
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_takes_writing_away_and_leaves_the_page() {
        let mut plane = Plane::new(60, 60);
        for y in 10..50 {
            for x in 10..50 {
                plane.values[y * 60 + x] =
                    if y % 8 < 3 && (20..40).contains(&x) { 20. } else { 200. };
            }
        }
        let closed = plane.closed(4);
        for (x, y, shade) in [(30, 25, 200.), (9, 30, 0.), (10, 30, 200.), (49, 49, 200.)] {
            assert_eq!(closed.at(x, y), shade, "{x} {y}");
        }
    }

    #[test]
    fn closing_takes_the_least_of_the_greatest_around() {
        let mut plane = Plane::new(37, 23);
        for (i, value) in plane.values.iter_mut().enumerate() {
            *value = (i * i % 251) as f32 - 60.5;
        }
        for reach in [0, 1, 4, 11, 30] {
            let far = reach as i32;
            let around = |plane: &Plane, x: i32, y: i32, pick: fn(f32, f32) -> f32| {
                let places = (-far..=far).flat_map(|dy| (-far..=far).map(move |dx| (dx, dy)));
                places.map(|(dx, dy)| plane.at(x + dx, y + dy)).reduce(pick).unwrap()
            };
            let mut most = plane.clone();
            for (i, value) in most.values.iter_mut().enumerate() {
                *value = around(&plane, i as i32 % 37, i as i32 / 37, f32::max);
            }
            let closed = plane.closed(reach);
            for (x, y) in [(0, 0), (36, 22), (5, 9), (18, 22), (36, 0), (30, 11)] {
                assert_eq!(closed.at(x, y), around(&most, x, y, f32::min), "{reach} {x} {y}");
            }
        }
    }
}

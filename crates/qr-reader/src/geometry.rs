//! Points and the projective maps between squares and what a camera makes of them. Pure arithmetic.

/// A place in a picture or on a code.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// A place.
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    /// Longer or shorter.
    pub fn times(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    /// The distance from the origin.
    pub fn length(self) -> f32 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The distance.
    pub fn far(self, other: Self) -> f32 {
        self.minus(other).length()
    }

    /// Positive when `other` is clockwise of this direction, y pointing down.
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    /// The scalar product.
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }
}

/// Where two lines meet, each given by a point and a direction; nothing for parallels.
pub fn meeting(a: Point, along_a: Point, b: Point, along_b: Point) -> Option<Point> {
    let cross = along_a.cross(along_b);
    if cross.abs() < 1e-6 * along_a.length() * along_b.length() + 1e-12 {
        return None;
    }
    Some(a.plus(along_a.times(b.minus(a).cross(along_b) / cross)))
}

/// A projective map of the plane.
#[derive(Debug, Clone, Copy)]
pub struct Homography([f32; 9]);

impl Homography {
    /// The map that takes four places to four others; nothing when three lie on a line.
    pub fn between(from: &[Point; 4], to: &[Point; 4]) -> Option<Self> {
        let matrix = multiply(&from_square(to)?, &adjugate(&from_square(from)?));
        let scale = matrix.iter().fold(0f64, |most, value| most.max(value.abs()));
        if !(scale.is_finite() && scale > 1e-12) {
            return None;
        }
        Some(Self(matrix.map(|value| (value / scale) as f32)))
    }

    /// Where a place goes.
    pub fn map(&self, at: Point) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let below = g * at.x + h * at.y + i;
        let below = if below.abs() < 1e-12 { 1e-12 } else { below };
        Point::new((a * at.x + b * at.y + c) / below, (d * at.x + e * at.y + f) / below)
    }
}

/// From the unit square to a quadrangle given around.
fn from_square(q: &[Point; 4]) -> Option<[f64; 9]> {
    let [p0, p1, p2, p3] = q.map(|p| (f64::from(p.x), f64::from(p.y)));
    let (dx1, dy1) = (p1.0 - p2.0, p1.1 - p2.1);
    let (dx2, dy2) = (p3.0 - p2.0, p3.1 - p2.1);
    let (sx, sy) = (p0.0 - p1.0 + p2.0 - p3.0, p0.1 - p1.1 + p2.1 - p3.1);
    let area = dx1 * dy2 - dx2 * dy1;
    if area.abs() < 1e-9 {
        return None;
    }
    let g = (sx * dy2 - dx2 * sy) / area;
    let h = (dx1 * sy - sx * dy1) / area;
    Some([
        p1.0 - p0.0 + g * p1.0,
        p3.0 - p0.0 + h * p3.0,
        p0.0,
        p1.1 - p0.1 + g * p1.1,
        p3.1 - p0.1 + h * p3.1,
        p0.1,
        g,
        h,
        1.0,
    ])
}

/// The inverse up to a factor, which a projective map does not feel.
fn adjugate(m: &[f64; 9]) -> [f64; 9] {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
    [
        minor(4, 5, 7, 8),
        -minor(1, 2, 7, 8),
        minor(1, 2, 4, 5),
        -minor(3, 5, 6, 8),
        minor(0, 2, 6, 8),
        -minor(0, 2, 3, 5),
        minor(3, 4, 6, 7),
        -minor(0, 1, 6, 7),
        minor(0, 1, 3, 4),
    ]
}

fn multiply(a: &[f64; 9], b: &[f64; 9]) -> [f64; 9] {
    std::array::from_fn(|i| (0..3).map(|k| a[i / 3 * 3 + k] * b[k * 3 + i % 3]).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_four_places_where_they_belong() {
        let from =
            [(3.5, 3.5), (17.5, 3.5), (14.5, 14.5), (3.5, 17.5)].map(|(x, y)| Point::new(x, y));
        let to =
            [(100., 80.), (400., 120.), (350., 390.), (90., 300.)].map(|(x, y)| Point::new(x, y));
        let map = Homography::between(&from, &to).unwrap();
        for (a, b) in from.iter().zip(&to) {
            assert!(map.map(*a).far(*b) < 0.01);
        }
    }

    #[test]
    fn lines_meet_or_not() {
        let (x, y) = (Point::new(1., 0.), Point::new(0., 1.));
        assert_eq!(meeting(Point::new(0., 2.), x, Point::new(5., 0.), y), Some(Point::new(5., 2.)));
        assert_eq!(meeting(Point::new(0., 2.), x, Point::new(5., 0.), x), None);
    }
}

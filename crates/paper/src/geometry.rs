//! Points, lines' meeting and the projective maps between pages and what a camera makes of them.
//! Pure arithmetic; knows nothing of pictures.

/// A place in a picture, in pixels: a pixel's middle is at its number plus a half.
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

/// The greater and the less of two numbers. The standard library's ask for what is no number too, and
/// are calls in wasm.
pub(crate) fn more(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

pub(crate) fn less(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// A page's corners around, clockwise as seen, y pointing down. `find_page` begins with the one
/// nearest the picture's upper left; they may lie a little outside the picture.
pub type Corners = [Point; 4];

/// The places' middle.
pub(crate) fn middle(corners: &Corners) -> Point {
    corners.iter().fold(Point::default(), |sum, corner| sum.plus(*corner)).times(0.25)
}

/// The area, positive when clockwise.
pub(crate) fn area(corners: &Corners) -> f32 {
    (0..4).map(|i| corners[i].cross(corners[(i + 1) % 4])).sum::<f32>() / 2.0
}

/// Whether the corners go around clockwise with no turn flatter or sharper than the sine given.
pub(crate) fn convex(corners: &Corners, least_sine: f32) -> bool {
    (0..4).all(|i| {
        let along = corners[(i + 1) % 4].minus(corners[i]);
        let next = corners[(i + 2) % 4].minus(corners[(i + 1) % 4]);
        along.cross(next) > least_sine * along.length() * next.length()
    })
}

/// Clockwise, beginning with the corner nearest the upper left.
pub(crate) fn ordered(mut corners: Corners) -> Corners {
    if area(&corners) < 0.0 {
        corners.reverse();
    }
    let mut first = 0;
    for i in 1..4 {
        if corners[i].x + corners[i].y < corners[first].x + corners[first].y {
            first = i;
        }
    }
    corners.rotate_left(first);
    corners
}

/// A straight line: the points whose product with the unit normal is `rho`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub normal: Point,
    pub rho: f32,
}

impl Line {
    /// The line through two places; nothing when they are one.
    pub fn through(a: Point, b: Point) -> Option<Self> {
        let along = b.minus(a);
        let length = along.length();
        if !(length > 1e-6) {
            return None;
        }
        let normal = Point::new(-along.y / length, along.x / length);
        Some(Self { normal, rho: normal.dot(a) })
    }

    /// The direction along it.
    pub fn along(&self) -> Point {
        Point::new(-self.normal.y, self.normal.x)
    }

    /// How far a place is on the normal's side.
    pub fn side(&self, at: Point) -> f32 {
        self.normal.dot(at) - self.rho
    }

    /// Where two lines meet; nothing for (nearly) parallel ones.
    pub fn meeting(&self, other: &Self) -> Option<Point> {
        let cross = self.normal.cross(other.normal);
        if !(cross.abs() > 0.02) {
            return None;
        }
        let (a, b) = (self.normal, other.normal);
        Some(Point::new(
            (self.rho * b.y - other.rho * a.y) / cross,
            (other.rho * a.x - self.rho * b.x) / cross,
        ))
    }
}

/// The line of least squares through weighted places; nothing when they do not make one.
pub(crate) fn fit(places: &[(Point, f32)]) -> Option<Line> {
    let total: f32 = places.iter().map(|(_, weight)| weight).sum();
    if places.len() < 2 || !(total > 1e-6) {
        return None;
    }
    let sum = places.iter().fold(Point::default(), |sum, (at, w)| sum.plus(at.times(*w)));
    let mean = sum.times(1.0 / total);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (at, weight) in places {
        let off = at.minus(mean);
        xx += weight * off.x * off.x;
        xy += weight * off.x * off.y;
        yy += weight * off.y * off.y;
    }
    // The direction of the greater spread, from the double angle's cosine and sine.
    let (cosine, sine) = (xx - yy, 2.0 * xy);
    let length = (cosine * cosine + sine * sine).sqrt();
    if !(length > 1e-6) {
        return None;
    }
    let c = ((1.0 + cosine / length) / 2.0).max(0.0).sqrt();
    let s = ((1.0 - cosine / length) / 2.0).max(0.0).sqrt();
    let along = Point::new(c, if sine < 0.0 { -s } else { s });
    let normal = Point::new(-along.y, along.x);
    Some(Line { normal, rho: normal.dot(mean) })
}

/// A projective map of the plane.
#[derive(Debug, Clone, Copy)]
pub struct Homography([f64; 9]);

impl Homography {
    /// The map that takes four places to four others; nothing when three lie on a line.
    pub fn between(from: &Corners, to: &Corners) -> Option<Self> {
        let matrix = multiply(&from_square(to)?, &adjugate(&from_square(from)?));
        let scale = matrix.iter().fold(0f64, |most, value| most.max(value.abs()));
        if !(scale.is_finite() && scale > 1e-12) {
            return None;
        }
        Some(Self(matrix.map(|value| value / scale)))
    }

    /// Where a place goes.
    pub fn map(&self, at: Point) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        let below = g * x + h * y + i;
        let below = if below.abs() < 1e-12 { 1e-12 } else { below };
        Point::new(((a * x + b * y + c) / below) as f32, ((d * x + e * y + f) / below) as f32)
    }
}

/// From the unit square to a quadrangle given around.
fn from_square(q: &Corners) -> Option<[f64; 9]> {
    let [p0, p1, p2, p3] = q.map(|p| (f64::from(p.x), f64::from(p.y)));
    let (dx1, dy1) = (p1.0 - p2.0, p1.1 - p2.1);
    let (dx2, dy2) = (p3.0 - p2.0, p3.1 - p2.1);
    let (sx, sy) = (p0.0 - p1.0 + p2.0 - p3.0, p0.1 - p1.1 + p2.1 - p3.1);
    let area = dx1 * dy2 - dx2 * dy1;
    if !(area.abs() >= 1e-9) {
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
        let from = [(0., 0.), (210., 0.), (210., 297.), (0., 297.)].map(|(x, y)| Point::new(x, y));
        let to =
            [(100., 80.), (400., 120.), (350., 390.), (90., 300.)].map(|(x, y)| Point::new(x, y));
        let map = Homography::between(&from, &to).unwrap();
        for (a, b) in from.iter().zip(&to) {
            assert!(map.map(*a).far(*b) < 0.01);
        }
    }

    #[test]
    fn a_line_is_fitted_in_every_direction() {
        for degrees in 0..180 {
            let (sine, cosine) = (degrees as f32).to_radians().sin_cos();
            let at = |t: f32| Point::new(40.0 + t * cosine, 30.0 + t * sine);
            let places: Vec<_> = (-20..20).map(|t| (at(t as f32), 1.0)).collect();
            let line = fit(&places).unwrap();
            assert!(line.side(at(300.0)).abs() < 0.1, "{degrees}: {line:?}");
        }
    }

    #[test]
    fn corners_are_put_in_order() {
        let around = [(9., 8.), (1., 9.), (0., 1.), (8., 0.)].map(|(x, y)| Point::new(x, y));
        let mut other = around;
        other.reverse();
        assert_eq!(ordered(around), ordered(other));
        assert_eq!(ordered(around)[0], Point::new(0., 1.));
        assert!(convex(&ordered(around), 0.1));
    }
}

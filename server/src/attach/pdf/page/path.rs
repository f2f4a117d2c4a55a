//! The path being built: whether it is made of rectangles, and its bounds.

use super::super::state::{Matrix, Rect};

#[derive(Debug, Default)]
pub(super) struct Path {
    rects: Vec<Rect>,
    /// Points of the line being drawn.
    line: Vec<(f32, f32)>,
    bounds: Option<Rect>,
    /// Curves, or lines that form no upright rectangle.
    pub(super) is_other: bool,
    /// `W` or `W*` was given: the path becomes a clip.
    pub(super) clips: bool,
    pub(super) steps: usize,
}

impl Path {
    /// Rectangles kept of one path.
    const MOST: usize = 20_000;

    pub(super) fn rect(&mut self, numbers: &[f32], matrix: &Matrix) {
        let &[x, y, width, height] = numbers else { return };
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let corners = corners.map(|corner| matrix.apply(corner));
        self.end_line();
        self.line = corners.to_vec();
        self.grow(&corners);
        self.end_line();
    }

    pub(super) fn move_to(&mut self, point: (f32, f32), matrix: &Matrix) {
        self.end_line();
        let point = matrix.apply(point);
        self.line.push(point);
        self.grow(&[point]);
    }

    pub(super) fn line_to(&mut self, point: (f32, f32), matrix: &Matrix) {
        let point = matrix.apply(point);
        if self.line.len() < 6 {
            self.line.push(point);
        } else {
            self.is_other = true;
        }
        self.grow(&[point]);
    }

    pub(super) fn curve(&mut self, numbers: &[f32], matrix: &Matrix) {
        self.is_other = true;
        for pair in numbers.as_chunks::<2>().0 {
            self.grow(&[matrix.apply((pair[0], pair[1]))]);
        }
    }

    fn grow(&mut self, points: &[(f32, f32)]) {
        self.steps += 1;
        let corners = self.bounds.map(|rect| [(rect.left, rect.bottom), (rect.right, rect.top)]);
        self.bounds = Rect::around(points.iter().copied().chain(corners.into_iter().flatten()));
    }

    /// Takes a closed line of four points, each in a corner of its bounds, as a rectangle.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let Some(rect) = Rect::around(line.iter().copied()).filter(|_| line.len() > 1) else { return };
        let near = |a: f32, b: f32| (a - b).abs() < 0.2;
        let is_corner = |(x, y): &(f32, f32)| {
            (near(*x, rect.left) || near(*x, rect.right)) && (near(*y, rect.bottom) || near(*y, rect.top))
        };
        if (4..=5).contains(&line.len()) && line.iter().all(is_corner) && self.rects.len() < Self::MOST {
            self.rects.push(rect);
        } else {
            self.is_other = true;
        }
    }

    /// The rectangles it is made of.
    pub(super) fn rects(&mut self) -> Vec<Rect> {
        self.end_line();
        std::mem::take(&mut self.rects)
    }

    pub(super) fn bounds(&self) -> Option<Rect> {
        self.bounds
    }
}

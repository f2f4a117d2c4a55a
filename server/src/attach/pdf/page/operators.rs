//! What each operator does.

use lopdf::{Dictionary, Object};

use super::super::lexer::Operand;
use super::super::state::{Ink, Matrix, Space};
use super::super::{dictionary, get, words};
use super::{Painter, Refusal};

impl<'a> Painter<'a, '_> {
    pub(super) fn operate(
        &mut self,
        operator: &[u8],
        operands: &[Operand],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let numbers: Vec<f32> = operands.iter().take(32).filter_map(Operand::number).collect();
        let key = operands.last().and_then(Operand::name);
        match operator {
            b"q" => self.save(),
            b"Q" => self.restore(),
            b"cm" => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    self.state.matrix = matrix.then(&self.state.matrix);
                }
            }
            b"gs" => self.graphics_state(key, resources),
            b"Do" => self.draw(key.unwrap_or_default(), resources, depth)?,
            b"EI" => self.picture(&Dictionary::new()),
            b"sh" => {
                let (clip, covers) = (self.state.clip, self.state.covers());
                self.canvas.paint(clip, None, covers, &mut self.shared.work);
            }
            b"BDC" | b"BMC" | b"DP" => self.mark(operator, operands, resources),
            b"EMC" => {
                self.instead = None;
                self.marks.pop();
            }
            b"Tf" => self.font(operands, resources),
            _ if self.colour(operator, &numbers, key, resources) || self.trace(operator, &numbers) => {}
            _ => self.text_operator(operator, operands, &numbers),
        }
        Ok(())
    }

    fn resource(&self, resources: Option<&'a Dictionary>, kind: &[u8], key: &[u8]) -> Option<&'a Object> {
        let document = self.shared.document;
        dictionary(document, resources?, kind)?.get(key).ok()
    }

    fn graphics_state(&mut self, key: Option<&[u8]>, resources: Option<&'a Dictionary>) {
        let document = self.shared.document;
        let Some(found) = key.and_then(|key| self.resource(resources, b"ExtGState", key)) else { return };
        let Some(settings) = super::super::as_dictionary(super::super::follow(document, found)) else { return };
        if let Some(alpha) = get(document, settings, b"ca").and_then(|alpha| alpha.as_float().ok()) {
            self.state.alpha = alpha;
        }
        match get(document, settings, b"BM") {
            Some(Object::Name(mode)) => self.state.blends = !matches!(mode.as_slice(), b"Normal" | b"Compatible"),
            Some(Object::Array(_)) => self.state.blends = true,
            _ => {}
        }
        if let Some(mask) = get(document, settings, b"SMask") {
            self.state.blends |= mask.as_dict().is_ok();
        }
        if let Some([font, size]) =
            get(document, settings, b"Font").and_then(|font| font.as_array().ok()?.first_chunk())
        {
            let font = super::super::as_dictionary(super::super::follow(document, font));
            self.state.font = font.map(|font| self.shared.font(font));
            self.state.size = size.as_float().unwrap_or(self.state.size);
        }
    }

    fn mark(&mut self, operator: &[u8], operands: &[Operand], resources: Option<&'a Dictionary>) {
        let document = self.shared.document;
        let is_layer = operands.first().and_then(Operand::name) == Some(b"OC");
        let mut is_off = false;
        match operands.get(1) {
            Some(Operand::Name(key)) => {
                let found = self.resource(resources, b"Properties", key);
                is_off = is_layer && found.is_some_and(|layer| self.shared.layers.hides(document, layer));
            }
            Some(Operand::Dictionary(entries)) => {
                let spoken = |key: &[u8]| matches!(key, b"ActualText" | b"Alt" | b"E");
                for text in entries.iter().filter(|(key, _)| spoken(key)).filter_map(|(_, value)| value.text()) {
                    let text = words::decode(text);
                    self.instead = Some(text.clone()).filter(|text| text.chars().count() == 1);
                    self.said.push_str(&text);
                    self.said.push('\n');
                }
            }
            _ => {}
        }
        if operator != b"DP" && self.marks.len() < 4096 {
            self.marks.push(is_off);
        }
    }

    /// Operators of colour; whether it was one.
    fn colour(
        &mut self,
        operator: &[u8],
        numbers: &[f32],
        key: Option<&[u8]>,
        resources: Option<&'a Dictionary>,
    ) -> bool {
        let is_fill = operator.first().is_some_and(u8::is_ascii_lowercase);
        let space = match operator {
            b"cs" | b"CS" => key.map(|key| self.space(key, resources)),
            _ => None,
        };
        let ink = if is_fill { &mut self.state.fill } else { &mut self.state.stroke };
        match operator {
            b"g" | b"G" => ink.set(Space::Gray, numbers),
            b"rg" | b"RG" => ink.set(Space::Rgb, numbers),
            b"k" | b"K" => ink.set(Space::Cmyk, numbers),
            b"scn" | b"SCN" if key.is_some() => *ink = Ink { space: ink.space, colour: None },
            b"sc" | b"SC" | b"scn" | b"SCN" => ink.set(ink.space, numbers),
            b"cs" | b"CS" => {
                let space = space.unwrap_or(Space::Unknown);
                *ink = Ink { space, colour: space.first() };
            }
            _ => return false,
        }
        true
    }

    fn space(&self, key: &[u8], resources: Option<&'a Dictionary>) -> Space {
        let document = self.shared.document;
        match self.resource(resources, b"ColorSpace", key) {
            Some(found) => Space::of(document, found),
            None => Space::of(document, &Object::Name(key.to_vec())),
        }
    }

    /// Operators that build and paint paths; whether it was one.
    fn trace(&mut self, operator: &[u8], numbers: &[f32]) -> bool {
        let matrix = self.state.matrix;
        match (operator, numbers) {
            (b"re", _) => self.path.rect(numbers, &matrix),
            (b"m", &[x, y]) => self.path.move_to((x, y), &matrix),
            (b"l", &[x, y]) => self.path.line_to((x, y), &matrix),
            (b"c" | b"v" | b"y", _) => self.path.curve(numbers, &matrix),
            (b"h" | b"m" | b"l", _) => {}
            (b"W" | b"W*", _) => self.path.clips = true,
            (b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*", _) => self.end_path(true),
            (b"n" | b"S" | b"s", _) => self.end_path(false),
            _ => return false,
        }
        true
    }

    fn end_path(&mut self, fills: bool) {
        let mut path = std::mem::take(&mut self.path);
        let rects = path.rects();
        if fills {
            self.counts.shapes += path.steps;
            for rect in rects {
                self.fill(rect);
            }
            // a shape of another form: white text on it may well be seen, so its ground counts as not known
            if let Some(bounds) = path.bounds().filter(|_| path.is_other && !self.is_layer_off()) {
                let rect = bounds.within(&self.state.clip);
                self.canvas.paint(rect, None, false, &mut self.shared.work);
            }
        }
        if path.clips
            && let Some(bounds) = path.bounds()
        {
            self.state.clip = self.state.clip.within(&bounds);
        }
    }
}

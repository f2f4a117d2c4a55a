//! Pictures: measured before they are decoded, then drawn anew, so that only pixels are left.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits as DecodingLimits};

use super::{Kind, Refusal, jpeg};

/// Quality of the JPEG written, of 100.
const QUALITY: u8 = 88;

/// Width and height from the header, without decoding.
pub(super) fn dimensions(kind: Kind, bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    match kind {
        Kind::Png => png_dimensions(bytes).ok_or(Refusal::Damaged),
        _ => jpeg::dimensions(bytes).ok_or(Refusal::Damaged),
    }
}

/// The first chunk of a PNG is IHDR, at a fixed place.
fn png_dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(8..24)?;
    if &header[4..8] != b"IHDR" {
        return None;
    }
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some((number(8)?, number(12)?))
}

/// The same picture, upright, without EXIF, GPS, profiles, texts and whatever follows its end.
pub(super) fn clean(kind: Kind, bytes: &[u8], most_pixels: u64) -> Result<Vec<u8>, Refusal> {
    let (width, height) = dimensions(kind, bytes)?;
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if u64::from(width) * u64::from(height) > most_pixels {
        return Err(Refusal::TooManyPixels { width, height, limit: most_pixels });
    }
    if kind == Kind::Jpeg && !jpeg::is_whole(bytes) {
        return Err(Refusal::Damaged);
    }
    // a decoder that panics on a crafted file costs this file only
    let drawn = std::panic::catch_unwind(|| redraw(kind, bytes, (width, height), most_pixels));
    drawn.unwrap_or(Err(Refusal::Damaged))
}

/// A WebP as JPEG, or as PNG where one can see through it; of a moving one, the first picture.
pub(super) fn from_webp(bytes: &[u8], most_pixels: u64) -> Result<(Kind, Vec<u8>), Refusal> {
    let drawn = std::panic::catch_unwind(|| {
        let damaged = |_| Refusal::Damaged;
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > most_pixels {
            return Err(Refusal::TooManyPixels { width, height, limit: most_pixels });
        }
        let orientation = decoder.orientation().map_err(damaged)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        picture.apply_orientation(orientation);
        let kind = if picture.color().has_alpha() { Kind::Png } else { Kind::Jpeg };
        Ok((kind, encode(kind, picture)?))
    });
    drawn.unwrap_or(Err(Refusal::Damaged))
}

fn redraw(kind: Kind, bytes: &[u8], measured: (u32, u32), most_pixels: u64) -> Result<Vec<u8>, Refusal> {
    let format = if kind == Kind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = DecodingLimits::default();
    // at most eight bytes a pixel, and as much again for the decoder's own work
    limits.max_alloc = Some(most_pixels.saturating_mul(16));
    limits.max_image_width = Some(measured.0);
    limits.max_image_height = Some(measured.1);
    reader.limits(limits);
    let damaged = |_| Refusal::Damaged;
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    if decoder.dimensions() != measured {
        return Err(Refusal::Damaged);
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    encode(kind, picture)
}

fn encode(kind: Kind, picture: DynamicImage) -> Result<Vec<u8>, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let mut drawn = Vec::new();
    if kind == Kind::Png {
        let encoder = PngEncoder::new_with_quality(&mut drawn, CompressionType::Default, FilterType::Adaptive);
        picture.write_with_encoder(encoder).map_err(damaged)?;
    } else {
        let flat = match picture {
            DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture,
            other => DynamicImage::ImageRgb8(other.into_rgb8()),
        };
        flat.write_with_encoder(JpegEncoder::new_with_quality(&mut drawn, QUALITY)).map_err(damaged)?;
    }
    Ok(drawn)
}

use app::text::attachment as text;
use server::attach::{Concern, Kind, Place, Refusal};

#[test]
fn every_sentence_is_whole_and_says_what_to_do() {
    let refusals = [
        Refusal::Empty,
        Refusal::TooLarge { limit: 20 << 20 },
        Refusal::UnknownKind,
        Refusal::Legacy,
        Refusal::ExtensionMismatch { name_says: "png".to_owned(), is: Kind::Jpeg },
        Refusal::ExtensionMismatch { name_says: String::new(), is: Kind::Pdf },
        Refusal::Html,
        Refusal::Svg,
        Refusal::Macros,
        Refusal::Encrypted,
        Refusal::Polyglot,
        Refusal::ActiveContent("JavaScript"),
        Refusal::ExternalReference,
        Refusal::UnsupportedMedia { name: "a.tif".to_owned() },
        Refusal::Damaged,
        Refusal::TooManyPixels { width: 10_000, height: 10_000, limit: 50_000_000 },
        Refusal::ZipBomb,
    ];
    let place = || Place::Cell { sheet: "表".to_owned(), cell: "A1".to_owned() };
    let concerns = [
        Concern::HiddenSheet { name: "表".to_owned() },
        Concern::HiddenRowsOrColumns { sheet: "表".to_owned() },
        Concern::Comment { place: place() },
        Concern::WhiteText { place: place(), sample: "字".to_owned() },
        Concern::HiddenText { place: Place::Leftover, sample: String::new() },
        Concern::HiddenText { place: Place::Page(3), sample: "字".to_owned() },
        Concern::TrackedChange { place: Place::Body },
        Concern::InvisibleText { page: 1 },
        Concern::RecognisedText { page: 1 },
        Concern::Signature,
        Concern::Annotation { page: 1 },
        Concern::UnreadableText { page: 1 },
    ];
    let sentences: Vec<String> = refusals.iter().map(text::refusal).chain(concerns.iter().map(text::concern)).collect();
    for sentence in &sentences {
        assert!(sentence.ends_with('。') && sentence.matches('。').count() == 1, "{sentence}");
        assert!(sentence.contains('请') || sentence.contains("只接受"), "{sentence}");
    }
    let different: std::collections::HashSet<&String> = sentences.iter().collect();
    assert_eq!(different.len(), sentences.len());
    let pixels = text::refusal(&refusals[15]);
    assert_eq!(pixels, "图片为 10000×10000 像素，超过 5000 万像素的上限，请缩小后再上传。");
}

#[test]
fn kinds_have_codes_that_lead_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(kind));
        assert!(kind.media_type().contains('/'));
    }
    assert_eq!(Kind::from_code("svg"), None);
}

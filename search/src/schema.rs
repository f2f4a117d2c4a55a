//! Fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use crate::analyse::Kind;

/// Raised with every change to fields, analysis or what is stored: an index of another version is built anew.
pub const VERSION: u32 = 3;

/// The fields, by name.
#[derive(Clone, Copy)]
pub struct Fields {
    /// Unique id, for deleting
    pub id: Field,
    /// What it belongs to, for deleting
    pub group: Field,
    /// Fingerprint of the document
    pub fingerprint: Field,
    /// Stable order of equal scores
    pub key: Field,
    /// Days since 1970-01-01
    pub date: Field,
    /// What it is, for asking for one kind only
    pub kind: Field,
    /// Latitude in millionths of a degree
    pub lat: Field,
    /// Longitude
    pub lon: Field,
    /// All facets in one value, see `combos`
    pub combo: Field,
    /// What a hit shows, JSON
    pub stored: Field,
    /// Bigrams of everything
    pub grams: Field,
    /// Bigrams of the title
    pub title_grams: Field,
    /// Single characters of title and text
    pub chars: Field,
    /// Words of title and text of documents with text
    pub words: Field,
    /// Sounds of title, names and items
    pub sounds: Field,
    /// Initials of title and names
    pub initials: Field,
    /// Their 2- and 3-grams
    pub initial_grams: Field,
    /// Names as wholes, to count who names them
    pub named: Field,
    /// Suggestions: key, kind and what is shown
    pub suggest: Field,
}

fn text(kind: Kind, record: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(kind.name()).set_index_option(record).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    use IndexRecordOption::{Basic, WithFreqs, WithFreqsAndPositions};
    let mut schema = Schema::builder();
    let raw = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(Basic).set_fieldnorms(false);
    let bare = TextOptions::default().set_indexing_options(raw);
    let number = NumericOptions::default() | FAST;
    let fields = Fields {
        id: schema.add_text_field("id", bare.clone()),
        group: schema.add_text_field("group", bare.clone()),
        fingerprint: schema.add_u64_field("fingerprint", number.clone()),
        key: schema.add_u64_field("key", number.clone()),
        date: schema.add_i64_field("date", number.clone() | INDEXED),
        kind: schema.add_text_field("kind", bare.clone()),
        lat: schema.add_i64_field("lat", number.clone()),
        lon: schema.add_i64_field("lon", number),
        combo: schema.add_text_field("combo", TextOptions::default().set_fast("raw")),
        stored: schema.add_text_field("stored", STORED),
        grams: schema.add_text_field("grams", text(Kind::Grams, WithFreqsAndPositions, true)),
        title_grams: schema.add_text_field("title_grams", text(Kind::Grams, Basic, true)),
        chars: schema.add_text_field("chars", text(Kind::Chars, WithFreqs, true)),
        words: schema.add_text_field("words", text(Kind::Words, WithFreqs, true)),
        sounds: schema.add_text_field("sounds", text(Kind::Sounds, Basic, false)),
        initials: schema.add_text_field("initials", text(Kind::Initials, Basic, false)),
        initial_grams: schema.add_text_field("initial_grams", text(Kind::InitialGrams, Basic, false)),
        named: schema.add_text_field("named", bare.clone()),
        suggest: schema.add_text_field("suggest", bare),
    };
    (schema.build(), fields)
}

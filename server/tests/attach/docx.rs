use server::attach::{Concern, Place, Refusal};

use super::fixtures::{Word, run};
use super::inspect;

fn concerns(word: &Word) -> Vec<Concern> {
    inspect("a.docx", &word.bytes()).unwrap().concerns
}

fn white(sample: &str) -> Vec<Concern> {
    vec![Concern::WhiteText { place: Place::Body, sample: sample.to_owned() }]
}

fn hidden(sample: &str) -> Vec<Concern> {
    vec![Concern::HiddenText { place: Place::Body, sample: sample.to_owned() }]
}

#[test]
fn all_text_layers_are_read_in_order() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">身份证 3401</w:t></w:r><w:r><w:t>1119900101&amp;1234</w:t><w:tab/>\
        <w:t>后</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p>\
        </w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p>\
        <w:p><w:r><w:t>只在旧版</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
        <w:r><w:t>框外</w:t></w:r></w:p>";
    let word = Word::new(body)
        .beside("header", "hdr", &run("", "页眉字"))
        .beside("footer", "ftr", &run("", "页脚字"))
        .beside("footnotes", "footnotes", &format!("<w:footnote>{}</w:footnote>", run("", "脚注字")))
        .beside("endnotes", "endnotes", &format!("<w:endnote>{}</w:endnote>", run("", "尾注字")));
    let checked = inspect("a.docx", &word.bytes()).unwrap();
    assert_eq!(checked.concerns, []);
    let lines: Vec<&str> = checked.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        ["身份证 34011119900101&1234\t后", "格", "框外", "文本框", "只在旧版", "页眉字", "页脚字", "脚注字", "尾注字"]
    );
}

#[test]
fn white_text_is_found_and_white_on_dark_is_not() {
    assert_eq!(concerns(&Word::new(&run("<w:color w:val=\"FFFFFF\"/>", "白"))), white("白"));
    assert_eq!(concerns(&Word::new(&run("<w:color w:val=\"F2F4F0\"/>", "近白"))), white("近白"));
    assert_eq!(concerns(&Word::new(&run("<w:color w:themeColor=\"background1\"/>", "主题"))), white("主题"));
    assert_eq!(concerns(&Word::new(&run("<w:color w:val=\"E0E0E0\"/>", "灰"))), []);
    let on_dark = "<w:color w:val=\"FFFFFF\"/><w:shd w:val=\"clear\" w:fill=\"1F497D\"/>";
    assert_eq!(concerns(&Word::new(&run(on_dark, "深底"))), []);
    let cell = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val=\"clear\" w:fill=\"000000\"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        run("<w:color w:val=\"FFFFFF\"/>", "黑格"),
        run("<w:color w:val=\"FFFFFF\"/>", "白格")
    );
    assert_eq!(concerns(&Word::new(&cell)), white("白格"));
    // blacked out: the text is still there
    assert_eq!(concerns(&Word::new(&run("<w:highlight w:val=\"black\"/>", "涂黑"))), white("涂黑"));
    let black = "<w:color w:val=\"000000\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>";
    assert_eq!(concerns(&Word::new(&run(black, "黑上黑"))), white("黑上黑"));
    // spaces in white hide nothing
    assert_eq!(concerns(&Word::new(&run("<w:color w:val=\"FFFFFF\"/>", "  "))), []);
}

#[test]
fn hidden_and_tiny_text_is_found_by_run_and_by_style() {
    assert_eq!(concerns(&Word::new(&run("<w:vanish/>", "隐"))), hidden("隐"));
    assert_eq!(concerns(&Word::new(&run("<w:vanish w:val=\"0\"/>", "显"))), []);
    assert_eq!(concerns(&Word::new(&run("<w:sz w:val=\"2\"/>", "小"))), hidden("小"));
    let styles = "<w:style w:type=\"character\" w:styleId=\"A\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"C\"><w:basedOn w:val=\"C\"/><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:style>";
    let with = |body: &str| Word::new(body).beside("styles", "styles", styles);
    assert_eq!(concerns(&with(&run("<w:rStyle w:val=\"B\"/>", "样式"))), hidden("样式"));
    let paragraph =
        "<w:p><w:pPr><w:pStyle w:val=\"C\"/><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>段</w:t></w:r></w:p>";
    assert_eq!(concerns(&with(paragraph)), white("段"));
}

#[test]
fn tracked_changes_and_comments_are_found_with_their_text() {
    let body =
        "<w:p><w:r><w:t>现</w:t></w:r><w:del w:author=\"a\"><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>";
    let checked = inspect("a.docx", &Word::new(body).bytes()).unwrap();
    assert_eq!(checked.concerns, [Concern::TrackedChange { place: Place::Body }]);
    assert!(checked.text.contains("删去的话"));
    for change in ["<w:ins><w:r><w:t>x</w:t></w:r></w:ins>", "<w:r><w:rPr><w:rPrChange/></w:rPr><w:t>x</w:t></w:r>"] {
        let found = concerns(&Word::new(&format!("<w:p>{change}</w:p>")));
        assert_eq!(found, [Concern::TrackedChange { place: Place::Body }]);
    }
    let comment = format!("<w:comment w:id=\"0\">{}</w:comment>", run("", "批注的话"));
    let checked =
        inspect("a.docx", &Word::new(&run("", "x")).beside("comments", "comments", &comment).bytes()).unwrap();
    assert_eq!(checked.concerns, [Concern::Comment { place: Place::Comments }]);
    assert!(checked.text.contains("批注的话"));
}

#[test]
fn fields_that_fetch_or_start_are_refused_even_in_pieces() {
    let field = |pieces: &[&str]| {
        let pieces: String =
            pieces.iter().flat_map(|piece| ["<w:r><w:instrText>", piece, "</w:instrText></w:r>"]).collect();
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        Word::new(&format!("<w:p>{}{pieces}{}{}</w:p>", mark("begin"), mark("separate"), mark("end")))
    };
    let dde = Err(Refusal::ActiveContent("DDE"));
    assert_eq!(inspect("a.docx", &field(&[" DDE", "AUTO c:\\\\cmd.exe "]).bytes()), dde);
    assert_eq!(inspect("a.docx", &field(&["INCLUDE", "TEXT \"http://a/\""]).bytes()), Err(Refusal::ExternalReference));
    assert!(inspect("a.docx", &field(&[" PAGE "]).bytes()).is_ok());
    let simple = Word::new("<w:p><w:fldSimple w:instr=\"dde x y\"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>");
    assert_eq!(inspect("a.docx", &simple.bytes()), dde);
}

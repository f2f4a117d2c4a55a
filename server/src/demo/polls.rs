//! A vote that is open, one that ended and led to a bulletin, a survey that ended. All fictional.

use app::domain::poll::{Answers, Content, Counts, Kind, Question, Subject, Way};
use chrono::{Days, NaiveDate};

/// A round, and its counts where it ended.
#[derive(Clone, Debug)]
pub struct DemoPoll {
    /// What it asks
    pub content: Content,
    /// Exact counts; none while it is open
    pub counts: Option<Counts>,
    /// Whether its result led to the newest bulletin
    pub causes: bool,
}

const FOODS: [(&str, u64); 9] = [
    ("鲜切水果", 341),
    ("现制奶茶", 412),
    ("熟肉制品", 297),
    ("火锅底料", 188),
    ("散装糕点", 263),
    ("腌制蔬菜", 154),
    ("速冻饺子", 97),
    ("食用植物油", 233),
    ("干制食用菌", 61),
];
const ITEMS: [(&str, u64); 6] =
    [("农药残留", 458), ("兽药残留", 301), ("食品添加剂", 389), ("微生物", 277), ("重金属", 215), ("过期、标签", 128)];
const PLACES: [(&str, u64); 6] = [
    ("学校周边", 476),
    ("农贸市场", 398),
    ("网络外卖", 352),
    ("大型超市", 140),
    ("乡镇集市", 166),
    ("养老机构食堂", 119),
];

fn names(list: &[(&str, u64)]) -> Vec<String> {
    list.iter().map(|(name, _)| (*name).to_owned()).collect()
}

fn answers(list: &[(&str, u64)], answered: u64) -> Answers {
    Answers { answered, counts: list.iter().map(|(_, count)| *count).collect() }
}

fn choose(subject: Subject, list: &[(&str, u64)]) -> Question {
    Question { subject: Some(subject), ask: String::new(), way: Way::Several { options: names(list), most: 3 } }
}

fn ask(ask: &str, way: Way) -> Question {
    Question { subject: None, ask: ask.to_owned(), way }
}

/// All of them, the oldest first.
#[must_use]
pub fn polls(today: NaiveDate) -> Vec<DemoPoll> {
    let (before, after) = (|days| today - Days::new(days), |days| today + Days::new(days));
    let survey = Content {
        kind: Kind::Survey,
        title: "云川市食品安全满意度和知晓率调查".into(),
        text: "想知道您对身边的食品安全满不满意、知道不知道有问题向哪里反映。大约两分钟。".into(),
        first: before(120),
        last: before(91),
        top: 0,
        questions: vec![
            ask("您对本市食品安全的总体情况满意吗？", Way::Scale),
            ask("您对学校和周边的食品安全满意吗？", Way::Scale),
            ask(
                "发现食品有问题，您知道可以拨打哪个电话吗？",
                Way::One(["12315", "12345", "110", "不知道"].map(String::from).into()),
            ),
            ask("您最希望我们改进什么？", Way::Text),
        ],
    };
    let ended = Content {
        kind: Kind::Sampling,
        title: "开学季，您点我检".into(),
        text: "开学前后，您最关心孩子身边的哪些食品？得票在前的，列入接下来的监督抽检，结果公布在本网站。".into(),
        first: before(75),
        last: before(46),
        top: 3,
        questions: vec![
            choose(Subject::Foods, &FOODS),
            choose(Subject::Items, &ITEMS),
            choose(Subject::Places, &PLACES),
        ],
    };
    let open = Content {
        kind: Kind::Sampling,
        title: "元旦春节前，您想检什么".into(),
        text: "过节要买的东西，您最想先检哪些？得票在前的，列入节前专项抽检。\n\
               选项里没有的，可以写一个，工作人员会看，合适的列入下一期。"
            .into(),
        first: before(10),
        last: after(20),
        top: 3,
        questions: vec![
            ask_foods(&["坚果炒货", "糖果蜜饯", "白酒", "腊肉腊肠", "冷冻水产品", "散装糕点", "鲜榨果汁", "速冻汤圆"]),
            choose(Subject::Items, &ITEMS),
            choose(Subject::Places, &PLACES),
        ],
    };
    let survey_counts = Counts {
        voices: 436,
        questions: vec![
            Answers { answered: 431, counts: vec![9, 23, 96, 188, 115] },
            Answers { answered: 402, counts: vec![14, 31, 102, 171, 84] },
            Answers { answered: 428, counts: vec![261, 74, 3, 90] },
            Answers::default(),
        ],
    };
    let vote_counts =
        Counts { voices: 803, questions: vec![answers(&FOODS, 781), answers(&ITEMS, 742), answers(&PLACES, 768)] };
    vec![
        DemoPoll { content: survey, counts: Some(survey_counts), causes: false },
        DemoPoll { content: ended, counts: Some(vote_counts), causes: true },
        DemoPoll { content: open, counts: None, causes: false },
    ]
}

fn ask_foods(options: &[&str]) -> Question {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Question { subject: Some(Subject::Foods), ask: String::new(), way: Way::Several { options, most: 3 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_could_be_written_at_the_desk_and_its_counts_fit() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let all = polls(today);
        assert_eq!(all.len(), 3);
        for demo in all {
            let fields = demo.content.fields();
            let get =
                |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
            assert_eq!(Content::read(demo.content.kind, get, demo.content.first).unwrap(), demo.content);
            assert!(!demo.content.words().contains("推荐"));
            let Some(counts) = demo.counts else { continue };
            for (question, answers) in demo.content.questions.iter().zip(&counts.questions) {
                assert!(answers.answered <= counts.voices);
                assert_eq!(answers.counts.len(), question.way.answers());
                assert!(answers.counts.iter().all(|count| *count <= answers.answered));
                let most = answers.answered * question.way.most() as u64;
                assert!(answers.counts.iter().sum::<u64>() <= most);
                if question.way.most() == 1 {
                    assert_eq!(answers.counts.iter().sum::<u64>(), answers.answered);
                }
            }
        }
    }
}

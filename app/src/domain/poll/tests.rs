use proptest::prelude::*;

use super::*;
use crate::domain::staff::Role;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: String::new(), roles: roles.to_vec(), csrf: String::new() }
}

fn poll(state: State) -> Poll {
    let editors = BTreeSet::from([Uuid::from_u128(1)]);
    Poll { kind: Kind::Sampling, state, first: day("2026-12-01"), last: day("2026-12-10"), editors }
}

/// Every state × command by somebody who may, on a day that fits; columns in the order of [`Command::ALL`].
#[test]
fn the_table_of_states_is_this_one() {
    let (editor, reviewer) = (officer(3, &[Role::Editor]), officer(2, &[Role::Reviewer]));
    let table = State::ALL.map(|state| {
        let cells = Command::ALL.map(|command| {
            let (by, today) = match command {
                Command::Open => (By::Time, "2026-12-01"),
                Command::End => (By::Time, "2026-12-11"),
                _ if command.needs() == Some(Permission::Review) => (By::Officer(&reviewer), "2026-11-25"),
                _ => (By::Officer(&editor), "2026-11-25"),
            };
            match poll(state).apply(command, by, "原因", day(today)) {
                Ok(next) => next.state.code(),
                Err(Refusal::NotNow) => ".",
                Err(other) => panic!("{state:?} {command:?} {other:?}"),
            }
        });
        format!("{}: {}", state.code(), cells.join(" "))
    });
    assert_eq!(
        table,
        [
            "draft: draft proposed . discarded . . . . .",
            "proposed: . . draft . approved draft . . .",
            "approved: . . . . . . stopped open .",
            "open: . . . . . . stopped . ended",
            "ended: . . . . . . . . .",
            "stopped: . . . . . . . . .",
        ]
    );
}

#[test]
fn nobody_does_what_is_not_theirs_and_time_alone_opens_and_ends() {
    for state in State::ALL {
        for command in Command::ALL {
            let mut allowed: Vec<&str> = Vec::new();
            let tried = |by: By<'_>| poll(state).apply(command, by, "x", day("2026-12-01")) != Err(Refusal::NotAllowed);
            if tried(By::Time) {
                allowed.push("time");
            }
            for role in Role::ALL {
                let viewer = officer(9, &[role]);
                if tried(By::Officer(&viewer)) {
                    allowed.push(role.code());
                }
            }
            let who: &[&str] = match command.needs() {
                None => &["time"],
                Some(Permission::Write) => &["editor"],
                _ => &["reviewer"],
            };
            assert_eq!(allowed, who, "{state:?} {command:?}");
        }
    }
}

#[test]
fn it_takes_two_persons_and_reasons() {
    let both = officer(1, &[Role::Editor, Role::Reviewer]);
    let helper = officer(2, &[Role::Editor, Role::Reviewer]);
    let other = officer(3, &[Role::Reviewer]);
    let today = day("2026-11-25");
    let draft = poll(State::Draft);
    let saved = draft.apply(Command::Save, By::Officer(&helper), "", today).unwrap();
    let proposed = saved.apply(Command::Propose, By::Officer(&both), "", today).unwrap();
    for own in [&both, &helper] {
        assert_eq!(proposed.apply(Command::Confirm, By::Officer(own), "", today), Err(Refusal::OwnWork));
    }
    assert_eq!(proposed.apply(Command::Confirm, By::Officer(&other), "", today).unwrap().state, State::Approved);
    assert_eq!(proposed.apply(Command::Return, By::Officer(&other), " \n", today), Err(Refusal::NoText));
    let open = poll(State::Open);
    assert_eq!(open.apply(Command::Stop, By::Officer(&other), "", today), Err(Refusal::NoText));
    let ended = poll(State::Ended);
    assert_eq!(ended.confirm_link(&both, both.id), Err(Refusal::OwnWork));
    assert_eq!(ended.confirm_link(&other, both.id), Ok(()));
    assert_eq!(open.confirm_link(&other, both.id), Err(Refusal::NotNow));
    assert_eq!(ended.confirm_link(&officer(4, &[Role::Editor]), both.id), Err(Refusal::NotAllowed));
}

#[test]
fn days_decide() {
    let (editor, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
    let tried = |state, command, by, today| poll(state).apply(command, by, "x", day(today)).map(|next| next.state);
    let late = Err(Refusal::Day);
    assert_eq!(tried(State::Draft, Command::Propose, By::Officer(&editor), "2026-12-01"), Ok(State::Proposed));
    assert_eq!(tried(State::Draft, Command::Propose, By::Officer(&editor), "2026-12-02"), late);
    assert_eq!(tried(State::Proposed, Command::Confirm, By::Officer(&reviewer), "2026-12-02"), late);
    assert_eq!(tried(State::Approved, Command::Open, By::Time, "2026-11-30"), late);
    assert_eq!(tried(State::Approved, Command::Open, By::Time, "2027-01-01"), Ok(State::Open));
    assert_eq!(tried(State::Open, Command::End, By::Time, "2026-12-10"), late);
    assert_eq!(tried(State::Open, Command::End, By::Time, "2026-12-11"), Ok(State::Ended));
    let open = ["2026-11-30", "2026-12-01", "2026-12-10", "2026-12-11"].map(|on| poll(State::Open).is_open(day(on)));
    assert_eq!(open, [false, true, true, false]);
    assert!(!poll(State::Approved).is_open(day("2026-12-05")));
}

#[test]
fn codes_are_read_back() {
    assert!(Kind::ALL.iter().all(|one| Kind::from_code(one.code()) == Some(*one)));
    assert!(State::ALL.iter().all(|one| State::from_code(one.code()) == Some(*one)));
    assert!(Command::ALL.iter().all(|one| Command::from_code(one.code()) == Some(*one)));
    assert_eq!(State::from_code("discarded"), None);
}

const VOTE: [(&str, &str); 8] = [
    ("title", " 冬至  点什么 "),
    ("text", "第一段\n第二段"),
    ("first", "2026-12-01"),
    ("last", "2026-12-20"),
    ("foods", "火锅底料\n\n 鲜切水果 \n熟肉制品"),
    ("items", ""),
    ("places", "农贸市场\n学校周边"),
    ("most", "2"),
];

fn read(kind: Kind, fields: &[(&str, &str)]) -> Result<Content, Vec<(String, Fault)>> {
    let fields = fields.to_vec();
    let get = |name: &str| fields.iter().rev().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    Content::read(kind, get, day("2026-11-25"))
}

fn vote(more: &[(&'static str, &'static str)]) -> Result<Content, Vec<(String, Fault)>> {
    read(Kind::Sampling, &[&VOTE[..], &[("top", "3")], more].concat())
}

#[test]
fn a_round_is_read_and_read_back() {
    let content = vote(&[]).unwrap();
    assert_eq!((content.title.as_str(), content.top, content.questions.len()), ("冬至 点什么", 3, 2));
    let options = content.questions[0].way.options();
    assert_eq!(options, ["火锅底料", "鲜切水果", "熟肉制品"]);
    let fields = content.fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(read(Kind::Sampling, &pairs).unwrap(), content);
    assert!(content.words().contains("学校周边"));
    let survey = [
        ("title", "测评"),
        ("text", "说明"),
        ("first", "2026-11-25"),
        ("last", "2026-11-25"),
        ("ask-0", "总体满意吗"),
        ("way-0", "scale"),
        ("ask-3", "从哪里知道"),
        ("way-3", "one"),
        ("options-3", "电视\n网站"),
        ("ask-9", "还有什么要说"),
        ("way-9", "text"),
    ];
    let content = read(Kind::Survey, &survey).unwrap();
    let fields = content.fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(content.questions.len(), 3);
    assert_eq!(read(Kind::Survey, &pairs).unwrap(), content);
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let many = (0..31).map(|number| number.to_string()).collect::<Vec<_>>().join("\n");
    let (many, long) = (&*many.leak(), &*format!("好\n{}", "长".repeat(25)).leak());
    for (field, typed, fault) in [
        ("title", "", Fault::Empty),
        ("title", &*"长".repeat(61).leak(), Fault::TooLong(60)),
        ("text", " \n", Fault::Empty),
        ("text", &*"长".repeat(2001).leak(), Fault::TooLong(2000)),
        ("first", "2026-11-24", Fault::Past),
        ("first", "明天", Fault::Day),
        ("last", "2026-11-30", Fault::Past),
        ("last", "2027-02-01", Fault::LongRound(62)),
        ("most", "0", Fault::Number(5)),
        ("most", "6", Fault::Number(5)),
        ("top", "11", Fault::Number(10)),
        ("top", "-1", Fault::Number(10)),
        ("foods", "一个", Fault::FewOptions),
        ("foods", many, Fault::ManyOptions(30)),
        ("foods", long, Fault::LongOption(24)),
        ("foods", "豆腐\n 豆腐 ", Fault::Twice),
    ] {
        assert_eq!(vote(&[(field, typed)]), Err(vec![(field.to_owned(), fault)]), "{field} {typed}");
    }
    assert_eq!(vote(&[("last", "2027-01-31")]).unwrap().last, day("2027-01-31"));
    assert_eq!(vote(&[("foods", " "), ("places", "")]), Err(vec![("foods".to_owned(), Fault::NoQuestion)]));
    let half = [VOTE[0], VOTE[1], VOTE[2], VOTE[3], ("options-1", "a\nb"), ("ask-2", "问"), ("way-2", "x")];
    let wrong = vec![
        ("ask-1".to_owned(), Fault::Empty),
        ("way-1".to_owned(), Fault::Empty),
        ("way-2".to_owned(), Fault::Empty),
    ];
    assert_eq!(read(Kind::Survey, &half), Err(wrong));
}

fn voice(content: &Content, fields: &[(&str, &str)]) -> Result<Voice, Vec<(String, VoiceFault)>> {
    Voice::read(content, |name| fields.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value).collect())
}

#[test]
fn a_voice_chooses_what_is_offered_and_no_more() {
    let content = vote(&[]).unwrap();
    let read = voice(&content, &[("q0", "2"), ("q0", "0"), ("q0", "2"), ("q1", ""), ("s1", " 校门口  小摊 ")]).unwrap();
    assert_eq!(read, Voice { picks: vec![vec![0, 2], vec![]], words: vec![(1, "校门口 小摊".into())] });
    let long = "长".repeat(61);
    for (fields, field, fault) in [
        (vec![], "q0", VoiceFault::Empty),
        (vec![("q0", "0"), ("q0", "1"), ("q0", "2")], "q0", VoiceFault::TooMany(2)),
        (vec![("q0", "3")], "q0", VoiceFault::Unknown),
        (vec![("q0", "00")], "q0", VoiceFault::Unknown),
        (vec![("q0", "+1")], "q0", VoiceFault::Unknown),
        (vec![("q0", "-1")], "q0", VoiceFault::Unknown),
        (vec![("q1", "火锅")], "q1", VoiceFault::Unknown),
        (vec![("q0", "1"), ("s0", &long)], "s0", VoiceFault::TooLong(60)),
        (vec![("q7", "0")], "q0", VoiceFault::Empty),
    ] {
        assert_eq!(voice(&content, &fields), Err(vec![(field.to_owned(), fault)]), "{fields:?}");
    }
}

#[test]
fn the_first_are_chosen_with_those_who_are_level() {
    for (counts, top, expected) in [
        (vec![5, 9, 9, 1, 0], 1, vec![1, 2]),
        (vec![5, 9, 9, 1, 0], 2, vec![1, 2]),
        (vec![5, 9, 9, 1, 0], 3, vec![1, 2, 0]),
        (vec![5, 9, 9, 1, 0], 9, vec![1, 2, 0, 3]),
        (vec![0, 0], 3, vec![]),
        (vec![4, 4, 4], 1, vec![0, 1, 2]),
        (vec![1, 2], 0, vec![]),
        (vec![], 3, vec![]),
    ] {
        assert_eq!(chosen(&counts, top), expected, "{counts:?} {top}");
    }
}

#[test]
fn a_mean_is_rounded_half_up_and_withheld_where_it_tells() {
    assert_eq!((mean_tenths(&[]), mean_tenths(&[0, 0])), (None, None));
    assert_eq!(mean_tenths(&[1, 0, 0, 0, 1]), Some(30));
    // 11 : 4 of 1 and 2 is 1.2666…, 3 : 1 is 1.25
    assert_eq!((mean_tenths(&[11, 4]), mean_tenths(&[3, 1])), (Some(13), Some(13)));
    let survey = |counts: Vec<u64>| {
        let question = Question { subject: None, ask: "问".into(), way: Way::Scale };
        let content = Content { kind: Kind::Survey, questions: vec![question], ..vote(&[]).unwrap() };
        let answered = counts.iter().sum();
        let counts = Counts { voices: answered, questions: vec![Answers { answered, counts }] };
        Outcome::of(&content, &counts)
    };
    let large = survey(vec![10, 20, 30, 40, 50]);
    assert_eq!((large.voices, large.questions[0].mean_tenths), (Shown::Count(150), Some(37)));
    // one step between the two hidden ones is not seen in the rounded mean …
    let vague = survey(vec![2, 6, 7, 9, 8]);
    assert_eq!((vague.questions[0].counts[0], vague.questions[0].mean_tenths), (Shown::Few, Some(35)));
    // … and here it would be
    let small = survey(vec![1, 5, 0, 0, 6]);
    assert_eq!((small.questions[0].counts[0], small.questions[0].mean_tenths), (Shown::Few, None));
    let tiny = survey(vec![1, 0, 0, 1, 1]);
    assert_eq!((tiny.voices, tiny.questions[0].answered), (Shown::Few, Shown::Few));
    assert!(tiny.questions[0].counts.iter().all(|count| *count == Shown::Withheld));
    assert_eq!(tiny.questions[0].mean_tenths, None);
}

/// All numbers that a reader who knows sum and mean holds for possible, by place.
fn guesses(shown: &[Shown], sum: u64, mean: Option<u64>) -> Vec<BTreeSet<u64>> {
    fn go(shown: &[Shown], left: u64, mean: Option<u64>, tried: &mut Vec<u64>, found: &mut Vec<BTreeSet<u64>>) {
        let Some(one) = shown.get(tried.len()) else {
            if left == 0 && (mean.is_none() || mean_tenths(tried) == mean) {
                for (set, number) in found.iter_mut().zip(tried.iter()) {
                    set.insert(*number);
                }
            }
            return;
        };
        let is_blank = shown.iter().all(|one| *one == Shown::Withheld);
        let range = match one {
            Shown::Count(number) => *number..=*number,
            Shown::Few => 1..=4,
            Shown::Withheld if is_blank => 0..=left,
            Shown::Withheld => 5..=left,
        };
        for number in range.filter(|number| *number <= left) {
            tried.push(number);
            go(shown, left - number, mean, tried, found);
            tried.pop();
        }
    }
    let mut found = vec![BTreeSet::new(); shown.len()];
    go(shown, sum, mean, &mut Vec::new(), &mut found);
    found
}

proptest! {
    #[test]
    fn no_small_number_of_a_survey_can_be_computed_from_sum_and_mean(
        counts in prop::collection::vec(prop_oneof![3 => 0_u64..7, 1 => 5_u64..60], 5)
    ) {
        let question = Question { subject: None, ask: "问".into(), way: Way::Scale };
        let content = Content { kind: Kind::Survey, questions: vec![question], ..vote(&[]).unwrap() };
        let answered: u64 = counts.iter().sum();
        let outcome = Outcome::of(
            &content,
            &Counts { voices: answered, questions: vec![Answers { answered, counts: counts.clone() }] },
        );
        let shown = &outcome.questions[0];
        for (one, number) in shown.counts.iter().zip(&counts) {
            if let Shown::Count(count) = one {
                prop_assert!(count == number && !(1..5).contains(count));
            }
        }
        if let Shown::Count(sum) = shown.answered {
            for (set, number) in guesses(&shown.counts, sum, shown.mean_tenths).iter().zip(&counts) {
                prop_assert!(set.contains(number), "{counts:?} {shown:?}");
                prop_assert!(!(1..5).contains(number) || set.len() >= 2, "{counts:?} {shown:?}");
            }
        } else {
            prop_assert!(shown.mean_tenths.is_none() && shown.counts.iter().all(|one| *one == Shown::Withheld));
        }
    }

    #[test]
    fn those_chosen_have_more_than_all_others(counts in prop::collection::vec(0_u64..6, 0..12), top in 1_usize..6) {
        let places = chosen(&counts, top);
        let least = places.iter().map(|place| counts[*place]).min().unwrap_or(0);
        for (place, &count) in counts.iter().enumerate() {
            let is_in = places.contains(&place);
            prop_assert_eq!(is_in, count > 0 && count >= least && !places.is_empty());
        }
        let wanted = counts.iter().filter(|count| **count > 0).count();
        prop_assert!(places.len() >= top.min(wanted));
        prop_assert!(places.windows(2).all(|two| counts[two[0]] >= counts[two[1]]));
        let above = places.iter().filter(|place| counts[**place] > least).count();
        prop_assert!(places.is_empty() || above < top, "too many are chosen");
    }

    #[test]
    fn whatever_is_sent_is_a_voice_within_its_limits_or_none(
        fields in prop::collection::vec(("[qs][0-3]", "([0-9]{0,2}|.{0,70})"), 0..12)
    ) {
        let content = vote(&[]).unwrap();
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if let Ok(voice) = voice(&content, &pairs) {
            prop_assert_eq!(voice.picks.len(), 2);
            for (picks, question) in voice.picks.iter().zip(&content.questions) {
                prop_assert!(picks.len() <= question.way.most());
                prop_assert!(picks.iter().all(|pick| *pick < question.way.answers()));
                prop_assert!(picks.windows(2).all(|two| two[0] < two[1]));
            }
            prop_assert!(voice.words.iter().all(|(place, said)| *place < 2 && (1..=60).contains(&said.chars().count())));
        }
    }

    #[test]
    fn any_round_that_is_read_is_read_back(
        fields in prop::collection::vec(("title|text|foods|items|places|most|top|first|last", "([一-三\n]{0,9}|[1-9]|2026-12-0[1-9])"), 0..20)
    ) {
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let all: Vec<(&str, &str)> = VOTE.iter().copied().chain([("top", "3")]).chain(pairs).collect();
        if let Ok(content) = read(Kind::Sampling, &all) {
            let fields = content.fields();
            let again: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            prop_assert_eq!(read(Kind::Sampling, &again), Ok(content));
        }
    }
}

//! Names of natural persons (姓名). Chinese names can't be known from their signs alone: a name is what stands in a person's
//! place (`投诉人张三`, `联系人：李四`, `王五女士`, `赵六，男`) and has the form of one.

mod cues;
mod surnames;
mod words;

use cues::{
    ENTITIES, FIELDS, FOLLOWERS, GENDERS, GIVEN, MINORS, PLACES, QUESTIONING, REPORTING, ROLES, TITLES, is_follower,
    is_never_given,
};

use super::plain::{Plain, is_han};
use super::{Datum, Find};

/// How sure the place is that a name stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A form's field: `联系人：`
    Field,
    /// A role in running text: `消费者…`
    Prose,
    /// Behind a field's first name: `签字：张三 …`, `签名：张三，…`; as sure as running text
    List,
}

/// Marks all names, but those that are known.
pub(super) fn find(plain: &Plain, known: &[&str]) -> Vec<Find> {
    let mut spans = Vec::new();
    for (_, end) in plain.each(ROLES) {
        after_role(plain, end, &mut spans);
    }
    for (_, end) in plain.each(FIELDS) {
        let at = past(plain, end, "：: \t|\n", 6);
        if at > end {
            list(plain, at, Place::Field, &mut spans);
        }
    }
    for (start, end) in plain.each(TITLES) {
        let found = ending_at(plain, start).filter(|_| plain.get(end) != Some('们'));
        spans.extend(found.filter(|(from, to)| is_titled(plain, *from, *to)));
    }
    for (start, end) in plain.each(GENDERS) {
        spans.extend(
            ending_at(plain, start).filter(|_| plain.get(end).is_none_or(|sign| !is_han(sign) || sign == '汉')),
        );
    }
    for (_, end) in plain.each(REPORTING) {
        spans.extend(name_at(plain, end, Place::Prose).map(|to| (end, to)));
    }
    for (_, end) in plain.each(&["对"]) {
        let to = name_at(plain, end, Place::Prose).filter(|to| plain.word_at(*to, QUESTIONING).is_some());
        spans.extend(to.map(|to| (end, to)));
    }
    spans.extend(minors(plain));
    spans.retain(|(from, to)| !is_half_named(plain, *from, *to) && !is_known(plain, *from, *to, known));
    spans.into_iter().map(|(from, to)| Find { datum: Datum::PersonName, from, to }).collect()
}

/// Adds the names that stand right before an identity number or a mobile number (`张三110105…`, `张三（身份证号：…`).
pub(super) fn beside_numbers(plain: &Plain, known: &[&str], finds: &mut Vec<Find>) {
    const BETWEEN: &[&str] =
        &["身份证号码", "身份证号", "身份证", "公民身份号码", "电话", "手机号", "手机", "联系电话", "号码", "："];
    let numbers: Vec<usize> = finds
        .iter()
        .filter(|found| matches!(found.datum, Datum::IdentityNumber | Datum::Phone))
        .map(|found| found.from)
        .collect();
    for number in numbers {
        let mut at = number;
        loop {
            let word = BETWEEN.iter().filter(|word| plain.ends_with(at, word)).map(|word| word.chars().count()).max();
            let sign = plain.before(at).filter(|sign| " :,(、*|\t".contains(*sign)).map(|_| 1);
            match word.or(sign) {
                Some(length) if number - at < 12 => at -= length,
                _ => break,
            }
        }
        let likely = |from: usize| plain.get(from).is_some_and(surnames::is_common);
        let found = ending_at(plain, at).filter(|(from, to)| likely(*from) && !is_known(plain, *from, *to, known));
        finds.extend(found.map(|(from, to)| Find { datum: Datum::PersonName, from, to }));
    }
}

/// Names behind a role: `当事人（经营者）：张三、李四`, `消费者张三`.
fn after_role(plain: &Plain, end: usize, spans: &mut Vec<(usize, usize)>) {
    let end = past_brackets(plain, end);
    let field = past(plain, end, ":：", 1);
    if field > end {
        list(plain, past(plain, field, " \n\"“", 3), Place::Field, spans);
    } else {
        let word = plain.word_at(end, &["名叫", "叫", "系", "是", "为"]).unwrap_or(0);
        let at = past(plain, end + word, " \"“|\t", 3);
        let place = if plain.slice(end, at).contains(&'|') { Place::Field } else { Place::Prose };
        list(plain, at, place, spans);
    }
}

/// A name, and those that follow it in a list.
fn list(plain: &Plain, at: usize, place: Place, spans: &mut Vec<(usize, usize)>) {
    let mut next = Some((at, place));
    while let Some((at, place)) = next {
        let Some(to) = name_at(plain, at, place) else { return };
        spans.push((at, to));
        next = next_in_list(plain, to, place);
    }
}

/// Where the next name of a list would stand, and how surely. After a space only a likely name goes on with the list.
fn next_in_list(plain: &Plain, to: usize, place: Place) -> Option<(usize, Place)> {
    let end = past_brackets(plain, to);
    let (between, place) = match plain.get(end) {
        Some('、' | '和' | '及' | '与') => (1, place),
        Some(' ' | '/' | ',') if place != Place::Prose => (1, Place::List),
        _ if plain.starts_with(end, "以及") => (2, place),
        _ => return None,
    };
    Some((past(plain, end + between, " /", 3), place))
}

/// The end of the name that begins at a place, if one does.
pub(super) fn name_at(plain: &Plain, at: usize, place: Place) -> Option<usize> {
    if let Some(end) = dotted(plain, at) {
        return Some(end);
    }
    let rest = plain.slice(at, at + 8);
    let family = surnames::length_at(rest)?;
    let first = *rest.first()?;
    let likely = family > 1 || surnames::is_common(first) && !surnames::is_hardly_one(first);
    if place != Place::Field && !likely {
        return None;
    }
    for given in [2, 1] {
        let end = at + family + given;
        let signs = plain.slice(at + family, end);
        let formed = signs.len() == given && signs.iter().all(|sign| is_han(*sign) && !is_never_given(*sign));
        if formed
            && ends_here(plain, end)
            && !is_entity(plain, at, end)
            && !(is_word(rest, family, given) && (place != Place::Field || !likely))
        {
            return Some(end);
        }
    }
    let signs = plain.slice(at + family, at + family + 2);
    // a likely name in a person's place, whatever follows: a mark too many costs a look, a name too few is public
    let sure = likely && !is_word(rest, family, 1) && !is_word(rest, family, 2);
    let formed = signs.len() == 2 && signs.iter().all(|sign| is_han(*sign) && GIVEN.contains(*sign));
    (sure && formed && !is_entity(plain, at, at + family + 2)).then_some(at + family + 2)
}

/// Whether what stands before 先生 or 老师 is a name: before words that are said of any profession, only a likely one.
fn is_titled(plain: &Plain, from: usize, to: usize) -> bool {
    let certain = plain.word_at(to, &["先生", "女士", "小姐", "同志"]).is_some();
    let first = plain.get(from).is_some_and(surnames::is_common);
    let given = plain.slice(from + 1, to).iter().filter(|sign| GIVEN.contains(**sign)).count();
    to - from > 3 || (first && (certain || given > 0))
}

/// 张先生, 李老师: half a name, which is as good as 张某.
fn is_half_named(plain: &Plain, from: usize, to: usize) -> bool {
    const ADDRESSES: &[&str] =
        &["先生", "女士", "小姐", "老师", "老板", "书记", "主任", "经理", "师傅", "医生", "同学", "局长"];
    to - from == 3 && plain.word_at(from + 1, ADDRESSES).is_some()
}

/// Names of other peoples: `阿依古丽·买买提`.
fn dotted(plain: &Plain, at: usize) -> Option<usize> {
    let part = |from: usize| {
        (from..plain.len().min(from + 8))
            .take_while(|at| plain.get(*at).is_some_and(|sign| is_han(sign) && !"的在和与及对是".contains(sign)))
            .count()
    };
    let first = part(at);
    let second = part(at + first + 1);
    let fits = (2..=7).contains(&first) && plain.get(at + first) == Some('·') && (2..=7).contains(&second);
    let end = at + first + 1 + second;
    (fits && !is_entity(plain, at, end)).then_some(end)
}

/// The name that ends at a place: the longest with the form of one.
fn ending_at(plain: &Plain, end: usize) -> Option<(usize, usize)> {
    (2..=4).rev().filter_map(|length| end.checked_sub(length)).find_map(|from| {
        let signs = plain.slice(from, end);
        let family = surnames::length_at(signs)?;
        let given = signs.get(family..)?;
        let first = *signs.first()?;
        let formed = matches!(given.len(), 1 | 2)
            && given.iter().all(|sign| is_han(*sign) && !is_never_given(*sign) && *sign != '某');
        let word = is_word(signs, family, given.len());
        (formed && !word && !surnames::is_hardly_one(first)).then_some((from, end))
    })
}

/// Whether a name may end here: nothing, no Chinese sign, or a word that follows names.
fn ends_here(plain: &Plain, end: usize) -> bool {
    let Some(next) = plain.get(end) else { return true };
    !is_han(next) || is_follower(next) || plain.word_at(end, FOLLOWERS).is_some()
}

/// Whether the signs are an ordinary word, or begin with one: a third sign that often ends names outweighs that.
fn is_word(signs: &[char], family: usize, given: usize) -> bool {
    let (Some(first), Some(second)) = (signs.first(), signs.get(1)) else { return true };
    family == 1
        && words::is_word_start(*first, *second)
        && !(given == 2 && signs.get(2).is_some_and(|third| GIVEN.contains(*third)) && GIVEN.contains(*second))
}

/// Whether it is the beginning of a shop's, an office's or a place's name.
fn is_entity(plain: &Plain, from: usize, end: usize) -> bool {
    let stop = (end..plain.len().min(end + 16))
        .find(|at| plain.get(*at).is_none_or(|sign| !is_han(sign) || is_follower(sign)))
        .unwrap_or(plain.len().min(end + 16));
    plain.each_in(from + 1, stop, ENTITIES)
        || plain.word_at(end, PLACES).is_some()
        || plain.word_at(end - 1, PLACES).is_some_and(|_| end - from > 2)
}

/// Children even half-named: `学生张某`, `患儿李*`.
fn minors(plain: &Plain) -> Vec<(usize, usize)> {
    plain
        .each(MINORS)
        .filter_map(|(_, end)| {
            let at = past(plain, end, "：: ", 2);
            let family = surnames::length_at(plain.slice(at, at + 4))?;
            let hidden = (at + family..at + family + 3)
                .take_while(|place| matches!(plain.get(*place), Some('某' | '*' | '×')))
                .count();
            (hidden > 0).then_some((at, at + family + hidden))
        })
        .collect()
}

fn is_known(plain: &Plain, from: usize, to: usize, known: &[&str]) -> bool {
    let name = plain.string(from, to);
    known.iter().any(|known| *known == name || (known.chars().count() >= 2 && plain.starts_with(from, known)))
}

/// Past up to `most` of the given signs.
fn past(plain: &Plain, at: usize, signs: &str, most: usize) -> usize {
    at + (at..plain.len().min(at + most))
        .take_while(|place| plain.get(*place).is_some_and(|sign| signs.contains(sign)))
        .count()
}

/// Past one pair of brackets of at most 30 signs.
fn past_brackets(plain: &Plain, at: usize) -> usize {
    if plain.get(at) != Some('(') {
        return at;
    }
    (at..plain.len().min(at + 32)).find(|place| plain.get(*place) == Some(')')).map_or(at, |close| close + 1)
}

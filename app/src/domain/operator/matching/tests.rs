use proptest::prelude::*;

use super::*;
use crate::domain::{
    district::district_of,
    operator::{address_key, name_key},
};

const ONE: &str = "91000000MA0000001R";
const TWO: &str = "92000000MA0000002R";

fn who(name: &str, code: &str, address: &str) -> Identity {
    Identity {
        name: name_key(name).unwrap(),
        code: (!code.is_empty()).then(|| code.to_owned()),
        licence: None,
        address: address_key(address),
        district: district_of(address),
    }
}

#[test]
fn adversarial_pairs() {
    use Doubt as D;
    use Match::{Certain, Different, Doubtful};
    let firm = "云川市海棠食品有限公司";
    let here = "云川市青禾区南门路1号";
    for (one, other, expected) in [
        // printings
        (who(firm, "", here), who("云川市海棠食品 有限公司", "", "云江省云川市青禾区南门路１号"), Certain),
        (who("云川市海棠食品（集团）有限公司", "", here), who("云川市海棠食品(集团)有限公司", "", here), Certain),
        // endings are not noise
        (who(firm, "", here), who("云川市海棠食品有限公司南门店", "", here), Different),
        (who(firm, "", here), who("云川市海棠食品有限公司分公司", "", here), Different),
        (who(firm, "", here), who("云川市海棠食品厂", "", here), Different),
        (who(firm, "", here), who("云川市海棠食品", "", here), Different),
        // one sign: another firm
        (who(firm, "", here), who("云川市海裳食品有限公司", "", here), Different),
        (who("老王面馆", "", here), who("老王面馆二店", "", here), Different),
        // a chain
        (who("沙县小吃", "", here), who("沙县小吃", "", "云川市柳湾县北门路1号"), Different),
        (who("沙县小吃", "", here), who("沙县小吃", "", "云川市青禾区北门路1号"), Doubtful(D::OtherAddress)),
        (who("沙县小吃", "", here), who("沙县小吃", "", "云川市青禾区南门路12号"), Doubtful(D::OtherAddress)),
        (who("沙县小吃", "", here), who("沙县小吃", "", ""), Doubtful(D::NoAddress)),
        (who("沙县小吃", "", ""), who("沙县小吃", "", ""), Doubtful(D::NoAddress)),
        // names that an office gives once
        (who(firm, "", here), who(firm, "", ""), Certain),
        (who(firm, "", here), who(firm, "", "云川市柳湾县北门路1号"), Different),
        // codes go first
        (who(firm, ONE, here), who("云川市海棠食品厂", ONE, "云川市柳湾县北门路1号"), Certain),
        (who(firm, ONE, here), who("云川市海棠食品股份有限公司", ONE, ""), Certain),
        (who(firm, ONE, here), who("云川市北斗餐饮有限公司", ONE, here), Doubtful(D::CodeOtherName)),
        (who(firm, ONE, here), who("云川市海棠食品有限公司南门店", ONE, here), Doubtful(D::CodeBranch)),
        (who("海棠超市南门店", ONE, here), who("海棠超市北门店", ONE, here), Doubtful(D::CodeBranch)),
        (who("云川市第一中学南校区食堂", ONE, here), who("云川市第一中学北校区食堂", ONE, here), Doubtful(D::CodeBranch)),
        (who(firm, ONE, here), who(firm, ONE, "云川市柳湾县北门路1号"), Doubtful(D::CodeOtherPlace)),
        (who(firm, ONE, here), who(firm, TWO, here), Doubtful(D::OtherCode)),
        (who("老王面馆", ONE, here), who("老王面馆", TWO, "云川市青禾区北门路1号"), Different),
        (who("老王面馆", ONE, here), who("老王面馆", TWO, ""), Different),
        // a wrong check sign is still a code; words are none
        (who(firm, "91000000MA0000001X", here), who("云川市海棠食品厂", "91000000MA0000001X", ""), Certain),
        (who(firm, "无", here), who("云川市北斗餐饮有限公司", "无", here), Different),
        (who(firm, "略", here), who(firm, "见附件", here), Certain),
    ] {
        assert_eq!(match_one(&one, &other), expected, "{one:?} {other:?}");
        assert_eq!(match_one(&other, &one), expected, "{other:?} {one:?}");
    }
}

#[test]
fn licences_are_of_premises() {
    let with = |name: &str, licence: &str, address: &str| Identity { licence: Some(licence.into()), ..who(name, "", address) };
    let (old, new) = ("老王面馆", "老王牛肉面馆");
    assert_eq!(match_one(&with(old, "JY20000000000022", ""), &with(new, "JY20000000000022", "")), Match::Certain);
    // numbers of provinces repeat
    assert_eq!(match_one(&with(old, "登字001", ""), &with(new, "登字001", "")), Match::Different);
    // another code outweighs the licence
    let one = Identity { code: Some(ONE.into()), ..with(old, "JY20000000000022", "") };
    let two = Identity { code: Some(TWO.into()), ..with(old, "JY20000000000022", "") };
    assert_eq!(match_one(&one, &two), Match::Different);
}

#[test]
fn of_several_the_exact_one_or_none() {
    let here = "云川市青禾区南门路1号";
    let firm = "云川市海棠食品有限公司";
    let known = [who(firm, "", here), who(firm, "", "云川市柳湾县北门路1号")];
    assert_eq!(choose(&who(firm, "", here), &known), Choice::One(0));
    assert_eq!(choose(&who(firm, "", "云川市柳湾县北门路1号"), &known), Choice::One(1));
    assert_eq!(
        choose(&who(firm, "", ""), &known),
        Choice::Doubtful(vec![(0, Doubt::Several), (1, Doubt::Several)])
    );
    assert_eq!(choose(&who("云川市海棠食品厂", "", here), &known), Choice::New);
    // the record without address, once more: itself
    let known = [who(firm, "", here), who(firm, "", "")];
    assert_eq!(choose(&who(firm, "", ""), &known), Choice::One(1));
}

fn any_identity() -> impl Strategy<Value = Identity> {
    let text = |list: &'static [&'static str]| proptest::sample::select(list);
    (
        text(&["老王面馆", "沙县小吃", "云川市海棠食品有限公司", "海棠超市南门店", "海棠超市北门店"]),
        text(&["", ONE, TWO, "无"]),
        text(&["", "云川市青禾区南门路1号", "南门路1号3楼", "云川市柳湾县北门路1号", "北门路"]),
    )
        .prop_map(|(name, code, address)| who(name, code, address))
}

proptest! {
    #[test]
    fn the_order_never_matters(one in any_identity(), other in any_identity()) {
        prop_assert_eq!(match_one(&one, &other), match_one(&other, &one));
    }

    #[test]
    fn a_record_is_never_different_from_itself(one in any_identity()) {
        prop_assert!(match_one(&one, &one) != Match::Different);
        prop_assert!(choose(&one, std::slice::from_ref(&one)) != Choice::New);
    }

    #[test]
    fn neither_name_nor_code_is_never_one(one in any_identity(), other in any_identity()) {
        if one.name != other.name && (one.code.is_none() || one.code != other.code) {
            prop_assert_eq!(match_one(&one, &other), Match::Different);
        }
    }

    #[test]
    fn two_districts_are_never_certain_without_a_name_change(one in any_identity(), other in any_identity()) {
        let apart = one.district.is_some() && other.district.is_some() && one.district != other.district;
        if apart && one.name == other.name {
            prop_assert!(match_one(&one, &other) != Match::Certain);
        }
    }
}

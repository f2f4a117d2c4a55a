//! Penalties: for what samples showed, and for what inspectors found. Articles are those of the Food Safety Law.

use app::domain::{finding::Family, publication::Kind, sample::SampleDraft};
use chrono::{Days, NaiveDate};

use super::{DemoNotice, content, decision, item, plain, punished};
use crate::demo::{CITY, firms};

/// A case that no sample stands behind.
struct Case {
    ago: u64,
    shop: u64,
    violation: &'static str,
    facts: &'static str,
    basis: &'static str,
    penalty: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        ago: 940,
        shop: 11,
        violation: "经营超过保质期的食品",
        facts: "执法人员在日常监督检查时发现，货架上待售的3袋面包已超过标注的保质期2至5天，货值金额27元，未查见已售出的记录。\n当事人未按规定定期检查库存食品、及时清理过期食品。",
        basis: "《中华人民共和国食品安全法》第三十四条第十项、第五十四条第一款、第一百二十四条第一款第五项；《中华人民共和国行政处罚法》第三十二条。",
        penalty: "没收超过保质期的面包3袋；罚款3000元。",
    },
    Case {
        ago: 700,
        shop: 23,
        violation: "未取得食品经营许可从事食品经营活动",
        facts: "当事人未取得食品经营许可，在其经营场所制售热食类食品，经营时间自开业起共41天，违法所得2860元。\n检查后当事人立即停止经营，并于当月申请办理食品经营许可。",
        basis: "《中华人民共和国食品安全法》第三十五条第一款、第一百二十二条第一款；《中华人民共和国行政处罚法》第三十二条。",
        penalty: "没收违法所得2860元；罚款10000元。",
    },
    Case {
        ago: 520,
        shop: 37,
        violation: "未按规定建立并遵守进货查验记录制度",
        facts: "当事人采购调味品、食用油时未查验供货者的许可证和食品合格证明文件，也未保存进货凭证。执法人员责令其限期改正并给予警告。\n复查时仍不能提供进货查验记录，属于拒不改正。",
        basis: "《中华人民共和国食品安全法》第五十三条第一款、第二款，第一百二十六条第一款第三项。",
        penalty: "罚款5000元。",
    },
    Case {
        ago: 330,
        shop: 52,
        violation: "经营标签不符合规定的预包装食品",
        facts: "当事人销售的12盒预包装糕点未标注生产者的名称、地址和联系方式，也没有标注生产日期，货值金额216元，已售出4盒，违法所得72元。",
        basis: "《中华人民共和国食品安全法》第六十七条第一款、第一百二十五条第一款第二项。",
        penalty: "没收违法所得72元；没收未售出的糕点8盒；罚款5000元。",
    },
    Case {
        ago: 190,
        shop: 68,
        violation: "餐具、饮具未按规定清洗消毒",
        facts: "当事人使用的餐具经检验不符合食品安全国家标准，消毒柜损坏后没有维修。执法人员责令其改正并给予警告后，再次检验仍不符合要求。",
        basis: "《中华人民共和国食品安全法》第三十三条第一款第五项、第一百二十六条第一款第五项。",
        penalty: "罚款8000元。",
    },
    Case {
        ago: 46,
        shop: 90,
        violation: "网络餐饮服务经营者公示信息与实际不一致",
        facts: "当事人在网络订餐平台公示的经营地址与实际经营地址不一致，经责令改正后逾期没有改正。",
        basis: "《网络餐饮服务食品安全监督管理办法》第九条、第十条、第三十八条。",
        penalty: "罚款5000元。",
    },
];

/// Penalties for what inspectors found.
pub fn others(today: NaiveDate) -> Vec<DemoNotice> {
    let one = |(place, case): (usize, &Case)| {
        let shop = firms::seller(9_000_000 + case.shop);
        let decided_on = today - Days::new(case.ago);
        let number = format!("云市监处罚〔{}〕{}号", decided_on.format("%Y"), 12 + place * 9);
        penalty(&Decision {
            number: &number,
            decided_on,
            party: (&shop.name, &shop.address),
            code: &firms::identifiers(700_000 + case.shop, false).0,
            violation: case.violation,
            facts: case.facts,
            basis: case.basis,
            penalty: case.penalty,
            samples: "",
        })
    };
    CASES.iter().enumerate().map(one).collect()
}

/// Penalties for selling what failed.
pub fn of_samples(failed: &[&SampleDraft], today: NaiveDate) -> Vec<DemoNotice> {
    let one = |(place, sample): (usize, &SampleDraft)| {
        let (number, decided_on) = decision(place, sample, today);
        let (seller, product) = (sample.seller.name.as_deref().unwrap_or_default(), &sample.product);
        let family = sample.failed_items.first().map_or(Family::Other, |failed| Family::of(&failed.item));
        let (violation, articles) = match family {
            Family::Additive => {
                ("经营超范围、超限量使用食品添加剂的食品", "第三十四条第四项、第一百二十四条第一款第三项")
            }
            Family::Quality | Family::Label | Family::Other => {
                ("经营不符合食品安全标准的食品", "第三十四条第十三项、第一百二十四条第二款")
            }
            _ => ("经营污染物质含量超过食品安全标准限量的食品", "第三十四条第二项、第一百二十四条第一款第一项"),
        };
        let (bought, sold) = (20 + place * 6, 14 + place * 4);
        let profit = sold * 3;
        let facts = format!(
            "经抽样检验，当事人销售的{product}{}。\n当事人购进该批次食品{bought}袋，已售出{sold}袋，违法所得{profit}元，其余已按要求下架封存。\
             当事人未能提供该批次食品的出厂检验合格证明，未履行进货查验义务。",
            item(sample)
        );
        let basis = format!("《中华人民共和国食品安全法》{articles}；《中华人民共和国行政处罚法》第三十二条。");
        let sanction =
            format!("没收违法所得{profit}元；没收未售出的食品{}袋；罚款{}元。", bought - sold, 5_000 + place * 1_000);
        penalty(&Decision {
            number: &number,
            decided_on,
            party: (seller, sample.seller.address.as_deref().unwrap_or_default()),
            code: "",
            violation,
            facts: &facts,
            basis: &basis,
            penalty: &sanction,
            samples: sample.number.as_deref().unwrap_or_default(),
        })
    };
    punished(failed, today).into_iter().enumerate().map(one).collect()
}

struct Decision<'a> {
    number: &'a str,
    decided_on: NaiveDate,
    party: (&'a str, &'a str),
    code: &'a str,
    violation: &'a str,
    facts: &'a str,
    basis: &'a str,
    penalty: &'a str,
    samples: &'a str,
}

fn penalty(decision: &Decision<'_>) -> DemoNotice {
    let (party, address) = decision.party;
    let company = party.ends_with("有限公司");
    let title = format!("{party}{}案行政处罚信息", decision.violation);
    let decided_on = decision.decided_on.to_string();
    let body = format!(
        "本机关于{}立案调查，依法告知当事人拟作出行政处罚的内容、事实、理由、依据和享有的陈述、申辩权利，当事人在期限内没有提出陈述、申辩。\n\n\
         当事人应当自收到决定书之日起十五日内缴纳罚款。对决定不服的，可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。",
        app::text::day(decision.decided_on - Days::new(45))
    );
    let fields = [
        ("title", title.as_str()),
        ("body", &body),
        ("document_number", decision.number),
        ("party", party),
        ("party_kind", if company { "company" } else { "individual_business" }),
        ("party_code", decision.code),
        ("party_address", address),
        ("procedure", "ordinary"),
        ("violation", decision.violation),
        ("facts", decision.facts),
        ("basis", decision.basis),
        ("penalty", decision.penalty),
        ("authority", CITY.bureau),
        ("decided_on", &decided_on),
        ("removal_class", "order-45/ordinary"),
        ("samples", decision.samples),
    ];
    plain(content(Kind::Penalty, decision.decided_on + Days::new(9), &fields))
}

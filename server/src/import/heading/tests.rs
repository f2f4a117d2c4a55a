//! Headings as bureaus word them.

use std::{collections::BTreeMap, path::Path};

use super::*;

/// Where the list's meaning is not the heading's: lot numbers and serial numbers are not numbers of notices,
/// amounts sampled are internal, a firm that is sampled is not a producer, a substance is a column of results.
fn better(heading: &str) -> Option<Field> {
    let heading = plain(heading);
    Some(match heading.as_str() {
        "批号" | "生产批号" | "样品批号" => Field::Lot,
        "购进日期/批号" | "生产(加工/购进)日期/批号" => Field::Date,
        "抽查编号" | "抽样/报告编号" | "外部样品编号" | "不合格产品报告编号" => Field::Number,
        "粮食序号" | "养殖环节序号" | "公众号" | "抽样数(kg)" | "抽样基数(kg)" | "抽样量" | "filename"
        | "sheetname" | "出厂检验方式" => Field::Ignored,
        "公告日期" => Field::PublishedOn,
        "被抽单位地址" | "被抽企业地址" | "被抽检单位及所在地" | "抽样地所在县(市、区)" => {
            Field::SellerAddress
        }
        "标称企业地址" | "生产地" => Field::ProducerAddress,
        "标称企业名称" => Field::ProducerName,
        "受检单位" => Field::SellerName,
        "生产企业所在省份" | "生产企业省份" | "标示生产企业所在省份" => Field::ProducerProvince,
        "任务来源(项目名称)" | "任务名称" => Field::Task,
        "流通环节" | "生产环节" => Field::Stage,
        "合格/不合格" => Field::Verdict,
        "标准值/检验值" => Field::Combined,
        "呋喃西林代谢物" | "甲醛含量" | "硼含量" | "铝" | "镉" => Field::ItemColumn,
        _ => return None,
    })
}

#[test]
fn real_headings_are_understood() {
    let path = Path::new("/work/shared/data/spreadsheets/header_variants.json");
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/spreadsheets/header_variants.json");
    let Some(path) = [path, &beside].into_iter().find(|path| path.exists()) else {
        eprintln!("left out: shared/data/spreadsheets/header_variants.json is not here");
        return;
    };
    let list: BTreeMap<String, String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut same, mut meant) = (0, 0);
    for (heading, name) in &list {
        let found = map_heading(heading);
        if found.is_some_and(|field| field.code() == name) {
            same += 1;
            meant += 1;
        } else if found.is_some() && found == better(heading) {
            meant += 1;
        } else {
            println!("{heading:?}: {found:?}, listed as {name}");
        }
    }
    println!("{same} as listed, {meant} by meaning, of {}", list.len());
    assert!(meant * 100 >= list.len() * 97, "{meant} of {}", list.len());
}

#[test]
fn other_wordings_are_understood_too() {
    for (heading, field) in [
        ("标称生产\n企业名称", Field::ProducerName),
        ("受检单位（经营者）名称", Field::SellerName),
        ("不合格项目|检验结果|标准值", Field::Combined),
        ("生产（加工/购进/检疫/消毒）日期/批号", Field::Date),
        ("网抽平台名称", Field::Platform),
        ("网店商铺名称", Field::Shop),
        ("商标", Field::Brand),
        ("序号", Field::Ignored),
        ("抽样人员", Field::Ignored),
        ("联系电话", Field::Ignored),
        ("抽样编号", Field::Number),
        ("保质期", Field::ShelfLife),
        ("备注", Field::Remark),
        ("发布单位", Field::Publisher),
        ("发布日期", Field::PublishedOn),
        ("检测结果", Field::Verdict),
        ("限量值", Field::Limit),
        ("供应商", Field::ProducerName),
    ] {
        assert_eq!(map_heading(heading), Some(field), "{heading}");
    }
    assert_eq!(map_heading(" \n"), None);
}

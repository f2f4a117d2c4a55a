//! What a column can be.

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// 抽样编号
    Number,
    /// 食品名称
    Product,
    /// 商标
    Brand,
    /// 规格型号
    Spec,
    /// 分类
    Category,
    /// 标称生产企业名称
    ProducerName,
    /// 标称生产企业地址
    ProducerAddress,
    /// 生产企业所在省份
    ProducerProvince,
    /// 被抽样单位名称
    SellerName,
    /// 被抽样单位地址
    SellerAddress,
    /// 被抽样单位所在省份
    SellerProvince,
    /// 网抽平台名称
    Platform,
    /// 网店商铺名称
    Shop,
    /// 生产 (购进 …) 日期, perhaps with lot
    Date,
    /// 批号
    Lot,
    /// 保质期
    ShelfLife,
    /// 抽样日期
    SampledOn,
    /// 不合格项目
    Item,
    /// 检验结果 of the item
    Result,
    /// 标准值
    Limit,
    /// 不合格项目║检验结果║标准值
    Combined,
    /// 计量单位 of the result
    Unit,
    /// A tested item as heading with its results below
    ItemColumn,
    /// 判定
    Verdict,
    /// 检验机构
    Laboratory,
    /// 任务来源 / 项目名称
    Task,
    /// 抽样环节
    Stage,
    /// 公告号
    NoticeNumber,
    /// 公告日期
    PublishedOn,
    /// 发布单位
    Publisher,
    /// 备注
    Remark,
    /// Known and never published: serial numbers, telephone numbers, names of samplers, links
    Ignored,
}

impl Field {
    /// Every meaning that an officer may give a column, in the order of a choice.
    pub const CHOICES: [Self; 30] = [
        Self::Number,
        Self::Product,
        Self::Brand,
        Self::Spec,
        Self::Category,
        Self::ProducerName,
        Self::ProducerAddress,
        Self::ProducerProvince,
        Self::SellerName,
        Self::SellerAddress,
        Self::SellerProvince,
        Self::Platform,
        Self::Shop,
        Self::Date,
        Self::Lot,
        Self::ShelfLife,
        Self::SampledOn,
        Self::Item,
        Self::Result,
        Self::Limit,
        Self::Combined,
        Self::Unit,
        Self::Verdict,
        Self::Laboratory,
        Self::Task,
        Self::Stage,
        Self::NoticeNumber,
        Self::PublishedOn,
        Self::Publisher,
        Self::Remark,
    ];

    /// Reads [`Field::code`] of one of [`Field::CHOICES`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|field| field.code() == code)
    }

    /// The name in reports.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "sample_number",
            Self::Product => "food_name",
            Self::Brand => "brand",
            Self::Spec => "specifications_model",
            Self::Category => "product_classification",
            Self::ProducerName => "manufacturer_name",
            Self::ProducerAddress => "manufacturer_address",
            Self::ProducerProvince => "manufacturer_province",
            Self::SellerName => "sampled_location_name",
            Self::SellerAddress => "sampled_location_address",
            Self::SellerProvince => "sampled_location_province",
            Self::Platform => "platform",
            Self::Shop => "shop",
            Self::Date => "production_date",
            Self::Lot => "lot_number",
            Self::ShelfLife => "shelf_life",
            Self::SampledOn => "sampled_date",
            Self::Item => "adulterant",
            Self::Result | Self::ItemColumn => "test_outcome",
            Self::Limit => "legal_limit",
            Self::Combined => "failing_results",
            Self::Unit => "unit",
            Self::Verdict => "inspection_results",
            Self::Laboratory => "testing_agency",
            Self::Task => "task_source_or_project_name",
            Self::Stage => "stage",
            Self::NoticeNumber => "notice_number",
            Self::PublishedOn => "announcement_date",
            Self::Publisher => "data_source_general",
            Self::Remark => "remark",
            Self::Ignored => "ignored",
        }
    }
}

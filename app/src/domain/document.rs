//! 文书: the papers of a case, the places to fill in them, and what a template must not leave out.

/// The enumeration with its names: what a form, a file or a template calls each value.
macro_rules! named {
    ($(#[$about:meta])* $name:ident: $($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its stable name.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads [`Self::code`].
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

named! {
    /// What a paper is. The code is the name of its template: `refusal` is filled from `refusal.md`.
    Kind:
    /// 受理告知书 (order 121 art. 15)
    Acceptance = "acceptance",
    /// 不予受理告知书 (art. 15, 16)
    Refusal = "refusal",
    /// 补正告知书
    Correction = "correction",
    /// 终止调解告知书 (art. 23)
    Termination = "termination",
    /// 调解书 (art. 24), three copies
    Mediation = "mediation",
    /// 调解记录 (art. 24)
    MediationRecord = "mediation-record",
    /// 举报处理结果告知书
    ReportResult = "report-result",
    /// 举报移送告知书 (食品安全法 art. 115)
    Transfer = "transfer",
    /// 举报不予立案告知书
    NotFiled = "not-filed",
    /// 延长核查期限审批表
    Extension = "extension",
    /// 送达回证
    Service = "service",
    /// 回执, for who filed
    Receipt = "receipt",
    /// 举报奖励告知书
    Reward = "reward",
}

named! {
    /// A place to fill. The code is what stands between `{{` and `}}`.
    Field:
    /// The bureau: heading and signature of every paper
    Authority = "机关",
    /// Day of the paper
    Date = "日期",
    /// Number of the paper: 某市监诉〔2026〕12号
    PaperNumber = "文号",
    /// Number of the case
    CaseNumber = "编号",
    /// Who complains
    Complainant = "投诉人",
    /// About whom
    Respondent = "被投诉人",
    /// Who reports
    Reporter = "举报人",
    /// About whom
    Reported = "被举报人",
    /// Day it came in
    ReceivedOn = "收到日期",
    /// Day it was accepted
    AcceptedOn = "受理日期",
    /// What it is about, in a line
    Matter = "事由",
    /// What is asked for
    Request = "请求",
    /// Facts of the dispute
    Facts = "争议事实",
    /// Why it is decided so
    Reason = "理由",
    /// Article
    Basis = "依据",
    /// What else can be done (消费者权益保护法 art. 39)
    Remedies = "其他途径",
    /// What is missing
    Missing = "需补正材料",
    /// Last day
    Until = "截止日期",
    /// Who mediates
    Mediator = "调解人员",
    /// When
    HeldOn = "调解日期",
    /// Where
    Place = "调解地点",
    /// On site, by telephone, by video
    Mode = "调解方式",
    /// What both agreed on
    Agreement = "协议内容",
    /// How it ended
    Outcome = "处理结果",
    /// Who gets it
    Receiver = "移送单位",
    /// The day before it was extended
    OldLimit = "原期限",
    /// The day after
    NewLimit = "延长后期限",
    /// The officer
    Officer = "承办人",
    /// The paper that is served
    Served = "送达文书",
    /// To whom
    Recipient = "受送达人",
    /// Where to
    ServedAt = "送达地址",
    /// How
    ServedBy = "送达方式",
    /// Secret of a receipt
    QueryCode = "查询码",
    /// Address in the QR code
    QueryAddress = "查询网址",
    /// Next steps with days and articles, one a line
    NextSteps = "下一步",
    /// Reward, with unit
    Amount = "奖励金额",
    /// Its level
    Level = "奖励等级",
    /// How to claim it
    Claim = "领取方式",
    /// Whom to ask
    Contact = "联系方式",
}

/// Every paper may use these.
const COMMON: [Field; 5] = [Field::Authority, Field::Date, Field::PaperNumber, Field::CaseNumber, Field::Contact];

impl Kind {
    /// Places that the law or the purpose of the paper demands: a template without one is refused.
    #[must_use]
    pub fn required(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Acceptance => &[F::Complainant, F::Respondent, F::ReceivedOn, F::AcceptedOn, F::Basis],
            Self::Refusal => &[F::Complainant, F::Respondent, F::ReceivedOn, F::Reason, F::Basis, F::Remedies],
            Self::Correction => &[F::Complainant, F::Respondent, F::ReceivedOn, F::Missing, F::Until],
            Self::Termination => &[F::Complainant, F::Respondent, F::AcceptedOn, F::Reason, F::Basis, F::Remedies],
            Self::Mediation => &[F::Complainant, F::Respondent, F::Request, F::Facts, F::Agreement, F::Mediator],
            Self::MediationRecord => &[F::Complainant, F::Respondent, F::HeldOn, F::Mode, F::Mediator, F::Outcome],
            Self::ReportResult => &[F::Reporter, F::ReceivedOn, F::Outcome],
            Self::Transfer => &[F::Reporter, F::ReceivedOn, F::Receiver, F::Reason, F::Basis],
            Self::NotFiled => &[F::Reporter, F::ReceivedOn, F::Reason, F::Basis],
            Self::Extension => &[F::CaseNumber, F::Reason, F::Basis, F::OldLimit, F::NewLimit, F::Officer],
            Self::Service => &[F::Served, F::Recipient, F::ServedAt, F::ServedBy],
            Self::Receipt => &[F::CaseNumber, F::QueryCode, F::QueryAddress, F::ReceivedOn, F::NextSteps],
            Self::Reward => &[F::Reporter, F::Basis, F::Amount, F::Claim],
        }
    }

    /// Places that it may use besides.
    fn optional(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Acceptance => &[F::Request, F::Matter, F::Until],
            Self::Refusal | Self::Correction => &[F::Request, F::Matter],
            Self::Termination => &[F::Request, F::Matter, F::ReceivedOn],
            Self::Mediation => &[F::AcceptedOn, F::HeldOn, F::Place, F::Mode, F::Basis, F::Matter],
            Self::MediationRecord => &[F::Place, F::Request, F::Facts, F::Agreement, F::Matter],
            Self::ReportResult => &[F::Reported, F::Basis, F::Reason, F::Matter],
            Self::Transfer | Self::NotFiled => &[F::Reported, F::Matter],
            Self::Extension => &[F::Reported, F::Respondent, F::ReceivedOn, F::Matter],
            Self::Service => &[F::Matter, F::Officer],
            Self::Receipt => &[F::Matter, F::Complainant, F::Reporter, F::Respondent, F::Reported],
            Self::Reward => &[F::Reported, F::Level, F::Matter, F::Until],
        }
    }

    /// Whether a template of this kind may use a place. Papers to a reported party can't name who reported: no kind
    /// has both but those for the reporter.
    #[must_use]
    pub fn allows(self, field: Field) -> bool {
        COMMON.contains(&field) || self.required().contains(&field) || self.optional().contains(&field)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_read_back_and_none_is_taken_twice() {
        let kinds: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        let fields: BTreeSet<_> = Field::ALL.iter().map(|field| field.code()).collect();
        assert_eq!((kinds.len(), fields.len()), (Kind::ALL.len(), Field::ALL.len()));
        assert!(Kind::ALL.iter().all(|kind| Kind::from_code(kind.code()) == Some(*kind)));
        assert!(Field::ALL.iter().all(|field| Field::from_code(field.code()) == Some(*field)));
        assert_eq!((Kind::from_code("Refusal"), Field::from_code("机关 ")), (None, None));
    }

    #[test]
    fn who_refuses_or_ends_must_name_the_other_ways() {
        for kind in [Kind::Refusal, Kind::Termination] {
            assert!(kind.required().contains(&Field::Remedies) && kind.required().contains(&Field::Reason));
        }
        assert!(!Kind::Extension.allows(Field::Reporter) && !Kind::Mediation.allows(Field::Reporter));
    }
}

//! Sentences of the check before publication.

use crate::domain::arithmetic::{Disagreement, What};
use crate::domain::redaction::{Datum, Mark};

/// The Chinese name of a kind of personal data.
#[must_use]
pub const fn datum(datum: Datum) -> &'static str {
    match datum {
        Datum::IdentityNumber => "身份证件号码",
        Datum::BankAccount => "银行账号",
        Datum::Phone => "通讯方式",
        Datum::HomeAddress => "家庭住址",
        Datum::PersonName => "姓名",
    }
}

/// What a mark is and what to do about it.
#[must_use]
pub fn mark(mark: &Mark) -> String {
    let text = &mark.text;
    match mark.datum {
        Datum::IdentityNumber => {
            format!("“{text}”像是身份证件号码，不得公布，遮住几位也不行；请整个删去后再发布。")
        }
        Datum::BankAccount => format!("“{text}”像是银行或支付账号，不得公布；请整个删去后再发布。"),
        Datum::Phone => {
            format!("“{text}”像是个人的电话或其他通讯方式；请删去，确属对外公开的单位联系方式的请逐条确认。")
        }
        Datum::HomeAddress => format!("“{text}”像是家庭住址；请删去，确属经营场所的请逐条确认。"),
        Datum::PersonName => {
            format!("“{text}”像是自然人姓名；请删去或改为“某”，确属被处罚人或依法应当公开的请逐条确认。")
        }
    }
}

/// What a statement says, what it should say, what to do.
#[must_use]
pub fn disagreement(found: &Disagreement) -> String {
    let Disagreement { said, computed, .. } = found;
    match found.what {
        What::PassRate | What::FailRate => format!("正文写“{said}”，按表计算是{computed}，请改正。"),
        What::Total => format!("正文写“{said}”，表中共有{computed}批次，请改正。"),
        What::Passed => format!("正文写“{said}”，表中合格的是{computed}批次，请改正。"),
        What::Failed => format!("正文写“{said}”，表中不合格的是{computed}批次，请改正。"),
        What::SelfContradiction => format!("正文写“{said}”，与文中其他数字对不上（应为{computed}），请改正。"),
    }
}

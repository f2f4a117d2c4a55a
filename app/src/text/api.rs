//! Sentences of the read API.

/// A parameter that is unknown or can't be read.
#[must_use]
pub fn bad_parameter(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!("参数 {name} 无法识别，请去掉它或按 /api/v1/openapi.json 的说明填写。")
    } else {
        format!("参数 {name} 的值“{value}”无法识别，请按 /api/v1/openapi.json 的说明填写。")
    }
}

/// An address that does not exist.
#[must_use]
pub fn no_such_route() -> String {
    "没有这个接口，全部接口见 /api/v1/openapi.json。".into()
}

/// Another method than GET.
#[must_use]
pub fn read_only() -> String {
    "这里只能读取，请用 GET。".into()
}

/// Nothing public under this id.
#[must_use]
pub fn not_found() -> String {
    "没有找到，可能编号有误，或者内容已经撤下。".into()
}

/// The index or database does not answer now.
#[must_use]
pub fn unavailable() -> String {
    "暂时查不了，请过几分钟再试。".into()
}

/// A failure on this side.
#[must_use]
pub fn internal() -> String {
    "服务出错了，请稍后再试；反映问题时请附上 instance 里的编号。".into()
}

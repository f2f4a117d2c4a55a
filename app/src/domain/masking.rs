//! Personal data as it stands on a screen until an officer asks to see it (domain 7.4): surname, ends of a telephone.

/// Surnames of two signs, the ones still borne by many.
const DOUBLE: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "宇文", "长孙",
    "端木", "南宫", "轩辕", "钟离", "闻人", "独孤",
];

/// `张*`, `欧阳*`.
#[must_use]
pub fn name(name: &str) -> String {
    let name = name.trim();
    let signs = name.chars().count();
    let kept = if signs > 2 && DOUBLE.iter().any(|surname| name.starts_with(surname)) { 2 } else { 1 };
    if signs < 2 {
        return "*".repeat(signs);
    }
    name.chars().take(kept).chain(['*']).collect()
}

/// `138****8000`: the first three and the last four digits (DB34/T 4631.2-2023); of a short number the last two.
#[must_use]
pub fn phone(phone: &str) -> String {
    let mut digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 13 && digits.starts_with(&['8', '6', '1']) {
        // +86 before a mobile number
        digits.drain(..2);
    }
    let (first, last) = if digits.len() >= 11 { (3, 4) } else { (0, 2) };
    if digits.len() <= last {
        return "*".repeat(digits.len());
    }
    let head = digits.iter().take(first);
    let tail = digits.iter().skip(digits.len() - last);
    head.chain(&['*'; 4]).chain(tail).collect()
}

/// `z***@example.cn`.
#[must_use]
pub fn mail(mail: &str) -> String {
    match mail.split_once('@') {
        Some((name, host)) => format!("{}***@{host}", name.chars().take(1).collect::<String>()),
        None => "*".repeat(mail.chars().count().min(4)),
    }
}

/// A post address up to its street or district (路, 街, 镇, 乡, 区, 县, 市); the number of the house is hidden.
#[must_use]
pub fn address(address: &str) -> String {
    let ends = ['路', '街', '道', '镇', '乡', '区', '县', '市'];
    match address.char_indices().rev().find(|(_, sign)| ends.contains(sign)) {
        Some((at, sign)) => format!("{}****", &address[..at + sign.len_utf8()]),
        None if address.is_empty() => String::new(),
        None => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_are_seen() {
        let names = ["张三", "张小明", "欧阳明", "欧阳", "张", "", "李", "Bob Smith"].map(name);
        assert_eq!(names, ["张*", "张*", "欧阳*", "欧*", "*", "", "*", "B*"]);
        let phones = ["13812348000", "138 1234 8000", "+86 13812348000", "5550101", "12", ""].map(phone);
        assert_eq!(phones, ["138****8000", "138****8000", "138****8000", "****01", "**", ""]);
        assert_eq!([mail("zhang@a.cn"), mail(""), mail("x")], ["z***@a.cn", "", "*"]);
        let addresses = ["云川市青禾区南门路1号2单元", "云川市", "某处", ""].map(address);
        assert_eq!(addresses, ["云川市青禾区南门路****", "云川市****", "****", ""]);
    }
}

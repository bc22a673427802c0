//! The words that are values of the contract: rulebooks, JSON Lines and working papers have them in every language.

/// The answer to a yes/no question: yes.
pub const YES: &str = "是";
/// The answer to a yes/no question: no.
pub const NO: &str = "否";
/// In the cases of a rulebook: yes, and no evidence is named.
pub const YES_WITHOUT_EVIDENCE: &str = "是（无佐证）";
/// In the cases of a rulebook: the fact does not concern the department.
pub const NOT_APPLICABLE: &str = "不适用";
/// Behind a year, in the name of a rulebook's edition.
pub const YEAR: &str = "年";
/// 1 yuan.
pub const YUAN: &str = "元";
/// 1,000 yuan.
pub const THOUSAND_YUAN: &str = "千元";
/// 10,000 yuan.
pub const WAN_YUAN: &str = "万元";
/// The units of money that a fact of a rulebook can have.
pub const MONEY_UNITS: [&str; 3] = [YUAN, WAN_YUAN, YI_YUAN];
/// 1,000,000 yuan.
pub const MILLION_YUAN: &str = "百万元";
/// 100,000,000 yuan.
pub const YI_YUAN: &str = "亿元";

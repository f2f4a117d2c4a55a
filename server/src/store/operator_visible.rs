//! When an operator has a public page: something public names it, or one that was merged into it. A merged one has none:
//! its `public` is false.

use const_format::concatcp;

/// Nothing public names the operator of this id.
macro_rules! unnamed {
    ($id:literal) => {
        concatcp!(
            "NOT EXISTS (SELECT 1 FROM publication_operator l JOIN publication p ON p.id = l.publication_id \
             WHERE l.operator_id = ",
            $id,
            " AND p.standing = 'public') AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
             WHERE s.producer_id = ",
            $id,
            " AND b.state = 'published') AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
             WHERE s.seller_id = ",
            $id,
            " AND b.state = 'published') AND NOT EXISTS (SELECT 1 FROM register_entry e \
             JOIN publication p ON p.id = e.publication_id WHERE e.operator_id = ",
            $id,
            " AND p.standing = 'public') AND NOT EXISTS (SELECT 1 FROM camera c WHERE c.operator_id = ",
            $id,
            " AND c.public = TRUE)"
        )
    };
}

/// Condition on `operator`: nothing public is left of it and of those merged into it.
pub const IS_BARE: &str = concatcp!(
    unnamed!("operator.id"),
    " AND NOT EXISTS (SELECT 1 FROM operator m WHERE m.merged_into = operator.id AND NOT (",
    unnamed!("m.id"),
    "))"
);
/// The operator whose page shows what names the operator `$1`.
pub const KEPT: &str = "(SELECT COALESCE(merged_into, id) FROM operator WHERE id = $1)";
/// All operators that the page of `$1` stands for.
pub const GROUP: &str = "(SELECT id FROM operator WHERE id = $1 OR merged_into = $1)";

//! The ladder of schemas: brings a file of any earlier version to the current one.
//!
//! A step that has shipped is never edited; a change of the schema is a new step.
//! This must not decide whether a file is ours: `records` has done so before.

use rusqlite::{Connection, Result, TransactionBehavior};

/// Marks a file as ours: "KEPU" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x4B45_5055;

/// The schema this program writes.
pub(super) const VERSION: i32 = 3;

/// Step n brings version n to version n + 1.
const LADDER: [&str; VERSION as usize] = [
    include_str!("sql/schema_1.sql"),
    include_str!("sql/schema_2.sql"),
    include_str!("sql/schema_3.sql"),
];

/// Climbs from where the file stands to [`VERSION`], in one transaction: a cut leaves the old
/// schema or the new.
pub(super) fn migrate(db: &mut Connection) -> Result<()> {
    // A table that others refer to can only be made anew while nobody looks at references, and
    // within a transaction this cannot be changed.
    db.pragma_update(None, "foreign_keys", false)?;
    let climbed = climb(db);
    db.pragma_update(None, "foreign_keys", true)?;
    climbed
}

fn climb(db: &mut Connection) -> Result<()> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let at: u32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if at < VERSION.unsigned_abs() {
        for step in LADDER.iter().skip(at as usize) {
            change.execute_batch(step)?;
        }
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
        change.pragma_update(None, "user_version", VERSION)?;
    }
    change.commit()
}

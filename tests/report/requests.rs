//! Tests of what visitors asked for: counted once a session, and published rounded.

use kepu::report::{Edition, disclosure::Shown, table::Cell};
use tempfile::TempDir;

use super::{
    fixture::{collected, sessions},
    report_of, summary_of, table,
};

#[test]
fn requests_are_counted_once_a_session_of_those_that_reached_the_results() {
    let dir = TempDir::new().unwrap();
    let all = sessions(12, 600);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let of = |kind: &str, choice: &str| {
        let ours = all
            .iter()
            .filter(|own| own.counts() && own.outcome == Some("completed"));
        let asked = ours.filter(|own| own.requests.contains(&(kind, choice)));
        asked.count() as u64
    };
    let topics = table(&report, "requested_topics");
    // All that is offered, in the order in which it is, and then what is offered no longer.
    assert_eq!(topics.rows.len(), 9);
    for (row, id) in topics
        .rows
        .iter()
        .zip(["first-aid", "medicine-safety", "phone-fraud"])
    {
        assert!(matches!(&row[0], Cell::Named { id: own, name } if own == id && name != id));
        assert_eq!(row[1], Cell::Count(of("topic", id)));
    }
    assert_eq!(topics.rows[8][1], Cell::Count(of("topic", "old")));
    assert!(of("topic", "old") > 0 && of("topic", "first-aid") > 10);
    let forms = table(&report, "requested_forms");
    let asked: Vec<u64> = forms
        .rows
        .iter()
        .filter_map(|row| row[1].number())
        .collect();
    assert_eq!(asked, [of("form", "talk"), of("form", "film"), 0, 0, 0, 0]);
    assert_eq!((topics.total.as_ref(), forms.total.as_ref()), (None, None));
    // Published, they are rounded, and small ones are not told.
    let public = report_of(&summary, Edition::Public, "en");
    for own in [topics, forms] {
        let shown = &table(&public, own.id).rows;
        assert_eq!(shown.len(), own.rows.len());
        for (shown, exact) in shown.iter().zip(&own.rows) {
            let exact = exact[1].number().unwrap();
            assert_eq!(shown[1], Cell::Shown(Shown::of(exact)));
        }
    }
}

//! `jalon load` and `jalon replay`, as `docs/reference/running.md` and `data.md` tell them.

use std::path::Path;

use tempfile::TempDir;

use super::{Ran, jalon, project};

const MANIFEST: &str = "[project]\nname = \"example\"\n";

const SOURCE: &str = r#"profile Member {
  id: text @key
  email: email?
  birth_date: date? @fixed
  timezone: timezone = "America/Toronto"
  points: int(0..10) = 3
  email_consent: consent(email for relationship)
}

table Gift {
  id: text @key
  member: Member
  amount: money(CAD)
}

event gift_made for member: Member {
  amount: money(CAD)
}

channel email for member: Member {
  address member.email
}

purpose receipts: service because "a receipt for a gift that was just made"

consent house for member: Member {
  permit email for receipts by contract
}

message thank_you(amount: money(CAD)) for member: Member {
  purpose receipts
  content en {
    email {
      subject "Thank you"
      body text "{{ amount }} {{ member.points }}"
    }
  }
}

journey thanks for member: Member {
  enter on gift_made as gift
  one per gift.amount
  reenter never

  rest: wait 2 days
  hello: send thank_you(amount: gift.amount) by email
}
"#;

/// A project and a store with these members.
fn loaded(members: &str) -> TempDir {
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("main.jalon", SOURCE),
        ("members.ndjson", members),
    ]);
    let ran = load(folder.path(), "Member", "members.ndjson");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    folder
}

fn load(folder: &Path, table: &str, data: &str) -> Ran {
    jalon(folder, &["load", "--db", "store.db", table, data])
}

fn replay(folder: &Path, events: &[String], more: &[&str]) -> Ran {
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    std::fs::write(folder.join("events.ndjson"), lines).unwrap();
    let mut args = vec!["replay", "--db", "store.db", "--events", "events.ndjson"];
    args.extend(more);
    jalon(folder, &args)
}

fn event(id: &str, kind: &str, subject: &str, time: &str, data: &str) -> String {
    format!(
        r#"{{"specversion": "1.0", "id": "{id}", "source": "s", "type": "{kind}", "subject": "{subject}", "time": "{time}", "data": {data}}}"#
    )
}

fn gift(id: &str, subject: &str, time: &str, amount: &str) -> String {
    let data = format!(r#"{{"amount": "{amount}"}}"#);
    event(id, "gift_made", subject, time, &data)
}

/// The lines of an outbox, each as instant, person and content or refusal.
fn lines(outbox: &str) -> Vec<String> {
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| line[name].as_str().unwrap_or("").to_owned();
        let body = line["content"]["body"].as_str().unwrap_or("").to_owned();
        let what = format!("{body}{}", text("refused"));
        format!("{} {} {what}", text("at"), text("person"))
    };
    outbox.lines().map(line).collect()
}

const ANNE: &str = "{\"id\": \"anne\", \"email\": \"anne@example.org\"}\n";

#[test]
fn bad_rows_are_listed_and_good_ones_kept() {
    let folder = loaded(ANNE);
    let rows = "id,email,points\n\
        bruno,bruno@example.org,\n\
        chloe,chloe(at)example.org,11\n\
        denis\n";
    std::fs::write(folder.path().join("more.csv"), rows).unwrap();
    let ran = load(folder.path(), "Member", "more.csv");
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stderr,
        "more.csv:3: error[R006 bad-row]: `email` is `chloe(at)example.org`, not an email address; \
         `points` is 11, which is not in 0..10\n\
         more.csv:4: error[R006 bad-row]: has 1 cells, but there are 3 columns\n\
         loaded 1 row into `Member`\n\
         2 bad rows left out\n"
    );
    let events = [gift("e1", "bruno", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-05T00:00:00Z"]);
    assert_eq!(
        lines(&ran.stdout),
        ["2026-03-04T12:00:00Z bruno CA$5.00 3"],
        "an empty cell is the default"
    );
}

#[test]
fn a_wrong_column_loads_nothing() {
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("main.jalon", SOURCE),
        ("members.csv", "id,mail\nanne,anne@example.org\n"),
    ]);
    let ran = load(folder.path(), "Member", "members.csv");
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean `email`?") && ran.stderr.contains("nothing was loaded"),
        "{}",
        ran.stderr
    );
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let ran = replay(folder.path(), &events, &[]);
    assert!(
        ran.stderr
            .contains("is about the Member `anne`, which was never loaded"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_upsert_changes_what_is_present_and_nothing_that_is_fixed() {
    let folder = loaded(
        "{\"id\": \"anne\", \"email\": \"anne@example.org\", \"birth_date\": \"1990-01-01\", \"points\": 7}\n",
    );
    let more = "{\"id\": \"anne\", \"email\": \"new@example.org\"}\n\
        {\"id\": \"anne\", \"birth_date\": null}\n\
        {\"id\": \"anne\", \"birth_date\": \"1990-01-01\"}\n\
        {\"id\": \"anne\", \"colour\": \"red\"}\n";
    std::fs::write(folder.path().join("more.ndjson"), more).unwrap();
    let ran = load(folder.path(), "Member", "more.ndjson");
    assert_eq!(
        ran.stderr,
        "more.ndjson:2: error[R006 bad-row]: `birth_date` is `@fixed` and known: it cannot change\n\
         more.ndjson:4: error[R006 bad-row]: `colour` is no field of `Member`\n\
         loaded 2 rows into `Member`\n\
         2 bad rows left out\n"
    );
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-05T00:00:00Z"]);
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:00:00Z anne CA$5.00 7"]);
    assert!(ran.stdout.contains("\"to\":\"new@example.org\""));
}

#[test]
fn the_clock_stops_at_the_last_event_or_at_until() {
    let folder = loaded(ANNE);
    let events = [
        gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD"),
        gift("e2", "anne", "2026-03-03T12:00:00Z", "6.00 CAD"),
    ];
    let ran = replay(folder.path(), &events, &[]);
    assert_eq!(ran.stdout, "", "the clock stops before the rest ends");
    let ran = replay(folder.path(), &events, &["--until", "2026-03-04T12:00:00Z"]);
    assert_eq!(
        lines(&ran.stdout),
        ["2026-03-04T12:00:00Z anne CA$5.00 3"],
        "what is due in the last instant happens"
    );
    assert!(
        ran.stderr.contains("0 events used, 2 known already\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn events_before_the_deployment_start_nothing_and_those_after_the_end_are_left() {
    let folder = loaded(ANNE);
    let events = [
        gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD"),
        gift("e2", "anne", "2026-03-03T12:00:00Z", "6.00 CAD"),
        gift("e3", "anne", "2026-03-09T12:00:00Z", "7.00 CAD"),
    ];
    let span = [
        "--from",
        "2026-03-03T00:00:00Z",
        "--until",
        "2026-03-08T00:00:00Z",
    ];
    let ran = replay(folder.path(), &events, &span);
    assert_eq!(lines(&ran.stdout), ["2026-03-05T12:00:00Z anne CA$6.00 3"]);
    assert!(
        ran.stderr.contains("2 events used, 1 after the end\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_event_waits_for_its_row_and_not_forever() {
    let folder = loaded(ANNE);
    let row = r#"{"email": "zoe@example.org"}"#;
    let events = [
        gift("e1", "zoe", "2026-03-02T12:00:00Z", "5.00 CAD"),
        gift("e2", "yan", "2026-03-02T12:00:00Z", "5.00 CAD"),
        event("e3", "Member.upserted", "zoe", "2026-03-02T12:30:00Z", row),
        event("e4", "Member.upserted", "yan", "2026-03-02T13:30:00Z", row),
    ];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-09T00:00:00Z"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with(
            "events.ndjson:2: error[R007 set-aside]: is about the Member `yan`, which was never loaded\n"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:30:00Z zoe CA$5.00 3"]);
}

#[test]
fn what_cannot_be_used_is_set_aside_with_its_line() {
    let folder = loaded(ANNE);
    let time = "2026-03-02T12:00:00Z";
    let events = [
        gift("e1", "anne", time, "5.00 EUR"),
        event("e2", "gift_maid", "anne", time, "{}"),
        event("e3", "gift_made", "anne", time, "{}"),
        event("e4", "email.clicked", "anne", time, r#"{"send": "x/y"}"#),
        event("e5", "Member.deleted", "nobody", time, "{}"),
        event("e6", "Member.upserted", "anne", time, r#"{"points": 99}"#),
        event("e7", "Member.upserted", "anne", time, r#"{"id": "other"}"#),
        r#"{"specversion": "1.0", "id": "e8", "source": "s", "type": "gift_made", "subject": "anne"}"#.to_owned(),
        "nonsense".to_owned(),
        event("e10", "gift_made", "anne", time, r#"{"amount": 4, "colour": "red"}"#),
    ];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-09T00:00:00Z"]);
    assert_eq!(ran.code, 1);
    let said: Vec<&str> = ran.stderr.lines().collect();
    for (number, what) in (1..).zip([
        "`data.amount` is in EUR, not in CAD",
        "has the unknown type `gift_maid`; did you mean `gift_made`?",
        "`data.amount` is missing",
        "is about the send `x/y`, which was never handed over",
        "deletes the row `nobody`, which is not there",
        "`points` is 99, which is not in 0..10",
        "gives the row `anne` another `id`: a key cannot change",
        "has no `time`: without it no wait or window can be right",
        "is not a CloudEvent in JSON, which is an object in one line",
    ]) {
        let line = format!("events.ndjson:{number}: error[R007 set-aside]: {what}");
        assert!(said.contains(&line.as_str()), "{line}\n\n{}", ran.stderr);
    }
    assert!(ran.stderr.contains(
        "warning[R011 left-out]: `gift_made` events carry `colour`, which the project does not declare"
    ));
    assert!(ran.stderr.contains("1 event used, 9 set aside\n"));
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:00:00Z anne CA$4.00 3"]);
}

#[test]
fn who_is_deleted_is_sent_nothing_more() {
    let folder = loaded(ANNE);
    let events = [
        gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD"),
        event("e2", "Member.deleted", "anne", "2026-03-03T12:00:00Z", "{}"),
    ];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-09T00:00:00Z"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
}

#[test]
fn an_event_twice_is_one_event() {
    let folder = loaded(ANNE);
    let once = gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD");
    let other = gift("e1", "anne", "2026-03-02T13:00:00Z", "6.00 CAD");
    let ran = replay(
        folder.path(),
        &[once.clone(), once, other],
        &["--until", "2026-03-09T00:00:00Z"],
    );
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:00:00Z anne CA$5.00 3"]);
    assert!(
        ran.stderr.contains("1 event used, 2 known already\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_replay_in_two_goes_is_a_replay() {
    let events = [
        gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD"),
        gift("e2", "anne", "2026-03-03T12:00:00Z", "6.00 CAD"),
        gift("e3", "anne", "2026-03-05T00:00:00Z", "7.00 CAD"),
    ];
    let until = ["--until", "2026-03-09T00:00:00Z"];
    let whole = replay(loaded(ANNE).path(), &events, &until).stdout;
    assert_eq!(whole.lines().count(), 3);
    let folder = loaded(ANNE);
    replay(folder.path(), &events[..2], &[]);
    let rest = replay(folder.path(), &events, &until);
    assert_eq!(rest.stdout, whole);
    assert_eq!(replay(folder.path(), &events, &until).stdout, whole);
}

#[test]
fn a_store_belongs_to_the_plan_that_ran_on_it() {
    let folder = loaded(ANNE);
    let source = folder.path().join("main.jalon");
    std::fs::write(&source, SOURCE.replace("2 days", "3 days")).unwrap();
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let ran = replay(folder.path(), &events, &[]);
    assert_eq!(ran.code, 0, "only loaded: {}", ran.stderr);
    std::fs::write(&source, SOURCE).unwrap();
    let ran = replay(folder.path(), &events, &[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .starts_with("store.db: error[R009 other-plan]: journeys already ran on this store"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_plan_in_a_file_runs_like_its_project() {
    let folder = loaded(ANNE);
    let ran = jalon(folder.path(), &["plan", "--out", "plan.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::remove_file(folder.path().join("main.jalon")).unwrap();
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let more = ["plan.json", "--until", "2026-03-09T00:00:00Z", "--timeline"];
    let ran = replay(folder.path(), &events, &more);
    assert_eq!(
        ran.stdout,
        "when (UTC)        who   step          channel  message    why\n\
         2026-03-04 12:00  anne  thanks/hello  email    thank_you  sent for receipts, permitted by house#1\n\
         \n\
         The rules named above:\n  house#1  permit email for receipts by contract\n"
    );
}

#[test]
fn an_inactive_journey_is_named_and_the_others_run() {
    let folder = loaded(ANNE);
    let more = "journey often for member: Member {\n  enter on gift_made\n  reenter always\n\n  \
        repeat up to 2 times every 1 day {\n    set member.points = 1\n  }\n}\n";
    std::fs::write(folder.path().join("often.jalon"), more).unwrap();
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let until = ["--until", "2026-03-09T00:00:00Z"];
    let ran = replay(folder.path(), &events, &until);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains(
            "warning[R008 inactive-journey]: journey `often` uses `repeat`, which the runner does not run yet"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:00:00Z anne CA$5.00 3"]);
}

#[test]
fn a_channel_that_a_send_cannot_use_keeps_no_journey_from_running() {
    let source = SOURCE
        .replace("  points:", "  preferred: channel(email)?\n  points:")
        .replace("by email\n", "by member.preferred, email\n");
    let letter =
        "channel letter: print for member: Member {\n  address member.id\n  lead 6 days\n}\n";
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("main.jalon", &source),
        ("letter.jalon", letter),
        ("members.ndjson", ANNE),
    ]);
    let ran = load(folder.path(), "Member", "members.ndjson");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let events = [gift("e1", "anne", "2026-03-02T12:00:00Z", "5.00 CAD")];
    let ran = replay(folder.path(), &events, &["--until", "2026-03-09T00:00:00Z"]);
    assert!(!ran.stderr.contains("R008"), "{}", ran.stderr);
    assert_eq!(lines(&ran.stdout), ["2026-03-04T12:00:00Z anne CA$5.00 3"]);
}

#[test]
fn what_the_data_say_does_not_steer_the_terminal_and_has_a_limit() {
    let folder = loaded(r#"{"id":"m1"}"#);
    let odd = "m\\u001b[31m\\u0007\\n\\u202e2";
    let events: Vec<String> = (0..150)
        .map(|number| gift(&format!("e{number}"), odd, "2026-03-02T12:00:00Z", "10 CAD"))
        .collect();
    let ran = replay(folder.path(), &events, &["--until", "2026-03-09T12:00:00Z"]);
    assert_eq!(ran.code, 1);
    let findings: Vec<&str> = ran
        .stderr
        .lines()
        .filter(|it| it.contains("R007"))
        .collect();
    assert_eq!(findings.len(), 100);
    assert!(
        findings[0].ends_with("is about the Member `m?[31m? \u{fffd}2`, which was never loaded"),
        "{}",
        findings[0]
    );
    assert!(ran.stderr.contains("and 50 more"), "{}", ran.stderr);
    assert!(ran.stderr.contains("150 set aside"), "{}", ran.stderr);
    let ran = replay(folder.path(), &events, &["--max-diagnostics", "0"]);
    assert_eq!(ran.stderr.matches("R007").count(), 150);
}

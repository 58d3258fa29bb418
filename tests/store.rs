//! The durable store: a replay that is stopped anywhere and run again ends with the same outbox
//! and the same findings as one that was not stopped, and one that has ended adds nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use std::fmt::Write as _;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jalon::diag::Level;
use jalon::engine::Program;
use jalon::pipeline::{self, Project};
use jalon::plan::{self, Plan};
use jalon::run::outbox;
use jalon::run::replay::{ReplayError, Report, Span, replay};
use jalon::store::{SqliteStore, StoreError};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

const PROJECT: &str = r#"
profile Member {
  id: text @key
  email: email? @personal
  timezone: timezone = "America/Toronto"
  points: int = 0
  email_consent: consent(email for fundraising) @expires(2 months)
  gifts: [Gift] by Gift.member
}

table Gift {
  id: text @key
  member: Member
  amount: money(CAD)
  made_at: instant @occurred
}

event gift_made for member: Member {
  gift: Gift
  amount: money(CAD)
}

event form_signed for member: Member {
}

channel email for member: Member {
  address member.email
}

purpose appeals: fundraising

consent house for member: Member {
  permit email for appeals by consent
  forbid email for appeals between 21:00 and 09:00 else delay
  limit email for appeals to 2 per 7 days else skip
}

message appeal for member: Member {
  purpose appeals
  content en {
    email {
      subject "Again?"
      body text "{{ 'https://example.org/give' | link: 'give' }} {{ unsubscribe }} {{ sender_address }}"
    }
  }
}

journey sign_up for member: Member {
  enter on form_signed
  reenter always

  grant member.email_consent from form_signed
}

journey thanks for member: Member {
  enter on gift_made as gift where amount >= 10 CAD
  one per gift.gift
  reenter never
  leave on email.unsubscribed

  set member.points += 1
  first: send appeal by email within 12 hours else {
    exit not_sent
  }
  rest: wait up to 3 days for first.clicked
  second: send appeal by email
}

journey often for member: Member {
  enter when count(member.gifts in last 1 month) >= 3
  reenter after 2 weeks

  rest: wait 2 days at 10:30
  note: send appeal by email
}
"#;

const MANIFEST: &str = r#"
[project]
name = "store"
sender_address = "1 Main Street, Halifax"
unsubscribe_url = "https://example.org/u"
late_rows = "1 hour"
"#;

fn plan_of(folder: &Path) -> Arc<Plan> {
    std::fs::write(folder.join("jalon.toml"), MANIFEST).unwrap();
    std::fs::write(folder.join("project.jalon"), PROJECT).unwrap();
    let checked = pipeline::check(Project::load(folder).unwrap());
    let findings: Vec<&str> = checked
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.diagnostic.message.as_str())
        .collect();
    assert!(findings.is_empty(), "{findings:?}");
    Arc::new(plan::lower(&checked.model, &checked.project.manifest).unwrap())
}

/// A season of `PEOPLE` people: gifts with their rows, some of them before the row, some too late
/// for it; rows that are bad, deleted or deleted twice; clicks, some about sends that were not.
fn events() -> String {
    const PEOPLE: i64 = 120;
    let start: Timestamp = "2026-01-05T06:00:00Z".parse().unwrap();
    let mut lines: Vec<(i64, String)> = Vec::new();
    let mut number = 0;
    let mut event = |minute: i64, kind: &str, subject: &str, data: &str| {
        number += 1;
        let time = start + SignedDuration::from_mins(minute);
        lines.push((
            minute,
            format!(
                r#"{{"specversion":"1.0","id":"e{number}","source":"test","type":"{kind}","subject":"{subject}","time":"{time}","data":{data}}}"#
            ),
        ));
    };
    for person in 0..PEOPLE {
        let id = format!("m{person}");
        let row = format!(r#"{{"email":"{id}@example.org"}}"#);
        event(person, "Member.upserted", &id, &row);
        if person % 9 == 0 {
            // Before the deployment for most of them, after it for the others.
            event(person + 1, "email.bounced", &id, r#"{"hard":true}"#);
            event(person + 2, "email.unsubscribed", &id, "{}");
        }
        event(100 + person * 7, "form_signed", &id, "{}");
        for gift in 0..12 {
            let minute = 2_000 + gift * 4_321 + person * 613 % 4_000;
            let key = format!("g{person}-{gift}");
            let amount = 5 + (person * 3 + gift * 7) % 40;
            let time = start + SignedDuration::from_mins(minute);
            let row = format!(r#"{{"member":"{id}","amount":"{amount} CAD","made_at":"{time}"}}"#);
            let made = format!(r#"{{"gift":"{key}","amount":"{amount} CAD"}}"#);
            // The row comes with the event, half an hour after it, or when it is too late.
            let delay = [0, 0, 30, 90][usize::try_from((person + gift) % 4).unwrap()];
            event(minute, "gift_made", &id, &made);
            event(minute + delay, "Gift.upserted", &key, &row);
            if gift == 4 {
                // Bad before the row is there, good after it.
                event(minute - 60, "Gift.upserted", &key, r#"{"amount":"1 CAD"}"#);
                event(minute - 50, "Gift.deleted", &key, "{}");
            }
            if gift == 5 {
                event(minute + 200, "Gift.deleted", &key, "{}");
            }
            let send = format!(r#"{{"send":"thanks/{key}/1/first/1/email","link":"give"}}"#);
            event(minute + 700 + gift, "email.clicked", &id, &send);
            if gift == 7 && person % 5 == 0 {
                event(minute + 60, "email.unsubscribed", &id, "{}");
            }
        }
    }
    lines.sort();
    lines.iter().fold(String::new(), |mut text, (_, line)| {
        writeln!(text, "{line}").unwrap();
        text
    })
}

/// Events that cannot be read further after so many bytes, as if the process had ended there: what
/// was recorded since the last batch is lost.
struct Cut<'t> {
    text: &'t [u8],
}

impl Read for Cut<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.text.read(buffer)? {
            0 => Err(io::Error::other("cut")),
            read => Ok(read),
        }
    }
}

struct Case {
    folder: TempDir,
    plan: Arc<Plan>,
    program: Program,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = plan_of(folder.path());
        let program = Program::link((*plan).clone());
        assert!(program.inactive().is_empty());
        Self {
            folder,
            plan,
            program,
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self, file: &Path) -> SqliteStore {
        SqliteStore::open(file, &self.plan, outbox::line_of).unwrap()
    }

    fn replay(&self, file: &Path, events: impl Read) -> Result<(SqliteStore, Report), ReplayError> {
        let span = Span {
            from: Some("2026-01-05T07:20:00Z".parse().unwrap()),
            until: Some("2026-03-20T00:00:00Z".parse().unwrap()),
        };
        let events = BufReader::new(events);
        replay(&self.program, self.open(file), events, span, &mut |_| {})
    }

    /// Runs to the end: the lines of the outbox, and what was set aside.
    fn whole(&self, file: &Path, events: &str) -> (Vec<String>, Report) {
        let (mut store, report) = self.replay(file, events.as_bytes()).unwrap();
        let mut lines = Vec::new();
        store
            .lines::<StoreError>(|line| {
                lines.push(line.to_owned());
                Ok(())
            })
            .unwrap();
        store.close().unwrap();
        (lines, report)
    }
}

#[test]
fn a_replay_that_was_stopped_goes_on_as_if_it_had_not() {
    let case = Case::new();
    let events = events();
    let (lines, report) = case.whole(&case.file("whole.db"), &events);
    assert!(report.sent > 100 && report.refused > 100, "{report:?}");
    assert!(report.set_aside.len() > 100, "{report:?}");

    for (number, cuts) in [vec![31], vec![50, 83], vec![12, 97, 99]]
        .into_iter()
        .enumerate()
    {
        let file = case.file(&format!("cut{number}.db"));
        for percent in cuts {
            let length = events.len() * percent / 100;
            let cut = Cut {
                text: &events.as_bytes()[..length],
            };
            assert!(matches!(case.replay(&file, cut), Err(ReplayError::Read(_))));
        }
        let went_on = case.open(&file).clock().is_some();
        assert!(went_on, "nothing was durable: the test shows nothing");
        let (found, again) = case.whole(&file, &events);
        assert_eq!(found, lines);
        assert_eq!(again.set_aside, report.set_aside);
        assert!(again.used < report.used);
    }
}

#[test]
fn a_replay_that_has_ended_adds_nothing() {
    let case = Case::new();
    let events = events();
    let file = case.file("store.db");
    let (lines, report) = case.whole(&file, &events);
    let (again, second) = case.whole(&file, &events);
    assert_eq!(again, lines);
    assert_eq!((second.used, second.sent, second.refused), (0, 0, 0));
    assert_eq!(second.known, report.used + report.known);
    assert_eq!(second.set_aside, report.set_aside);
}

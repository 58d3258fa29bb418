//! `jalon list` and `jalon show`: what a project contains, and where it is used.

use std::path::Path;

use super::{Ran, jalon, project};

const MANIFEST: &str = "[project]\nname = \"house\"\nsender_address = \"1 rue Espoir, Montréal\"\nunsubscribe_url = \"https://example.org/u\"\n";

const HOUSE: &str = r#"/// One row per person.
profile Member {
  id: text @key
  email: email? @personal
  timezone: timezone = "America/Toronto"
  stage: Stage = new
  email_consent: consent(email for appeals)
  gifts: [Gift] by Gift.member
}

enum Stage { new, loyal }

table Gift {
  id: text @key
  member: Member
  amount: money(CAD)
  made_at: instant @occurred
}

/// A gift, on the site or by post.
event gift_made for member: Member {
  amount: money(CAD)
}

channel email for member: Member {
  address member.email
  cost 0.001 CAD
}

purpose appeals: fundraising

consent house for member: Member {
  permit email for appeals by consent
  limit email for appeals to 2 per 7 days else skip
}

segment donors of member: Member =
  any(member.gifts)
"#;

const WELCOME: &str = r#"message thanks(amount: money(CAD)) for member: Member {
  purpose appeals
  content en {
    email {
      subject "Thank you"
      body text "{{ amount }} {{ unsubscribe }} {{ sender_address }}"
    }
  }
}

/// Thank, wait, and thank again.
journey welcome for member: Member {
  title "Welcome"
  purpose appeals
  enter on gift_made as gift where not (member in donors)
  reenter after 6 months
  goal gift_made within 30 days

  first: send thanks(amount: gift.amount) by email else {
    exit not_thanked
  }
  rest: wait 3 days at 10:00
  answer: wait up to 5 days {
    on first.clicked {
      set member.stage = loyal
    }
    else {
      last: send thanks(amount: gift.amount) by email
    }
  }
}

promise "Two a week at most" {
  at most 2 email for appeals per 7 days
}

test "a donor is thanked" of welcome {
  given member { id: "m1", email: "a@example.org", email_consent: granted }
  clock 2026-03-02T14:00[America/Toronto]
  gift_made(amount: 30 CAD)
  expect sent thanks by email
}
"#;

fn house() -> tempfile::TempDir {
    project(&[
        ("jalon.toml", MANIFEST),
        ("house.jalon", HOUSE),
        ("journeys/welcome.jalon", WELCOME),
    ])
}

/// Runs a command that must succeed quietly.
fn quiet(folder: &Path, args: &[&str]) -> String {
    let Ran {
        code,
        stdout,
        stderr,
    } = jalon(folder, args);
    assert_eq!((code, stderr.as_str()), (0, ""), "{args:?}");
    stdout
}

#[test]
fn everything_is_counted_and_named() {
    let folder = house();
    insta::assert_snapshot!(quiet(folder.path(), &["list"]));
}

#[test]
fn each_kind_is_listed_with_where_it_is_used() {
    let folder = house();
    let kinds = [
        "journeys", "messages", "events", "channels", "purposes", "consents", "segments",
        "profiles", "tables", "enums", "promises", "tests",
    ];
    let listed = kinds.map(|kind| {
        let text = quiet(folder.path(), &["list", kind]);
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        format!("# {kind}\n\n{text}\n")
    });
    insta::assert_snapshot!(listed.concat());
}

#[test]
fn a_kind_that_is_not_there_is_said_to_be_empty() {
    let folder = house();
    let ran = jalon(folder.path(), &["list", "audiences"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert_eq!(ran.stderr, "there are no audiences\n");
}

#[test]
fn one_thing_is_shown_with_each_use_and_its_source() {
    let folder = house();
    let names = [
        "gift_made",
        "welcome",
        "thanks",
        "email",
        "donors",
        "Member.email",
        "Member.gifts",
        "gift_made.amount",
        "thanks.amount",
        "Stage.loyal",
        "welcome.first",
        "welcome.rest",
        "Two a week at most",
        "a donor is thanked",
    ];
    let shown =
        names.map(|name| format!("# {name}\n\n{}\n", quiet(folder.path(), &["show", name])));
    insta::assert_snapshot!(shown.concat());
}

#[test]
fn another_folder_is_named_with_an_option() {
    let folder = house();
    let elsewhere = folder.path().join("journeys");
    let inside = quiet(&elsewhere, &["show", "donors"]);
    assert_eq!(
        quiet(&elsewhere, &["show", "donors", "--project", ".."]),
        inside
    );
    assert!(
        inside.starts_with("donors  segment, ../house.jalon:37\n"),
        "{inside}"
    );
}

#[test]
fn a_name_that_nothing_has_gets_a_suggestion() {
    let folder = house();
    let refused = |name: &str| {
        let ran = jalon(folder.path(), &["show", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        ran.stderr
    };
    assert_eq!(
        refused("gift_mad"),
        "error: nothing is called `gift_mad` in this project\n  help: did you mean `gift_made`?\n"
    );
    assert_eq!(
        refused("Member.emial"),
        "error: `Member` has nothing called `emial`\n  help: did you mean `email`?\n"
    );
    assert_eq!(
        refused("welcome.answr"),
        "error: `welcome` has nothing called `answr`\n  help: did you mean `answer`?\n"
    );
    assert_eq!(
        refused("quux"),
        "error: nothing is called `quux` in this project\n  help: run `jalon list` for what there is\n"
    );
    let ran = jalon(folder.path(), &["list", "journey"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("journeys"), "{}", ran.stderr);
}

#[test]
fn programs_get_one_document_under_the_published_schema() {
    let folder = house();
    let schema = include_str!("../../docs/reference/listing.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for args in [
        &["list", "--format", "json"][..],
        &["list", "journeys", "--format", "json"],
        &["list", "audiences", "--format", "json"],
        &["show", "Member.email", "--format", "json"],
    ] {
        let document: serde_json::Value =
            serde_json::from_str(&quiet(folder.path(), args)).unwrap();
        let wrong: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
        let items = document["items"].as_array().unwrap();
        assert_eq!(items.is_empty(), args.contains(&"audiences"));
    }
    let document = quiet(folder.path(), &["show", "donors", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let item = &document["items"][0];
    assert_eq!(
        (&item["kind"], &item["line"]),
        (&"segment".into(), &37.into())
    );
    assert_eq!(item["uses"][0]["name"], "welcome");
    assert_eq!(item["uses"][0]["by"], "journey");
    assert_eq!(item["uses"][0]["line"], 15);
}

#[test]
fn of_a_broken_project_what_is_known_is_listed_and_the_errors_are_counted() {
    let broken = WELCOME.replace("by email else", "by emial else");
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("house.jalon", HOUSE),
        ("journeys/welcome.jalon", &broken),
    ]);
    let ran = jalon(folder.path(), &["list", "messages"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.starts_with("thanks  journeys/welcome.jalon:1\n"),
        "{}",
        ran.stdout
    );
    let counted = "1 error in the project; `jalon check` shows them\n";
    assert_eq!(ran.stderr, counted);
    let ran = jalon(folder.path(), &["show", "gift_made"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("journeys/welcome.jalon:15"),
        "{}",
        ran.stdout
    );
    let ran = jalon(folder.path(), &["show", "nothing"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with(counted), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("nothing is called `nothing`"),
        "{}",
        ran.stderr
    );
}

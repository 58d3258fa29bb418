//! `jalon measure`.

use super::{MANIFEST, jalon, project};

const MESSAGES: &str = r#"
profile Member {
  id: text @key
  first_name: text(30)? @personal
  nickname: text? @personal
  email: email? @personal
  phone: phone? @personal
  language: language = fr
  timezone: timezone = "America/Toronto"
}

channel email for member: Member {
  address member.email
  cost 0.0005 CAD
}

channel sms for member: Member {
  address member.phone
  cost 0.02 CAD
}

purpose receipts: service because "a receipt for a gift that was just made"

message thanks(amount: money(CAD)) for member: Member {
  purpose receipts
  content fr {
    email {
      subject "Merci {{ member.first_name | default: 'beaucoup' }}"
      body html "<p>Merci</p>"
    }
    sms "Merci {{ member.first_name | default: 'beaucoup' }} ! Nous avons bien reçu votre don de {{ amount }}."
  }
  content en {
    sms "Thank you! We received your gift of {{ amount }}."
  }
}

message hello for member: Member {
  purpose receipts
  content en {
    sms "Hello {{ member.nickname | default: 'there' }}"
  }
}
"#;

#[test]
fn people_read_segments_sizes_and_costs() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", MESSAGES)]);
    let ran = jalon(folder.path(), &["measure"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let expected = "\
hello
  en  sms    1 segment (26 of 160 in GSM-7): 0.02 CAD
             without a bound: `member.nickname`
thanks
  fr  email  subject of 36, no preheader, 0.1 kB, no text part: 0.0005 CAD
  fr  sms    2 segments (88 of 134 in UCS-2 because of `ç`), at most 3 (150 of 201 in UCS-2): 0.04 CAD, at most 0.06 CAD
  en  sms    1 segment (50 of 160 in GSM-7), at most 1 (82 of 160 in GSM-7): 0.02 CAD
";
    assert_eq!(ran.stdout, expected);
}

#[test]
fn programs_read_one_message() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", MESSAGES)]);
    let ran = jalon(folder.path(), &["measure", "hello", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let expected = serde_json::json!([{
        "message": "hello",
        "language": "en",
        "channel": "sms",
        "kind": "sms",
        "usual": { "encoding": "GSM-7", "length": 26, "segments": 1 },
        "cost": { "amount": "0.02", "currency": "CAD" },
        "unbounded": ["member.nickname"],
    }]);
    assert_eq!((ran.code, read), (0, expected));
}

#[test]
fn an_unknown_message_is_corrected() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", MESSAGES)]);
    let ran = jalon(folder.path(), &["measure", "thank"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean `thanks`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_project_with_errors_is_not_measured() {
    let broken = MESSAGES.replace("default: 'there'", "defautl: 'there'");
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", broken.as_str())]);
    let ran = jalon(folder.path(), &["measure"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("unknown-filter"), "{}", ran.stderr);
}

#[test]
fn show_says_how_long_a_message_gets() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", MESSAGES)]);
    let ran = jalon(folder.path(), &["show", "hello"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let size =
        "en sms: 1 segment (26 of 160 in GSM-7): 0.02 CAD; without a bound: `member.nickname`";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words(&ran.stdout).contains(&format!("size {size}")),
        "{}",
        ran.stdout
    );
    let ran = jalon(folder.path(), &["show", "hello", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let facts = json["items"][0]["facts"].as_array().unwrap();
    let last = facts.last().unwrap();
    assert_eq!(
        (&last["name"], &last["values"][0]),
        (&"size".into(), &size.into())
    );
    // Nothing is measured of a project with errors, and the rest is shown.
    let broken = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MESSAGES),
        ("b.jalon", "x\n"),
    ]);
    let ran = jalon(broken.path(), &["show", "hello"]);
    assert!(
        ran.stdout.contains("contents") && !ran.stdout.contains("size"),
        "{}",
        ran.stdout
    );
}

//! Promises and tests in the plan.

use super::{PROJECT, plan_of, refusal, sealed};
use serde_json::{Value, json};

/// Every claim and every statement, in a project that has what they name.
const CLAIMS: &str = r#"
table Gift {
  id: text @key
  thanks: [Gift] by Gift.origin
  origin: Gift?
  member: Member
  amount: money(CAD)
}

purpose appeals: fundraising

setting discount: percent = 10%

action coupon(value: percent) returns {
  note: text?
  code: text
} {
  post "https://shop.example.org/coupons"
}

journey gifts for member: Member {
  enter on gift_made
  reenter never

  do coupon(value: discount) as made else {
    exit broke
  }
  draw: split halves {
    50% loud {
      ask: send thank_you(amount: 1 CAD) by email
    }
    50% quiet {
      exit silent
    }
  }
  pause: wait 3 days
}

promise "people have peace" {
  at most 3 any for service per 7 days
  never email for fundraising, receipts
  never email for any when member.stage == loyalty between 21:00 and 08:00
  after gift_made where amount > 100 CAD always thank_you within 2 hours or refused
  gifts ends within 10 days
  gifts costs at most 2.50 CAD
  never gifts with welcome
}

test "a story" of gifts {
  given member { id: "m1", email: "a@example.org", email_consent: granted }
  given Member as friend { id: "m2" }
  given Gift { id: "g1", member: friend, amount: 10 CAD }
  given Gift { id: "g2", origin: "g1", member: "m2", amount: 10 CAD }
  given setting discount = 20%
  given split halves = loud
  given do coupon { code: "X" }
  given do coupon silent
  clock 2026-03-02T14:00[America/Toronto]
  gift_made(amount: 30 CAD)
  gift_made(member: friend, amount: 30 CAD)
  after 4 days
  ask.clicked(url: "https://example.org/")
  email.unsubscribed()
  expect sent thank_you
  expect not sent thank_you by email at 09:00
  expect refused thank_you
  expect refused thank_you because address
  expect resting at pause
  expect left
  expect left because replaced
  expect left because silent
  expect count(ask.clicked) == 1 and friend.stage == discovery
}
"#;

fn with_claims() -> String {
    let consent = "  email_consent: consent(email for fundraising)\n";
    let stage = "  stage: Stage = discovery\n";
    PROJECT.replace(stage, &format!("{stage}{consent}")) + CLAIMS
}

/// `list` of the plan of [`with_claims`], which loads and is valid under the schema.
fn planned(list: &str) -> Value {
    let text = plan_of(&[("all.jalon", &with_claims())]);
    let plan: Value = serde_json::from_str(&text).unwrap();
    let schema: Value = serde_json::from_str(&jalon::plan::schema()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&plan));
    let loaded = jalon::plan::load(jalon::source::FileId(0), &text).unwrap();
    assert_eq!(jalon::plan::to_json(&loaded), text);
    plan[list].clone()
}

#[test]
fn every_claim_is_in_the_plan() {
    let cad = |amount: &str| json!({ "money": { "amount": amount, "currency": "CAD" } });
    let is_loyal = json!({ "compare": {
        "op": "equal",
        "left": { "field": { "of": { "slot": 0 }, "field": { "entity": 1, "field": 4 } } },
        "right": { "const": { "variant": { "enum": 0, "variant": 1 } } }
    } });
    let is_large = json!({ "compare": {
        "op": "greater",
        "left": { "event_field": { "of": { "slot": 2 }, "field": 0 } },
        "right": { "const": cad("100") }
    } });
    let expected = json!([{
        "title": "people have peace",
        "slots": 3,
        "people": [{ "slot": 0, "profile": 1 }],
        "claims": [
            { "at_most": {
                "count": 3, "channels": [0], "purposes": [1], "per": { "count": 7, "unit": "day" }
            } },
            { "never": { "channels": [0], "purposes": [0, 1] } },
            { "never": {
                "channels": [0], "purposes": [0, 1], "when": is_loyal,
                "between": ["21:00:00", "08:00:00"]
            } },
            { "after": {
                "on": { "trigger": { "event": 0 }, "slot": 2, "where": is_large },
                "message": 0, "within": { "count": 2, "unit": "hour" }, "or_refused": true
            } },
            { "ends_within": { "journey": 0, "within": { "count": 10, "unit": "day" } } },
            { "costs_at_most": { "journey": 0, "amount": cad("2.50") } },
            { "never_with": { "journey": 0, "other": 1 } }
        ]
    }]);
    assert_eq!(planned("promises"), expected);
}

#[test]
fn every_statement_of_a_test_is_in_the_plan() {
    let text = |value: &str| json!({ "const": { "text": value } });
    let cad =
        |amount: &str| json!({ "const": { "money": { "amount": amount, "currency": "CAD" } } });
    let field = |field: u32, value: Value| json!({ "field": field, "value": value });
    let granted = json!({ "const": { "status": "granted" } });
    let clicked = json!({ "count": {
        "source": { "send_events": { "send": 0, "event": "clicked" } }, "slot": 2
    } });
    let once = json!({ "compare": {
        "op": "equal", "left": clicked, "right": { "const": { "int": 1 } }
    } });
    let discovery = json!({ "compare": {
        "op": "equal",
        "left": { "field": { "of": { "slot": 1 }, "field": { "entity": 1, "field": 4 } } },
        "right": { "const": { "variant": { "enum": 0, "variant": 0 } } }
    } });
    let person = [
        field(0, text("m1")),
        field(1, text("a@example.org")),
        field(5, granted),
    ];
    // `thanks`, field 1, is a relation, which is not given.
    let named = [
        field(0, text("g1")),
        field(3, json!({ "slot": 1 })),
        field(4, cad("10")),
    ];
    let keyed = [
        field(0, text("g2")),
        field(2, text("g1")),
        field(3, text("m2")),
        field(4, cad("10")),
    ];
    let statements = [
        json!({ "given_row": { "entity": 1, "person": true, "fields": person } }),
        json!({ "given_row": { "entity": 1, "slot": 1, "fields": [field(0, text("m2"))] } }),
        json!({ "given_row": { "entity": 0, "fields": named } }),
        json!({ "given_row": { "entity": 0, "fields": keyed } }),
        json!({ "given_setting": { "setting": 0, "value": { "percent": "20" } } }),
        json!({ "given_split": { "split": "halves", "arm": "loud" } }),
        json!({ "given_do": { "action": 0, "result": [field(1, text("X"))] } }),
        json!({ "given_do": { "action": 0 } }),
        json!({ "clock": { "instant": {
            "date": "2026-03-02", "time": "14:00:00", "zone": "America/Toronto"
        } } }),
        json!({ "event": { "trigger": { "event": 0 }, "fields": [field(0, cad("30"))] } }),
        json!({ "event": {
            "trigger": { "event": 0 }, "subject": { "slot": 1 }, "fields": [field(0, cad("30"))]
        } }),
        json!({ "after": { "count": 4, "unit": "day" } }),
        json!({ "event": {
            "trigger": { "send": { "send": 0, "event": "clicked" } },
            "fields": [field(1, text("https://example.org/"))]
        } }),
        json!({ "event": {
            "trigger": { "channel": { "channel": 0, "event": "unsubscribed" } }
        } }),
        json!({ "expect_sent": { "message": 0 } }),
        json!({ "expect_sent": {
            "negated": true, "message": 0, "by": 0, "at": { "const": { "time": "09:00:00" } }
        } }),
        json!({ "expect_refused": { "message": 0 } }),
        json!({ "expect_refused": { "message": 0, "because": "address" } }),
        json!({ "expect_resting": "pause" }),
        json!({ "expect_left": {} }),
        json!({ "expect_left": { "because": "replaced" } }),
        json!({ "expect_left": { "because": { "exit": "silent" } } }),
        json!({ "expect": { "and": [once, discovery] } }),
    ];
    let tests = planned("tests");
    assert_eq!(tests[0]["title"], "a story");
    assert_eq!(tests[0]["journey"], 0);
    assert_eq!(tests[0]["slots"], json!(["member", "friend", ""]));
    let found = tests[0]["statements"].as_array().unwrap();
    for (position, (found, expected)) in found.iter().zip(&statements).enumerate() {
        assert_eq!(found, expected, "statement {}", position + 1);
    }
    assert_eq!(found.len(), statements.len());
}

#[test]
fn promises_stand_by_title_and_belong_to_the_fingerprint() {
    let one = "promise \"b\" {\n  welcome ends within 9 days\n}\n";
    let same_title = "promise \"b\" {\n  welcome ends within 8 days\n}\n";
    let other = "// quiet\npromise \"a\" {\n  welcome\n    ends within 7 days\n}\n";
    let whole = plan_of(&[
        ("a.jalon", PROJECT),
        ("b.jalon", &format!("{one}{same_title}{other}")),
    ]);
    let parts = [
        ("a.jalon", &*other.replace("\n    ends", " ends")),
        ("b.jalon", same_title),
        ("c.jalon", PROJECT),
        ("d.jalon", one),
    ];
    assert_eq!(whole, plan_of(&parts));
    let plan: Value = serde_json::from_str(&whole).unwrap();
    let promises = plan["promises"].as_array().unwrap().iter();
    let days: Vec<(&Value, &Value)> = promises
        .map(|one| {
            (
                &one["title"],
                &one["claims"][0]["ends_within"]["within"]["count"],
            )
        })
        .collect();
    assert_eq!(json!(days), json!([["a", 7], ["b", 8], ["b", 9]]));
    let fingerprint = |text: &str| {
        let plan: Value = serde_json::from_str(text).unwrap();
        plan["fingerprint"].clone()
    };
    let without = plan_of(&[("a.jalon", PROJECT)]);
    assert!(!without.contains("promises") && !without.contains("tests"));
    assert_ne!(fingerprint(&whole), fingerprint(&without));
}

#[test]
fn a_claim_or_statement_that_leads_nowhere_is_refused() {
    let text = plan_of(&[("all.jalon", &with_claims())]);
    let plan: Value = serde_json::from_str(&text).unwrap();
    let refused = |list: &str, pointer: &str, value: Value| {
        let mut other = plan.clone();
        let within = &mut other[list][0];
        *within.pointer_mut(pointer).expect(pointer) = value;
        let found = refusal(&sealed(other));
        assert_eq!(found[0].0, "invalid-plan", "{found:?}");
        found[0].1.clone()
    };
    let claims = [
        ("0/at_most/count", json!(0), "claims at most 0"),
        ("0/at_most/channels/0", json!(7), "channel 7"),
        ("1/never/purposes/1", json!(7), "purpose 7"),
        (
            "2/never/when/compare/left/field/of/slot",
            json!(7),
            "slot 7",
        ),
        ("3/after/on/trigger/event", json!(7), "event 7"),
        ("3/after/on/slot", json!(7), "slot 7"),
        ("3/after/message", json!(7), "message 7"),
        ("4/ends_within/journey", json!(7), "journey 7"),
        ("5/costs_at_most/amount", json!({ "int": 7 }), "not money"),
        ("6/never_with/other", json!(7), "journey 7"),
    ];
    for (pointer, value, expected) in claims {
        let message = refused("promises", &format!("/claims/{pointer}"), value);
        let (position, _) = pointer.split_once('/').unwrap();
        let claim = position.parse::<usize>().unwrap() + 1;
        let part = format!("promise `people have peace`, claim {claim}: ");
        assert!(message.starts_with(&part), "{pointer}: {message}");
        assert!(message.contains(expected), "{pointer}: {message}");
    }
    assert!(refused("promises", "/people/0/profile", json!(0)).contains("entity 0 as its profile"));
    assert!(refused("promises", "/people/0/slot", json!(3)).contains("slot 3"));

    let statements = [
        ("0/given_row/entity", json!(0), "another profile"),
        ("0/given_row/fields/0/field", json!(7), "field 7"),
        ("1/given_row/slot", json!(7), "slot 7"),
        ("2/given_row/entity", json!(7), "entity 7"),
        ("2/given_row/fields/1/value/slot", json!(7), "slot 7"),
        ("4/given_setting/setting", json!(7), "setting 7"),
        ("5/given_split/split", json!("halfs"), "split `halfs`"),
        ("5/given_split/arm", json!("lout"), "arm `lout`"),
        ("6/given_do/action", json!(7), "action 7"),
        ("6/given_do/result/0/field", json!(2), "field 2"),
        ("8/clock", json!({ "int": 7 }), "no instant"),
        ("9/event/trigger/event", json!(7), "event 7"),
        ("9/event/fields/0/field", json!(1), "field 1"),
        ("10/event/subject/slot", json!(7), "slot 7"),
        ("11/after/unit", json!("workday"), "workdays of no calendar"),
        ("12/event/trigger/send/send", json!(1), "send 1"),
        ("12/event/fields/0/field", json!(2), "field 2"),
        ("13/event/trigger/channel/channel", json!(7), "channel 7"),
        (
            "13/event/trigger",
            json!({ "journey": { "journey": 0, "event": "left" } }),
            "an event of a journey",
        ),
        ("15/expect_sent/message", json!(7), "message 7"),
        ("15/expect_sent/by", json!(7), "channel 7"),
        ("17/expect_refused/message", json!(7), "message 7"),
        ("18/expect_resting", json!("made"), "label `made`"),
        ("21/expect_left/because/exit", json!("loud"), "exit `loud`"),
        ("22/expect", json!({ "slot": 7 }), "slot 7"),
    ];
    for (pointer, value, expected) in statements {
        let message = refused("tests", &format!("/statements/{pointer}"), value);
        let (position, _) = pointer.split_once('/').unwrap();
        let statement = position.parse::<usize>().unwrap() + 1;
        let part = format!("test `a story`, statement {statement}: ");
        assert!(message.starts_with(&part), "{pointer}: {message}");
        assert!(message.contains(expected), "{pointer}: {message}");
    }
    assert!(refused("tests", "/journey", json!(2)).contains("journey 2"));
    assert!(refused("tests", "/slots", json!([])).contains("no slot for the person"));

    let mut other = plan.clone();
    let mut first = other["promises"][0].clone();
    first["title"] = json!("a title that stands before");
    other["promises"].as_array_mut().unwrap().push(first);
    assert!(refusal(&sealed(other))[0].1.contains("out of order"));

    let mut other = plan;
    other["promises"][0]["claims"][6]["never_with"]["surprise"] = json!(1);
    assert_eq!(refusal(&sealed(other))[0].0, "unreadable-plan");
}

//! Plans from outside: texts, and plans that were changed and sealed again.

use jalon::plan::{self, Plan};
use jalon::source::FileId;
use serde_json::Value;

use super::intake::{self, Feed};
use super::{findings, samples};

/// Bytes that start with `{` are the text of a plan. Others are changes to a plan that is right:
/// the first byte chooses it, each three that follow make a change.
pub fn run(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        let text = String::from_utf8_lossy(bytes);
        loads(&text);
        if let Ok(forged) = serde_json::from_str::<Plan>(&text) {
            sealed(forged);
        }
        return;
    }
    let Some((first, changes)) = bytes.split_first() else {
        return;
    };
    let plans = samples::plans();
    let plan = &plans[usize::from(*first) % plans.len()];
    let mut document = serde_json::to_value(plan).unwrap();
    for change in changes.chunks(4) {
        disturb(&mut document, change);
    }
    let text = document.to_string();
    loads(&text);
    if let Ok(forged) = serde_json::from_str::<Plan>(&text) {
        sealed(forged);
    }
}

/// Loads a text. What loads says what its fingerprint says, and is written as it was read.
fn loads(text: &str) {
    match plan::load(FileId(0), text) {
        Ok(loaded) => {
            assert_eq!(loaded.fingerprint, plan::fingerprint(&loaded));
            let written = plan::to_json(&loaded);
            assert_eq!(plan::load(FileId(0), &written).unwrap(), loaded);
        }
        Err(found) => {
            assert!(found.has_errors());
            findings::in_text(&found, text);
        }
    }
}

/// Gives a plan the fingerprint of what it says. Then it is refused, or it is a plan that runs.
fn sealed(mut forged: Plan) {
    forged.fingerprint = plan::fingerprint(&forged);
    let text = plan::to_json(&forged);
    match plan::load(FileId(0), &text) {
        Ok(loaded) => {
            assert_eq!(loaded, forged);
            assert_eq!(plan::to_json(&loaded), text);
            let _ = intake::fed(&loaded, &Feed::usual());
        }
        Err(found) => findings::in_text(&found, &text),
    }
}

/// Values that a field of a plan may be given.
fn strange(choice: u8) -> Value {
    match choice % 24 {
        0 => Value::Null,
        1 => true.into(),
        2 => false.into(),
        3 => 0.into(),
        4 => 1.into(),
        5 => 2.into(),
        6 => 3.into(),
        7 => 7.into(),
        8 => 99_999.into(),
        9 => u32::MAX.into(),
        10 => i64::MIN.into(),
        11 => i64::MAX.into(),
        12 => (-1).into(),
        13 => "".into(),
        14 => "x".into(),
        15 => "2026-02-28".into(),
        16 => "9999-12-31".into(),
        17 => "23:59:59".into(),
        18 => "79228162514264337593543950335".into(),
        19 => "0.0000000000000000000000000001".into(),
        20 => "{{ member.first_name }}".into(),
        21 => "America/Toronto".into(),
        22 => Value::Array(Vec::new()),
        _ => serde_json::json!({}),
    }
}

/// Walks down by the numbers given and changes what is there.
fn disturb(document: &mut Value, change: &[u8]) {
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| change.get(at).copied().unwrap_or(0));
    // A path that one number makes, so that a small change of it leads elsewhere.
    let mut way = u32::from_le_bytes([a, b, c, 0]);
    let mut at = document;
    let mut next = |count: usize| {
        way = way.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (way >> 8) as usize % count
    };
    loop {
        let count = match at {
            Value::Object(fields) => fields.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if count == 0 {
            break;
        }
        let stop = next(24);
        let chosen = next(count);
        match at {
            Value::Object(fields) => {
                let key = fields.keys().nth(chosen).unwrap().clone();
                if stop == 0 {
                    match d % 4 {
                        0 => drop(fields.remove(&key)),
                        _ => drop(fields.insert(key, strange(d / 4))),
                    }
                    return;
                }
                at = &mut fields[&key];
            }
            Value::Array(items) => {
                if stop == 0 {
                    let with = next(count);
                    match d % 4 {
                        0 => drop(items.remove(chosen)),
                        1 => items.insert(chosen, items[with].clone()),
                        2 => items.swap(chosen, with),
                        _ => items[chosen] = items[with].clone(),
                    }
                    return;
                }
                at = &mut items[chosen];
            }
            _ => return,
        }
    }
    match at {
        Value::Number(number) if d % 2 == 0 => {
            if let Some(old) = number.as_i64() {
                *at = old.wrapping_add(i64::from(d / 2) - 60).into();
            }
        }
        other => *other = strange(d),
    }
}

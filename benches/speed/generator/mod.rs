//! Realistic Jalon projects of any size, the same on every machine.
//!
//! One file has the shared schema, channels, purposes and law. Each other file is about 40 lines
//! of one team's work: a message in French and English and a journey that sends it, a journey
//! that sends the message of the file before, or, in one file of eight, segments and measures
//! that the files around it use, and in one of four hundred a block of rules. Names are unique;
//! texts, numbers and steps vary with the number of the file. A project checks clean and stands
//! in the canonical layout.

mod texts;

use std::fs;
use std::io;
use std::path::Path;
use texts::{CAMPAIGNS, OPENINGS, STEPS, SUBJECTS, pick};

/// `jalon.toml` of every generated project.
const MANIFEST: &str = include_str!("jalon.toml");

/// The file that all others refer to.
const SCHEMA: &str = include_str!("schema.jalon");

/// Every how many files one declares segments and measures.
const SEGMENTS_EVERY: usize = 8;

/// How many segments, and as many measures, such a file declares beside one more segment.
const PARTS: usize = 3;

/// Every how many files one declares a block of rules.
const RULES_EVERY: usize = 400;

/// A project of this many files, the schema being the first: paths from its folder, and texts.
pub fn project(files: usize) -> Vec<(String, String)> {
    let mut project = vec![("schema.jalon".to_owned(), SCHEMA.to_owned())];
    project.extend((0..files.saturating_sub(1)).map(|index| {
        let path = format!("journeys/{:03}/f{index:05}.jalon", index / 100);
        (path, file(index))
    }));
    project
}

/// Writes a project of this many files below a folder, which is created.
pub fn write(folder: &Path, files: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("jalon.toml"), MANIFEST)?;
    for (path, text) in project(files) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// One file; what it declares depends on its number.
fn file(index: usize) -> String {
    if index.is_multiple_of(RULES_EVERY) {
        segments(index) + &block_of_rules(index)
    } else if index.is_multiple_of(SEGMENTS_EVERY) {
        segments(index)
    } else if index.is_multiple_of(2) {
        journey(index, &message_name(index - 1))
    } else {
        message(index) + "\n" + &journey(index, &message_name(index))
    }
}

fn segments(index: usize) -> String {
    let months = 3 + index % 21;
    let amount = 50 + index % 450;
    let mut text = String::new();
    for part in 0..PARTS {
        let months = months + part;
        text += &format!(
            "/// Gave once, and not for {months} months; the list of the team, part {part}.
segment quiet_{index}_{part} of member: Member =
  any(member.gifts)
  and none(member.gifts in last {months} months)
  and member.stage != dormant
  and member.points >= {amount}

/// What a person gave in {months} months.
measure given_{index}_{part} of member: Member =
  sum(amount of member.gifts in last {months} months)

"
        );
    }
    text + &format!(
        "/// Gives enough for a letter.
segment major_{index} of member: Member =
  sum(amount of member.gifts) >= {amount} CAD and member.birth_date is known
"
    )
}

fn block_of_rules(index: usize) -> String {
    format!(
        "
/// The rules of one team, for everyone.
consent team_{index} for member: Member {{
  forbid any for fundraising, relationship when member.stage == dormant
  forbid sms for fundraising between 21:00 and 09:00 else delay
  limit email, sms for fundraising, research to {} per 7 days else skip
}}
",
        2 + index % 3
    )
}

fn message_name(index: usize) -> String {
    format!("{}_{index}", pick(&CAMPAIGNS, index / 7))
}

fn message(index: usize) -> String {
    let (subject_fr, subject_en) = pick(&SUBJECTS, index);
    let (opening_fr, opening_en) = pick(&OPENINGS, index / 3);
    let campaign = pick(&CAMPAIGNS, index / 7);
    let link = format!("https://fondation.example.org/{campaign}/{index}");
    format!(
        "message {name} for member: Member {{
  purpose appeals
  content fr {{
    email {{
      subject \"{{{{ member.first_name | default: 'Bonjour' }}}}, {subject_fr}\"
      body text \"\"\"
        {opening_fr}
        {{% if member.points > {points} %}}Merci pour vos {{{{ member.points }}}} points.{{% endif %}}
        {{{{ '{link}' | link: 'give' }}}}

        {{{{ sender_address }}}} {{{{ unsubscribe }}}}
      \"\"\"
    }}
    sms \"Fondation Rivage : {subject_fr} {{{{ '{link}' | link: 'give' }}}} STOP pour ne plus recevoir de SMS\"
  }}
  content en {{
    email {{
      subject \"{{{{ member.first_name | default: 'Hello' }}}}, {subject_en}\"
      body text \"\"\"
        {opening_en}
        {{% if member.points > {points} %}}Thank you for your {{{{ member.points }}}} points.{{% endif %}}
        {{{{ '{link}' | link: 'give' }}}}

        {{{{ sender_address }}}} {{{{ unsubscribe }}}}
      \"\"\"
    }}
    sms \"Fondation Rivage: {subject_en} {{{{ '{link}' | link: 'give' }}}} STOP to opt out\"
  }}
}}
",
        name = message_name(index),
        points = index % 100,
    )
}

fn journey(index: usize, message: &str) -> String {
    let campaign = pick(&CAMPAIGNS, index / 7);
    let segment = index / SEGMENTS_EVERY * SEGMENTS_EVERY;
    let part = index % PARTS;
    let entry = match index % 3 {
        0 => format!("enter when member in quiet_{segment}_{part}"),
        1 => format!(
            "enter on gift_made as gift where gift.amount >= {} CAD",
            index % 90
        ),
        _ => format!(
            "enter every year on member.birth_date at {:02}:00",
            8 + index % 10
        ),
    };
    let steps = pick(&STEPS, index / 2)
        .replace("MESSAGE", message)
        .replace("SEGMENT", &format!("major_{segment}"))
        .replace("MEASURE", &format!("given_{segment}_{part}"))
        .replace("DAYS", &(2 + index % 12).to_string());
    format!(
        "/// {campaign}, list {index}: one reminder, then silence.
journey {campaign}_journey_{index} for member: Member {{
  title \"Campaign {index}\"
  purpose appeals
  {entry}
  reenter after {} months
  goal gift_made where amount > 0 CAD within {} days worth amount
  leave on email.unsubscribed
  leave when member.stage == dormant

{steps}}}
",
        6 + index % 12,
        30 + index % 60,
    )
}

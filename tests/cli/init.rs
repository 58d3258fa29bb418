//! `jalon init`: every template with every choice makes a project that checks clean and sends.

use std::path::Path;

use super::{Ran, jalon, project};

const TEMPLATES: [&str; 5] = [
    "welcome",
    "abandoned-cart",
    "reactivation",
    "donations",
    "empty",
];

/// Makes a project in `folder/new` and gives what was printed.
fn init(folder: &Path, args: &[&str]) -> Ran {
    let ran = jalon(folder, &[&["init", "new"], args].concat());
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.stderr);
    ran
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join("new").join(path)).unwrap()
}

/// The lines of what is printed that are commands, as their words.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("  jalon "));
    lines
        .map(|line| line.split_whitespace().collect())
        .collect()
}

#[test]
fn every_template_with_every_choice_checks_clean_and_has_the_layout() {
    let choices: [&[&str]; 6] = [
        &[],
        &["--languages", "fr"],
        &["--languages", "en", "--currency", "CAD"],
        &["--languages", "fr,en", "--timezone", "America/Toronto"],
        &["--currency", "JPY", "--name", "l'été \"100%\" 🎁"],
        &[
            "--sender-address",
            "1 rue Espoir, Montréal",
            "--unsubscribe-url",
            "https://example.org/u?a=b",
        ],
    ];
    for template in TEMPLATES {
        for choice in choices {
            let folder = tempfile::tempdir().unwrap();
            let args = [&["--template", template, "--yes"], choice].concat();
            let ran = init(folder.path(), &args);
            assert!(ran.stderr.contains(": no problems\n"), "{}", ran.stderr);
            let new = folder.path().join("new");
            let checked = jalon(&new, &["check", "--deny-warnings"]);
            assert_eq!(checked.code, 0, "{args:?}\n{}", checked.stderr);
            let laid_out = jalon(&new, &["fmt", "--diff"]);
            assert_eq!(laid_out.code, 0, "{args:?}\n{}", laid_out.stdout);
            assert!(read(folder.path(), ".gitignore").contains(".jalon/\n"));
        }
    }
}

#[test]
fn what_it_says_to_do_next_works_and_sends() {
    for template in TEMPLATES {
        let folder = tempfile::tempdir().unwrap();
        let args = [
            "--template",
            template,
            "--languages",
            "fr",
            "--currency",
            "CHF",
        ];
        let ran = init(folder.path(), &args);
        let new = folder.path().join("new");
        let mut timelines = 0;
        for command in commands(&ran.stdout) {
            if command.contains(&"--watch") {
                continue;
            }
            let ran = jalon(&new, &command);
            assert_eq!(ran.code, 0, "{command:?}: {}", ran.stderr);
            if command[0] == "replay" {
                timelines += 1;
                assert!(ran.stdout.contains("sent for "), "{}", ran.stdout);
                assert!(ran.stdout.contains("refused: "), "{}", ran.stdout);
            }
        }
        assert_eq!(timelines, usize::from(template != "empty"), "{template}");
    }
}

#[test]
fn choices_are_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let args = [
        "--template=abandoned-cart",
        "--languages=fr",
        "--currency=CAD",
        "--timezone=America/Toronto",
        "--name=Ma boutique",
        "--sender-address=1 rue Espoir",
    ];
    let ran = init(folder.path(), &args);
    assert!(!ran.stdout.contains("sender_address"), "{}", ran.stdout);
    assert!(ran.stdout.contains("unsubscribe_url"));
    let people = read(folder.path(), "people.jalon");
    assert!(people.contains("timezone = \"America/Toronto\""));
    assert!(people.contains("money(CAD)") && !people.contains("EUR"));
    assert!(!people.contains("language"), "{people}");
    let messages = read(folder.path(), "messages.jalon");
    assert!(messages.contains("content fr") && !messages.contains("content en"));
    let new = folder.path().join("new/templates");
    assert!(new.join("cart_reminder.fr.mjml").exists());
    assert!(!new.join("cart_reminder.en.mjml").exists());
    let manifest = read(folder.path(), "jalon.toml");
    assert!(manifest.contains("name = \"Ma boutique\"\n"));
    assert!(manifest.contains("sender_address = \"1 rue Espoir\"\n"));
    assert!(read(folder.path(), "data/events.ndjson").contains("60 CAD"));
}

#[test]
fn without_a_terminal_it_asks_nothing_and_guesses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ran = jalon(folder.path(), &["init"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr, @r"
    error: there is no terminal to ask which template to take
      help: name one with `--template` (welcome, abandoned-cart, reactivation, donations, empty), or write `--yes` for `welcome`
    ");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let ran = jalon(folder.path(), &["init", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("  cd "), "{}", ran.stdout);
}

#[test]
fn nothing_is_overwritten_unless_it_is_asked_for() {
    let folder = project(&[("new/policy.jalon", "// mine\n"), ("new/.gitignore", "x\n")]);
    let args = ["init", "new", "--template", "welcome"];
    let ran = jalon(folder.path(), &args);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    error: `new/policy.jalon` is there already, and nothing was written
      help: name another folder, or overwrite files with `--force`
    ");
    assert!(!folder.path().join("new/jalon.toml").exists());
    let ran = init(folder.path(), &["--template", "welcome", "--force"]);
    assert!(read(folder.path(), "policy.jalon").contains("purpose news"));
    // What version control ignores is never ours to rewrite.
    assert_eq!(read(folder.path(), ".gitignore"), "x\n");
    assert!(ran.stderr.contains("`.gitignore` stays as it is"));
    let ran = jalon(folder.path(), &args);
    assert!(ran.stderr.starts_with("error: `new` is a project already"));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let folder = project(&[("file", "")]);
    for args in [
        &["--template", "welcom"][..],
        &["--template", "welcome", "--timezone", "Paris"],
        &["--template", "welcome", "--currency", "euro"],
        &["--template", "welcome", "--languages", "de"],
        &["--template", "welcome", "--unsubscribe-url", "example.org"],
        &["--template", "welcome", "--name", " "],
    ] {
        let ran = jalon(folder.path(), &[&["init", "new"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}");
    }
    let ran = jalon(folder.path(), &["init", "file", "--yes"]);
    assert!(
        ran.stderr
            .starts_with("error: `file` is a file, and not a folder")
    );
    assert!(!folder.path().join("new").exists());
}

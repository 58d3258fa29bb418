//! `jalon completions` and `jalon man`: what shells and readers of manuals take.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::jalon;

/// Runs a program with a text on its standard input; `None` if there is no such program.
fn fed(program: &str, args: &[&str], input: &str) -> Option<(bool, String)> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    Some((output.status.success(), said))
}

fn verbs() -> Vec<String> {
    let help = jalon(Path::new("."), &["--help"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let lines = commands.lines().take_while(|line| !line.is_empty());
    let words = lines.filter_map(|line| {
        let rest = line.strip_prefix("  ")?;
        let word = rest.split_whitespace().next()?;
        (!rest.starts_with(' ')).then(|| word.to_owned())
    });
    words.filter(|word| word != "help").collect()
}

#[test]
fn every_shell_has_a_script_with_every_verb() {
    let verbs = verbs();
    assert!(
        verbs.contains(&"check".to_owned()) && verbs.len() > 8,
        "{verbs:?}"
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = jalon(Path::new("."), &["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for verb in &verbs {
            assert!(ran.stdout.contains(verb.as_str()), "{shell}: {verb}");
        }
        assert!(ran.stdout.contains("max-diagnostics"), "{shell}");
        if let Some((accepted, said)) = fed(shell, &["-n"], &ran.stdout)
            && ["bash", "zsh", "fish"].contains(&shell)
        {
            assert!(accepted, "{shell}: {said}");
        }
    }
    assert_eq!(jalon(Path::new("."), &["completions", "tcsh"]).code, 2);
}

#[test]
fn bash_completes_verbs_and_formats() {
    let script = jalon(Path::new("."), &["completions", "bash"]).stdout;
    let complete = |words: &str, count: usize| {
        let program = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD={count}\n_jalon jalon \"${{COMP_WORDS[$COMP_CWORD]}}\" \"${{COMP_WORDS[$((COMP_CWORD-1))]}}\"\nprintf '%s ' \"${{COMPREPLY[@]}}\"\n"
        );
        fed("bash", &[], &program).map(|(_, said)| said)
    };
    let Some(verbs) = complete("jalon ch", 1) else {
        return;
    };
    assert_eq!(verbs.trim(), "check");
    assert_eq!(
        complete("jalon check --format sa", 3).unwrap().trim(),
        "sarif"
    );
}

#[test]
fn there_is_a_manual_page_for_every_verb() {
    let folder = tempfile::tempdir().unwrap();
    let ran = jalon(folder.path(), &["man", "--dir", "share/man1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let page = |name: &str| {
        let path = folder.path().join("share/man1").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let verbs = verbs();
    for verb in &verbs {
        let text = page(&format!("jalon-{verb}.1"));
        assert_eq!(text, jalon(folder.path(), &["man", verb]).stdout);
        assert!(text.contains(&format!(".TH jalon-{verb} 1")), "{text}");
    }
    assert_eq!(page("jalon.1"), jalon(folder.path(), &["man"]).stdout);
    let count = std::fs::read_dir(folder.path().join("share/man1")).unwrap();
    assert_eq!(count.count(), verbs.len() + 1);
    for name in ["jalon.1".to_owned(), format!("jalon-{}.1", verbs[0])] {
        let args = ["-man", "-Tutf8", "-ww"];
        if let Some((rendered, text)) = fed("groff", &args, &page(&name)) {
            // Bold is written twice, with a step back between.
            let parts: Vec<&str> = text.split('\u{8}').collect();
            let plain = parts.iter().enumerate().map(|(place, part)| {
                let last = place + 1 == parts.len();
                let kept = part.char_indices().next_back().map_or(0, |(at, _)| at);
                if last { part } else { &part[..kept] }
            });
            let plain: String = plain.collect();
            assert!(rendered && plain.contains("DESCRIPTION"), "{text}");
            assert!(!plain.contains("warning:"), "{text}");
        }
    }
    let ran = jalon(folder.path(), &["man", "chek"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean `check`?"),
        "{}",
        ran.stderr
    );
}

//! `jalon check --watch`: it sees changes as editors make them, and outlives what goes wrong.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{MANIFEST, SCHEMA, jalon, project};

/// How long a machine that is busy with other tests may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A `jalon check --watch` that runs, and what it said.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(["check", "--watch"])
            .args(args)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let watching = Self { child, lines };
        watching.until("watching `");
        watching
    }

    /// Waits for a line that contains this.
    fn until(&self, part: &str) {
        let end = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(part) => return,
                Ok(line) => said.push(line),
                Err(_) => break,
            }
        }
        panic!("no line with {part:?}, but:\n{}", said.join("\n"));
    }

    /// Waits for the result of the next check, and until changes are waited for again.
    fn then(&self, result: &str) {
        self.until(result);
        self.until("watching `");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn shop() -> TempDir {
    project(&[("jalon.toml", MANIFEST), ("a.jalon", SCHEMA)])
}

fn write(folder: &TempDir, path: &str, text: &str) {
    std::fs::write(folder.path().join(path), text).unwrap();
}

#[test]
fn it_checks_again_after_every_kind_of_change() {
    let folder = shop();
    let watching = Watching::start(folder.path(), &[]);
    write(&folder, "a.jalon", "nonsense\n");
    watching.then("checked 1 file: 1 error");
    // As editors save: beside the file, then in its place.
    write(&folder, ".a.jalon.swp", SCHEMA);
    let at = |path: &str| folder.path().join(path);
    std::fs::rename(at(".a.jalon.swp"), at("a.jalon")).unwrap();
    watching.then("checked 1 file: no problems");
    // A folder that appears with what is in it, and goes.
    std::fs::create_dir(at("more")).unwrap();
    write(&folder, "more/b.jalon", "enum Other { a }\n");
    watching.then("checked 2 files: no problems");
    std::fs::remove_dir_all(at("more")).unwrap();
    watching.then("checked 1 file: no problems");
    // A broken manifest, none, and a good one again.
    write(&folder, "jalon.toml", "[project\n");
    watching.then("checked 1 file: 1 error");
    std::fs::remove_file(at("jalon.toml")).unwrap();
    watching.then("there is no jalon.toml");
    write(&folder, "jalon.toml", MANIFEST);
    watching.then("checked 1 file: no problems");
    std::fs::remove_file(at("a.jalon")).unwrap();
    watching.then("the project has no .jalon file");
}

#[test]
fn templates_count_and_outputs_do_not() {
    let folder = project(&[
        ("shop/jalon.toml", MANIFEST),
        ("shop/a.jalon", SCHEMA),
        ("shop/templates/a.mjml", "<mjml></mjml>"),
    ]);
    let shop = folder.path().join("shop");
    let args = [
        "--format",
        "human",
        "--format",
        "sarif",
        "--output",
        "out.sarif",
    ];
    let watching = Watching::start(&shop, &args);
    write(&folder, "shop/templates/a.mjml", "<mjml/>");
    watching.then("checked 1 file");
    // Its own output woke it up no further: nothing more is said until there is a change.
    std::thread::sleep(Duration::from_millis(500));
    assert!(watching.lines.try_recv().is_err());
    assert!(shop.join("out.sarif").exists());
    write(&folder, "shop/a.jalon", "nonsense\n");
    watching.then("1 error");
    let sarif = std::fs::read_to_string(shop.join("out.sarif")).unwrap();
    assert!(sarif.contains("\"ruleId\""), "{sarif}");
}

#[test]
fn a_project_that_is_replaced_is_found_again() {
    let folder = project(&[("shop/jalon.toml", MANIFEST), ("shop/a.jalon", SCHEMA)]);
    let watching = Watching::start(folder.path(), &["shop"]);
    let (shop, away) = (folder.path().join("shop"), folder.path().join("away"));
    std::fs::rename(&shop, &away).unwrap();
    watching.then("cannot be read");
    std::fs::rename(&away, &shop).unwrap();
    watching.then("checked 1 file: no problems");
    write(&folder, "shop/a.jalon", "nonsense\n");
    watching.then("1 error");
}

#[test]
fn what_cannot_be_watched_ends_at_once() {
    let folder = shop();
    let refused = |args: &[&str]| {
        let ran = jalon(folder.path(), &[&["check", "--watch"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}");
        ran.stderr
    };
    assert!(refused(&["nowhere"]).contains("`nowhere` cannot be read"));
    assert!(refused(&["--fix"]).contains("--watch"));
    let said = refused(&["--format", "json"]);
    assert!(said.contains("one document after the other"), "{said}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_as_shells_say() {
    // A program that a shell put behind (`nohup`, `&` in a script) is started with interrupts
    // ignored, and so is all that it starts: nothing can then be said of them.
    if interrupts_are_ignored() {
        return;
    }
    let folder = shop();
    let mut watching = Watching::start(folder.path(), &[]);
    let id = watching.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let status = watching.child.wait().unwrap();
    // A shell says 128 and the number of the signal: 130.
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    assert_eq!(signal, Some(2));
}

/// Whether this process was started with interrupts ignored; only Linux says so.
#[cfg(unix)]
fn interrupts_are_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // Signal 2 is the second bit.
    mask.is_some_and(|mask| mask & 0b10 != 0)
}

//! What CI services read of this repository: the action, the hooks, the snippets of the guide. The
//! files are parsed as they stand, and the scripts of the action are run.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use markdown::sections;
use saphyr::{LoadableYamlNode, Yaml};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The one document of a YAML text.
fn yaml(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn keys(mapping: &Yaml<'_>) -> Vec<String> {
    let mapping = mapping.as_mapping().unwrap();
    let keys = mapping.keys().map(|key| key.as_str().unwrap().to_owned());
    keys.collect()
}

fn get<'a>(node: &'a Yaml<'_>, key: &str) -> Option<&'a str> {
    node.as_mapping_get(key).and_then(Yaml::as_str)
}

/// A step of the action that is a script: its name, and the script.
fn scripts(action: &Yaml<'_>) -> Vec<(String, String)> {
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let scripts = steps.iter().filter_map(|step| {
        let script = get(step, "run")?;
        assert_eq!(get(step, "shell"), Some("bash"));
        Some((get(step, "name").unwrap().to_owned(), script.to_owned()))
    });
    scripts.collect()
}

#[test]
fn the_action_is_well_formed() {
    let text = read("action.yml");
    let action = yaml(&text);
    assert_eq!(get(&action["runs"], "using"), Some("composite"));
    assert_eq!(
        keys(&action["inputs"]),
        [
            "path",
            "args",
            "deny-warnings",
            "sarif",
            "comment",
            "version"
        ]
    );
    for input in keys(&action["inputs"]) {
        let input = &action["inputs"][input.as_str()];
        assert!(get(input, "description").is_some() && get(input, "default").is_some());
    }
    let known = keys(&action["inputs"]);
    for used in text.split("inputs.").skip(1) {
        let name: String = used
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        assert!(known.contains(&name), "there is no input `{name}`");
    }
}

#[test]
fn no_script_of_the_action_holds_a_value_from_outside() {
    let text = read("action.yml");
    let scripts = scripts(&yaml(&text));
    assert!(scripts.len() >= 6);
    for (name, script) in scripts {
        assert!(!script.contains("${{"), "{name}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("script.sh");
        std::fs::write(&file, &script).unwrap();
        let output = Command::new("bash").arg("-n").arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{name}: {said}");
    }
}

/// A runner that has a folder for temporary files, and what a script wrote for later steps.
struct Runner {
    workspace: tempfile::TempDir,
    temp: tempfile::TempDir,
}

impl Runner {
    fn new(files: &[(&str, &str)]) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = workspace.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self {
            workspace,
            temp: tempfile::tempdir().unwrap(),
        }
    }

    /// Runs the script of a step as a runner does.
    fn run(&self, step: &str, variables: &[(&str, &str)]) -> Output {
        let text = read("action.yml");
        let scripts = scripts(&yaml(&text));
        let (_, script) = scripts.iter().find(|(name, _)| name == step).unwrap();
        let file = self.temp.path().join("step.sh");
        std::fs::write(&file, script).unwrap();
        let binary = PathBuf::from(env!("CARGO_BIN_EXE_jalon"));
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", binary.parent().unwrap().display());
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(&file)
            .current_dir(self.workspace.path())
            .env("PATH", path)
            .env("RUNNER_TEMP", self.temp.path())
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .env("GITHUB_WORKSPACE", self.workspace.path())
            .env("GITHUB_OUTPUT", self.temp.path().join("output"))
            .env("GITHUB_PATH", self.temp.path().join("path"))
            .env("GITHUB_STEP_SUMMARY", self.temp.path().join("summary"))
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    fn output(&self) -> String {
        std::fs::read_to_string(self.temp.path().join("output")).unwrap()
    }
}

const MANIFEST: &str = "[project]\nname = \"shop\"\n";

#[test]
fn the_check_step_annotates_and_tells_the_later_steps() {
    let runner = Runner::new(&[
        ("shop/jalon.toml", MANIFEST),
        ("shop/a.jalon", "enum stage { a }\nnonsense\n"),
    ]);
    let variables = [
        ("PROJECT", "shop"),
        ("MORE", ""),
        ("DENY_WARNINGS", "false"),
    ];
    let ran = runner.run("Check", &variables);
    // The step itself passes, so that the upload is reached; a later one fails with the code.
    assert!(ran.status.success());
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("::error file=shop/a.jalon,line=2,"), "{out}");
    assert!(out.contains("::warning file=shop/a.jalon,line=1,"), "{out}");
    // What people read holds lines of sources: nothing in it is a command to the runner.
    let (_, quoted) = out.split_once("\n::stop-commands::").unwrap();
    let (word, quoted) = quoted.split_once('\n').unwrap();
    let (quoted, rest) = quoted.split_once(&format!("\n::{word}::\n")).unwrap();
    assert!(quoted.contains("checked 1 file") && word.len() == 32);
    assert_eq!(rest, "");
    let [sarif, markdown] = ["sarif", "md"].map(|kind| {
        let path = runner.temp.path().join(format!("jalon.{kind}"));
        assert!(path.exists());
        path.display().to_string()
    });
    let expected = format!("exit-code=1\nsarif={sarif}\nmarkdown={markdown}\n");
    assert_eq!(runner.output(), expected);
    let summary = std::fs::read_to_string(runner.temp.path().join("summary")).unwrap();
    assert!(summary.starts_with("### Jalon: 1 error, 1 warning in `shop`\n"));
    let result = runner.run("Result", &[("CODE", "1")]);
    assert_eq!(result.status.code(), Some(1));
}

#[test]
fn warnings_and_more_options_reach_the_check() {
    let runner = Runner::new(&[("jalon.toml", MANIFEST), ("a.jalon", "enum stage { a }\n")]);
    let run = |more: &str, deny: &str| {
        let _ = std::fs::remove_file(runner.temp.path().join("output"));
        let variables = [("PROJECT", "."), ("MORE", more), ("DENY_WARNINGS", deny)];
        assert!(runner.run("Check", &variables).status.success());
        runner.output().lines().next().unwrap().to_owned()
    };
    assert_eq!(run("", "false"), "exit-code=0");
    assert_eq!(run("", "true"), "exit-code=1");
    assert_eq!(
        run("--deny-warnings\n\n--color\nnever\n", "false"),
        "exit-code=1"
    );
}

/// A stand-in for `gh api`, which keeps the comments of one pull request as files in `comments`.
const GH: &str = r#"#!/usr/bin/env bash
cd "$COMMENTS"
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method=$2 ;;
    --field) body=${2#body=@} ;;
    repos/*) url=$1 ;;
  esac
  shift
done
echo "${method:-GET} $url" >> calls
case "${method:-GET}" in
  GET) for one in [0-9]*; do [ -f "$one" ] && head -n 1 "$one" | grep -qxF -- "$MARK" && echo "$one"; done; true ;;
  POST) cp "$body" "$(( $(ls [0-9]* 2> /dev/null | wc -l) + 1 ))" ;;
  PATCH) cp "$body" "${url##*/}" ;;
esac
"#;

#[test]
fn one_comment_is_kept_up_to_date() {
    use std::os::unix::fs::PermissionsExt;

    let runner = Runner::new(&[("comments/0", "looks good\n"), ("bin/gh", GH)]);
    let gh = runner.workspace.path().join("bin/gh");
    std::fs::set_permissions(&gh, std::fs::Permissions::from_mode(0o755)).unwrap();
    let comments = runner.workspace.path().join("comments");
    let markdown = runner.temp.path().join("jalon.md");
    let said = |project: &str, text: &str| {
        std::fs::write(&markdown, text).unwrap();
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", gh.parent().unwrap().display());
        let variables = [
            ("PATH", path.as_str()),
            ("COMMENTS", comments.to_str().unwrap()),
            ("PROJECT", project),
            ("MARKDOWN", markdown.to_str().unwrap()),
            ("NUMBER", "7"),
            ("GITHUB_REPOSITORY", "o/shop"),
        ];
        let ran = runner.run("Comment on the pull request", &variables);
        let why = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{why}");
        let files = (0..9).map(|number| comments.join(number.to_string()));
        let texts = files.filter_map(|file| std::fs::read_to_string(file).ok());
        texts.skip(1).collect::<Vec<_>>()
    };
    // Nobody is told that there is nothing.
    assert_eq!(said("a", "### Jalon: no problems\n"), [""; 0]);
    let bad = said("a", "### Jalon: 1 error\n");
    assert_eq!(bad, ["<!-- jalon check a -->\n### Jalon: 1 error\n"]);
    // Another project has its own, whatever its path says.
    let both = said("a --> b", "### Jalon: 2 errors\n");
    assert!(
        both[1].starts_with("<!-- jalon check a_____b -->\n###"),
        "{both:?}"
    );
    let mended = said("a", "### Jalon: no problems\n");
    assert_eq!(mended.len(), 2);
    assert!(mended[0].ends_with("no problems\n"), "{mended:?}");
    let calls = std::fs::read_to_string(comments.join("calls")).unwrap();
    assert!(
        calls.contains("PATCH repos/o/shop/issues/comments/2\n"),
        "{calls}"
    );
}

#[test]
fn inputs_are_words_and_never_commands() {
    let runner = Runner::new(&[("x/jalon.toml", MANIFEST)]);
    let hostile = "x\"; touch pwned; $(touch pwned) `touch pwned` '";
    let variables = [
        ("PROJECT", hostile),
        ("MORE", "--color\nnever; touch pwned\n$(touch pwned)"),
        ("DENY_WARNINGS", "true; touch pwned"),
    ];
    let ran = runner.run("Check", &variables);
    assert!(ran.status.success());
    assert_eq!(runner.output(), "exit-code=2\n");
    let version = [("VERSION", "1.0.0; touch pwned"), ("ACTION_PATH", ".")];
    let refused = runner.run("Where Jalon comes from", &version);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!runner.workspace.path().join("pwned").exists());
}

#[test]
fn the_key_of_the_cache_follows_the_source() {
    let runner = Runner::new(&[]);
    let path = root().display().to_string();
    let ran = runner.run(
        "Where Jalon comes from",
        &[("VERSION", ""), ("ACTION_PATH", &path)],
    );
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let output = runner.output();
    let (_, key) = output.split_once("key=jalon-Linux-X64-").unwrap();
    assert!(key.trim().len() >= 40, "{output}");
    let ran = runner.run("Put Jalon on the path", &[("ROOT", "/tmp/a b")]);
    assert!(ran.status.success());
    let path = std::fs::read_to_string(runner.temp.path().join("path")).unwrap();
    assert_eq!(path, "/tmp/a b/bin\n");
}

/// Whether a pattern of a hook takes a path, in the extended expressions that bash has.
fn takes(pattern: &str, path: &str) -> bool {
    let script = "[[ \"$1\" =~ $2 ]]";
    let status = Command::new("bash")
        .args(["-c", script, "bash", path, pattern])
        .status();
    status.unwrap().success()
}

#[test]
fn the_hooks_run_what_there_is_on_the_right_files() {
    let text = read(".pre-commit-hooks.yaml");
    let hooks = yaml(&text);
    let hooks = hooks.as_sequence().unwrap();
    let ids: Vec<_> = hooks.iter().map(|hook| get(hook, "id").unwrap()).collect();
    assert_eq!(ids, ["jalon-check", "jalon-fmt"]);
    let runner = Runner::new(&[("jalon.toml", MANIFEST), ("a.jalon", "enum Stage {a}\n")]);
    for hook in hooks {
        assert_eq!(get(hook, "language"), Some("rust"));
        let entry = get(hook, "entry").unwrap();
        let passes = hook["pass_filenames"].as_bool().unwrap();
        let mut words = entry.split(' ');
        assert_eq!(words.next(), Some("jalon"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
        command.args(words).current_dir(runner.workspace.path());
        if passes {
            command.arg("a.jalon");
        }
        assert!(command.output().unwrap().status.success(), "{entry}");
    }
    let laid_out = std::fs::read_to_string(runner.workspace.path().join("a.jalon")).unwrap();
    assert_eq!(laid_out, "enum Stage { a }\n");
    let [check, fmt] = [0, 1].map(|place: usize| get(&hooks[place], "files").unwrap());
    for path in ["a.jalon", "x/jalon.toml", "templates/a.mjml", "t/a.html"] {
        assert!(takes(check, path), "{path}");
    }
    for path in ["a.jalon.bak", "xjalon.toml", "README.md"] {
        assert!(!takes(check, path), "{path}");
    }
    assert!(takes(fmt, "x/a.jalon") && !takes(fmt, "jalon.toml"));
}

#[test]
fn the_snippets_of_the_guides_are_yaml() {
    let mut count = 0;
    for page in ["docs/guide/ci.md", "docs/guide/testing-a-change.md"] {
        let page = read(page);
        let blocks = sections(&page).into_iter().flat_map(|one| one.blocks);
        for block in blocks.filter(|block| block.language == "yaml") {
            assert!(yaml(&block.text).as_mapping().is_some(), "{}", block.text);
            count += 1;
        }
    }
    assert!(count >= 4, "{count}");
    // The inputs that the guide shows are those of the action.
    let guide = read("docs/guide/ci.md");
    let action = read("action.yml");
    for input in keys(&yaml(&action)["inputs"]) {
        assert!(guide.contains(&format!("| `{input}` |")), "{input}");
    }
}

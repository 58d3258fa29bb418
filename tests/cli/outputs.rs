//! Several formats at once, each in its place; annotations and JUnit reports.

use std::io::Cursor;

use super::{MANIFEST, SCHEMA, jalon, jalon_with, project};

/// A project with one error and one warning, in a repository.
fn shop() -> tempfile::TempDir {
    let manifest = "[project]\nname = \"shop\"\n\n[lints]\nnaming-style = \"warn\"\n";
    project(&[
        (".git", "gitdir: elsewhere\n"),
        ("shop/jalon.toml", manifest),
        (
            "shop/a, b: 100%.jalon",
            "enum stage { discovery }\nnonsense\n",
        ),
        ("shop/clean.jalon", SCHEMA),
    ])
}

#[test]
fn several_formats_go_where_they_are_told() {
    let folder = shop();
    let ran = jalon(
        folder.path(),
        &[
            "check",
            "shop",
            "--format",
            "human",
            "--format",
            "sarif",
            "--output",
            "out.sarif",
            "--format",
            "junit",
            "--output=out.xml",
            "--format",
            "json",
        ],
    );
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("checked 2 files: 1 error, 1 warning"));
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let sarif = std::fs::read_to_string(folder.path().join("out.sarif")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let junit = std::fs::read(folder.path().join("out.xml")).unwrap();
    let junit = junit_parser::from_reader(Cursor::new(junit)).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 2);
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 2);
    assert_eq!((junit.failures, junit.skipped), (1, 1));
}

#[test]
fn the_exit_code_does_not_depend_on_the_format() {
    let folder = shop();
    for format in [
        "human", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown",
    ] {
        let args = ["check", "shop", "--format", format];
        assert_eq!(jalon(folder.path(), &args).code, 1, "{format}");
        let args = ["check", "shop", "--format", format, "--output", "x"];
        let ran = jalon(folder.path(), &args);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{format}");
        let line = "checked 2 files: 1 error, 1 warning; written to `x`\n";
        assert_eq!(ran.stderr, line, "{format}");
        assert!(folder.path().join("x").metadata().unwrap().len() > 20);
    }
}

#[test]
fn what_people_read_in_a_file_has_no_colours() {
    let folder = shop();
    let args = [
        "check", "shop", "--color", "always", "--format", "human", "--output", "-",
    ];
    let ran = jalon(folder.path(), &args);
    assert_eq!(ran.stderr, "");
    assert!(ran.stdout.contains("checked 2 files: 1 error, 1 warning\n"));
    assert!(!ran.stdout.contains('\u{1b}'));
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_and_the_others_are_written() {
    let folder = shop();
    let args = [
        "check",
        "shop",
        "--format",
        "sarif",
        "--output",
        "none/out.sarif",
        "--format",
        "junit",
        "--output",
        "out.xml",
    ];
    let ran = jalon(folder.path(), &args);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr, @r"
    error: `none/out.sarif` cannot be written: there is no folder `none`
      help: make the folder first, or name a file in one that is there
    ");
    assert!(folder.path().join("out.xml").exists());
}

#[test]
fn wrong_pairs_are_refused_before_anything_is_written() {
    let folder = shop();
    let refused = |args: &[&str]| {
        let ran = jalon(folder.path(), args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        let line = ran.stderr.lines().next().unwrap();
        line.strip_prefix("error: ").unwrap().to_owned()
    };
    assert_eq!(
        refused(&["check", "shop", "--output", "x"]),
        "`--output x` has no `--format` before it"
    );
    assert_eq!(
        refused(&["check", "shop", "--format", "json", "--format", "github"]),
        "`--format json` and `--format github` would both be written to standard output"
    );
    assert_eq!(
        refused(&["--format", "human", "check", "shop", "--format", "json"]),
        "`--format` or `--output` stands both before and after the verb"
    );
    assert_eq!(
        refused(&["explain", "--format", "json", "--output", "x"]),
        "this command has no findings to write to `x`"
    );
    assert!(!folder.path().join("x").exists());
    // Options of one command line may stand before the verb, too, if all do.
    let args = ["--format", "json", "--output", "x", "check", "shop"];
    assert_eq!(jalon(folder.path(), &args).code, 1);
    assert!(folder.path().join("x").exists());
}

#[test]
fn other_verbs_write_their_findings_to_files_too() {
    let folder = shop();
    for verb in ["plan", "fmt"] {
        let args = [verb, "shop", "--format", "sarif", "--output", "out.sarif"];
        assert_eq!(jalon(folder.path(), &args).code, 1, "{verb}");
        let sarif = std::fs::read_to_string(folder.path().join("out.sarif")).unwrap();
        assert!(
            sarif.contains("\"S001\"") || sarif.contains("\"ruleId\""),
            "{sarif}"
        );
        std::fs::remove_file(folder.path().join("out.sarif")).unwrap();
    }
}

#[test]
fn annotations_are_escaped_and_relative_to_the_repository() {
    let folder = shop();
    let ran = jalon(
        &folder.path().join("shop"),
        &["check", "--format", "github"],
    );
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn without_a_repository_the_workspace_of_github_counts() {
    let folder = project(&[
        ("shop/jalon.toml", MANIFEST),
        ("shop/a.jalon", "nonsense\n"),
    ]);
    let shop = folder.path().join("shop");
    let workspace = folder.path().display().to_string();
    let file = |variables: &[(&str, &str)]| {
        let ran = jalon_with(&shop, &["check", "--format", "github"], variables);
        let rest = ran.stdout.split_once("file=").unwrap().1;
        rest.split(',').next().unwrap().to_owned()
    };
    assert_eq!(file(&[("GITHUB_WORKSPACE", "")]), "a.jalon");
    assert_eq!(file(&[("GITHUB_WORKSPACE", &workspace)]), "shop/a.jalon");
    assert_eq!(file(&[("GITHUB_WORKSPACE", "/nowhere")]), "a.jalon");
}

#[test]
fn a_run_that_cannot_be_done_is_an_annotation_too() {
    let folder = project(&[("notes.txt", "")]);
    let ran = jalon(folder.path(), &["check", "--format", "github"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout
            .starts_with("::error title=jalon::there is no jalon.toml in")
    );
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    assert!(ran.stderr.starts_with("error: there is no jalon.toml in"));
}

#[test]
fn a_place_of_many_lines_has_no_columns() {
    let text = "enum Stage {\n  discovery\n  loyalty\n";
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", text)]);
    let ran = jalon(folder.path(), &["check", "--format", "github"]);
    for line in ran.stdout.lines() {
        let one = |name: &str| {
            let rest = line.split_once(&format!("{name}=")).map(|(_, rest)| rest);
            rest.and_then(|rest| rest.split(',').next())
        };
        assert!(one("line").is_some());
        assert_eq!(
            one(",col").is_some(),
            one("line") == one("endLine"),
            "{line}"
        );
    }
}

#[test]
fn a_junit_report_has_a_case_for_each_finding_and_each_clean_file() {
    let folder = shop();
    let read = |args: &[&str]| {
        let args = [&["check", "--format", "junit"], args].concat();
        let text = jalon(folder.path(), &args).stdout;
        // The same project, the same bytes: no times, no random ids.
        assert_eq!(text, jalon(folder.path(), &args).stdout);
        assert!(
            !text.contains("time=") && !text.contains("timestamp="),
            "{text}"
        );
        junit_parser::from_reader(Cursor::new(text)).unwrap()
    };
    let report = read(&["shop"]);
    assert_eq!(report.name, "jalon");
    let suites: Vec<_> = report
        .suites
        .iter()
        .map(|suite| {
            (
                suite.name.as_str(),
                suite.tests,
                suite.failures,
                suite.skipped,
            )
        })
        .collect();
    assert_eq!(
        suites,
        [
            ("shop/jalon.toml", 1, 0, 0),
            ("shop/a, b: 100%.jalon", 2, 1, 1),
            ("shop/clean.jalon", 1, 0, 0),
        ]
    );
    let cases = &report.suites[1].cases;
    assert!(cases.iter().any(|case| case.status.is_failure()));
    assert_eq!(read(&["shop", "--deny-warnings"]).suites[1].failures, 2);
    // Only what was asked for.
    let report = read(&["shop/clean.jalon"]);
    assert_eq!(report.suites.len(), 1);
}

#[test]
fn a_code_quality_report_has_what_gitlab_asks_for() {
    let line = "journey a for m: M {}\n";
    let folder = project(&[
        (".git", "gitdir: elsewhere\n"),
        ("shop/jalon.toml", MANIFEST),
        ("shop/a.jalon", &format!("enum stage {{ a }}\n{line}{line}")),
        ("shop/b.jalon", &format!("// é\n{line}")),
    ]);
    let issues = |folder: &std::path::Path| {
        let ran = jalon(folder, &["check", "--format", "gitlab"]);
        let read: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
        read
    };
    let shop = folder.path().join("shop");
    let read = issues(&shop);
    assert!(read.len() > 4, "{read:#?}");
    for issue in &read {
        let text = |key: &str| issue[key].as_str().unwrap().to_owned();
        assert!(!text("description").is_empty() && !text("check_name").is_empty());
        assert!(["info", "minor", "major"].contains(&text("severity").as_str()));
        assert!(text("fingerprint").bytes().all(|b| b.is_ascii_hexdigit()));
        // GitLab looks for the path as it is, from the root of the repository, without `./`.
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(folder.path().join(path).is_file() && path.starts_with("shop/"));
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    let prints = |read: &[serde_json::Value]| {
        let prints = read.iter().map(|issue| issue["fingerprint"].to_string());
        prints.collect::<std::collections::BTreeSet<_>>()
    };
    // GitLab shows one issue a fingerprint: they all differ.
    assert_eq!(prints(&read).len(), read.len());
    // What moves down stays what it was.
    let old = std::fs::read_to_string(shop.join("a.jalon")).unwrap();
    std::fs::write(shop.join("a.jalon"), format!("// new\n\n{old}")).unwrap();
    let moved = issues(&shop);
    assert_eq!(prints(&moved), prints(&read));
    let lines = |read: &[serde_json::Value]| read[0]["location"]["lines"]["begin"].clone();
    assert_ne!(lines(&moved), lines(&read));

    let clean = project(&[("jalon.toml", MANIFEST), ("clean.jalon", SCHEMA)]);
    let ran = jalon(clean.path(), &["check", "--format", "gitlab"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "[]\n"));
}

#[test]
fn markdown_leads_to_the_lines_where_ci_says_the_address() {
    let folder = shop();
    let here = folder.path().display().to_string();
    let run = |variables: &[(&str, &str)]| {
        let args = ["check", "shop", "--format", "markdown"];
        jalon_with(folder.path(), &args, variables).stdout
    };
    let github = [
        ("GITHUB_WORKSPACE", here.as_str()),
        ("GITHUB_SERVER_URL", "https://github.example"),
        ("GITHUB_REPOSITORY", "o/shop"),
        ("GITHUB_SHA", "0a1b"),
    ];
    insta::assert_snapshot!(run(&github));
    let gitlab = [
        ("GITHUB_WORKSPACE", ""),
        ("CI_PROJECT_DIR", here.as_str()),
        ("CI_PROJECT_URL", "https://gitlab.example/o/shop"),
        ("CI_COMMIT_SHA", "0a1b"),
    ];
    let line = "[2](https://gitlab.example/o/shop/-/blob/0a1b/shop/a%2C%20b%3A%20100%25.jalon#L2)";
    assert!(run(&gitlab).contains(line));
    // Elsewhere, in another repository, or with an address that would end the link: no link.
    let elsewhere = [("GITHUB_WORKSPACE", ""), ("CI_PROJECT_DIR", "/nowhere")];
    assert!(run(&elsewhere).contains("\n| 2 | **error** |"));
    let mut hostile = github;
    hostile[2].1 = "o/shop) [x](y";
    assert!(run(&hostile).contains("\n| 2 | **error** |"));
}

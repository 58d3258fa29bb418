//! Random projects that are right by construction: no false error, and everything that is promised
//! of a project without errors.
//!
//! `TYPED=5000 cargo test --test typed` tries more of them; what fails is made smaller, and shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod coverage;
#[path = "../constructs/forms.rs"]
mod forms;
mod project;
mod properties;
mod replays;
#[path = "../fuzzed/targets/trees.rs"]
mod trees;

use project::{Shape, make};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// How many projects are tried when nobody says.
const CASES: u32 = 48;

fn tape(longest: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..longest)
}

fn shape() -> impl Strategy<Value = Shape> {
    let tapes = |most, longest| prop::collection::vec(tape(longest), 0..most);
    (
        (tape(160), tape(160), tape(120), tape(32), tape(300)),
        (tapes(6, 120), tapes(4, 160), tapes(5, 300)),
    )
        .prop_map(
            |((schema, policy, claims, layout, feed), (derived, messages, journeys))| Shape {
                schema,
                policy,
                derived,
                messages,
                journeys,
                claims,
                layout,
                feed,
            },
        )
}

#[test]
fn projects_that_are_right_have_no_error() {
    let cases = std::env::var("TYPED").map_or(CASES, |number| number.parse().unwrap());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 1_500,
        ..Config::default()
    };
    // The short form tries the same projects on every run.
    let mut runner = if cases == CASES {
        TestRunner::new_with_rng(
            config,
            prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
        )
    } else {
        TestRunner::new(config)
    };
    let result = runner.run(&shape(), |shape| {
        let made = make(&shape);
        properties::hold(&made).map_err(TestCaseError::fail)
    });
    if let Err(proptest::test_runner::TestError::Fail(reason, shape)) = result {
        panic!("{reason}\n\n{}", shown(&make(&shape)));
    }
}

fn shown(made: &project::Made) -> String {
    let mut text = String::new();
    for (path, bytes) in &made.files {
        text += &format!(
            "-- {} --\n{}\n",
            path.display(),
            String::from_utf8_lossy(bytes)
        );
    }
    text
}

/// The fuzzer makes projects of any bytes, and so may anybody.
#[test]
fn any_bytes_make_a_project_that_is_right() {
    for length in [0, 1, 40, 700] {
        for step in [1, 7, 13, 91] {
            let bytes: Vec<u8> = (0..length).map(|at: u32| (at * step % 256) as u8).collect();
            let made = make(&Shape::of(&bytes));
            properties::hold(&made).unwrap_or_else(|reason| panic!("{reason}\n{}", shown(&made)));
        }
    }
}

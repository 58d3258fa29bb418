//! How fast text becomes a tree, on one core: `cargo bench --bench parse`.
//!
//! The text is the page of the language and the file with every construct, under other names,
//! until it is 8 MB. Each declaration is far below 64 KB. The best of ten runs counts.

use jalon::source::FileId;
use jalon::syntax::parse;
use std::hint::black_box;
use std::time::{Duration, Instant};

const BYTES: usize = 8 << 20;
const RUNS: usize = 10;

fn main() {
    for (name, source) in [
        ("page", include_str!("../tests/syntax/page.jalon")),
        (
            "everything",
            include_str!("../tests/syntax/everything.jalon"),
        ),
    ] {
        let source = source.split("// expect").next().unwrap_or(source);
        let text = source.repeat(BYTES / source.len());
        let mut best = Duration::MAX;
        for _ in 0..RUNS {
            let start = Instant::now();
            let parsed = black_box(parse(FileId(0), black_box(&text)));
            best = best.min(start.elapsed());
            assert!(parsed.diagnostics.is_empty());
        }
        let speed = text.len() as f64 / 1e6 / best.as_secs_f64();
        println!(
            "{name}: {:.1} MB in {best:.1?}, {speed:.1} MB/s",
            text.len() as f64 / 1e6
        );
    }
}

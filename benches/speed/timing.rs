//! The clock of the benches, and the form of their tables.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What a piece of work takes: the least of several runs, each figure by itself.
#[derive(Clone, Copy)]
pub struct Cost {
    /// On the clock of the wall.
    pub wall: Duration,
    /// Of all cores together, also when other programs run; none if the system does not tell.
    pub cpu: Option<Duration>,
}

/// Runs a piece of work so many times.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Cost {
    let mut best = Cost {
        wall: Duration::MAX,
        cpu: None,
    };
    for _ in 0..runs {
        let (start, before) = (Instant::now(), cpu());
        let result = work();
        let (wall, after) = (start.elapsed(), cpu());
        black_box(result);
        best.wall = best.wall.min(wall);
        let spent = after.zip(before).map(|(after, before)| after - before);
        best.cpu = best.cpu.into_iter().chain(spent).min();
    }
    best
}

/// How long the threads of this process have run, as Linux counts it: to a few milliseconds.
fn cpu() -> Option<Duration> {
    let mut sum = 0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        sum += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(sum))
}

/// The heads of a table of rows.
pub fn heads(what: &str) {
    println!(
        "\n{what:<26} {:>6} {:>10} {:>10} {:>16}",
        "MB", "wall", "cpu", "MB/s of one core"
    );
}

/// One row about texts: their size, what they cost, and the speed by the cpu if that is known.
pub fn row(name: &str, texts: &[String], cost: Cost) {
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let cpu = cost.cpu.unwrap_or(cost.wall);
    let speed = megabytes / cpu.as_secs_f64();
    println!(
        "{name:<26} {megabytes:>6.1} {:>10.1?} {cpu:>10.1?} {speed:>16.1}",
        cost.wall
    );
}

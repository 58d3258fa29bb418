#!/usr/bin/env bash
# Fuzz one target: fuzz/run.sh TARGET [SECONDS [OPTION...]], fifteen minutes if left out. Options are
# libFuzzer's own and win over those below: `-timeout=60` where other work slows every try down,
# since a try may take so many seconds of the clock; `-fork=1 -ignore_crashes=1` to go on after a
# finding.
# Needs a nightly toolchain and `cargo install cargo-fuzz`; nothing else in the repository does.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:?"which target: $(sed -n 's/^name = "\(.*\)"/\1/p' fuzz/Cargo.toml | tail -n +2 | tr '\n' ' ')"}
seconds=${2:-900}

case $target in
  parser | grammar | formatter | project | snippet | fixes) dictionary=jalon longest=8192 ;;
  templates) dictionary=liquid longest=4096 ;;
  plans) dictionary=plan longest=16384 ;;
  intake) dictionary=data longest=8192 ;;
  manifest) dictionary=toml longest=2048 ;;
  typed) dictionary=none longest=4096 ;;
  *) echo "no such target: $target" >&2; exit 2 ;;
esac

# A tape of decisions has no words.
words=()
[ "$dictionary" = none ] || words=("-dict=fuzz/dictionaries/$dictionary.dict")

# What the repository's own sources give, cut to the form of the target.
[ -d "fuzz/corpus/$target" ] || FUZZED_SEEDS=fuzz/corpus cargo test --test fuzzed seeds_are_written

# No sanitizer: the crate has no unsafe code, and without one it runs several times as fast. One
# thread: what is found on many is not found again.
export RAYON_NUM_THREADS=1
exec nice -n 19 cargo +nightly fuzz run --fuzz-dir fuzz --sanitizer none "$target" -- \
  "${words[@]}" -max_total_time="$seconds" -max_len="$longest" -timeout=5 \
  -rss_limit_mb=2048 -print_final_stats=1 "${@:3}"

# The commands of every day. `just` alone lists them.

default:
    @just --list

# Check, plan and replay an example (fondation, boutique, banque), and show what was sent to whom and why.
example name="fondation":
    bash examples/{{ name }}/run.sh

# Everything that a change must pass.
ci:
    bash .ci/run

# The tests.
test *args:
    cargo test {{ args }}

# Lay out code and examples.
fmt:
    cargo fmt
    cargo run --quiet -- fmt examples

# Write the generated files again: schemas, the index of codes, recorded outboxes.
bless:
    JALON_BLESS=1 UPDATE=1 cargo test

# The benchmarks of `docs/performance.md`: all, or `parse`, `fmt`, `check`, `plan`.
bench *parts:
    cargo bench --bench speed -- {{ parts }}

# Jalon beside ruff and cedar, installed in `target/peers`: all, or `check`, `cache`, `fmt`, `scale`, `giant`, `errors`.
peers *parts:
    cargo build --release
    python3 benches/peers/peers.py {{ parts }}

# Fuzz one target (`parser`, `project`, ...), for fifteen minutes or so many seconds. Needs nightly and cargo-fuzz.
fuzz target seconds="900" *options:
    fuzz/run.sh {{ target }} {{ seconds }} {{ options }}

# Random projects that are right, as many as you like.
typed cases="2000":
    TYPED={{ cases }} cargo test --test typed

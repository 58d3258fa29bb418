#!/usr/bin/env bash
# Checks and plans the programme, loads its people and gifts into a new store, replays five months
# of events, and shows what was sent to whom and why. From anywhere; needs cargo alone.
#
#     bash examples/fondation/run.sh [OUTBOX.ndjson]    also keeps the outbox, with its contents
set -euo pipefail
case ${1:-} in
  "" | /*) outbox=${1:-} ;;
  *) outbox=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
jalon=${JALON:-"cargo run --quiet --manifest-path ../../Cargo.toml --"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { printf '\n== %s\n' "$1" >&2; }

step "check: what can be said before anything runs"
$jalon check .

step "plan: the project as one program"
$jalon plan . --out "$work/plan.json"
grep -m 1 fingerprint "$work/plan.json" >&2

step "load: the people and their gifts"
$jalon load --db "$work/store.db" --project "$work/plan.json" Member data/members.csv
$jalon load --db "$work/store.db" --project "$work/plan.json" Gift data/gifts.ndjson

step "replay: five months of events"
$jalon replay "$work/plan.json" --db "$work/store.db" --events events.ndjson \
  --from 2026-02-01T18:00:00Z --until 2026-07-01T12:00:00Z \
  --timeline --out "${outbox:-$work/outbox.ndjson}"

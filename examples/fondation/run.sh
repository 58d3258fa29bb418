#!/usr/bin/env bash
# Checks and plans the programme, loads its people and gifts into a new store, replays five months
# of events, and shows what was sent to whom and why. From anywhere; needs cargo alone.
set -euo pipefail
cd "$(dirname "$0")"
jalon=${JALON:-"cargo run --quiet --manifest-path ../../Cargo.toml --"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

$jalon check .
$jalon plan . --out "$work/plan.json"
$jalon load --db "$work/store.db" --project "$work/plan.json" Member data/members.csv
$jalon load --db "$work/store.db" --project "$work/plan.json" Gift data/gifts.ndjson
$jalon replay "$work/plan.json" --db "$work/store.db" --events events.ndjson \
  --from 2026-02-01T18:00:00Z --until 2026-07-01T12:00:00Z --out "${1:-$work/outbox.ndjson}"

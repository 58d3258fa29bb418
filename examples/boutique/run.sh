#!/usr/bin/env bash
# Checks and plans the shop's programme, loads its clients, products and orders into a new store, replays
# four months of events, and shows what was sent to whom and why. From anywhere; needs cargo alone.
#
#     bash examples/boutique/run.sh [OUTBOX.ndjson]    also keeps the outbox, with its contents
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
load() { $jalon load --db "$work/store.db" --project "$work/plan.json" "$@"; }

step "check: what can be said before anything runs"
$jalon check .

step "plan: the project as one program"
$jalon plan . --out "$work/plan.json"
grep -m 1 fingerprint "$work/plan.json" >&2

step "load: what the house knows on the first day"
load Client data/clients.csv
load Store data/stores.csv
load Product data/products.csv
load Order data/orders.csv
load Line data/lines.csv
load Wish data/wishes.csv

step "replay: four months of events"
$jalon replay "$work/plan.json" --db "$work/store.db" --events events.ndjson \
  --from 2026-03-02T05:00:00Z --until 2026-06-30T22:00:00Z \
  --timeline --out "${outbox:-$work/outbox.ndjson}"

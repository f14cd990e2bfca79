#!/usr/bin/env bash
# Times whole maps with `yonder bench map` and prints a row each, as the tables of README.md have them:
#   bench/whole-maps.sh [OPTIONS OF yonder bench map]...   one map for each argument, an argument being one quoted list
#   bench/whole-maps.sh                                    all the tables; some minutes
# YONDER names the executable (default: that of the release preset).
set -euo pipefail
yonder=${YONDER:-$(cd "$(dirname "$0")/.." && pwd)/build/release/scenarios/yonder}
if (($# == 0)); then
  maps=()
  for km in 5 10 20 30 50 100; do
    maps+=("--model itu_p1812 --radius_m ${km}000 --pixel_m 30")
  done
  for km in 10 30 50; do
    maps+=("--model itm --radius_m ${km}000 --pixel_m 30")
  done
  maps+=("--model itu_p1812 --radius_m 30000 --pixel_m 30 --threads 1"
    "--model itm --radius_m 30000 --pixel_m 30 --threads 1"
    "--model itu_p1812 --radius_m 10000 --pixel_m 30 --engine exact"
    "--model itm --radius_m 10000 --pixel_m 30 --engine exact"
    "--model itu_p1812 --radius_m 30000 --pixel_m 30 --engine exact --repetitions 1")
  set -- "${maps[@]}"
fi
value() { sed -n 's/^ *"'"$1"'": \([^,]*\),\{0,1\}$/\1/p' <<<"$json" | head -n 1; }
printf '| Map | Receivers | Threads | Wall, s | CPU, s | ns CPU a receiver | Peak, MiB |\n|---|---|---|---|---|---|---|\n'
for map in "$@"; do
  # shellcheck disable=SC2086 # the words of one map
  json=$("$yonder" bench map $map 2>/dev/null)
  printf '| `%s` | %s | %s | %.2f | %.2f | %.0f | %.0f |\n' "$map" "$(value receivers)" "$(value threads)" \
    "$(value wall_s)" "$(value cpu_s)" "$(value ns_per_receiver_cpu)" "$(value peak_rss_mib)"
done

#!/usr/bin/env bash
# Makes the figures of the pages in docs/models: every command `yonder loss ... --picture
# docs/models/figures/NAME.png` that a page quotes in a block ```sh is run as it stands. A figure of a
# new page therefore needs its command in the page, and nothing here.
#
#   docs/models/make_figures.sh [--check] [PAGE...]      e.g. free_space itm; default: all pages
#
# --check runs the commands, but keeps no picture: it only proves that they still work.
# YONDER=path/to/yonder names the program; default: the release build, else the dev build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program=${YONDER:-}
for preset in release dev; do
  [[ -z $program && -x build/$preset/scenarios/yonder ]] && program=build/$preset/scenarios/yonder
done
[[ -n $program ]] || { echo "make_figures.sh: there is no yonder; ./dev yonder --version builds it" >&2; exit 1; }
yonder() { "$program" "$@"; }

# The blocks of a page that begin with the command and name a picture, one a line.
commands() {
  awk '/^```/ { if (block ~ /^yonder loss .*--picture docs\/models\/figures\//) print block
                block = ""; inside = ($0 == "```sh") && !inside; next }
       inside { sub(/\\$/, ""); block = block $0 " " }' "$1"
}

folder=docs/models/figures
if [[ ${1:-} == --check ]]; then
  shift
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
pages=("$@")
[[ ${#pages[@]} -gt 0 ]] || mapfile -t pages < <(basename -s .md -a docs/models/*.md)
for page in "${pages[@]}"; do
  while read -r command; do
    if [[ $command == *p1546-curves.csv* && ! -e p1546-curves.csv ]]; then
      echo "$page: left out, for p1546-curves.csv is not here (docs/models/itu_p1546.md)"
      continue
    fi
    echo "$page"
    eval "${command/--picture docs\/models\/figures\//--picture $folder/}" >/dev/null
  done < <(commands "docs/models/$page.md")
done

#!/usr/bin/env bash
# A province's batch on real relief and coast: ./run.sh DATA FOLDER [ARGUMENTS of yonder batch]
# DATA holds dem/vfp15_guangdong.tif and coast/gshhg_f_guangdong_land_polys.geojson; FOLDER is where all is made.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$(cd "$1" && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)
shift 2
cp "$here/map.yaml" "$here/plan.yaml" "$folder/"
ln -sf "$data/dem/vfp15_guangdong.tif" "$folder/terrain.tif"
ln -sf "$data/coast/gshhg_f_guangdong_land_polys.geojson" "$folder/land.geojson"
python3 "$here/place.py" "$folder/land.geojson" 802 >"$folder/cells.csv"
exec "${YONDER:-$here/../../build/release/scenarios/yonder}" batch "$folder/plan.yaml" "$@"

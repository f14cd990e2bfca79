#!/usr/bin/env bash
# Writes a scenario of 1,000 sectors on a lattice over synthetic terrain, to see time and memory at scale:
#   bench/large-network.sh FOLDER [SECTORS [SPACING_KM]]
#   yonder check FOLDER/scenario.yaml      # estimate of memory and time
#   yonder run FOLDER/scenario.yaml        # its summary ends with the peak of the memory
# YONDER names the executable (default: that of the release preset).
set -euo pipefail
folder=${1:?usage: bench/large-network.sh FOLDER [SECTORS [SPACING_KM]]}
sectors=${2:-1000}
spacing_km=${3:-15}
yonder=${YONDER:-$(cd "$(dirname "$0")/.." && pwd)/build/release/scenarios/yonder}
mkdir -p "$folder"

# Sites of three sectors, row by row on a square around 87 E, 39 N, the central meridian of a UTM zone.
awk -v sectors="$sectors" -v spacing="$spacing_km" -v box="$folder/box" 'BEGIN {
  per_degree = 111.2; pi = atan2(0, -1); narrow = cos(39 * pi / 180)
  sites = int((sectors + 2) / 3); side = int(sqrt(sites)); if (side * side < sites) ++side
  print "site_id,lon_deg,lat_deg,cell_id,azimuth_deg"
  for (n = 0; n < sectors; ++n) {
    site = int(n / 3)
    lon = 87 + (site % side - (side - 1) / 2) * spacing / (per_degree * narrow)
    lat = 39 + ((side - 1) / 2 - int(site / side)) * spacing / per_degree
    printf "L%03d,%.5f,%.5f,L%03d-%d,%d\n", site + 1, lon, lat, site + 1, n % 3 + 1, 30 + 120 * (n % 3)
  }
  half = (side - 1) / 2 * spacing + 36  # radius and margin
  printf "west_deg: %.3f, south_deg: %.3f, east_deg: %.3f, north_deg: %.3f", 87 - half / (per_degree * narrow) - 0.05,
    39 - half / per_degree, 87 + half / (per_degree * narrow) + 0.05, 39 + half / per_degree > box
}' >"$folder/sites.csv"

cat >"$folder/terrain.yaml" <<TEXT
yonder_terrain: 1
name: large network (synthetic)
seed: 1
step_arcsec: 6
box: {$(cat "$folder/box")}
known_heights:
  - {lon_deg: 84, lat_deg: 37, height_amsl_m: 1300}
  - {lon_deg: 90, lat_deg: 37, height_amsl_m: 1500}
  - {lon_deg: 87, lat_deg: 41, height_amsl_m: 900}
roughness: {rms_m: 60, scale_m: 4000}
TEXT
rm "$folder/box"
"$yonder" terrain sketch "$folder/terrain.yaml" -o "$folder/terrain.tif"

cat >"$folder/scenario.yaml" <<TEXT
yonder: 1
id: large-network
title: "$sectors sectors of 30 km at 50 m (synthetic)"
area: {around_sites_km: 30, pixel_m: 50}
calculation: {radius_km: 30}
terrain: {sources: [terrain.tif]}
carriers:
  - {id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 17, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}
sites_csv: sites.csv
cell_defaults: {carrier: n28, antenna: panel, height_agl_m: 40, power_w: 240}
propagation:
  model: itu_p1812
  parameters: {delta_n_per_km: 31, n0: 310}
thresholds:
  - {id: usable, rsrp_dbm: -110}
outputs: {directory: out, picture: false}
TEXT
printf 'yonder run %s/scenario.yaml\n' "$folder"

#!/usr/bin/env bash
# A batch through Slurm, for real: slurm_test.sh YONDER [FOLDER]
# Starts a cluster on this machine, submits a batch as an array of jobs, kills one of them while it runs so that Slurm
# queues it again, waits for the merge, and compares every byte with a single process's. Exit code 77: there is no Slurm.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
yonder=$(realpath "$1")
export PATH=$PATH:/usr/sbin
for program in slurmctld slurmd sbatch scontrol munged python3; do
  command -v "$program" >/dev/null || { echo "skipped: there is no $program here"; exit 77; }
done
[[ $(id -u) == 0 ]] || { echo "skipped: only root can start a cluster"; exit 77; }
folder=${2:-$(mktemp -d)}
mkdir -p "$folder"
# shellcheck source=tests/slurm/cluster.sh
source "$here/cluster.sh"
clean_up() {
  scancel --state=PENDING,RUNNING 2>/dev/null || true
  cluster_stop "$folder/cluster"
  [[ $keep == yes ]] || rm -rf "$folder"
}
keep=${2:+yes}
trap clean_up EXIT
fail() {
  echo "FAILED: $*" >&2
  tail -n 30 "$folder"/cluster/log/*.log "$folder"/out/slurm/*.log >&2 || true
  exit 1
}

cases=$here/../../scenarios/cases
cat >"$folder/map.yaml" <<YAML
yonder: 1
id: dunes
area: {around_sites_km: 12, pixel_m: 100}
calculation: {radius_km: 12}
terrain: {sources: ["$cases/desert-highway/terrain-synthetic.tif"]}
carriers: [{id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}]
antennas: [{id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 7}]
cell_defaults: {carrier: n28, antenna: panel, height_agl_m: 40, power_w: 40, prach_format: 1}
terminals: [{id: handset, profile: handset_outdoors}]
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 31, n0: 310}}
thresholds: [{id: good, rsrp_dbm: -105}]
outputs: {picture: false}
YAML
{
  echo "site_id,lon_deg,lat_deg,cell_id,azimuth_deg"
  for i in 1 2 3 4 5 6; do
    for azimuth in 0 120 240; do echo "S$i,83.$((i + 2))5,39.$((4 + i % 3))5,S$i-$azimuth,$azimuth"; done
  done
} >"$folder/cells.csv"
printf 'yonder_batch: 1\nscenario: map.yaml\nsites_csv: cells.csv\ntile_px: 128\noutput: out\n' >"$folder/plan.yaml"

cluster_start "$folder/cluster"
submitted=$("$yonder" batch "$folder/plan.yaml" --slurm --shards 6)
echo "$submitted"
array=$(sed -n 's/.*array job \([0-9]*\),.*/\1/p' <<<"$submitted")
merge=$(sed -n 's/.*merge job \([0-9]*\).*/\1/p' <<<"$submitted")
[[ -n $array && -n $merge ]] || fail "no job numbers in: $submitted"

# The first job that has begun a tile is killed in the middle of it, as a node that fails would do.
requeued=
for _ in $(seq 600); do
  running=$(squeue -h -j "$array" -t RUNNING -o %K 2>/dev/null | head -n 1 || true)
  if [[ -n $running ]] && compgen -G "$folder/out/tiles/*/.yonder-partial-*" >/dev/null; then
    # The scheduler's own way: the processes get SIGKILL and the job goes back into the queue.
    scontrol requeue "${array}_$running" && requeued=$running && break
  fi
  [[ -n $(squeue -h -j "$array" 2>/dev/null) ]] || break
  sleep 0.05
done
[[ -n $requeued ]] || fail "no job could be killed while it ran"
echo "killed and requeued: job ${array}_$requeued"

for _ in $(seq 600); do
  state=$(scontrol show job "$merge" 2>/dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | head -n 1)
  [[ $state == COMPLETED || $state == FAILED || $state == CANCELLED ]] && break
  sleep 0.5
done
[[ $state == COMPLETED ]] || fail "the merge ended as '$state'"
restarts=$(scontrol show job "${array}_$requeued" | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p' | head -n 1)
[[ $restarts -ge 1 ]] || fail "Slurm knows of no restart of job ${array}_$requeued"

"$yonder" batch "$folder/plan.yaml" -o "$folder/single" --quiet >/dev/null
# timings.json and run.json tell of each run; slurm/ is there once only.
diff -r -q -x timings.json -x run.json -x slurm -x .yonder-batch.lock "$folder/single" "$folder/out" ||
  fail "the files differ from those of a single process"
python3 - "$folder" <<'PY'
import json, sys
single, cluster = (json.load(open(f"{sys.argv[1]}/{name}/run.json")) for name in ("single", "out"))
assert cluster["complete"] and not cluster["tiles"]["missing"], cluster["tiles"]["missing"]
assert single["kpis"] == cluster["kpis"] and single["service"] == cluster["service"]
print(len(cluster["tiles"]["finished"]), "tiles, the same bytes and counts")
PY
echo "PASSED"

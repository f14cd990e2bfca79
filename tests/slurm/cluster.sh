# A Slurm cluster of this one machine, for tests: source it, then cluster_start FOLDER and cluster_stop.
# Everything lives in FOLDER: keys, sockets, state, logs. Ports are taken from those that are free. Needs Debian's
# packages slurmctld, slurmd, slurm-client and munge, and root (munged and slurmd switch users otherwise).

free_port() {
  python3 - <<'PY'
import socket
with socket.socket() as s:
    s.bind(("", 0))
    print(s.getsockname()[1])
PY
}

cluster_start() { # FOLDER
  local folder=$1 host cores memory
  mkdir -p "$folder"/{state,spool,log}
  chmod 0755 "$folder"
  host=$(hostname -s)
  cores=$(nproc)
  memory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
  dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none
  chmod 0400 "$folder/munge.key"
  munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/log/munged.log" --seed-file="$folder/munge.seed"
  cat >"$folder/slurm.conf" <<CONF
ClusterName=yonder
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobRequeue=1
ReturnToService=2
KillWait=2
MpiDefault=none
SchedulerParameters=sched_interval=1,batch_sched_delay=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP
CONF
  export SLURM_CONF=$folder/slurm.conf
  slurmctld -c -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF" -N "$host"
  local i
  for i in $(seq 60); do
    [[ $(sinfo -h -o %t 2>/dev/null) == idle* ]] && return 0
    sleep 0.5
  done
  echo "the cluster did not come up:" >&2
  sinfo >&2 || true
  tail -n 20 "$folder"/log/*.log >&2
  return 1
}

cluster_stop() { # FOLDER
  local name
  for name in slurmd slurmctld munged; do
    [[ -f $1/$name.pid ]] && kill "$(cat "$1/$name.pid")" 2>/dev/null || true
  done
}

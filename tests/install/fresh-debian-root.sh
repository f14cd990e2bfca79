#!/usr/bin/env bash
# Proves ./dev in a Debian root that has nothing but its base system. Needs root, debootstrap and about 4 GB.
#
#   tests/install/fresh-debian-root.sh [--mirror URL] [--suite NAME] [--work FOLDER] [--copy FILE]... [COMMAND]
#
# Clones the last commit into a fresh root and runs COMMAND there (default: ./dev test && ./dev run). The mirror
# comes from this machine's apt unless given. Each FILE is copied to /root in there. FOLDER (default /var/tmp/yonder-fresh) keeps base/, the untouched base
# system for the next time, and root/, made anew each time and left for inspection. Mounts end with the script.
set -euo pipefail
suite=bookworm
work=/var/tmp/yonder-fresh
mirror=
copies=()
while (($# > 0)); do
  case $1 in
    --mirror) mirror=$2; shift 2 ;;
    --suite) suite=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --copy=*) copies+=("${1#--copy=}"); shift ;;
    --copy) copies+=("$2"); shift 2 ;;
    -*) echo "unknown option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
command=${1:-'./dev test && ./dev run'}
if [[ $(id -u) != 0 ]]; then echo "error: needs root (chroot)" >&2; exit 1; fi
if [[ -z $mirror ]]; then
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
fi
if [[ -z $mirror ]]; then echo "error: apt names no mirror; give --mirror URL" >&2; exit 1; fi

repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
# The mounts live in a name space of their own: they cannot outlive this script, nor be deleted through.
if [[ ${YONDER_IN_NAMESPACE:-} != 1 ]]; then
  YONDER_IN_NAMESPACE=1 exec unshare --mount --propagation private "$0" --mirror "$mirror" --suite "$suite" \
    --work "$work" "${copies[@]/#/--copy=}" "$command"
fi

if [[ ! -f $work/base.done ]]; then
  rm -rf --one-file-system "$work/base"
  mkdir -p "$work"
  debootstrap --variant=minbase "$suite" "$work/base" "$mirror"
  touch "$work/base.done"
fi
rm -rf --one-file-system "$work/root"
cp -a "$work/base" "$work/root"
# Proxies and the like of this machine, so that apt works in there as it does here.
apt-config dump Acquire > "$work/root/etc/apt/apt.conf.d/99from-outside"
cp -L /etc/resolv.conf "$work/root/etc/resolv.conf"
git clone --quiet --no-hardlinks "$repository" "$work/root/root/yonder"
if ((${#copies[@]})); then cp "${copies[@]}" "$work/root/root/"; fi
mount -t proc proc "$work/root/proc"
mount --rbind /dev "$work/root/dev"

echo "== $(git -C "$repository" log -1 --format='%h %s') on $(cat "$work/root/etc/debian_version"): $command"
status=0
SECONDS=0
chroot "$work/root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  bash -c "cd /root/yonder && { $command; }" || status=$?
echo "== exit status $status after $SECONDS s; the root is left in $work/root"
exit "$status"

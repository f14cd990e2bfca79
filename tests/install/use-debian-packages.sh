#!/usr/bin/env bash
# Within a clean Debian root: installs /root/*.deb and uses what they bring. Run by debian-package.sh.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
check() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@" >/tmp/check.log 2>&1; then
    echo "ok: $what"
  else
    echo "FAILED: $what: $*"
    tail -n 20 /tmp/check.log
    exit 1
  fi
}
has() { [[ -s $1 ]]; }
finds() { grep -q -e "$1" "$2"; }

apt-get -qq update
check "yonder installs with its dependencies alone" apt-get install -y --no-install-recommends /root/yonder_*.deb
check "no compiler, no header, no browser came along" bash -c \
  '! dpkg-query -W g++ libgdal-dev chromium 2>/dev/null | grep -q "[0-9]"'
check "it runs" yonder --version
cat /tmp/check.log
check "every library is there" bash -c '! ldd /usr/bin/yonder | grep "not found"'
cd /tmp
check "it computes an installed case" \
  yonder run /usr/share/yonder/cases/desert-highway/scenario.yaml --variant baseline --quiet --set area.pixel_m=1000 -o /tmp/out
for file in run.json rsrp.tif coverage.png sites.gpkg ../report.html; do check "  $file" has "/tmp/out/baseline/$file"; done
printf 'yonder_batch: 1\nscenario: /usr/share/yonder/cases/desert-highway/scenario.yaml\nvariant: baseline\n%s\n%s\n' \
  'set: {area.pixel_m: 2000, shapes: null, optical: null}' 'tile_px: 64' >/tmp/plan.yaml
check "it computes a batch of tiles" yonder batch /tmp/plan.yaml -o /tmp/maps --log json
for file in run.json rsrp.vrt kpis.csv; do check "  $file" has "/tmp/maps/$file"; done
check "pictures find a font for Chinese" bash -c 'fc-list :lang=zh | grep -q .'
check "the manual page is there" bash -c 'zcat -f /usr/share/man/man1/yonder.1* | grep -q "SH NAME"'
check "the completion is there" bash -c 'source /usr/share/bash-completion/completions/yonder; complete -p yonder'
check "the documentation is there" has /usr/share/doc/yonder/docs/quickstart.md
check "a copyright file is there" has /usr/share/doc/yonder/copyright
check "a changelog is there" has /usr/share/doc/yonder/changelog.Debian.gz
check "nothing of it may be written by others" bash -c \
  '! dpkg -L yonder | xargs -d "\n" stat -c "%A %n" | grep -v "^l" | grep -E "^.{5}w|^.{8}w|^.{3}s"'

apt-get install -y --no-install-recommends man-db groff-base g++ cmake ninja-build >/tmp/apt.log 2>&1 || { tail /tmp/apt.log; exit 1; }
check "man shows it" bash -c 'MANPAGER=cat man -l /usr/share/man/man1/yonder.1* | grep -q "yonder run"'
check "libyonder-dev installs" apt-get install -y --no-install-recommends /root/libyonder-dev_*.deb
check "a program finds the libraries" cmake -G Ninja -S /root/yonder/tests/install/consumer -B /tmp/consumer
check "and builds" cmake --build /tmp/consumer
check "and runs" /tmp/consumer/consumer
cat /tmp/check.log
check "both go again" apt-get purge -y yonder libyonder-dev
check "and leave nothing" bash -c '! ls -d /usr/share/yonder /usr/share/doc/yonder /usr/include/yonder /usr/lib/cmake/yonder 2>/dev/null | grep .'
echo "all good"

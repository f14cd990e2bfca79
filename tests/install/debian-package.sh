#!/usr/bin/env bash
# Makes the Debian packages and proves them in a clean Debian root. Needs root and debootstrap.
#
#   tests/install/debian-package.sh [OPTIONS OF fresh-debian-root.sh]
#
# The packages are built on this machine (of the same Debian), or taken from $YONDER_PACKAGES, a folder with both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${YONDER_PACKAGES:-$here/../../build/packages}
[[ -n ${YONDER_PACKAGES:-} ]] || "$here/../../dev" package "$folder" >&2
"$here/fresh-debian-root.sh" --copy "$(echo "$folder"/yonder_*.deb)" --copy "$(echo "$folder"/libyonder-dev_*.deb)" "$@" \
  tests/install/use-debian-packages.sh

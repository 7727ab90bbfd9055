#!/usr/bin/env bash
# Installs the Debian packages that the demo, the tests and the package build need, or with the word `bench` those that
# only the benchmarks need. Offline when none is missing.
set -euo pipefail

bench=(
    postgresql postgresql-postgis python3-psycopg2   # the peer with a server of its own
)

packages=(
    git                                  # which files belong to the project
    qgis python3-qgis qgis-providers     # desktop, qgis_process, PyQGIS
    python3-numpy python3-pyproj         # the run-time libraries, with the PROJ that QGIS links
    python3-matplotlib                   # charts, and the pictures of the docs
    python3-venv                         # the environments of the tests and of the linters
    qttools5-dev-tools                   # lrelease, for the translations in the package
    xvfb openbox xdotool                 # the desktop tests: display, window manager, clicks
    fonts-open-sans fonts-dejavu-core    # map and form text
)

# shapely must share its GEOS with QGIS: Debian's own where it is 2.0 or newer, else one built here.
. /etc/os-release 2>/dev/null || true
case "${ID:-}-${VERSION_ID:-}" in
    debian-1[012] | ubuntu-2[02].*) packages+=(libgeos-dev python3-dev gcc g++ pkg-config) ;;
    *) packages+=(python3-shapely) ;;
esac

if [ "${1:-}" = bench ]; then packages=("${bench[@]}"); fi

if ! command -v dpkg-query >/dev/null; then
    echo "Not a Debian system: install QGIS, shapely >= 2.0 and pyproj by your own means (see ${packages[*]})." >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "Installing from Debian: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Neither root nor sudo: install these packages first." >&2; exit 1; }
    as_root=(sudo)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
# A first PostgreSQL would make a cluster and start it for good; the benchmark makes and stops its own.
hold=/etc/postgresql-common/createcluster.d/zone-bench.conf
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
    trap '"${as_root[@]}" rm -f "$hold"' EXIT
    "${as_root[@]}" mkdir -p "${hold%/*}"
    echo "create_main_cluster = false" | "${as_root[@]}" tee "$hold" >/dev/null
fi
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}"

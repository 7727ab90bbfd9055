#!/usr/bin/env bash
# Makes or completes the environment of the tests: make_venv.sh VENV [PYTHON]. Offline when nothing is missing.
#
# VENV sees the system's QGIS. VENV/qgis-path holds what QGIS itself needs from it on PYTHONPATH and nothing else:
# shapely and its numpy, or nothing where the system's shapely will do.
set -euo pipefail

venv=$1
python=${2:-/usr/bin/python3}
here=$(cd "$(dirname "$0")" && pwd)
unset PYTHONPATH

[ -x "$venv/bin/python" ] || "$python" -m venv --system-site-packages "$venv"
pip=("$venv/bin/python" -m pip --disable-pip-version-check install --quiet)

# A wheel of shapely brings a GEOS of its own, which crashes inside QGIS: build against the system's.
if ! "$python" -I -c 'from shapely import STRtree, union_all' 2>/dev/null; then
    "${pip[@]}" --no-binary shapely 'shapely>=2,<3' 'numpy<2'
fi
"${pip[@]}" -r "$here/requirements-test.txt"

site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
mkdir -p "$venv/qgis-path"
for name in shapely numpy numpy.libs; do
    if [ -d "$site/$name" ]; then ln -sfn "$(readlink -f "$site/$name")" "$venv/qgis-path/$name"; fi
done

PYTHONPATH="$venv/qgis-path" QT_QPA_PLATFORM=offscreen "$python" "$here/check_runtime.py"

#!/usr/bin/env bash
# The main job on the sample line, as a user of the installed plugin runs it: demo.sh ZIP, from the project's folder.
# VENV names the Python environment. Writes out/plan.gpkg, out/context.gpkg, out/plan.qgz and out/map.png.
set -euo pipefail

zip=$1
venv=$(cd "${VENV:-.venv}" && pwd)
out=$PWD/out
log=$PWD/build/demo.log
goal=10  # seconds that the main job should take at most
export QGIS_CUSTOM_CONFIG_PATH=$PWD/build/demo-profile   # a profile of its own: the user's stays as it is
plugins=$QGIS_CUSTOM_CONFIG_PATH/profiles/default/python/plugins
. tools/env.sh

# The wrapper qgis_process of QGIS 3.22 passes an option on Debian that the program does not know.
qgis_process=$(command -v qgis_process.bin || command -v qgis_process)

# Runs a command and shows what it said only when it failed.
quietly() {
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "demo: failed: $*" >&2
        exit 1
    fi
}

rm -rf "$QGIS_CUSTOM_CONFIG_PATH"  # enabling a plugin twice is an error to qgis_process
mkdir -p "$out" "$plugins"
rm -f "$out"/plan.gpkg* "$out"/context.gpkg* "$out"/plan.qgz "$out"/map.png
"$venv/bin/python" tools/install_plugin.py "$zip" "$plugins"

export PYTHONPATH=$venv/qgis-path
quietly "$qgis_process" plugins enable buffer_zone_plugin
began=${EPOCHREALTIME/./}
quietly "$qgis_process" run bufferzone:planzone -- \
    INPUT="$plugins/buffer_zone_plugin/resources/sample/illustrative_contact_line.geojson" \
    DEPTH_A=20 DEPTH_B=20 SPLIT=1 SECTORS=8 \
    SECTORS_OUT=TEMPORARY_OUTPUT GEOPACKAGE="$out/plan.gpkg"
tenths=$(( (${EPOCHREALTIME/./} - began + 50000) / 100000 ))
echo "Main job (start QGIS, load, compute, write all layers): $((tenths / 10)).$((tenths % 10)) s"
if ((tenths > 10 * goal)); then
    echo "SLOW: the main job should take at most $goal s; a busy machine or a first start of QGIS may be the reason."
fi

# CPL_LOG: GDAL's notes on QGIS's own world map and on the picture's format are no news to anyone.
CPL_LOG=$PWD/build/gdal.log PYTHONPATH=$plugins "$venv/bin/python" tools/demo_project.py "$out"

# Sourced, from the project's folder: what QGIS without a display and a Python environment beside it need.
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export LC_ALL=C.UTF-8
# An environment of its own makes Debian's pyproj look for its data in the wrong place.
if [ -z "${PROJ_DATA:-}" ] && [ -f /usr/share/proj/proj.db ]; then export PROJ_DATA=/usr/share/proj; fi
# PyQGIS guesses where QGIS lies from the Python that runs it.
if [ -z "${QGIS_PREFIX_PATH:-}" ] && [ -d /usr/share/qgis ]; then export QGIS_PREFIX_PATH=/usr; fi
XDG_RUNTIME_DIR=$PWD/build/run
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
export XDG_RUNTIME_DIR
unset PYTHONPATH

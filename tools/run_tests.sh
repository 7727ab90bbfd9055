#!/usr/bin/env bash
# Every test, those of the core beside those that need QGIS: each half keeps one processor busy. The core's log is shown
# when it is complete. Fails if a half fails, or finds no tests. Run it from the project's folder after `. tools/env.sh`.
set -uo pipefail

python=${VENV:-.venv}/bin/python
core=(tests/core buffer_zone_plugin/core)
others=(tests/gui tests/output tests/package tests/processing tests/desktop)
mkdir -p build
log=build/tests_core.log

for folder in tests/*/; do  # a folder that is in neither half would never be run
    folder=${folder%/}
    case $folder in */__pycache__) continue ;; esac
    case " ${core[*]} ${others[*]} " in *" $folder "*) ;; *) echo "run_tests: $folder is in no half" >&2; exit 2 ;; esac
done

"$python" -m pytest -p no:pytest_qgis -p no:pytest-qt -p no:cacheprovider "${core[@]}" >"$log" 2>&1 &
half=$!
trap 'kill "$half" 2>/dev/null' EXIT
"$python" -m pytest "${others[@]}"
rest=$?
wait "$half"
first=$?
trap - EXIT
echo
echo "Tests of the core, run beside the others:"
cat "$log"
exit $((rest > first ? rest : first))

#!/usr/bin/env bash
# Runs all tests. --quick leaves out what needs the native executables.
set -euo pipefail
cd "$(dirname "$0")"

quick=false
case ${1:-} in
  --quick) quick=true ;;
  "") ;;
  *)
    cat <<'TEXT'
Usage: ./test.sh [--quick]
  Installs what the tests need (as root on Debian; else says what is missing), builds, and runs every suite.
  --quick  the inner loop: no native executables, under two minutes
TEXT
    [[ $1 == --help || $1 == -h ]] && exit 0 || exit 2
    ;;
esac

source build/prerequisites.sh
require_sdk
require_native_toolchain
require_test_servers
install_missing

passed=0 failed=0

run_suite() { # project folder, configuration
  local name=${1##*/} log status=0
  log=$(mktemp)
  echo "== $name"
  "artifacts/bin/$name/$2/$name" --no-progress >"$log" 2>&1 || status=$?
  local total ok
  total=$(sed -n 's/^ *total: *\([0-9]*\).*/\1/p' "$log" | tail -1)
  ok=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -1)
  passed=$((passed + ${ok:-0}))
  failed=$((failed + ${total:-0} - ${ok:-0}))
  if ((status != 0)); then
    cat "$log"
    # A suite that crashed or ran nothing has failed, whatever it counted.
    [[ ${total:-0} != "${ok:-0}" ]] || failed=$((failed + 1))
  else
    tail -7 "$log" | grep -E 'total|duration' | tr -s ' \n' ' '
    echo
  fi
  rm -f "$log"
}

if $quick; then
  dotnet build PyAirtable.sln -v quiet --nologo
  for project in tests/PyAirtable.*.Tests; do run_suite "$project" debug; done
else
  dotnet build PyAirtable.sln -c Release -v quiet --nologo
  build/publish.sh AllInOne Gateway Platform Automation
  for project in tests/PyAirtable.*.Tests tests/Conformance; do run_suite "$project" release; done
fi

echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))

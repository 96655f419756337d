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
  "artifacts/bin/$name/$2/$name" -noColor -noLogo >"$log" 2>&1 || status=$?
  # The runner's last line: "Total: 12, Errors: 0, Failed: 1, Skipped: 0, Not Run: 0, Time: 3.4s"
  local total=0 bad=0 summary
  summary=$(grep -E 'Total: [0-9]+, Errors:' "$log" | tail -1 || true)
  if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) ]]; then
    total=${BASH_REMATCH[1]}
    bad=$((BASH_REMATCH[2] + BASH_REMATCH[3] + BASH_REMATCH[4]))
  fi
  # A suite that crashed or ran nothing has failed, whatever it counted.
  if ((bad == 0 && (status != 0 || total == 0))); then bad=1 total=$((total + 1)); fi
  passed=$((passed + total - bad))
  failed=$((failed + bad))
  if ((bad)); then cat "$log"; else echo "$summary"; fi
  rm -f "$log"
}

# Our libraries rooted whole and compiled natively: every trim and AOT warning is an error.
check_aot() {
  local log
  log=$(mktemp)
  echo "== AOT warnings"
  if build/publish.sh --project tests/Aot >"$log" 2>&1; then
    passed=$((passed + 1))
  else
    cat "$log"
    failed=$((failed + 1))
  fi
  rm -f "$log"
}

if $quick; then
  dotnet build PyAirtable.sln -v quiet --nologo
  for project in tests/PyAirtable.*.Tests; do run_suite "$project" debug; done
else
  dotnet build PyAirtable.sln -c Release -v quiet --nologo
  build/publish.sh AllInOne Gateway Platform Automation
  check_aot
  for project in tests/PyAirtable.*.Tests tests/Conformance; do run_suite "$project" release; done
fi

echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))

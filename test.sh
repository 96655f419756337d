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
  --quick  the inner loop: the services without native executables, and of what is tested in two ways (engines, paths) the one that takes less
TEXT
    [[ $1 == --help || $1 == -h ]] && exit 0 || exit 2
    ;;
esac

source build/prerequisites.sh
require_sdk
require_native_toolchain
require_test_servers
install_missing
install_object_storage
install_compose_schema
$quick || install_mcp_clients

passed=0 failed=0
logs=$(mktemp -d)
trap 'kill $(jobs -rp) 2>/dev/null || true; rm -rf "$logs"' EXIT

# Whole classes, which the run without --quick has: PostgreSQL and Redis beside SQLite and memory, the server's path beside the fast path,
# buckets beside folders, and files made to harm.
left_out=()
if $quick; then
  for class in Postgres Redis BehindTheServer SocketEquality ObjectStorage HostileFile; do left_out+=(-class- "*$class*"); done
fi

run_suite() { # project folder, configuration; leaves its log and its exit status
  local name=${1##*/} status=0
  "artifacts/bin/$name/$2/$name" -noColor -noLogo "${left_out[@]}" >"$logs/$name.log" 2>&1 &
  trap "kill $!" TERM
  wait $! || status=$?
  echo "$status" >"$logs/$name.status"
}

report_suite() { # project folder
  local name=${1##*/} status
  local log=$logs/$name.log
  # Where the runner was killed there is no status.
  status=$(cat "$logs/$name.status" 2>/dev/null || echo 1)
  echo "== $name"
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
}

# Two at once, since suites wait more than they compute; told in their order.
run_suites() { # configuration, project folders
  local configuration=$1
  shift
  local todo=("$@") untold=("$@")
  local -A runners=()
  while ((${#untold[@]} > 0)); do
    while ((${#todo[@]} > 0 && $(jobs -rp | wc -l) < 2)); do
      run_suite "${todo[0]}" "$configuration" &
      runners[${todo[0]}]=$!
      todo=("${todo[@]:1}")
    done
    wait -n || true
    while ((${#untold[@]} > 0)) && [[ -n ${runners[${untold[0]}]:-} ]] && ! kill -0 "${runners[${untold[0]}]}" 2>/dev/null; do
      report_suite "${untold[0]}"
      untold=("${untold[@]:1}")
    done
  done
}

# One test: a command, of which the last line is told, or all it printed where it failed.
check() { # title, command
  local log=$logs/check.log
  echo "== $1"
  if "${@:2}" >"$log" 2>&1; then
    passed=$((passed + 1))
    tail -1 "$log"
  else
    cat "$log"
    failed=$((failed + 1))
  fi
}

# A short run of every load scenario on the all-in-one that was just published: failures count, times do not.
load_smoke() (
  ulimit -n "$(ulimit -Hn)"
  exec timeout 120 artifacts/bin/Load/release/Load smoke
)

if $quick; then
  dotnet build PyAirtable.sln -v quiet --nologo
  run_suites debug tests/PyAirtable.{Gateway,Automation,Platform,Hosting,Mcp,AllInOne}.Tests
else
  dotnet build PyAirtable.sln -c Release -v quiet --nologo
  build/publish.sh AllInOne Gateway Platform Automation Mcp
  # Our libraries rooted whole and compiled natively: every trim and AOT warning is an error.
  check "AOT warnings" build/publish.sh --project tests/Aot
  # What the micro-benchmarks allocate, against bench/budgets.json.
  check "Allocation budgets" bench/run budgets
  run_suites release tests/PyAirtable.*.Tests
  # Alone: it measures start and memory of the executables.
  run_suites release tests/Conformance
  check "Load smoke" load_smoke
fi

echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))

# Counting and telling of deploy/verify-image.

passed=0 failed=0 notes=()

section() { printf '\n== %s\n' "$1"; }

ok() {
  passed=$((passed + 1))
  printf 'ok      %s\n' "$1"
}

bad() { # what, why
  failed=$((failed + 1))
  printf 'FAILED  %s\n' "$1"
  [[ -z ${2:-} ]] || printf '        %s\n' "${2//$'\n'/$'\n        '}"
}

check() { # what, command...
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then ok "$what"; else bad "$what" "$(tail -20 "$work/said")"; fi
}

# What this machine could not show; said once more at the end.
note() {
  notes+=("$1")
  printf 'note    %s\n' "$1"
}

summary() {
  ((${#notes[@]} == 0)) || printf -- '\nNot shown on this machine:\n%s' "$(printf -- '- %s\n' "${notes[@]}")"
  printf '\n%s passed, %s failed\n' "$passed" "$failed"
  ((failed == 0))
}

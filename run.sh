#!/usr/bin/env bash
# Builds the native all-in-one if it is not built or older than its sources, and starts it.
set -euo pipefail
cd "$(dirname "$0")"

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  cat <<'TEXT'
Usage: ./run.sh [verb]
  Builds PyAirtable (about a minute, the first time) and starts gateway, platform and automation on
  ports 8000, 8007 and 8006. Data goes to ./data. Settings are environment variables or a .env file.
  Verbs are those of the executable: serve (default), config show, healthcheck, migrate, openapi, --version.
TEXT
  exit 0
fi

binary=artifacts/publish/AllInOne/pyairtable
if [[ ! -x $binary ]] || [[ -n $(find src Directory.*.props global.json -newer "$binary" -type f -print -quit) ]]; then
  source build/prerequisites.sh
  require_sdk
  require_native_toolchain
  install_missing
  echo "building the native executable; this takes about a minute" >&2
  build/publish.sh AllInOne
  touch "$binary"
fi
exec "$binary" "$@"

#!/usr/bin/env bash
# Publishes native executables into artifacts/publish/<name>/.
# Usage: build/publish.sh [AllInOne] [Gateway] [Platform] [Automation] [Mcp], or --project <folder> [MSBuild options]
set -euo pipefail
cd "$(dirname "$0")/.."

case $(uname -m) in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "no native build for $(uname -m)" >&2; exit 3 ;;
esac

# The compiler driver that is there; clang is the SDK's own choice.
linker=()
command -v clang >/dev/null 2>&1 || linker=(-p:CppCompilerAndLinker=gcc)

publish() { # project folder, MSBuild options
  echo "publishing ${1##*/} ($rid)" >&2
  local name
  name=$(basename "${1/PyAirtable./}")
  dotnet publish "$1" "${@:2}" -c Release -r "$rid" -v quiet --nologo -p:DebugType=none "${linker[@]}" -o "artifacts/publish/$name" >&2
}

if [[ ${1:-} == --project ]]; then
  publish "${@:2}"
  exit
fi
for name in "${@:-AllInOne}"; do publish "src/PyAirtable.$name"; done

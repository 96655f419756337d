#!/usr/bin/env bash
# Publishes native executables into artifacts/publish/<name>/. Usage: build/publish.sh [AllInOne] [Gateway] [Platform] [Automation]
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

for project in "${@:-AllInOne}"; do
  echo "publishing $project ($rid)" >&2
  dotnet publish "src/PyAirtable.$project" -c Release -r "$rid" -v quiet --nologo "${linker[@]}" \
    -o "artifacts/publish/$project" >&2
done

#!/bin/sh
# Restores, or publishes, one executable in the build stage of Dockerfile.aot, and lays out what the image gets.
# Usage: image-publish.sh restore|publish <gateway|platform|automation|mcp|allinone> <amd64|arm64> [commit]
set -eu
step=$1 service=$2 target=${3:-$(dpkg --print-architecture)} commit=${4:-unknown}

case $service in
  gateway) project=Gateway ;;
  platform) project=Platform ;;
  automation) project=Automation ;;
  mcp) project=Mcp ;;
  allinone) project=AllInOne ;;
  *) echo "SERVICE is gateway, platform, automation, mcp or allinone, not $service" >&2; exit 1 ;;
esac
case $target in
  amd64) rid=linux-x64 ;;
  arm64) rid=linux-arm64 ;;
  *) echo "there is no native build for $target" >&2; exit 1 ;;
esac

if [ "$step" = restore ]; then
  # For both architectures, as the lock files are.
  exec dotnet restore "src/PyAirtable.$project" --locked-mode
fi

cross=
if [ "$(dpkg --print-architecture)" != "$target" ]; then
  cross="-p:LinkerFlavor=lld -p:ObjCopyName=aarch64-linux-gnu-objcopy"
fi
# Word splitting is wanted: one word is one option.
dotnet publish "src/PyAirtable.$project" -c Release -r "$rid" --no-restore -p:CppCompilerAndLinker=clang $cross \
  -p:SourceRevisionId="$commit" -p:DebugType=none -o /out

mkdir -p /image/app /volumes/data
find /out -maxdepth 1 -type f -name 'pyairtable*' -perm /111 -exec cp {} /image/app/pyairtable \;
test -x /image/app/pyairtable
# Cron expressions are about a time zone's clock, and the base has none. The zones' copies for other clocks are left out.
case $service in
  automation | allinone)
    mkdir -p /image/usr/share
    cp -a /usr/share/zoneinfo /image/usr/share/
    rm -rf /image/usr/share/zoneinfo/posix /image/usr/share/zoneinfo/right
    ;;
esac

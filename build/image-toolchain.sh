#!/bin/sh
# Installs the native toolchain into the build stage of Dockerfile.aot.
# Usage: image-toolchain.sh <architecture of this machine> <architecture of the image>   (amd64 or arm64; else this machine's)
set -eu
build=${1:-$(dpkg --print-architecture)}
target=${2:-$build}

if [ "$build" != "$target" ]; then
  [ "$target" = arm64 ] || { echo "an image for $target is built on $target, not on $build" >&2; exit 1; }
  dpkg --add-architecture arm64
  # Ubuntu keeps its ARM64 packages on a host of their own; Debian has all on one.
  list=/etc/apt/sources.list.d/ubuntu.sources
  if [ -f "$list" ]; then
    . /etc/os-release
    sed -i "s/^Types: .*/&\nArchitectures: $build/" "$list"
    printf 'Types: deb\nArchitectures: arm64\nURIs: http://ports.ubuntu.com/ubuntu-ports/\nSuites: %s %s-updates %s-security\nComponents: main universe\nSigned-By: %s\n' \
      "$VERSION_CODENAME" "$VERSION_CODENAME" "$VERSION_CODENAME" /usr/share/keyrings/ubuntu-archive-keyring.gpg >/etc/apt/sources.list.d/arm64.sources
  fi
  cross="lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
fi

apt-get update
# Word splitting is wanted: one word is one package. The library of SQLite is of the image's architecture.
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang tzdata ${cross:-} "libsqlite3-dev:$target" "zlib1g-dev:$target"
rm -rf /var/lib/apt/lists/*

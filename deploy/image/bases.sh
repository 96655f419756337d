# The two base images of Dockerfile.aot, made of Debian's packages and this machine's SDK; sourced by deploy/verify-image.
# They stand under the names of the FROM lines, so the file is built as it is; what they hold is Debian's, not Ubuntu's.

storage=(--root "$work/storage" --runroot "$work/run")

buildah_() { buildah "${storage[@]}" "$@"; }

require_verification_tools() { # architecture
  [[ $(id -u) == 0 ]] || { echo "deploy/verify-image needs root: it makes and mounts images" >&2; exit 3; }
  require_sdk
  need_command buildah buildah
  need_command debootstrap debootstrap
  need_command curl curl
  need_command jq jq
  need_command nodejs node
  need_command zstd zstd
  need_command openssl openssl
  [[ $1 == amd64 ]] || need_command qemu-user-static qemu-aarch64-static
  install_missing
}

image_of() { sed -n "s/^ARG $1=//p" Dockerfile.aot | head -1; } # SDK_IMAGE or RUNTIME_IMAGE

# An image of one layer from a folder, under a name.
commit_folder() { # folder, name, architecture, buildah config options...
  local folder=$1 name=$2 architecture=$3 container
  shift 3
  container=$(buildah_ from --arch "$architecture" scratch)
  buildah_ add --quiet "$container" "$folder" / >/dev/null
  buildah_ config --os linux --arch "$architecture" "$@" "$container"
  buildah_ commit --quiet --rm --format docker "$container" "$name" >/dev/null
}

# A Debian with this machine's SDK, package sources and certificates. It is the build stage only: nothing of it gets into the image.
assemble_sdk_base() {
  local name root=$work/sdk mirror suite
  name=$(image_of SDK_IMAGE)
  local version
  version=$(dotnet --version)
  [[ $name == *":$version-"* ]] || note "the SDK of $name is another ($version is here): the restore says whether the lock files allow it"
  if ! buildah_ inspect --type image "$name" >/dev/null 2>&1; then
    echo "assembling $name (Debian, SDK $version)"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    rm -rf "$root"
    debootstrap --variant=minbase --include=ca-certificates,libssl3,libstdc++6,zlib1g "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/etc/apt/sources.list
    cp -a /etc/apt/. "$root/etc/apt/"
    cp -a /etc/ssl/certs/. "$root/etc/ssl/certs/"
    mkdir -p "$root/usr/share/dotnet" "$root/root/.nuget"
    # Neither the runtimes' documentation nor other SDKs: only what a publish uses.
    cp -a "$(dirname "$(readlink -f "$(command -v dotnet)")")"/. "$root/usr/share/dotnet/"
    ln -sf /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
    [[ ! -d $HOME/.nuget/NuGet ]] || cp -a "$HOME/.nuget/NuGet" "$root/root/.nuget/"
    commit_folder "$root" "$name" amd64 \
      --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env DOTNET_CLI_TELEMETRY_OPTOUT=1 --env DOTNET_NOLOGO=1 --env DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
      --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    rm -rf "$root"
  fi
}

# What the chiselled base has: C library, libgcc, libstdc++, OpenSSL, certificates and a user; no shell, no package manager.
assemble_runtime_base() { # architecture
  local architecture=$1 name root=$work/runtime-$1 packages=$work/packages-$1
  name=$(image_of RUNTIME_IMAGE)
  echo "assembling $name ($architecture)"
  rm -rf "$root" "$packages"
  # A container engine mounts what a process expects of a system on these folders.
  mkdir -p "$root"/{tmp,proc,dev,sys} "$packages"/{deb,state/lists/partial,cache/archives/partial}
  touch "$packages/state/status"
  # Package lists of the image's architecture, in a folder of their own: this machine's are left as they are.
  local apt=(-q -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o "Dir::State=$packages/state"
    -o "Dir::State::status=$packages/state/status" -o "Dir::Cache=$packages/cache" -o APT::Sandbox::User=root)
  apt-get "${apt[@]}" update >"$work/apt.log" 2>&1
  (cd "$packages/deb" && apt-get "${apt[@]}" download libc6 libgcc-s1 libstdc++6 libssl3 zlib1g ca-certificates base-files >>"$work/apt.log" 2>&1)
  mkdir -p "$packages/all"
  local package
  for package in "$packages"/deb/*.deb; do dpkg -x "$package" "$packages/all"; done
  # Libraries, their loader and the release file; the rest of the packages is documentation, locales and tools.
  (cd "$packages/all" && find . \( -name '*.so*' -o -name os-release \) -not -path '*/gconv/*' -not -path '*/engines-3/*' -print0 |
    tar -c --null -T - | tar -x -C "$root")
  mkdir -p "$root/etc/ssl/certs"
  find "$packages/all/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$root/etc/ssl/certs/ca-certificates.crt"
  printf 'root:x:0:0:root:/root:/sbin/nologin\napp:x:1654:1654::/home/app:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
  chmod 1777 "$root/tmp"
  commit_folder "$root" "$name" "$architecture" --user 1654
}

build_image() { # service, architecture
  local started=$SECONDS log=$work/build-$1-$2.log
  mkdir -p "$HOME/.nuget/packages"
  # By its arguments, not by --platform: Debian's buildah takes that for the build stage too, whatever its FROM says.
  # The packages folder of this machine saves the downloads; the restore still holds every package against the lock files.
  if buildah_ bud --isolation chroot --pull-never --layers --format docker \
    --volume "$HOME/.nuget/packages:/root/.nuget/packages" \
    --build-arg BUILDARCH=amd64 --build-arg "TARGETARCH=$2" --build-arg "SERVICE=$1" --build-arg "COMMIT=$commit" -f Dockerfile.aot -t "pyairtable-$1:$2" . >"$log" 2>&1; then
    ok "Dockerfile.aot builds ($((SECONDS - started)) s)"
  else
    bad "Dockerfile.aot builds" "$(tail -20 "$log")"
    summary
    exit 1
  fi
}

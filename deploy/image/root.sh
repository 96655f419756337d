# A built image as a container engine would run it: its user, its environment, its root read-only, a volume for data;
# sourced by deploy/verify-image, which is in a mount namespace of its own, so that no mount outlives it.

root=$work/root container='' runner=() image_env=()

open_root() { # service, architecture
  image=pyairtable-$1:$2
  container=$(buildah_ from --pull-never "$image" 2>"$work/said")
  mkdir -p "$root"
  mount --bind "$(buildah_ mount "$container")" "$root"
  mount -o remount,bind,ro "$root"
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  mount -t tmpfs -o nosuid,mode=0755 dev "$root/dev"
  local device
  for device in null zero full random urandom; do cp -a "/dev/$device" "$root/dev/"; done
  mount -o remount,ro "$root/dev"
  # Gateway and MCP server write nothing, so they get along without a volume.
  [[ $1 == gateway || $1 == mcp ]] || open_data
  mapfile -t image_env < <(config '.config.Env[]')
  runner=()
  [[ $2 == arm64 ]] && emulate
  return 0
}

open_data() { mount -t tmpfs -o "mode=0755,uid=1654,gid=1654" data "$root/data"; }

close_root() {
  stop_service
  if [[ -n $container ]]; then
    umount --recursive "$root" 2>/dev/null || true
    buildah_ rm "$container" >/dev/null 2>&1 || true
    container=''
  fi
}

# The emulator stands in a file system of its own over /tmp, since nothing can be added to a read-only root.
emulate() {
  mount -t tmpfs -o mode=0755 emulator "$root/tmp"
  cp "$(command -v qemu-aarch64-static)" "$root/tmp/qemu"
  runner=(/tmp/qemu)
}

config() { buildah_ inspect --type image "$image" | jq -r ".Docker$1 // empty"; } # jq path in the image's configuration

# Runs the executable: no capability can be had, no group but its own, the folder that the image names.
in_image() { # NAME=value..., --, arguments
  local extra=()
  while [[ $1 != -- ]]; do
    extra+=("$1")
    shift
  done
  shift
  exec env -i "${image_env[@]}" "${extra[@]}" setpriv --no-new-privs --clear-groups \
    unshare --root "$root" --wd /data --setgid 1654 --setuid 1654 "${runner[@]}" /app/pyairtable "$@"
}

check_root() {
  local found
  found=$(cd "$root" && find . -xdev \( -name sh -o -name bash -o -name busybox -o -name dash -o -name apt -o -name 'apt-get' -o -name dpkg -o -name curl \) -type f)
  [[ -z $found ]] && ok "no shell, no package manager" || bad "no shell, no package manager" "$found"
  found=$(find "$root" -xdev -perm /6000 -type f)
  [[ -z $found ]] && ok "nothing that changes its user when run" || bad "nothing that changes its user when run" "$found"
  found=$(find "$root/app" "$root/usr" "$root/etc" -xdev ! -type l \( -perm /022 -o ! -user 0 \))
  [[ -z $found ]] && ok "the executable and its libraries belong to root" || bad "the executable and its libraries belong to root" "$found"
  found=$(cd "$root/app" && find . -type f)
  [[ $found == ./pyairtable ]] && ok "/app has the executable and nothing else" || bad "/app has the executable and nothing else" "$found"
  check "the root cannot be written" cannot_write
  check "user 1654, SIGTERM, and a health check without a shell" image_says_so
}

cannot_write() { ! touch "$root/app/x" 2>/dev/null; }

image_says_so() {
  local said
  said=$(config .config | jq -c '[.User, .StopSignal, .Healthcheck.Test, .Entrypoint]')
  [[ $said == '["1654:1654","SIGTERM",["CMD","/app/pyairtable","healthcheck"],["/app/pyairtable"]]' ]] || { echo "$said"; return 1; }
}

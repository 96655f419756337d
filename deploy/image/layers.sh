# What is in each layer of a built image, and what it weighs; sourced by deploy/verify-image.

# Aims that the images are held against, in MB (2^20 bytes), for the layers over the base.
declare -A aims=([gateway]=8 [allinone]=16)

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.2f", bytes / 1048576 }'; }

report_layers() { # service, architecture
  local folder=$work/layers-$1-$2 total_gzip=0 total_zstd=0 own_zstd=0 own_gzip=0 number=0 layer gzip_bytes zstd_bytes
  rm -rf "$folder"
  buildah_ push --quiet "pyairtable-$1:$2" "oci-archive:$folder.tar" >/dev/null 2>&1
  mkdir -p "$folder"
  tar -xf "$folder.tar" -C "$folder"
  rm "$folder.tar"
  local manifest
  manifest=$folder/blobs/sha256/$(jq -r '.manifests[0].digest' "$folder/index.json" | cut -d: -f2)
  for layer in $(jq -r '.layers[].digest' "$manifest" | cut -d: -f2); do
    layer=$folder/blobs/sha256/$layer
    gzip -dcf "$layer" >"$folder/layer.tar"
    gzip_bytes=$(gzip -9 -c "$folder/layer.tar" | wc -c)
    zstd_bytes=$(zstd -19 -q -c "$folder/layer.tar" | wc -c)
    number=$((number + 1))
    total_gzip=$((total_gzip + gzip_bytes)) total_zstd=$((total_zstd + zstd_bytes))
    if ((number > 1)); then own_gzip=$((own_gzip + gzip_bytes)) own_zstd=$((own_zstd + zstd_bytes)); fi
    printf 'layer %s  %s: %s files, %s MB; gzip %s MB, zstd %s MB\n' "$number" "$( ((number == 1)) && echo base || echo ours)" \
      "$(tar -tf "$folder/layer.tar" | grep -vc '/$' || true)" "$(megabytes "$(stat -c %s "$folder/layer.tar")")" "$(megabytes "$gzip_bytes")" "$(megabytes "$zstd_bytes")"
    list_layer "$folder/layer.tar"
  done
  rm -rf "$folder"
  printf 'image    gzip %s MB, zstd %s MB; over the base gzip %s MB, zstd %s MB\n' \
    "$(megabytes $total_gzip)" "$(megabytes $total_zstd)" "$(megabytes $own_gzip)" "$(megabytes $own_zstd)"
  printf '%s %s %s %s %s %s\n' "$1" "$2" "$(megabytes $own_gzip)" "$(megabytes $own_zstd)" "$(megabytes $total_gzip)" "$(megabytes $total_zstd)" >>"$work/sizes"
  [[ -n ${aims[$1]:-} ]] || return 0
  if awk -v own="$(megabytes $own_zstd)" -v aim="${aims[$1]}" 'BEGIN { exit own > aim }'; then
    ok "over the base at most ${aims[$1]} MB compressed: $(megabytes $own_zstd) MB by zstd, as images are pushed ($(megabytes $own_gzip) MB by gzip)"
  else
    printf 'short   over the base %s MB compressed (zstd), the aim is %s MB\n' "$(megabytes $own_zstd)" "${aims[$1]}"
  fi
}

# The largest files one by one, folders of many small ones as a line each.
list_layer() { # tar file
  tar -tvf "$1" | awk '
    /\/$/ { next }
    $3 >= 262144 { printf "         %8.2f MB  %s\n", $3 / 1048576, $6; next }
    { sub("^\\./", "", $6); n = split($6, part, "/"); folder = n > 3 ? part[1] "/" part[2] "/" part[3] : part[1] (n > 2 ? "/" part[2] : ""); size[folder] += $3; count[folder]++ }
    END { for (folder in size) printf "         %8.2f MB  %s/ (%d smaller files)\n", size[folder] / 1048576, folder, count[folder] }' | sort -rn
}

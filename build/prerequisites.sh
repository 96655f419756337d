# What a build or test run needs, checked once; sourced by run.sh and test.sh.
# As root on a system with apt, what is missing is installed; else one line says what to install.

missing_packages=()

need_file() { # package, file...
  local package=$1 file
  shift
  for file in "$@"; do
    if compgen -G "$file" >/dev/null; then return; fi
  done
  missing_packages+=("$package")
}

need_command() { # package, command...
  local package=$1 command
  shift
  for command in "$@"; do
    if command -v "$command" >/dev/null 2>&1; then return; fi
  done
  missing_packages+=("$package")
}

install_missing() {
  ((${#missing_packages[@]})) || return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    echo "installing: ${missing_packages[*]}" >&2
    # RUNLEVEL=1 keeps Debian's scripts from starting a server right after its installation: the tests start their own.
    if (apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_packages[@]}") >/dev/null 2>&1; then
      return 0
    fi
  fi
  echo "missing: ${missing_packages[*]} — install with: sudo apt-get install ${missing_packages[*]}" >&2
  exit 3
}

require_sdk() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "missing: the .NET 10 SDK — install it from https://dotnet.microsoft.com/download/dotnet/10.0 and put dotnet on PATH" >&2
    exit 3
  fi
}

require_native_toolchain() {
  need_command clang clang gcc cc
  need_file zlib1g-dev /usr/include/zlib.h
  need_file libsqlite3-dev "/usr/lib/*/libsqlite3.a"
}

require_test_servers() {
  need_command redis-server redis-server
  need_file postgresql "/usr/lib/postgresql/*/bin/postgres"
  need_command curl curl
  need_command nodejs node
  need_command npm npm
  need_command prometheus prometheus
  need_command docker-compose docker-compose
  need_command jq jq
  need_command zstd zstd
}

# Packages of the npm registry, at the versions of a lock file in tests/, into a folder of artifacts/. They need Node.js 20.
install_npm() { # folder in tests/ and artifacts/, what for
  local folder=artifacts/$1 wanted=tests/$1/package-lock.json
  cmp -s "$wanted" "$folder/installed-lock.json" && return
  if (($(node --version | grep -oE '[0-9]+' | head -1) < 20)); then
    echo "missing: Node.js 20 or later, for $2 — install it from https://nodejs.org" >&2
    exit 3
  fi
  mkdir -p "$folder"
  cp "tests/$1/package.json" "$wanted" "$folder/"
  if ! npm ci --prefix "$folder" --silent --no-audit --no-fund >&2; then
    echo "missing: $1, npm packages for $2 — install them with: npm ci --prefix $folder" >&2
    exit 3
  fi
  cp "$wanted" "$folder/installed-lock.json"
}

# The S3-compatible server of the tests.
install_object_storage() { install_npm s3rver "the tests' object storage"; }

# The Compose specification's schema, by which docker-compose.yml is checked.
install_compose_schema() { install_npm compose-spec "the schema of docker-compose.yml"; }

# The official clients of the Model Context Protocol.
install_mcp_clients() { install_npm mcp-clients "the tests of the MCP server"; }

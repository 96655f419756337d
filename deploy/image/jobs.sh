# Every verb, then the main job of each service, run in the opened root; sourced by deploy/verify-image.

service_pid='' upstream_pid='' key=0123456789abcdef0123456789abcdef
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"verify-image","version":"1"}}}'
out=$work/out

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

settings_of() { # service; sets settings, port, management
  port=$(free_port) management=$(free_port)
  settings=("MANAGEMENT_PORT=$management" "API_KEY=$key" "JWT_SECRET=$key$key" LOG_FORMAT=json)
  case $1 in
    allinone)
      local mcp
      mcp=$(free_port)
      # A container engine mounts /etc/hosts, which knows localhost.
      settings+=("GATEWAY_PORT=$port" "PLATFORM_PORT=$(free_port)" "AUTOMATION_PORT=$(free_port)" "MCP_SERVER_PORT=$mcp" "MCP_SERVER_URL=http://127.0.0.1:$mcp" SCHEDULER_TIMEZONE=Europe/Berlin)
      ;;
    mcp) settings+=("MCP_SERVER_PORT=$port") ;;
    automation) settings+=("PORT=$port" SCHEDULER_TIMEZONE=Europe/Berlin) ;;
    *) settings+=("PORT=$port") ;;
  esac
}

verb() { # expected exit code, what its output has, arguments...
  local expected=$1 pattern=$2 code=0
  shift 2
  (in_image "${settings[@]}" -- "$@") >"$out" 2>&1 || code=$?
  if [[ $code == "$expected" ]] && { [[ -z $pattern ]] || grep -qE "$pattern" "$out"; }; then
    ok "verb $* (exit code $code)"
  else
    bad "verb $*: exit code $code, not $expected, or no \"$pattern\" in its output" "$(head -5 "$out")"
  fi
}

# All that --help names; a verb that is not known here has failed.
check_verbs() { # service
  local settings port management name
  settings_of "$1"
  verb 0 'serve' --help
  local names
  mapfile -t names < <(sed -nE 's/^  ((config |migrate )?[a-z-]+( --[a-z]+)?) {2,}.*/\1/p' "$out")
  ((${#names[@]} >= 8)) || bad "--help lists the verbs" "$(cat "$out")"
  for name in "${names[@]}"; do
    case $name in
      serve | --help) ;;
      --version) verb 0 "^pyairtable.*$commit" --version ;;
      healthcheck) verb 1 'cannot be reached' healthcheck ;;
      'config check') verb 0 'settings are good' config check ;;
      'config show') verb 0 'MANAGEMENT_PORT' config show ;;
      'config reference') verb 0 '^## pyairtable' config reference ;;
      openapi) verb 0 '"openapi"' openapi ;;
      migrate) verb 0 'migrations applied|up to date' migrate ;;
      'migrate --plan' | 'migrate --check') verb 0 '' migrate "${name#* }" ;;
      'migrate --from') verb 2 'migrate --from' migrate --from ;;
      cutover*) verb 2 'cutover' cutover nonsense ;;
      # Its client speaks first, and ends it by hanging up.
      stdio) verb 0 '"serverInfo"' stdio < <(
        echo "$initialize"
        sleep 5
      ) ;;
      *) bad "verb $name: not known to deploy/verify-image" ;;
    esac
  done
  verb 2 'did you mean|see --help' hallo
  settings=(API_KEY=x MANAGEMENT_PORT=nonsense)
  verb 2 'MANAGEMENT_PORT' serve
}

call() { curl --silent --show-error --fail-with-body --max-time 30 -H "X-API-Key: $key" "$@"; }

send() { # path, JSON body, curl options...
  call -H 'Content-Type: application/json' -d "$2" "${@:3}" "http://127.0.0.1:$port$1"
}

until_answer() { # pattern, path: asks until the answer has the pattern
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    if call "http://127.0.0.1:$port$2" 2>/dev/null | grep "$1" >/dev/null; then return 0; fi
    sleep 0.1
  done
  call "http://127.0.0.1:$port$2"
  return 1
}

start_upstream() {
  upstream_port=$(free_port)
  node -e 'require("http").createServer((q, a) => { a.setHeader("Content-Type", "application/json"); a.end(JSON.stringify({ seen: q.url })) }).listen(+process.argv[1], "127.0.0.1")' "$upstream_port" &
  upstream_pid=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do curl --silent "http://127.0.0.1:$upstream_port" -o /dev/null && break || sleep 0.1; done
}

stop_service() {
  local pid
  for pid in $service_pid $upstream_pid; do
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  service_pid='' upstream_pid=''
}

is_live() { curl --silent --fail --max-time 5 "http://127.0.0.1:$management/live" >/dev/null; }

check_job() { # service
  local settings port management tries
  settings_of "$1"
  start_upstream
  (in_image "${settings[@]}" "LLM_ORCHESTRATOR_URL=http://127.0.0.1:$upstream_port" "AIRTABLE_GATEWAY_URL=http://127.0.0.1:$upstream_port" -- serve) >"$work/serve.log" 2>&1 &
  service_pid=$!
  for ((tries = 0; tries < 300; tries++)); do is_live && break || sleep 0.1; done
  check "serve starts and is live" is_live
  check "the process runs as 1654, without capabilities, and can get none" is_unprivileged
  verb 0 '' healthcheck
  case $1 in
    gateway) check "a request is forwarded to an upstream" forwards ;;
    platform) check "an account, a token, and the token verified" accounts '' ;;
    automation) files_and_workflows '' ;;
    mcp)
      check "a tool is run" runs_tool ''
      check "a session of the Model Context Protocol is opened" opens_session
      ;;
    allinone)
      check "a request is forwarded to an upstream" forwards
      check "a tool is run" runs_tool /api/mcp
      check "an account, a token, and the token verified" accounts /api/platform
      files_and_workflows /api/automation
      ;;
  esac
  check "SIGTERM ends it with exit code 0" ends_gracefully
  stop_service
  [[ $1 != gateway ]] || check_tls
}

is_unprivileged() {
  local status
  status=$(grep -E '^(Uid|Gid|Groups|CapPrm|CapEff|NoNewPrivs):' "/proc/$service_pid/status" | tr -s '\t ' ' ')
  [[ $status == *"Uid: 1654 1654 1654 1654"* && $status == *"Gid: 1654 1654 1654 1654"* && $status == *"CapEff: 0000000000000000"* && $status == *"CapPrm: 0000000000000000"* && $status == *"NoNewPrivs: 1"* ]] || { echo "$status"; return 1; }
}

forwards() { call "http://127.0.0.1:$port/api/llm/tools" | grep '"seen":"/tools"'; }

runs_tool() { # prefix of the routes
  send "$1/tools/call" '{"name":"get_records","arguments":{"base_id":"appAAAAAAAAAAAAAA","table_id":"People"}}' | grep '/bases/appAAAAAAAAAAAAAA/tables/People/records'
}

opens_session() {
  send /mcp "$initialize" -D - -H 'Accept: application/json, text/event-stream' | grep -i '^mcp-session-id: '
}

accounts() { # prefix of the routes
  local account='{"email":"ada@example.com","password":"correct horse"}' token
  send "$1/auth/register" "$account" >/dev/null
  token=$(send "$1/auth/login" "$account" | jq -r .access_token)
  call -H "Authorization: Bearer $token" "http://127.0.0.1:$port$1/auth/verify" | grep '"valid": *true'
}

files_and_workflows() { # prefix of the routes
  check "a file is uploaded" uploads "$1"
  if ((${#runner[@]})); then
    note "text extraction on ARM64: the service starts itself as a second process, which the emulator does not pass on"
  else
    check "its text is extracted by a process of its own" extracts "$1"
  fi
  check "a workflow runs" runs_workflow "$1"
  check "cron expressions know the time zone" knows_zone "$1"
}

uploads() { printf 'name,age,city\nAlice,30,Paris\n' | call -F 'file=@-;filename=people.csv;type=text/csv' "http://127.0.0.1:$port$1/files/upload" | grep '"id": *1'; }

extracts() {
  call -X POST "http://127.0.0.1:$port$1/files/process/1" >/dev/null
  until_answer 'Alice' "$1/files/extract/1"
}

runs_workflow() {
  send "$1/workflows" '{"name":"greet","config":{"steps":[{"type":"log","message":"read {filename}"}]}}' >/dev/null
  send "$1/workflows/1/trigger" '{"trigger_data":{"filename":"people.csv"}}' >/dev/null
  until_answer '"completed"' "$1/workflows/executions/1"
}

# Noon in Berlin, told in UTC.
knows_zone() { call -X POST "http://127.0.0.1:$port$1/workflows/validate-cron?cron_expression=0%2012%20*%20*%20*" | grep -E 'T1[01]:00:00'; }

ends_gracefully() {
  local code=0
  kill -TERM "$service_pid"
  wait "$service_pid" || code=$?
  service_pid=''
  ((code == 0)) || { echo "exit code $code"; tail -5 "$work/serve.log"; return 1; }
}

# The base's OpenSSL serves: the gateway with a certificate of its own.
check_tls() {
  local settings port management tries
  settings_of gateway
  open_data
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -keyout "$root/data/key.pem" -out "$root/data/cert.pem" >/dev/null 2>&1
  chmod 0644 "$root/data/key.pem"
  (in_image "${settings[@]}" TLS_CERT_FILE=/data/cert.pem TLS_KEY_FILE=/data/key.pem -- serve) >"$work/serve.log" 2>&1 &
  service_pid=$!
  for ((tries = 0; tries < 300; tries++)); do is_live && break || sleep 0.1; done
  check "TLS is served by the base's OpenSSL" curl --silent --show-error --fail --insecure --max-time 30 "https://127.0.0.1:$port/api/health" -o /dev/null -H "X-API-Key: $key"
  stop_service
}

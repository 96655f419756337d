-- The load: wrk -s load.lua <url> -- <body> <sessions, separated by commas; none for no session> <header: value>...
-- Requests are made before measuring, one for each session; they take turns. Ends with one line of JSON.
local requests, turn = {}, 0

function init(args)
  wrk.method = "POST"
  wrk.body = args[1]
  wrk.headers["Content-Type"] = "application/json"
  for i = 3, #args do
    local name, value = args[i]:match("^(.-): (.*)$")
    wrk.headers[name] = value
  end
  if args[2] == "none" then
    requests[1] = wrk.format()
  else
    for session in args[2]:gmatch("[^,]+") do
      wrk.headers["Mcp-Session-Id"] = session
      requests[#requests + 1] = wrk.format()
    end
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end

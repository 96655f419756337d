-- The load: wrk -s load.lua <url> -- <method> <bytes of the body> <pause between requests in ms, 0 for none> <header: value>...
-- All requests are the same, so none is made anew while measuring. Ends with one line of JSON.
local pause = 0

function init(args)
  wrk.method = args[1]
  if args[1] == "POST" then
    wrk.body = '{"data":"' .. string.rep("x", tonumber(args[2]) - 11) .. '"}'
    wrk.headers["Content-Type"] = "application/json"
  end
  pause = tonumber(args[3])
  for i = 4, #args do
    local name, value = args[i]:match("^(.-): (.*)$")
    wrk.headers[name] = value
  end
  if pause > 0 then
    delay = function() return math.random(pause * 2) end
  end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end

-- Put before each script that sets an expiry. A value stays until its end by whichever clock is
-- behind, the server's or the caller's; no value stays for ever.
local function millis()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function left(till, now)
  return math.max(1, till - math.min(millis(), now))
end

local function whole(number)
  return string.format('%.0f', number)
end

local function keep(key, till, now)
  local ttl = left(tonumber(till), tonumber(now))
  if ttl > redis.call('PTTL', key) then
    redis.call('PEXPIRE', key, whole(ttl))
  end
end

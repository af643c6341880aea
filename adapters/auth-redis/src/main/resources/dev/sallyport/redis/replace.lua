local field, identity, version, record = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now, nowMillis, till, memory = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

local stored = redis.call('HGET', KEYS[1], field)
if not stored or not is_same(stored, identity) or not is_live(stored, now)
    or number(stored, VERSION) ~= version then
  return 0
end

-- A use that was noted meanwhile stays.
local function later(at)
  local newest = number(stored, at) > number(record, at) and stored or record
  return string.sub(newest, at, at + 7)
end
record = string.sub(record, 1, SEEN - 1) .. later(SEEN) .. later(IDLE) .. string.sub(record, EXPIRES)
redis.call('HSET', KEYS[1], field, record)
keep(KEYS[1], till, nowMillis)
return once(1, memory)

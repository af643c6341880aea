local field, identity, seen, idle = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local seenMillis, till, seenBytes, idleBytes = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

local stored = redis.call('HGET', KEYS[1], field)
if not stored or not is_same(stored, identity) or not is_live(stored, seen) then
  return 0
end
local function later(at, hex, bytes)
  return hex > number(stored, at) and bytes or string.sub(stored, at, at + 7)
end
local touched = string.sub(stored, 1, SEEN - 1) .. later(SEEN, seen, seenBytes)
  .. later(IDLE, idle, idleBytes) .. string.sub(stored, EXPIRES)
if touched ~= stored then
  redis.call('HSET', KEYS[1], field, touched)
end
keep(KEYS[1], till, seenMillis)
return 1

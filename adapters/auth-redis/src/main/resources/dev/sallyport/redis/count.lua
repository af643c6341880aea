-- A value stands behind its end, 16 hex digits.
local expected, next, ending, now, nowMillis, till, memory = unpack(ARGV)
local stored = redis.call('GET', KEYS[1])
local current = ''
if stored and now < string.sub(stored, 1, 16) then
  current = '=' .. string.sub(stored, 17)
end
if current ~= expected then
  return 0
end
if expected == '' and next == '' then
  return 1
end
if next ~= '' then
  local ttl = whole(left(tonumber(till), tonumber(nowMillis)))
  redis.call('SET', KEYS[1], ending .. string.sub(next, 2), 'PX', ttl)
else
  redis.call('DEL', KEYS[1])
end
return once(1, memory)

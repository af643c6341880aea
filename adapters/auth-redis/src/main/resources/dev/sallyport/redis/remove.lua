local field, identity, now, memory = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local stored = redis.call('HGET', KEYS[1], field)
if not stored or not is_same(stored, identity) or not is_live(stored, now) then
  return 0
end
redis.call('HDEL', KEYS[1], field)
return once(1, memory)

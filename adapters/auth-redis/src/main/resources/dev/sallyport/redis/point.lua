-- A record's key leads to its user, for ever. 1 if it does, 0 if it is another user's.
local user, now, till = ARGV[1], ARGV[2], ARGV[3]
local known = redis.call('GET', KEYS[1])
if known and known ~= user then
  return 0
end
if not known then
  redis.call('SET', KEYS[1], user)
end
keep(KEYS[1], till, now)
return 1

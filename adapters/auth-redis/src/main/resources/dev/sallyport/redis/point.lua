-- A record's key leads to its user, for ever: 1 if it does, 0 if not. Only a new record makes it
-- do so; a use that comes after a removal must leave nothing behind.
local user, is_new, now, till = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local known = redis.call('GET', KEYS[1])
if not known and is_new == 'true' then
  redis.call('SET', KEYS[1], user)
elseif known ~= user then
  return 0
end
keep(KEYS[1], till, now)
return 1

-- Pointer and record in one round trip; a Cluster would not allow the second key.
local user = redis.call('GET', KEYS[1])
return user and redis.call('HGET', ARGV[1] .. user .. '}', ARGV[2])

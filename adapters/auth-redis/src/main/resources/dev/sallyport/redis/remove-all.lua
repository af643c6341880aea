-- Each condition is left out if it is empty; an id has a sign before it, since it may be empty.
local kinds, now, onlyId, exceptId, label, epochBelow, memory = unpack(ARGV)
local held = redis.call('HGETALL', KEYS[1])
local removed = {}
for i = 1, #held, 2 do
  local one = held[i + 1]
  local id, at = text(one, TEXTS)
  if string.find(kinds, kind(one), 1, true) and is_live(one, now)
      and (onlyId == '' or onlyId == '=' .. id)
      and (exceptId == '' or exceptId ~= '=' .. id)
      and string.sub(text(one, at), 1, #label) == label
      and (epochBelow == '' or number(one, EPOCH) < epochBelow) then
    table.insert(removed, held[i])
  end
end
for _, field in ipairs(removed) do
  redis.call('HDEL', KEYS[1], field)
end
return #removed > 0 and once(removed, memory) or removed

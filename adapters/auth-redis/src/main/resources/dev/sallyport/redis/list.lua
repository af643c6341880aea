local kinds, now, max = ARGV[1], ARGV[2], tonumber(ARGV[3])
local held = redis.call('HGETALL', KEYS[1])
local listed = {}
for i = 1, #held, 2 do
  local one = held[i + 1]
  if string.find(kinds, kind(one), 1, true) and is_live(one, now) then
    table.insert(listed, {field = held[i], made = number(one, CREATED), record = one})
  end
end
table.sort(listed, is_older)
local answer = {}
for i = math.max(1, #listed - max + 1), #listed do
  table.insert(answer, listed[i].field)
  table.insert(answer, listed[i].record)
end
return answer

local field, record, max, whenFull, countedFrom = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local now, nowMillis, till, memory = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

if redis.call('HEXISTS', KEYS[1], field) == 1 then
  return {'taken'}
end

-- Without a limit some are looked at for expired ones, so that those stay few.
local held = max > 0 and redis.call('HGETALL', KEYS[1])
  or redis.call('HRANDFIELD', KEYS[1], 8, 'WITHVALUES')
local server = millis()
local over = string.format('8%07x%08x', math.floor(server / 4294967296), server % 4294967296)
if now < over then
  over = now
end
local expired, counted = {}, {}
for i = 1, #held, 2 do
  local one = held[i + 1]
  if not is_live(one, over) then
    table.insert(expired, held[i])
  elseif max > 0 and kind(one) == kind(record) and is_live(one, now)
      and number(one, EPOCH) >= countedFrom then
    table.insert(counted, {field = held[i], made = number(one, CREATED), record = one})
  end
end

table.sort(counted, is_older)
local leaving = max > 0 and math.max(0, #counted - max + 1) or 0
if leaving > 0 and whenFull == 'REFUSE_NEW' then
  return {'full'}
end
for i = 1, leaving do
  if number(counted[i].record, EPOCH) > number(record, EPOCH) then
    return {'full'}
  end
end

-- Adding comes first: where memory is full it fails, and nothing has changed.
redis.call('HSET', KEYS[1], field, record)
keep(KEYS[1], till, nowMillis)
local ids, fields = {}, {}
for i = 1, leaving do
  table.insert(ids, (text(counted[i].record, TEXTS)))
  table.insert(fields, counted[i].field)
end
for _, one in ipairs(expired) do
  table.insert(fields, one)
end
for _, one in ipairs(fields) do
  redis.call('HDEL', KEYS[1], one)
end
return once({'done', ids, fields}, memory)

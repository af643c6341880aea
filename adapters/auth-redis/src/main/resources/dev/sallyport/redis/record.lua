-- Put before each script that reads records. Numbers are eight bytes, the lowest first in order;
-- they are compared as 16 hex digits, since a number here has 53 bits, and raw bytes compare by the
-- server's locale.
local VERSION, CREATED, SEEN, IDLE, EXPIRES, EPOCH, TEXTS = 3, 11, 19, 27, 35, 43, 51

local function number(record, at)
  return string.format('%08x%08x', struct.unpack('>I4I4', record, at))
end

local function ends(record)
  local idle, expires = number(record, IDLE), number(record, EXPIRES)
  return idle < expires and idle or expires
end

local function is_live(record, now)
  return now < ends(record)
end

local function kind(record)
  return string.sub(record, 2, 2)
end

-- A text and where the next one begins.
local function text(record, at)
  local length = struct.unpack('>I2', record, at)
  return string.sub(record, at + 2, at + 1 + length), at + 2 + length
end

-- Kind and public id; key and user are those of the field and of the hash.
local function is_same(record, identity)
  return kind(record) .. text(record, TEXTS) == identity
end

local function is_older(a, b)
  if a.made == b.made then
    return a.field < b.field
  end
  return a.made < b.made
end

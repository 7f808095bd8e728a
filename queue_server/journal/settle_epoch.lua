-- Bind a centre's epoch to the present life of the server; offsets go on.
--
-- KEYS[1]  head of the centre: hash with offset, epoch, run_id
-- ARGV[1]  run id of the server the sender is connected to
-- ARGV[2]  a fresh random epoch, taken only when the run id differs from the head's
--
-- Returns  epoch, offset, 1 if the epoch was renewed else 0
-- Errors   none

local head = redis.call('HMGET', KEYS[1], 'offset', 'epoch', 'run_id')
local offset, epoch, run_id = head[1] or '0', head[2], head[3]

if run_id == ARGV[1] then
  return {epoch, offset, 0}
end
redis.call('HSET', KEYS[1], 'offset', offset, 'epoch', ARGV[2], 'run_id', ARGV[1])
return {ARGV[2], offset, 1}

-- Append one commit to a centre's journal if it follows the head, and publish it.
--
-- The one concurrency control of the system. No rule of queueing belongs here.
--
-- KEYS[1]  head of the centre: hash with offset, epoch, run_id
-- KEYS[2]  commits of the centre: stream
-- ARGV[1]  offset of the commit
-- ARGV[2]  epoch of the commit
-- ARGV[3]  run id of the server the sender is connected to
-- ARGV[4]  the commit as bytes
-- ARGV[5]  channel to publish it on
--
-- Returns  OK
-- Errors   UNSETTLED                  the centre has no head: settle it first
--          EPOCH <epoch> <offset>     the head is of another epoch or of another life of the server
--          STALE <epoch> <offset>     the commit does not follow the head

local head = redis.call('HMGET', KEYS[1], 'offset', 'epoch', 'run_id')
local last_offset, epoch, run_id = head[1], head[2], head[3]

if not last_offset then
  return redis.error_reply('UNSETTLED the centre has no head')
end
if epoch ~= ARGV[2] or run_id ~= ARGV[3] then
  return redis.error_reply('EPOCH ' .. epoch .. ' ' .. last_offset)
end
if tonumber(last_offset) + 1 ~= tonumber(ARGV[1]) then
  return redis.error_reply('STALE ' .. epoch .. ' ' .. last_offset)
end

redis.call('XADD', KEYS[2], ARGV[1] .. '-0', 'commit', ARGV[4])
redis.call('HSET', KEYS[1], 'offset', ARGV[1])
redis.call('PUBLISH', ARGV[5], ARGV[4])
return redis.status_reply('OK')

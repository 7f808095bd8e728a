-- Give a lease to who asks for it, or more time to who has it.
--
-- KEYS[1]  the lease: hash with holder and rank; ends by itself
-- KEYS[2]  the wish: string, the highest rank that was refused to a lower one; ends by itself
-- ARGV[1]  who asks
-- ARGV[2]  rank of who asks
-- ARGV[3]  for how many milliseconds
--
-- Returns  1 when it is held by who asks, else 0

local lease = redis.call('HMGET', KEYS[1], 'holder', 'rank')
local holder, rank_of_holder = lease[1], lease[2]
local wanted = tonumber(redis.call('GET', KEYS[2]) or '0')
local rank = tonumber(ARGV[2])

if wanted > rank then
  return 0
end
if holder and holder ~= ARGV[1] then
  if rank > tonumber(rank_of_holder) then
    redis.call('SET', KEYS[2], ARGV[2], 'PX', 2 * tonumber(ARGV[3]))
  end
  return 0
end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'rank', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if wanted > 0 then
  redis.call('DEL', KEYS[2])
end
return 1

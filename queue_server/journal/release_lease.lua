-- End a lease if its holder asks for it.
--
-- KEYS[1]  the lease: hash with holder and rank
-- ARGV[1]  who asks
--
-- Returns  1 when it was ended, else 0

if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])

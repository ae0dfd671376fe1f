/**
 * What has to happen at once, in Redis's own language. Time is the server's: replicas' clocks differ.
 * Keys share the hash tag `{argvet}`, so that a cluster keeps them in one slot.
 */
const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)\n";

/** Per key: max, window, calendar (1 or 0), cost, grain. Answers { 1, now } or { 0, index, milliseconds to wait }. */
const RESERVE = `${NOW}
local steps = {}
local seen = {}
for i, key in ipairs(KEYS) do
  local max, window, calendar = tonumber(ARGV[i * 5 - 4]), tonumber(ARGV[i * 5 - 3]), ARGV[i * 5 - 2] == '1'
  local cost, grain = tonumber(ARGV[i * 5 - 1]), tonumber(ARGV[i * 5])
  steps[i] = calendar and now - now % window or math.ceil(now / grain) * grain
  local sum, oldest = seen[key] or 0, nil
  local entries = redis.call('HGETALL', key)
  for j = 1, #entries, 2 do
    local at = tonumber(entries[j])
    if at + window <= now then
      redis.call('HDEL', key, entries[j])
    else
      sum = sum + tonumber(entries[j + 1])
      if oldest == nil or at < oldest then oldest = at end
    end
  end
  if sum + cost > max then
    return { 0, i - 1, oldest and math.max(1, oldest + window - now) or window }
  end
  seen[key] = (seen[key] or 0) + cost
end
for i, key in ipairs(KEYS) do
  redis.call('HINCRBYFLOAT', key, string.format('%.0f', steps[i]), ARGV[i * 5 - 1])
  redis.call('PEXPIRE', key, 2 * tonumber(ARGV[i * 5 - 3]))
end
return { 1, now }`;

/** Per key: step, cost. */
const GIVE_BACK = `
for i, key in ipairs(KEYS) do
  local had = redis.call('HGET', key, ARGV[i * 2 - 1])
  if had then
    local left = tonumber(had) - tonumber(ARGV[i * 2])
    if left > 0 then redis.call('HSET', key, ARGV[i * 2 - 1], left) else redis.call('HDEL', key, ARGV[i * 2 - 1]) end
  end
end
return 1`;

/** Fields of one approval, aged: what nobody decided or used in time has expired. */
const AGED = `
local function aged(key)
  local status, expires = redis.call('HGET', key, 'status'), tonumber(redis.call('HGET', key, 'expires') or '0')
  if (status == 'waiting' or status == 'approved') and expires <= now then return 'expired' end
  return status
end
`;

/** Keys: approval of this id, pointer by digest, all ids, those that wait in the session. Arguments: prefix, id, request, lifetime, most, history. */
const REQUEST = `${NOW}${AGED}
local known = redis.call('GET', KEYS[2])
if known then
  local status = aged(ARGV[1] .. known)
  if status == 'waiting' or status == 'approved' then return known end
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - tonumber(ARGV[6]))
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
if redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[5]) then return redis.error_reply('TOOMANY') end
local expires = now + tonumber(ARGV[4])
local kept = math.ceil(tonumber(ARGV[4]) * 2 + tonumber(ARGV[6]))
redis.call('HSET', KEYS[1], 'request', ARGV[3], 'status', 'waiting', 'created', string.format('%.0f', now), 'expires', string.format('%.0f', expires), 'session', KEYS[4])
redis.call('PEXPIRE', KEYS[1], kept)
redis.call('SET', KEYS[2], ARGV[2], 'PX', kept)
redis.call('ZADD', KEYS[3], now, ARGV[2])
redis.call('ZADD', KEYS[4], expires, ARGV[2])
redis.call('PEXPIRE', KEYS[4], kept)
return ARGV[2]`;

/** Keys: approval. Arguments: status, by, lifetime, id. */
const DECIDE = `${NOW}${AGED}
if aged(KEYS[1]) == 'waiting' then
  redis.call('HSET', KEYS[1], 'status', ARGV[1], 'by', ARGV[2], 'expires', string.format('%.0f', now + tonumber(ARGV[3])))
  redis.call('ZREM', redis.call('HGET', KEYS[1], 'session'), ARGV[4])
end
return 1`;

/** Keys: approval. Arguments: digest as JSON has it. */
const USE = `${NOW}${AGED}
if aged(KEYS[1]) ~= 'approved' then return 0 end
if cjson.decode(redis.call('HGET', KEYS[1], 'request')).digest ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'status', 'used')
return 1`;

/** Keys: approval. Answers request, aged status, created, expires, by. */
const SHOW = `${NOW}${AGED}
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local f = redis.call('HMGET', KEYS[1], 'request', 'created', 'expires', 'by')
return { f[1], aged(KEYS[1]), f[2], f[3], f[4] or '' }`;

export const SCRIPTS = { RESERVE, GIVE_BACK, REQUEST, DECIDE, USE, SHOW } as const;

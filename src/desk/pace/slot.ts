/** Share of its interval, at most, by which a check comes later than its slot: so that no two clocks run in step for ever. */
const JITTER = 0.05;
const JITTER_MS = 1_000;

/** A number in [0, 1) that is the same for the same text on every machine (FNV-1a). */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // FNV leaves what differs in the last letter only close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * When a check is due next after `now`, milliseconds: its own slot of the interval, found from its id, and a little
 * later by jitter. Two slots follow each other by `everyMs`, within the jitter.
 */
export function slotAfter(id: string, everyMs: number, now: number): number {
  const offset = shareOf(id) * everyMs;
  const turn = Math.floor((now - offset) / everyMs) + 1;
  return offset + turn * everyMs + shareOf(`${id} ${turn}`) * Math.min(everyMs * JITTER, JITTER_MS);
}

// Numbers by chance that are the same for the same seed in every browser. Knows nothing of papers.

/** Dice from a seed. */
export function diceOf(seed) {
  let state = seed >>> 0;
  // Mulberry32.
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + (high - low) * share();
  return {
    share,
    between,
    chance: (part) => share() < part,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: (list) => list[Math.floor(share() * list.length)],
    /** Nearly a bell around 0, most within 1. */
    bell: () => (share() + share() + share() - 1.5) * 0.8,
  };
}

/** A seed from texts and numbers, by FNV-1a. */
export function seedOf(...parts) {
  let hash = 0x811c9dc5;
  for (const letter of parts.join('|')) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

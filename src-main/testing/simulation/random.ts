/** Chance that one seed decides: the same seed gives the same run, byte for byte. */
export type Random = {
  /** From 0 up to, never including, 1. */
  next(): number;
  /** A whole number from 0 up to, never including, `n`. */
  below(n: number): number;
  /** From `least` to `most`, whole. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A stream of its own, so that what one actor draws never shifts another's. */
  stream(name: string): Random;
};

/** Mixes a text into a number, so that streams of one seed differ. */
function mixed(seed: number, name: string): number {
  let hash = seed >>> 0;
  for (const sign of name) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

/** Mulberry32: small, quick, and good enough to shake a till. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('simulation: nothing to pick from');
      return found;
    },
    stream: (name) => randomOf(mixed(seed, name)),
  };
}

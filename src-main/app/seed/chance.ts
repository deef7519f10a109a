/** Chance that a seed decides: the same seed and name give the same draws. */
export type Chance = {
  /** From 0 up to, never including, 1. */
  next(): number;
  /** From `least` to `most`, whole. */
  between(least: number, most: number): number;
  often(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** An index by weights that need not sum to one. */
  weighted(weights: readonly number[]): number;
};

function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

export function chanceOf(seed: string): Chance {
  let state = mixed(seed);
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), mix | 61)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 4_294_967_296;
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    often: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new Error('seed: nothing to pick from');
      return found;
    },
    weighted(weights) {
      let left = next() * weights.reduce((all, one) => all + one, 0);
      for (const [index, weight] of weights.entries()) {
        left -= weight;
        if (left < 0) return index;
      }
      return weights.length - 1;
    },
  };
}

/** Bytes by chance, for ids that are the same each time. */
export const bytesOf = (chance: Chance) => (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => chance.between(0, 255)));

/** Draws by popularity: the first is sold twice as often as the second, three times as often as the third. */
export function zipfOf(size: number): (chance: Chance) => number {
  const sums: number[] = [];
  let running = 0;
  for (let rank = 1; rank <= size; rank += 1) sums.push((running += 1 / rank));
  return (chance) => {
    const wanted = chance.next() * running;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

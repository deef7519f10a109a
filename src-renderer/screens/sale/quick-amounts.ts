const most = 5;

/**
 * What customers hand over for an amount: exactly it, the amount rounded up to each larger piece, then single notes.
 * All in minor units, rising, without repeats.
 */
export function quickAmounts(dueMinor: number, pieces: readonly number[]): readonly number[] {
  if (dueMinor <= 0) return [];
  const rising = [...pieces].sort((a, b) => a - b).filter((piece) => piece >= 100);
  const roundedUp = rising.map((piece) => Math.ceil(dueMinor / piece) * piece);
  const amounts = [dueMinor, ...roundedUp.filter((amount) => amount > dueMinor)].sort((a, b) => a - b);
  return [...new Set(amounts)].slice(0, most);
}

/*
 * The check digit of a price or weight inside a number made in the store (GS1 General Specifications 7.9): each digit is turned by the weight of its
 * place, the tens of the product taken off or added.
 */
type Weight = '2-' | '3' | '5+' | '5-';

const turn: Readonly<Record<Weight, (digit: number) => number>> = {
  '2-': (digit) => 2 * digit - Math.floor((2 * digit) / 10),
  '3': (digit) => 3 * digit,
  '5+': (digit) => 5 * digit + Math.floor((5 * digit) / 10),
  '5-': (digit) => 5 * digit - Math.floor((5 * digit) / 10),
};

const turned = (weight: Weight, digit: number): number => turn[weight](digit) % 10;
const sumOf = (digits: string, weights: readonly Weight[]): number => weights.reduce((sum, weight, index) => sum + turned(weight, Number(digits[index])), 0);

const ofFour = (digits: string): number => (3 * sumOf(digits, ['2-', '2-', '3', '5-'])) % 10;

function ofFive(digits: string): number {
  const missing = (10 - (sumOf(digits, ['5+', '2-', '5-', '5+', '2-']) % 10)) % 10;
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((digit) => turned('5-', digit) === missing) ?? 0;
}

/** Of four or five digits; another number of them is a bug and throws. */
export function valueCheckDigit(digits: string): string {
  if (!/^\d{4,5}$/.test(digits)) throw new Error(`value check digit: four or five digits, not "${digits}"`);
  return String(digits.length === 4 ? ofFour(digits) : ofFive(digits));
}

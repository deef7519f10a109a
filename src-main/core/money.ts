import type { Currency } from '../contract/basics.ts';

declare const minorBrand: unique symbol;

/** A whole number of minor units (cents, øre). Made here only, so no float can pass for money. */
export type Minor = number & { readonly [minorBrand]: true };

/** An amount with its currency, for places where currencies could meet. */
export type Money = { readonly amountMinor: Minor; readonly currency: Currency };

/** Reads a plain number as minor units; a fraction or a number beyond 2^53 is a bug and throws. */
export function minor(value: number): Minor {
  if (!Number.isSafeInteger(value)) throw new Error(`money: ${value} is not a whole number of minor units`);
  return (value === 0 ? 0 : value) as Minor;
}

export const zero: Minor = minor(0);

export const add = (a: Minor, b: Minor): Minor => minor(a + b);
export const subtract = (a: Minor, b: Minor): Minor => minor(a - b);
export const negate = (a: Minor): Minor => minor(-a);
export const sum = (amounts: Iterable<Minor>): Minor => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return minor(total);
};

/** Adds amounts of one currency; mixing currencies is a bug and throws. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`money: ${a.currency} cannot be added to ${b.currency}`);
  return { amountMinor: add(a.amountMinor, b.amountMinor), currency: a.currency };
}

/**
 * `amount * numerator / denominator`, rounded half away from zero. Exact: the product is taken in big integers, so a
 * price of a million times a quantity of ten thousand loses nothing.
 */
export function scale(amount: Minor, numerator: number, denominator: number): Minor {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new Error(`money: cannot scale by ${numerator}/${denominator}`);
  }
  const product = BigInt(amount) * BigInt(numerator);
  const magnitude = product < 0n ? -product : product;
  const divisor = BigInt(denominator);
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return minor(Number(product < 0n ? -rounded : rounded));
}

/**
 * Divides `amount` over `weights` so that the parts sum to it exactly (largest remainder; ties go to the earlier
 * place). Weights are at least 0; when all are 0 nothing can be divided and `amount` must be 0. With `amount` between
 * 0 and the sum of the weights no part exceeds its weight.
 */
export function allocate(amount: Minor, weights: readonly Minor[]): readonly Minor[] {
  const totalWeight = weights.reduce((running, weight) => running + BigInt(weight), 0n);
  if (weights.some((weight) => weight < 0)) throw new Error('money: a weight below zero');
  if (totalWeight === 0n) {
    if (amount !== 0) throw new Error('money: nothing to divide over');
    return weights.map(() => zero);
  }
  const sign = amount < 0 ? -1n : 1n;
  const magnitude = BigInt(amount) * sign;
  const parts = weights.map((weight, index) => {
    const exact = magnitude * BigInt(weight);
    return { index, whole: exact / totalWeight, remainder: exact % totalWeight };
  });
  let left = magnitude - parts.reduce((running, part) => running + part.whole, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.whole += 1n;
    left -= 1n;
  }
  return parts.map((part) => minor(Number(part.whole * sign)));
}

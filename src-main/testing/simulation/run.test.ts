import { expect, test } from 'vitest';
import { placesOf, providersNamed, simulatedProviders } from './campaign.ts';
import { simulate } from './run.ts';

const day = async (name: string, seed: number): Promise<string> => {
  const provider = simulatedProviders[name];
  if (!provider) throw new Error(`there is no ${name}`);
  return JSON.stringify(await simulate(provider, { seed, payments: 8, without: new Set(), mutant: null }));
};

test.each(Object.keys(simulatedProviders))('a day with %s is the same again, byte for byte, and breaks no rule', async (name) => {
  const first = await day(name, 7);
  expect(await day(name, 7)).toBe(first);
  expect(await day(name, 8)).not.toBe(first);
  expect(JSON.parse(first)).toMatchObject({ violations: [] });
}, 60_000);

test('providers take turns, each as often as any other, whatever the ways to use it', () => {
  const counts = new Map<string, number>();
  for (const name of placesOf(null)) counts.set(name.replace(/-.*/, ''), (counts.get(name.replace(/-.*/, '')) ?? 0) + 1);
  expect(new Set(counts.values()).size).toBe(1);
  expect(new Set(placesOf(null))).toEqual(new Set(Object.keys(simulatedProviders)));
  expect(providersNamed('vipps-ecom')).toEqual(['vipps-ecom', 'vipps-ecom-direct']);
  expect(providersNamed('vip')).toEqual([]);
});

import { commonContent, rate, type CountryPack } from './pack.ts';

/** Sweden: SKVFS 2014:9 in the wording of 2021:17 (SE-1 to SE-19). */
export const sweden: CountryPack = {
  country: 'SE',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  language: 'sv',
  // Food is taxed at 6 % from April 2026 to the end of 2027 and at 12 % before and after.
  vat: [rate('standard', 2500), rate('low', 1200), rate('low', 600, '2026-04-01'), rate('low', 1200, '2028-01-01'), rate('lowest', 600), rate('zero', 0)],
  // Meals in a restaurant keep 12 % while food is at 6 %.
  eatInVat: [rate('low', 1200)],
  cashStepMinor: 100,
  chosenCashStepMinor: null,
  cashPieces: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  headings: {
    sale: ['KVITTO'],
    return: ['RETURKVITTO'],
    copy: ['KOPIA'],
    training: ['ÖVNING', 'EJ KVITTO'],
    provisional: ['EJ KVITTO'],
    delivery: ['UTLÄMNING', 'EJ KVITTO'],
    x: ['X-DAGRAPPORT'],
    z: ['Z-DAGRAPPORT'],
  },
  electronicHeadings: { sale: ['ELEKTRONISKT KASSAKVITTO'], return: ['RETURKVITTO', 'ELEKTRONISKT KASSAKVITTO'] },
  receiptMayBe: { shown: true, declined: true },
  headingFactor: 2,
  organisationText: (number) => `Org.nr ${number}`,
  vatNumberLine: true,
  receiptContent: [...commonContent, 'address'],
  reportFields: [
    'total-sales', 'groups', 'vat', 'float', 'goods', 'services', 'receipts', 'drawer-openings', 'copies', 'training', 'tenders', 'rounding', 'returns', 'returns-without-receipt', 'distance-sales', 'discounts', 'other-corrections',
    'abandoned', 'line-corrections', 'price-enquiries', 'provisional', 'delivery', 'pay-ins', 'pay-outs', 'cash-back', 'refunds', 'operators', 'shifts', 'grand-sales', 'grand-returns', 'grand-net',
  ],
  closesDrawer: true,
  ageLimits: { beer: 18, spirits: 20, tobacco: 18 },
  tenderWords: { cash: 'Kontant', card: 'Kontokort', app: 'Elektronisk betalning', setOff: 'Kvittning' },
};

import { commonContent, euroPieces, lettered, rate, type CountryPack } from './pack.ts';

/** Finland: act 658/2013 on receipts and the VAT act (FI-1 to FI-4). */
export const finland: CountryPack = {
  country: 'FI',
  currency: 'EUR',
  timeZone: 'Europe/Helsinki',
  language: 'fi',
  vat: [
    rate('standard', 2400), rate('standard', 2550, '2024-09-01'),
    rate('low', 1400), rate('low', 1350, '2026-01-01'),
    rate('lowest', 1000),
    rate('zero', 0),
  ],
  eatInVat: [],
  cashStepMinor: 5,
  chosenCashStepMinor: null,
  cashPieces: euroPieces,
  headings: {
    sale: ['KUITTI'],
    return: ['PALAUTUSKUITTI'],
    copy: ['KOPIO'],
    training: ['HARJOITUS', 'EI KUITTI'],
    provisional: ['VÄLILASKU', 'EI KUITTI'],
    delivery: ['LUOVUTUS', 'EI KUITTI'],
    x: ['X-RAPORTTI'],
    z: ['Z-RAPORTTI'],
  },
  electronicHeadings: { sale: ['SÄHKÖINEN KUITTI'], return: ['SÄHKÖINEN PALAUTUSKUITTI'] },
  receiptMayBe: { shown: true, declined: true },
  headingFactor: 1.5,
  organisationText: (number) => `Y-tunnus ${number}`,
  vatNumberLine: true,
  receiptContent: [...commonContent, 'phone'],
  reportFields: lettered,
  closesDrawer: false,
  ageLimits: { beer: 18, spirits: 20, tobacco: 18 },
  tenderWords: { cash: 'Käteinen', card: 'Maksukortti', app: 'Mobiilimaksu', setOff: 'Kuittaus' },
};

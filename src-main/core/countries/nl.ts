import { commonContent, euroPieces, lettered, rate, type CountryPack } from './pack.ts';

const noReceipt = 'GEEN KASSABON';

/** The Netherlands: AWR article 52 (NL-1 to NL-4). Rounding of cash is the shop's choice, and off unless chosen. */
export const netherlands: CountryPack = {
  country: 'NL',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  language: 'nl',
  vat: [rate('standard', 2100), rate('low', 900), rate('lowest', 900), rate('zero', 0)],
  eatInVat: [],
  cashStepMinor: 1,
  chosenCashStepMinor: 5,
  cashPieces: [...euroPieces, 2, 1],
  headings: {
    sale: ['KASSABON'],
    return: ['RETOURBON'],
    copy: ['KOPIE'],
    training: ['OEFENBON', noReceipt],
    provisional: ['VOORLOPIGE BON', noReceipt],
    delivery: ['AFLEVERBON', noReceipt],
    x: ['X-RAPPORT'],
    z: ['Z-RAPPORT'],
  },
  electronicHeadings: { sale: ['DIGITALE KASSABON'], return: ['DIGITALE RETOURBON'] },
  receiptMayBe: { shown: true, declined: true },
  headingFactor: 1.5,
  organisationText: (number) => `KvK ${number}`,
  vatNumberLine: true,
  receiptContent: commonContent,
  reportFields: lettered,
  closesDrawer: false,
  ageLimits: { beer: 18, spirits: 18, tobacco: 18 },
  tenderWords: { cash: 'Contant', card: 'Pin', app: 'Mobiele app', setOff: 'Verrekening' },
};

import { commonContent, lettered, rate, type CountryPack } from './pack.ts';

const noPurchase = 'IKKE KVITTERING FOR KJØP';

/** Norway: kassasystemlova and kassasystemforskrifta (NO-1 to NO-26). */
export const norway: CountryPack = {
  country: 'NO',
  currency: 'NOK',
  timeZone: 'Europe/Oslo',
  language: 'nb',
  vat: [rate('standard', 2500), rate('low', 1500), rate('lowest', 1200), rate('zero', 0)],
  // Food eaten where it is served is a service at the general rate.
  eatInVat: [rate('low', 2500)],
  cashStepMinor: 100,
  chosenCashStepMinor: null,
  cashPieces: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  headings: {
    sale: ['Salgskvittering'],
    return: ['Returkvittering'],
    copy: ['KOPI'],
    training: ['Treningskvittering', noPurchase],
    provisional: ['Foreløpig kvittering', noPurchase],
    delivery: ['Utleveringskvittering', noPurchase],
    x: ['X-rapport'],
    z: ['Z-rapport'],
  },
  electronicHeadings: { sale: ['Elektronisk salgskvittering'], return: ['Elektronisk returkvittering'] },
  receiptMayBe: { shown: false, declined: false },
  headingFactor: 1.5,
  organisationText: (number, vatRegistered) => `Org.nr. ${number}${vatRegistered ? ' MVA' : ''}`,
  vatNumberLine: false,
  receiptContent: [...commonContent, 'address'],
  reportFields: lettered,
  closesDrawer: true,
  ageLimits: { beer: 18, spirits: 20, tobacco: 18 },
  tenderWords: { cash: 'Kontant', card: 'Bankkort', app: 'Mobilapp', setOff: 'Motregning' },
};

import { commonContent, lettered, rate, type CountryPack } from './pack.ts';

const noReceipt = 'IKKE KVITTERING FOR KØB';

/** Denmark: momsbekendtgørelsen § 63 and the cash register requirements (DK-1 to DK-41). */
export const denmark: CountryPack = {
  country: 'DK',
  currency: 'DKK',
  timeZone: 'Europe/Copenhagen',
  language: 'da',
  vat: [rate('standard', 2500), rate('low', 2500), rate('lowest', 2500), rate('zero', 0)],
  eatInVat: [],
  cashStepMinor: 50,
  chosenCashStepMinor: null,
  cashPieces: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  headings: {
    sale: ['KVITTERING'],
    return: ['RETURKVITTERING'],
    copy: ['KOPI'],
    training: ['TRÆNING', noReceipt],
    provisional: ['FORELØBIG KVITTERING', noReceipt],
    delivery: ['UDLEVERING', noReceipt],
    x: ['X-RAPPORT'],
    z: ['Z-RAPPORT'],
  },
  electronicHeadings: { sale: ['ELEKTRONISK KVITTERING'], return: ['ELEKTRONISK RETURKVITTERING'] },
  receiptMayBe: { shown: true, declined: false },
  headingFactor: 1.5,
  organisationText: (number) => `CVR-nr. ${number}`,
  vatNumberLine: false,
  receiptContent: [...commonContent, 'address'],
  reportFields: lettered,
  closesDrawer: false,
  ageLimits: { beer: 16, spirits: 18, tobacco: 18 },
  tenderWords: { cash: 'Kontant', card: 'Betalingskort', app: 'Mobilbetaling', setOff: 'Modregning' },
};

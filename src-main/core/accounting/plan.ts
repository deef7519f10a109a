import type { AccountPlan } from '../../contract/accounting.ts';
import type { Country } from '../../contract/basics.ts';
import { countries } from '../countries/index.ts';

/** What a country's shops commonly book on: suggestions that a shop's accountant changes. Rates in basis points. */
type Chart = {
  readonly sales: Readonly<Record<number, string>>;
  readonly vat: Readonly<Record<number, string>>;
  readonly cash: string;
  readonly card: string;
  /** Of the first app; each further one has the next number. */
  readonly apps: number;
  readonly others: AccountPlan['others'];
};

const charts: Readonly<Record<Country, Chart>> = {
  // BAS
  SE: {
    sales: { 2500: '3001', 1200: '3002', 600: '3003', 0: '3004' },
    vat: { 2500: '2611', 1200: '2621', 600: '2631' },
    cash: '1910', card: '1580', apps: 1581,
    others: { safe: '1912', rounding: '3740', cashDifference: '6991', payIn: '1930', payOut: '6990', tips: '2890', unsettled: '2990' },
  },
  // NS 4102
  NO: {
    sales: { 2500: '3000', 1500: '3010', 1200: '3020', 0: '3100' },
    vat: { 2500: '2701', 1500: '2702', 1200: '2703' },
    cash: '1900', card: '1580', apps: 1581,
    others: { safe: '1909', rounding: '7740', cashDifference: '7745', payIn: '1920', payOut: '7790', tips: '2990', unsettled: '2995' },
  },
  DK: {
    sales: { 2500: '1010', 0: '1050' },
    vat: { 2500: '6902' },
    cash: '5710', card: '5730', apps: 5731,
    others: { safe: '5715', rounding: '1190', cashDifference: '3690', payIn: '5720', payOut: '3680', tips: '6990', unsettled: '6995' },
  },
  FI: {
    sales: { 2550: '3000', 2400: '3001', 1400: '3011', 1350: '3010', 1000: '3020', 0: '3030' },
    vat: { 2550: '29391', 2400: '29391', 1400: '29392', 1350: '29392', 1000: '29393' },
    cash: '1900', card: '1735', apps: 1736,
    others: { safe: '1905', rounding: '8690', cashDifference: '8691', payIn: '1910', payOut: '8690', tips: '2965', unsettled: '2966' },
  },
  NL: {
    sales: { 2100: '8000', 900: '8010', 0: '8020' },
    vat: { 2100: '1520', 900: '1521' },
    cash: '1000', card: '1050', apps: 1051,
    others: { safe: '1005', rounding: '4995', cashDifference: '4990', payIn: '1100', payOut: '4900', tips: '2090', unsettled: '2095' },
  },
};

const apart = (list: readonly number[]): number[] => [...new Set(list)].sort((a, b) => b - a);

/** The accounts that a shop begins with: for each rate that its country has or had, for each tender that it can have. */
export function defaultPlan(country: Country, apps: readonly string[]): AccountPlan {
  const chart = charts[country];
  const { vat, eatInVat } = countries[country];
  const rates = apart([...vat, ...eatInVat].map(({ rateBasisPoints }) => rateBasisPoints).concat(0));
  return {
    rates: rates.map((rateBasisPoints) => ({ rateBasisPoints, sales: chart.sales[rateBasisPoints] ?? chart.sales[0] ?? '', vat: chart.vat[rateBasisPoints] ?? '' })),
    tenders: [{ kind: 'cash', account: chart.cash }, { kind: 'manual-card', account: chart.card }, ...apps.map((kind, index) => ({ kind, account: String(chart.apps + index) }))],
    others: chart.others,
  };
}

/** What a shop has set, with the suggestions for all that has come since. */
export function completed(saved: AccountPlan | null, suggested: AccountPlan): AccountPlan {
  if (!saved) return suggested;
  return {
    rates: suggested.rates.map((rate) => saved.rates.find((one) => one.rateBasisPoints === rate.rateBasisPoints) ?? rate),
    tenders: suggested.tenders.map((tender) => saved.tenders.find((one) => one.kind === tender.kind) ?? tender),
    others: { ...suggested.others, ...saved.others },
  };
}

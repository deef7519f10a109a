import type { Language } from '../../contract/basics.ts';
import type { Paper, PaperBlock } from '../../contract/receipts.ts';
import type { Counted, ReportBody, ReportFigures } from '../../contract/reports.ts';
import { countries } from '../countries/index.ts';
import type { ReportField } from '../countries/pack.ts';
import type { Words } from '../ports/world.ts';
import { paperAmount, paperMoney, paperRate } from '../receipts/amounts.ts';
import { columns, demoBlocks, headingBlocks, registerText, row, rule, space, text, withoutDoubleRules, type Say } from '../receipts/blocks.ts';
import { paperTime } from '../time.ts';

/** What a report's paper is drawn from: what was stored, and words. Nothing is reckoned anew. */
export type ReportPaper = {
  readonly body: ReportBody;
  readonly language: Language;
  readonly copy: boolean;
  readonly demo: boolean;
  /** A provider's name by its kind; empty for the till's own. */
  readonly kindName: (kind: string) => string;
  readonly words: Words;
};

type Draw = {
  readonly say: Say;
  readonly amount: (minorUnits: number) => string;
  readonly money: (minorUnits: number) => string;
  readonly rate: (basisPoints: number) => string;
  readonly paper: ReportPaper;
};

const small = { size: 'small' } as const;

/** `Copies   2   148,80` – a number and an amount. */
const countedRow = (label: string, { count, amountMinor }: Counted, draw: Draw): PaperBlock => row(`${label}  ${count}`, draw.amount(amountMinor));

const title = (label: string): PaperBlock => text(label, { bold: true });

function tenderText({ kind, name }: ReportFigures['tenders'][number], { say, paper }: Draw): string {
  const words = countries[paper.body.shop.country].tenderWords;
  if (kind === 'set-off') return words.setOff;
  const provider = paper.kindName(kind);
  const plain = name || provider || say(`tender.${kind}`);
  return provider === '' ? plain : `${plain} (${words.app})`;
}

const groupText = (name: string, say: Say): string => (name === '' ? say('report.noGroup') : name);

const tenderRows = (figures: ReportFigures, draw: Draw): readonly PaperBlock[] => figures.tenders.map((tender) => countedRow(tenderText(tender, draw), tender, draw));

const vatRows = (figures: ReportFigures, draw: Draw): readonly PaperBlock[] => [
  columns([draw.say('receipt.vatRate'), draw.say('receipt.net'), draw.say('receipt.vat'), draw.say('receipt.gross')], true),
  ...figures.vat.map((rate) => columns([draw.rate(rate.rateBasisPoints), draw.amount(rate.netMinor), draw.amount(rate.vatMinor), draw.amount(rate.grossMinor)])),
];

/** Each person's part, with what the law wants by person. */
function operatorBlocks({ figures, name }: { readonly name: string; readonly figures: ReportFigures }, draw: Draw): readonly PaperBlock[] {
  const { say } = draw;
  return [
    title(name === '' ? say('report.nobody') : name),
    countedRow(say('report.field.total-sales'), { count: figures.sales.count, amountMinor: figures.totalMinor }, draw),
    ...figures.groups.map((group) => row(`  ${groupText(group.name, say)}  ${group.count}`, draw.amount(group.amountMinor), small)),
    ...figures.tenders.map((tender) => row(`  ${tenderText(tender, draw)}  ${tender.count}`, draw.amount(tender.amountMinor), small)),
    ...(figures.returns.count === 0 ? [] : [countedRow(say('report.field.returns'), figures.returns, draw)]),
    ...(figures.discounts.count === 0 ? [] : [countedRow(say('report.field.discounts'), figures.discounts, draw)]),
    ...(figures.abandoned.count === 0 ? [] : [countedRow(say('report.field.abandoned'), figures.abandoned, draw)]),
    ...figures.lineCorrections.map((one) => countedRow(say(`report.correction.${one.type}`), one, draw)),
    ...(figures.floatMinor === 0 ? [] : [row(say('report.field.float'), draw.amount(figures.floatMinor))]),
    row(say('report.field.drawer-openings'), String(figures.drawerOpenings)),
  ];
}

const shiftBlocks = (shift: ReportBody['shifts'][number], { say, amount }: Draw): readonly PaperBlock[] => [
  title(say('report.shift', { number: shift.number, drawer: shift.drawer || say('shiftPaper.theDrawer') })),
  row(say('shiftPaper.expected'), amount(shift.expectedMinor), small),
  row(say('shiftPaper.counted'), amount(shift.countedMinor), small),
  row(say('shiftPaper.difference'), amount(shift.differenceMinor), small),
  ...(shift.explanation === '' ? [] : [text(`  ${shift.explanation}`, small)]),
  row(say('shiftPaper.left'), amount(shift.leftMinor), small),
];

/** One part of the report as the country orders it. */
function fieldBlocks(field: ReportField, draw: Draw): readonly PaperBlock[] {
  const { say, amount, paper } = draw;
  const { figures, operators, shifts, grand } = paper.body;
  const label = say(`report.field.${field}`);
  const listed = (rows: readonly PaperBlock[]): readonly PaperBlock[] => [title(label), ...(rows.length === 0 ? [text(say('report.none'), small)] : rows)];
  switch (field) {
    case 'total-sales':
      return [row(label, draw.money(figures.totalMinor), { size: 'large', bold: true })];
    case 'groups':
      return listed(figures.groups.map((group) => countedRow(groupText(group.name, say), group, draw)));
    case 'tenders':
      return listed(tenderRows(figures, draw));
    case 'operators':
      return [rule, title(label), ...operators.flatMap((operator) => operatorBlocks(operator, draw)), rule];
    case 'tips':
      return [row(label, amount(figures.tipsMinor))];
    case 'vat':
      return listed(vatRows(figures, draw));
    case 'float':
      return [row(label, amount(figures.floatMinor))];
    case 'receipts':
      return [row(label, String(figures.sales.count))];
    case 'drawer-openings':
      return [row(label, String(figures.drawerOpenings))];
    case 'drawer-openings-without-sale':
      return [row(label, String(figures.drawerOpeningsWithoutSale))];
    case 'copies':
      return [countedRow(label, figures.copies, draw)];
    case 'provisional':
      return [countedRow(label, figures.provisional, draw)];
    case 'returns':
      return [countedRow(label, figures.returns, draw)];
    case 'distance-sales':
      // Most shops have none, and no law asks for the line.
      return figures.distanceSales && figures.distanceSales.count > 0 ? [countedRow(label, figures.distanceSales, draw)] : [];
    case 'returns-without-receipt':
      return figures.returnsWithoutReceipt ? [countedRow(label, figures.returnsWithoutReceipt, draw)] : [];
    case 'discounts':
      return [countedRow(label, figures.discounts, draw)];
    case 'abandoned':
      return [countedRow(label, figures.abandoned, draw)];
    case 'line-corrections':
      return listed(figures.lineCorrections.map((one) => countedRow(say(`report.correction.${one.type}`), one, draw)));
    case 'price-enquiries':
      return listed(figures.priceEnquiries.map((group) => countedRow(groupText(group.name, say), group, draw)));
    case 'other-corrections':
      return listed(figures.otherCorrections.map((one) => countedRow(say(`report.correction.${one.type}`), one, draw)));
    case 'delivery':
      return [countedRow(label, figures.delivery, draw)];
    case 'training':
      return [countedRow(label, figures.training, draw)];
    case 'credit-sales':
      return [countedRow(label, figures.creditSales, draw)];
    case 'pay-ins':
      return [countedRow(label, figures.payIns, draw)];
    case 'pay-outs':
      return [countedRow(label, figures.payOuts, draw), countedRow(say('report.field.safe-drops'), figures.safeDrops, draw)];
    case 'goods':
      return [row(label, String(figures.goods))];
    case 'services':
      return [row(label, String(figures.services))];
    case 'rounding':
      return [row(label, amount(figures.roundingMinor))];
    case 'cash-back':
      return [countedRow(label, figures.cashBack, draw)];
    case 'refunds':
      return figures.refunds.length === 0 ? [countedRow(label, { count: 0, amountMinor: 0 }, draw)] : listed(figures.refunds.map((tender) => countedRow(tenderText(tender, draw), tender, draw)));
    case 'shifts':
      return shifts.length === 0 ? [] : [rule, title(label), ...shifts.flatMap((shift) => shiftBlocks(shift, draw)), rule];
    case 'grand-sales':
      return [rule, row(label, amount(grand.salesMinor))];
    case 'grand-returns':
      return [row(label, amount(grand.returnsMinor))];
    case 'grand-net':
      return [row(label, amount(grand.netMinor), { bold: true })];
    default:
      return unknownField(field);
  }
}

function unknownField(field: never): never {
  throw new Error(`reports: unknown field ${String(field)}`);
}

/** The paper of an X or a Z: the one description that screen, HTML, PDF and printer are all drawn from. */
export function reportPaper(paper: ReportPaper): Paper {
  const { body, language, words } = paper;
  const { shop, register, kind } = body;
  const say: Say = (key, values) => words.text(language, key, values);
  const draw: Draw = {
    say,
    amount: (minorUnits) => paperAmount(language, minorUnits),
    money: (minorUnits) => paperMoney(language, minorUnits, shop.currency),
    rate: (basisPoints) => paperRate(language, basisPoints),
    paper,
  };
  const pack = countries[shop.country];
  const center = { align: 'center', size: 'small' } as const;
  return {
    title: `${pack.headings[kind].join(' ')} ${body.number}`,
    language,
    blocks: [
      text(shop.name, { align: 'center', size: 'large', bold: true }),
      ...shop.addressLines.map((line) => text(line, center)),
      ...(shop.organisationNumber === '' ? [] : [text(pack.organisationText(shop.organisationNumber, shop.vatNumber !== ''), center)]),
      space,
      ...demoBlocks(paper.demo, say),
      ...headingBlocks(shop, paper.copy ? ['copy', kind] : [kind]),
      space,
      row(say('report.number'), String(body.number), small),
      row(say('receipt.time'), paperTime(shop.timeZone, body.at), small),
      ...(body.since === null ? [] : [row(say('report.since', { number: body.since.number }), paperTime(shop.timeZone, body.since.at), small)]),
      row(say('receipt.register'), registerText(register), small),
      row(say('report.takenBy'), body.staffName, small),
      rule,
      ...withoutDoubleRules(pack.reportFields.flatMap((field) => fieldBlocks(field, draw))),
      ...(body.anchor === null ? [] : [space, text(say('report.anchor', { seq: body.anchor.seq, hash: body.anchor.hash.slice(0, 16) }), center)]),
    ],
  };
}

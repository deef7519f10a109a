import type { Paper } from '../../contract/receipts.ts';
import type { RegisterView, ShopView } from '../../contract/shop.ts';
import type { Minor } from '../money.ts';
import type { CashCount, CashMovement, Shift } from '../ports/fiscal-stores.ts';
import type { Words } from '../ports/world.ts';
import { paperAmount, paperMoney } from '../receipts/amounts.ts';
import { demoBlocks, headingBlocks, registerText, row, rule, shopBlocks, space, text, type Say } from '../receipts/blocks.ts';
import { paperTime } from '../time.ts';
import { differenceOf } from './cash.ts';

/** What the papers of a drawer are drawn from. */
type Around = {
  readonly shop: ShopView;
  readonly register: RegisterView;
  /** Name of a person by id; empty for nobody. */
  readonly nameOf: (staffId: string | null) => string;
  readonly demo: boolean;
  readonly words: Words;
};

const sayIn =
  ({ shop, words }: Around): Say =>
  (key, values) =>
    words.text(shop.language, key, values);

const drawerText = (shift: Shift, say: Say): string => (shift.drawer === '' ? say('shiftPaper.theDrawer') : shift.drawer);

/** A line for a hand to sign on. */
const signature = (label: string) => [space, space, rule, text(label, { size: 'small' })];

function head(title: string, around: Around, say: Say, copy: boolean) {
  return [
    ...shopBlocks(around.shop, say),
    space,
    ...demoBlocks(around.demo, say),
    ...(copy ? headingBlocks(around.shop, ['copy']) : []),
    text(title, { align: 'center', size: 'large', bold: true }),
    space,
  ];
}

/** The paper of a float, a pay-in, a pay-out or a safe drop. */
export function movementPaper(movement: CashMovement, shift: Shift, copy: boolean, around: Around): Paper {
  const say = sayIn(around);
  const { shop } = around;
  const title = say(`shiftPaper.kind.${movement.kind}`);
  return {
    title: `${title} ${movement.number}`,
    language: shop.language,
    blocks: [
      ...head(title, around, say, copy),
      row(say('shiftPaper.number'), String(movement.number), { size: 'small' }),
      row(say('receipt.time'), paperTime(shop.timeZone, movement.at), { size: 'small' }),
      row(say('receipt.register'), registerText(around.register), { size: 'small' }),
      row(say('shiftPaper.drawer'), drawerText(shift, say), { size: 'small' }),
      row(say('receipt.cashier'), around.nameOf(movement.staffId), { size: 'small' }),
      ...(movement.approvedBy === null ? [] : [row(say('shiftPaper.approvedBy'), around.nameOf(movement.approvedBy), { size: 'small' })]),
      rule,
      row(say('shiftPaper.amount'), paperMoney(shop.language, Math.abs(movement.amountMinor), shop.currency), { size: 'large', bold: true }),
      ...(movement.reason === '' ? [] : [row(say('shiftPaper.reason'), movement.reason)]),
      ...signature(say('shiftPaper.signature')),
    ],
  };
}

/** How a drawer was found: piece by piece where it was counted so. */
function countBlocks(count: CashCount | null, shop: ShopView) {
  return (count?.pieces ?? []).map(({ pieceMinor, count: pieces }) => row(`${pieces} × ${paperAmount(shop.language, pieceMinor)}`, paperAmount(shop.language, pieceMinor * pieces), { size: 'small' }));
}

/** The paper of a shift that has ended: what should have been there, what was, and who says why. */
export function shiftPaper(shift: Shift, detail: { readonly movements: readonly CashMovement[]; readonly cashMinor: Minor; readonly count: CashCount | null }, around: Around): Paper {
  const say = sayIn(around);
  const { shop } = around;
  const { closing } = shift;
  if (!closing) throw new Error(`shift ${shift.id} has not ended`);
  const amount = (minorUnits: number): string => paperAmount(shop.language, minorUnits);
  const difference = differenceOf(closing);
  const title = say('shiftPaper.closing');
  return {
    title: `${title} ${shift.number}`,
    language: shop.language,
    blocks: [
      ...head(title, around, say, false),
      row(say('shiftPaper.shift'), String(shift.number), { size: 'small' }),
      row(say('receipt.register'), registerText(around.register), { size: 'small' }),
      row(say('shiftPaper.drawer'), drawerText(shift, say), { size: 'small' }),
      row(say('shiftPaper.opened'), `${paperTime(shop.timeZone, shift.openedAt)} ${around.nameOf(shift.openedBy)}`, { size: 'small' }),
      row(say('shiftPaper.closed'), `${paperTime(shop.timeZone, closing.at)} ${around.nameOf(closing.by)}`, { size: 'small' }),
      rule,
      ...detail.movements.map((movement) => row(`${say(`shiftPaper.kind.${movement.kind}`)}${movement.reason === '' ? '' : ` – ${movement.reason}`}`, amount(movement.amountMinor))),
      row(say('shiftPaper.cashOfReceipts'), amount(detail.cashMinor)),
      row(say('shiftPaper.expected'), amount(closing.expectedMinor), { bold: true }),
      rule,
      ...countBlocks(detail.count, shop),
      row(say('shiftPaper.counted'), amount(closing.countedMinor), { bold: true }),
      row(say('shiftPaper.difference'), amount(difference), { size: 'large', bold: true }),
      ...(closing.explanation === '' ? [] : [text(closing.explanation)]),
      ...(closing.approvedBy === null ? [] : [row(say('shiftPaper.approvedBy'), around.nameOf(closing.approvedBy), { size: 'small' })]),
      rule,
      row(say('shiftPaper.left'), amount(closing.leftMinor)),
      row(say('shiftPaper.taken'), amount(closing.countedMinor - closing.leftMinor)),
      ...signature(say('shiftPaper.signature')),
    ],
  };
}

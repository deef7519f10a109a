import type { Paper, PaperBlock } from '../../contract/receipts.ts';
import type { RegisterView, ShopView } from '../../contract/shop.ts';
import { countries } from '../countries/index.ts';
import type { PaperKind } from '../countries/pack.ts';
import type { Words } from '../ports/world.ts';
import type { Line, Post, Receipt } from '../sales/model.ts';
import { activeLines, heldPosts, totalsOf, type LineTotals, type ReceiptTotals } from '../sales/totals.ts';
import { paperTime } from '../time.ts';
import { columns, demoBlocks, headingBlocks, registerText, row, rule, shopBlocks, space, text, type Say } from './blocks.ts';
import { paperAmount, paperMoney, paperQuantity, paperRate, paperUnit } from './amounts.ts';

/** What a receipt's paper is drawn from. */
export type ReceiptPaper = {
  readonly receipt: Receipt;
  readonly number: number;
  readonly shop: ShopView;
  readonly register: RegisterView;
  readonly staffName: string;
  /** Names that the shop gave its tenders, by tender id; others have their kind's name. */
  readonly tenderNames: ReadonlyMap<string, string>;
  /** A provider's name by its kind, for tenders that the register no longer has; empty for the till's own kinds. */
  readonly kindName: (kind: string) => string;
  /** Of a return: the sale that it takes back; null where it is without one. */
  readonly original?: { readonly number: number; readonly registerNumber: number; readonly at: string; /** Of another store of the chain. */ readonly storeName?: string } | null | undefined;
  readonly copy: boolean;
  /** A paper before the sale is one, or of goods handed out: `number` is then of its own series (C-8). */
  readonly notReceipt?: 'provisional' | 'delivery' | undefined;
  /** It goes out without paper. */
  readonly electronic?: boolean | undefined;
  /** What the paper begins with where there is paper: the shop's logo, or nothing. */
  readonly logo?: readonly PaperBlock[] | undefined;
  /** In few words, where there is no room: without articles, notes and the words at the foot. */
  readonly brief?: boolean | undefined;
  /** Papers of the demo say that they are none. */
  readonly demo: boolean;
  readonly words: Words;
  /** Draws the barcode of the receipt's number as SVG. */
  readonly code128: (text: string) => string;
};

/** The barcode text of a receipt, by which any register finds it: `R1-1042`; `RR1-7` is a return's. */
const receiptCode = (kind: Receipt['kind'], registerNumber: number, number: number): string => `${kind === 'return' ? 'RR' : 'R'}${registerNumber}-${number}`;

/** What the paper is: a copy first of all, and the receipt that it is one of. */
function kindsOf(paper: ReceiptPaper): readonly PaperKind[] {
  if (paper.notReceipt !== undefined) return paper.receipt.kind === 'training' ? ['training', paper.notReceipt] : [paper.notReceipt];
  return paper.copy ? ['copy', paper.receipt.kind] : [paper.receipt.kind];
}

/** EU-2, NO-3: a return names the sale that it corrects. */
function returnFacts({ original, shop }: ReceiptPaper, reason: string, say: Say): readonly (readonly [string, string])[] {
  const named: readonly (readonly [string, string])[] = original
    ? [
        [say('receipt.returnOf'), say('receipt.originalNumber', { number: original.number, register: original.registerNumber })],
        ...(original.storeName === undefined ? [] : [[say('receipt.originalStore'), original.storeName] as const]),
        [say('receipt.originalTime'), paperTime(shop.timeZone, original.at)],
      ]
    : [[say('receipt.returnOf'), say('receipt.withoutReceipt')]];
  return reason === '' ? named : [...named, [say('receipt.reason'), reason]];
}

function factBlocks(paper: ReceiptPaper, say: Say): readonly PaperBlock[] {
  const { receipt, shop, register } = paper;
  const when = paperTime(shop.timeZone, receipt.completedAt ?? receipt.openedAt);
  const facts: (readonly [string, string])[] = [
    [say('receipt.number'), String(paper.number)],
    [say('receipt.time'), when],
    [say('receipt.register'), registerText(register)],
    [say('receipt.cashier'), paper.staffName],
  ];
  if (shop.serves !== 'none' || receipt.serving !== 'take-away') facts.push([say('receipt.serving'), say(`receipt.served.${receipt.serving}`)]);
  if (receipt.distance) facts.push([say('receipt.soldHow'), say('receipt.fromAfar')]);
  if (receipt.customerReference !== '') facts.push([say('receipt.customerReference'), receipt.customerReference]);
  if (receipt.returned) facts.push(...returnFacts(paper, receipt.returned.reason, say));
  return facts.map(([left, right]) => row(left, right, { size: 'small' }));
}

/** `2 x 1,29` or `0,742 kg x 2,19/kg`; nothing for one piece at its price. */
function quantityText(line: Line, paper: ReceiptPaper): string {
  const { language } = paper.shop;
  if (line.unit === 'piece' && line.quantityMilli === 1000) return '';
  const unit = paperUnit(line.unit);
  const quantity = `${paperQuantity(language, line.quantityMilli)}${unit === '' ? '' : ` ${unit}`}`;
  const price = `${paperAmount(language, line.unitPriceMinor)}${unit === '' ? '' : `/${unit}`}`;
  return `${quantity} × ${price}`;
}

function lineBlocks(line: Line, totals: LineTotals, paper: ReceiptPaper, say: Say): readonly PaperBlock[] {
  const { language } = paper.shop;
  const quantity = quantityText(line, paper);
  const blocks: PaperBlock[] = [row(line.name, paperAmount(language, totals.grossMinor))];
  if (quantity !== '') blocks.push(text(`  ${quantity}`, { size: 'small' }));
  if (line.overrideReason !== '') {
    blocks.push(text(`  ${say('receipt.wasPrice', { price: paperAmount(language, line.listPriceMinor) })}`, { size: 'small' }));
  }
  if (totals.discountMinor !== 0) {
    blocks.push(row(`  ${say('receipt.discount')}`, paperAmount(language, -totals.discountMinor), { size: 'small' }));
  }
  if (line.note !== '') blocks.push(text(`  ${line.note}`, { size: 'small' }));
  return blocks;
}

function totalBlocks(totals: ReceiptTotals, paper: ReceiptPaper, say: Say): readonly PaperBlock[] {
  const { language } = paper.shop;
  const blocks: PaperBlock[] = [];
  if (totals.receiptDiscountMinor !== 0) {
    blocks.push(row(say('receipt.receiptDiscount'), paperAmount(language, -totals.receiptDiscountMinor)));
  }
  const total = paperMoney(language, totals.totalMinor, paper.receipt.currency);
  blocks.push(row(say('receipt.total'), total, { size: 'large', bold: true }));
  const rounding = paper.receipt.roundingMinor;
  if (rounding !== 0) blocks.push(row(say('receipt.rounding'), paperAmount(language, rounding), { size: 'small' }));
  const tip = paper.receipt.tipMinor;
  if (tip !== 0) blocks.push(row(say('receipt.tip'), paperAmount(language, tip)));
  return blocks;
}

function tenderName(post: Post, paper: ReceiptPaper, say: Say): string {
  if (post.tenderKind === 'set-off') return countries[paper.shop.country].tenderWords.setOff;
  const given = paper.tenderNames.get(post.tenderId);
  return given || paper.kindName(post.tenderKind) || say(`tender.${post.tenderKind}`);
}

function postBlocks(paper: ReceiptPaper, say: Say): readonly PaperBlock[] {
  const { language } = paper.shop;
  return heldPosts(paper.receipt.posts).flatMap((post) => {
    const name = post.kind === 'change' ? say('receipt.change') : post.kind === 'cash-back' ? say('receipt.cashBack') : tenderName(post, paper, say);
    const shown = post.kind === 'change' || post.kind === 'cash-back' ? -post.amountMinor : post.amountMinor;
    const blocks: PaperBlock[] = [row(name, paperAmount(language, shown))];
    if (post.reference !== '') {
      const mark = say(post.verified ? 'receipt.verified' : 'receipt.manual');
      blocks.push(text(`  ${post.description === '' ? mark : `${post.description}, ${mark}`}`, { size: 'small' }));
      blocks.push(text(`  ${say('receipt.reference', { reference: post.reference })}`, { size: 'small' }));
    }
    return blocks;
  });
}

function vatBlocks(totals: ReceiptTotals, paper: ReceiptPaper, say: Say): readonly PaperBlock[] {
  const { language } = paper.shop;
  const head = columns([say('receipt.vatRate'), say('receipt.net'), say('receipt.vat'), say('receipt.gross')], true);
  const rates = totals.vat.map((rate) =>
    columns([paperRate(language, rate.rateBasisPoints), paperAmount(language, rate.netMinor), paperAmount(language, rate.vatMinor), paperAmount(language, rate.grossMinor)]),
  );
  return [head, ...rates];
}

/** The paper of a completed receipt: the one description that screen, HTML, PDF and printer are all drawn from. */
export function receiptPaper(paper: ReceiptPaper): Paper {
  const { language } = paper.shop;
  const say: Say = (key, values) => paper.words.text(language, key, values);
  const totals = totalsOf(paper.receipt);
  const byId = new Map(totals.lines.map((line) => [line.lineId, line]));
  const code = receiptCode(paper.receipt.kind, paper.register.number, paper.number);
  const barcode: readonly PaperBlock[] = [space, { kind: 'barcode', symbology: 'code128', text: code, svg: paper.code128(code) }];
  const brief = paper.brief === true;
  const sold = activeLines(paper.receipt);
  const lines = brief ? [text(say('receipt.linesAtShop', { count: sold.length }))] : sold.flatMap((line) => {
    const amounts = byId.get(line.id);
    if (!amounts) throw new Error(`receipt: line ${line.id} has no totals`);
    return lineBlocks(line, amounts, paper, say);
  });
  return {
    title: say('receipt.title', { number: paper.number }),
    language,
    blocks: [
      // Mails and codes are read where pictures inside a text are not shown.
      ...(paper.electronic === true || brief ? [] : (paper.logo ?? [])),
      ...shopBlocks(paper.shop, say),
      space,
      ...demoBlocks(paper.demo, say),
      ...headingBlocks(paper.shop, kindsOf(paper), paper.electronic),
      ...factBlocks(paper, say),
      rule,
      ...lines,
      rule,
      ...totalBlocks(totals, paper, say),
      ...postBlocks(paper, say),
      rule,
      ...vatBlocks(totals, paper, say),
      ...(brief || paper.receipt.note === '' ? [] : [space, text(paper.receipt.note, { size: 'small' })]),
      // An exercise is found by no register.
      ...(paper.notReceipt === undefined && paper.receipt.kind !== 'training' ? barcode : []),
      ...(brief || paper.shop.receiptFooter === '' ? [] : [space, text(paper.shop.receiptFooter, { align: 'center', size: 'small' })]),
    ],
  };
}

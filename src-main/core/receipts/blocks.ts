import type { PaperBlock } from '../../contract/receipts.ts';
import type { ShopView } from '../../contract/shop.ts';
import { countries } from '../countries/index.ts';
import type { PaperKind } from '../countries/pack.ts';

/** The words of a paper in its language. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

type TextOptions = Partial<Pick<Extract<PaperBlock, { kind: 'text' }>, 'align' | 'size' | 'bold'>>;

export const text = (content: string, options: TextOptions = {}): PaperBlock => ({ kind: 'text', text: content, align: 'left', size: 'normal', bold: false, ...options });

export const row = (left: string, right: string, options: { size?: 'small' | 'normal' | 'large'; bold?: boolean } = {}): PaperBlock => ({
  kind: 'row',
  left,
  right,
  size: options.size ?? 'normal',
  bold: options.bold ?? false,
});

export const columns = (cells: readonly string[], bold = false): PaperBlock => ({ kind: 'columns', bold, cells: [...cells] });

export const rule: PaperBlock = { kind: 'rule' };
export const space: PaperBlock = { kind: 'space' };

/** Who sells, as the country's law wants it written. */
export function shopBlocks(shop: ShopView, say: Say): readonly PaperBlock[] {
  const { organisationText, vatNumberLine } = countries[shop.country];
  const lines = [
    ...shop.addressLines,
    shop.phone,
    shop.organisationNumber === '' ? '' : organisationText(shop.organisationNumber, shop.vatNumber !== ''),
    !vatNumberLine || shop.vatNumber === '' ? '' : say('receipt.vatNumber', { number: shop.vatNumber }),
  ];
  return [
    text(shop.name, { align: 'center', size: 'large', bold: true }),
    ...lines.filter((line) => line !== '').map((line) => text(line, { align: 'center', size: 'small' })),
  ];
}

/** Kinds of paper, each in the country's own words and as large as its law wants them (C-8, NO-8, SE-9). What goes out without paper says so (NO-1, SE-3). */
export function headingBlocks(shop: Pick<ShopView, 'country'>, kinds: readonly PaperKind[], electronic = false): readonly PaperBlock[] {
  const { headingFactor, electronicHeadings } = countries[shop.country];
  const headings = { ...countries[shop.country].headings, ...(electronic ? electronicHeadings : {}) };
  const size = headingFactor === 2 ? 'double' : 'heading';
  return kinds.flatMap((kind) => headings[kind]).map((line) => text(line, { align: 'center', size, bold: true }));
}

/** Papers of the demo say that they are none, as loudly as what they seem to be. */
export const demoBlocks = (demo: boolean, say: Say): readonly PaperBlock[] => (demo ? [text(say('receipt.demo'), { align: 'center', size: 'heading', bold: true })] : []);

/** Two rules that meet are one. */
export const withoutDoubleRules = (blocks: readonly PaperBlock[]): PaperBlock[] => blocks.filter((block, index) => block.kind !== 'rule' || blocks[index - 1]?.kind !== 'rule');

/** How a register is named on papers. */
export const registerText = (register: { readonly number: number; readonly name: string }): string =>
  register.name === '' ? String(register.number) : `${register.number} ${register.name}`;

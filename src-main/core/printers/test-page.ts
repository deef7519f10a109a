import type { PrinterSettings } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import { columns, row, rule, space, text, type Say } from '../receipts/blocks.ts';
import { printerModels } from './models.ts';

/** Letters that a wrong code page gets wrong first. */
const letters = 'å ä ö ø æ é ü Å Ä Ö Ø Æ É Ü € £ × ½';

const code = 'KASSA-1042';

/** The digits over the whole width: one that is missing at the end shows a roll that is narrower than was said. */
const ruler = (count: number): string => '1234567890'.repeat(10).slice(0, count);

export type TestPage = { readonly settings: Pick<PrinterSettings, 'model' | 'widthMm'>; readonly language: string; readonly say: Say; readonly code128: (text: string) => string; readonly qr: (text: string) => string };

/** A page to see that the printer is what the settings say: width, letters, sizes, both kinds of code and the knife. */
export function testPage({ settings: { model, widthMm }, language, say, code128, qr }: TestPage): Paper {
  const printer = printerModels[model];
  const count = printer.columns[widthMm];
  return {
    title: say('printerTest.title'),
    language,
    blocks: [
      text(say('printerTest.title'), { align: 'center', size: 'heading', bold: true }),
      text(say('printerTest.noReceipt'), { align: 'center' }),
      text(say('printerTest.printer', { model: printer.name, width: widthMm, columns: count }), { align: 'center', size: 'small' }),
      rule,
      text(letters, { align: 'center', size: 'large' }),
      text(ruler(count)),
      row('Smörgås, rømmegrøt, æblegrød, pâté', '1234,56 €', { bold: true }),
      columns(['25 %', '10,00', '2,50', '12,50']),
      space,
      { kind: 'barcode', symbology: 'code128', text: code, svg: code128(code) },
      space,
      { kind: 'barcode', symbology: 'qr', text: code, svg: qr(code) },
      rule,
      text(say('printerTest.check'), { size: 'small' }),
    ],
  };
}

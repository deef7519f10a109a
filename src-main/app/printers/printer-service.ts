import { systemSpooler } from '../../adapters/printers/system-spooler.ts';
import { usbPrinters } from '../../adapters/printers/usb-found.ts';
import { fail, ok } from '../../contract/errors.ts';
import { printerModel, type PrinterCondition } from '../../contract/printers.ts';
import type { CallOutput } from '../../contract/index.ts';
import { printerModels } from '../../core/printers/models.ts';
import { testPage } from '../../core/printers/test-page.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import type { AttachedPrinter } from './attached.ts';
import { storedPrinter, storePrinter, wrongField } from './settings.ts';

const models = printerModel.options.map((id) => ({ id, name: printerModels[id].name }));

/** The printer's page: which one is attached to this register, how it is, and a page to try it. */
export function createPrinterService(context: ShopContext, session: Session, attached: AttachedPrinter, printing: ReceiptPrinting): Handlers<CallsOf<'printer'>> {
  const { stores } = context;

  async function view(condition: PrinterCondition): Promise<CallOutput<'printer.settings'>> {
    const [usb, queues] = await Promise.all([usbPrinters(), systemSpooler().queues()]);
    return { settings: storedPrinter(stores), models, usb: usb && usb.map(({ id, name }) => ({ id, name })), queues: queues && [...queues], condition };
  }

  return {
    'printer.settings': async () => {
      const allowed = session.authorise('shop-edit', undefined);
      return allowed.ok ? ok(await view(await attached.look())) : allowed;
    },
    'printer.save': async (settings) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const field = wrongField(settings);
      if (field) return fail('setting-invalid', { field });
      stores.transaction(() => {
        storePrinter(stores, stores.shop.thisRegister()?.id ?? '', settings);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'printer' })]);
      });
      return ok(await view(await attached.changed()));
    },
    'printer.test': async () => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const { language } = context.shop();
      const page = testPage({
        settings: storedPrinter(stores),
        language,
        say: (key, values) => context.words.text(language, key, values),
        code128: (text) => context.barcodes.code128(text),
        qr: (text) => context.barcodes.qr(text),
      });
      const printed = await printing.inTurn(() => context.printer.print(page));
      return ok({ problem: printed.ok ? null : printed.problem, condition: await attached.look() });
    },
  };
}

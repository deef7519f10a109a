import { scannerSettings, type ScannerSettings } from '../contract/scanner.ts';
import { ok } from '../contract/errors.ts';
import type { Stores } from '../core/ports/stores.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import type { Session } from './session.ts';

const usual: ScannerSettings = { layout: 'as-typed', prefix: '' };

/** Of the register that this folder is: another one has other scanners. */
const nameOf = ({ shop }: Pick<Stores, 'shop'>): string => `scanner:${shop.thisRegister()?.id ?? ''}`;

/** How scanners in keyboard mode are read at this register. */
export function storedScanner(stores: Pick<Stores, 'shop'>): ScannerSettings {
  const text = stores.shop.setting(nameOf(stores));
  return text === null ? usual : scannerSettings.parse(JSON.parse(text));
}

/** The scanners' part of the devices page. */
export function createScannerService(context: ShopContext, session: Session): Handlers<CallsOf<'scanner'>> {
  const { stores, bus } = context;
  return {
    'scanner.save': (settings) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      stores.transaction(() => {
        stores.shop.setSetting(nameOf(stores), JSON.stringify(settings));
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'scanner', ...settings })]);
      });
      bus.publish('shop.changed', {});
      return ok(settings);
    },
  };
}

import { useSyncExternalStore, type ComponentType } from 'react';
import type { Right } from '../../src-main/contract/rights.ts';
import { ArticlesScreen } from '../screens/articles/articles-screen.tsx';
import { DevicesScreen } from '../screens/devices/devices-screen.tsx';
import { CustomerScreensScreen } from '../screens/customer-screens/customer-screens-screen.tsx';
import { ImportScreen } from '../screens/import/import-screen.tsx';
import { MailScreen } from '../screens/mail/mail-screen.tsx';
import { PrinterScreen } from '../screens/printer/printer-screen.tsx';
import { ProvidersScreen } from '../screens/providers/providers-screen.tsx';
import { ReceiptsScreen } from '../screens/receipts/receipts-screen.tsx';
import { ReportsScreen } from '../screens/reports/reports-screen.tsx';
import { ReturnsScreen } from '../screens/returns/returns-screen.tsx';
import { SaleScreen } from '../screens/sale/sale-screen.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { ShiftScreen } from '../screens/shift/shift-screen.tsx';
import { ShopScreen } from '../screens/shop/shop-screen.tsx';
import { StaffScreen } from '../screens/staff/staff-screen.tsx';
import { TasksScreen } from '../screens/tasks/tasks-screen.tsx';

/** A screen of the cashier's window, by its address. `right` is what a person needs to see it. */
export type ScreenEntry = { readonly id: string; readonly path: string; readonly right: Right | null; readonly view: ComponentType };

/** Every screen behind the sign-in, in the order of the menu. Pictures and accessibility checks follow this list. */
export const screens: readonly ScreenEntry[] = [
  { id: 'sale', path: '#/sale', right: null, view: SaleScreen },
  { id: 'receipts', path: '#/receipts', right: null, view: ReceiptsScreen },
  { id: 'returns', path: '#/returns', right: null, view: ReturnsScreen },
  { id: 'tasks', path: '#/tasks', right: null, view: TasksScreen },
  { id: 'shift', path: '#/shift', right: null, view: ShiftScreen },
  { id: 'reports', path: '#/reports', right: null, view: ReportsScreen },
  { id: 'articles', path: '#/admin/articles', right: 'articles-edit', view: ArticlesScreen },
  { id: 'import', path: '#/admin/import', right: 'articles-edit', view: ImportScreen },
  { id: 'staff', path: '#/admin/staff', right: 'staff-edit', view: StaffScreen },
  { id: 'shop', path: '#/admin/shop', right: 'shop-edit', view: ShopScreen },
  { id: 'providers', path: '#/admin/providers', right: 'terminal-assign', view: ProvidersScreen },
  { id: 'mail', path: '#/admin/mail', right: 'shop-edit', view: MailScreen },
  { id: 'printer', path: '#/admin/printer', right: 'shop-edit', view: PrinterScreen },
  { id: 'devices', path: '#/admin/devices', right: 'shop-edit', view: DevicesScreen },
  { id: 'customer-screens', path: '#/admin/customer-screens', right: 'shop-edit', view: CustomerScreensScreen },
  { id: 'settings', path: '#/settings', right: null, view: SettingsScreen },
];

function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The screen that the address names; the sale for an address that names none. */
export function useScreen(): ScreenEntry {
  const hash = useSyncExternalStore(onHash, () => location.hash);
  const found = screens.find((screen) => screen.path === hash) ?? screens[0];
  if (!found) throw new Error('router: there are no screens');
  return found;
}

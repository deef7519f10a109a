import { fail, ok } from '../contract/errors.ts';
import type { HelloView, ShopView } from '../contract/shop.ts';
import { givingView } from './mail/settings.ts';
import { asksServing, countries } from '../core/countries/index.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './handlers.ts';
import { storedScanner } from './scanner-settings.ts';
import type { Session } from './session.ts';
import { setUpShop } from './set-up.ts';
import type { Status } from './status.ts';

type Names =
  | 'app.hello'
  | 'customer.hello'
  | 'app.start-shop'
  | 'shop.set-up'
  | 'shop.save'
  | 'shop.vat-rates'
  | 'settings.save'
  | 'drawer.open';

/** What of the running program the shop's windows are told. */
export type Program = {
  readonly version: string;
  readonly host: 'electron' | 'browser';
  /** Language of the screens before anybody signs in; null is the shop's. */
  readonly language: HelloView['language'] | null;
  /** Puts the demo aside and opens another shop; the caller's windows load again. */
  readonly startShop: (shop: 'demo-fi' | 'demo-no' | 'setup') => Promise<void>;
  /** Opens the same data again after set-up. */
  readonly reopen: () => Promise<void>;
  readonly demoPins: HelloView['demoPins'];
  readonly training: () => HelloView['training'];
};

const themes = ['system', 'light', 'dark'] as const;

/** The shop itself: what windows draw first, set-up, and the admin's page. */
export function createShopService(
  context: ShopContext,
  program: Program,
  session: Session,
  status: Status,
  counter: Counter,
): Handlers<Names> {
  const { stores } = context;

  const theme = (): HelloView['theme'] => themes.find((one) => one === stores.shop.setting('theme')) ?? 'system';
  const volume = (): number => Number(stores.shop.setting('volume') ?? '60');

  const hello = (): HelloView => ({
    version: program.version,
    host: program.host,
    mode: context.mode,
    shop: context.shop(),
    register: context.register,
    registers: [...stores.shop.registers()],
    language: program.language ?? context.shop().language,
    status: status.view(),
    cashPieces: [...countries[context.shop().country].cashPieces],
    asksServing: asksServing(context.shop().country),
    providerNames: Object.fromEntries([...context.tenderKinds.values()].flatMap(({ kind, name }) => (name === '' ? [] : [[kind, name] as const]))),
    giving: givingView(context),
    scanner: storedScanner(context.stores),
    demoPins: context.mode === 'demo' ? program.demoPins : [],
    training: program.training(),
    theme: theme(),
    volume: volume(),
  });

  return {
    'app.hello': () => ok(hello()),
    'customer.hello': () => ok({ shopName: context.shop().name, language: context.shop().language, theme: theme(), training: context.training() }),
    'app.start-shop': async ({ shop }) => {
      if (context.mode === 'live') return fail('demo-only');
      await program.startShop(shop);
      return ok({});
    },
    'shop.set-up': async (input) => {
      if (context.mode !== 'setup') return fail('setup-done-already');
      await setUpShop(stores, context.crypto, context.ids, input);
      await program.reopen();
      return ok({});
    },
    'shop.save': (input) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const shop: ShopView = { ...context.shop(), ...input };
      if (shop.serves !== 'none' && !asksServing(shop.country)) return fail('setting-invalid', { field: 'serves' });
      stores.transaction(() => {
        stores.shop.save(shop);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'shop' })]);
      });
      context.setShop(shop);
      context.bus.publish('shop.changed', {});
      counter.refresh();
      return ok(shop);
    },
    'shop.vat-rates': () => ok(stores.shop.vatRates(context.shop().country).map((rate) => ({ ...rate }))),
    'settings.save': (input) => {
      stores.transaction(() => {
        stores.shop.setSetting('theme', input.theme);
        stores.shop.setSetting('volume', String(input.volume));
      });
      context.bus.publish('shop.changed', {});
      return ok({});
    },
    'drawer.open': ({ reason, approval }) => {
      const allowed = session.authorise('drawer-open', approval);
      if (!allowed.ok) return allowed;
      const detail = { sale: false, reason, approvedBy: allowed.value.approvedBy };
      stores.journal.append([journalEntry(context, session.staffId(), 'drawer-opened', detail)]);
      context.drawer.open();
      return ok({});
    },
  };
}

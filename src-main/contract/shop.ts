import { z } from 'zod';
import { call, event, nothing, openCall } from './define.ts';
import { amountMinor, country, currency, id, language, priceMinor, serving, shortText, vatClass, vatRateBasisPoints } from './basics.ts';
import { scannerSettings } from './scanner.ts';
import { printerCondition } from './printers.ts';
import { pin } from './staff.ts';
import { trainingView } from './training.ts';

/** `demo` sells to nobody and says so; `setup` is a shop that has not been set up; `live` is real. */
export const shopMode = z.enum(['demo', 'setup', 'live']);
export type ShopMode = z.infer<typeof shopMode>;

/** The shop as screens and receipts need it. */
export const shopView = z.strictObject({
  name: z.string(),
  organisationNumber: z.string(),
  /** Norway prints "MVA" after the number of a VAT-registered seller; others print the VAT number. */
  vatNumber: z.string(),
  addressLines: z.array(z.string()),
  phone: z.string(),
  country,
  currency,
  /** IANA time zone; all times are shown in it. */
  timeZone: z.string(),
  /** Language of receipts and of the customer's screen. */
  language,
  receiptFooter: z.string(),
  /** NL only: round cash to 5 cents. The other countries have no choice. */
  roundCash: z.boolean(),
  /** Largest discount that a cashier gives alone, in basis points of the line or receipt. */
  cashierDiscountLimitBasisPoints: vatRateBasisPoints,
  /** How much more than is due an app payment may bring, given back in cash; 0 forbids it. */
  overPaymentCapMinor: priceMinor.min(0),
  /** How food is usually served, where it can be eaten here too; `none`: it can't, or the country's rates know no difference. */
  serves: z.enum(['none', ...serving.options]),
});
export type ShopView = z.infer<typeof shopView>;

export const registerView = z.strictObject({ id, number: z.int(), name: z.string() });
export type RegisterView = z.infer<typeof registerView>;

/** State of what is attached to the register, with the icon and word of the top bar. */
export const deviceState = z.enum(['ready', 'absent', 'failed']);
export const statusView = z.strictObject({
  scanner: deviceState,
  printer: deviceState,
  /** Why it prints nothing, when it said so itself. */
  printerProblem: printerCondition.shape.problem,
  /** It prints, and will soon want a new roll. */
  paperNearEnd: z.boolean(),
  drawer: printerCondition.shape.drawer,
  /** Nothing is sold until the drawer is shut: the country wants it so. */
  closeDrawer: z.boolean(),
  /** Whether the network can be used; cash needs none. */
  network: z.enum(['online', 'offline']),
  /** Receipts and other papers whose printing failed and waits for a person. */
  unprinted: z.int(),
  /** Receipts that wait to go by mail, and those whose mail was given up and that wait for a person. */
  mails: z.strictObject({ waiting: z.int(), failed: z.int() }),
  /** Whether the last backup that the program made by itself failed. */
  backup: z.enum(['ready', 'failed']),
  /** Late money that waits for a person. */
  tasks: z.int(),
  /** `needed`: nothing is sold before a drawer is opened with its float. */
  shift: z.enum(['open', 'needed', 'none']),
});
export type StatusView = z.infer<typeof statusView>;

/** A VAT rate of one class from one day on. */
export const vatRateView = z.strictObject({ vatClass, rateBasisPoints: vatRateBasisPoints, from: z.string() });

/** Everything a window needs before it can draw its first screen. */
export const helloView = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'browser']),
  mode: shopMode,
  shop: shopView,
  register: registerView,
  registers: z.array(registerView),
  language,
  status: statusView,
  /** Cash pieces of the currency, largest first, for quick amounts. */
  cashPieces: z.array(amountMinor),
  /** Whether VAT depends on whether food is eaten here. */
  asksServing: z.boolean(),
  /** Names of the payment providers that are built in, by the kind of their tenders. */
  providerNames: z.record(z.string(), z.string()),
  /** How receipts may be given out here beside on paper, and what comes first. */
  giving: z.strictObject({ first: z.enum(['print', 'ask']), mail: z.boolean(), agreement: z.boolean(), shown: z.boolean(), declined: z.boolean() }),
  /** How this register's scanners are read that pretend to be keyboards. */
  scanner: scannerSettings,
  /** Sign-in PINs of the demo shop's people by name, shown on its sign-in screen; empty elsewhere. */
  demoPins: z.array(z.strictObject({ name: z.string(), pin: z.string() })),
  /** Null while training is off. */
  training: trainingView.nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** 0 is silent, 100 is full. */
  volume: z.int().min(0).max(100),
});
export type HelloView = z.infer<typeof helloView>;

/** What the shop page may change. Country and currency are fixed once a receipt exists. */
export const shopEdit = z.strictObject({
  name: z.string().trim().min(1).max(80),
  organisationNumber: z.string().trim().max(30),
  vatNumber: z.string().trim().max(30),
  addressLines: z.array(z.string().trim().max(80)).max(4),
  phone: z.string().trim().max(30),
  language,
  receiptFooter: z.string().trim().max(400),
  roundCash: z.boolean(),
  cashierDiscountLimitBasisPoints: vatRateBasisPoints,
  overPaymentCapMinor: priceMinor.min(0),
  serves: z.enum(['none', ...serving.options]),
});

export const shopCalls = {
  'app.hello': openCall(nothing, helloView),
  /** Puts this data folder's demo aside and starts another demo, or an empty shop to set up. Only in demo or set-up. */
  'app.start-shop': openCall(z.strictObject({ shop: z.enum(['demo-fi', 'demo-no', 'setup']) }), nothing),
  /** The set-up page: names the shop, its country and its first admin. Only while the shop is not set up. */
  'shop.set-up': openCall(
    z.strictObject({
      name: z.string().trim().min(1).max(80),
      organisationNumber: z.string().trim().max(30),
      country,
      language,
      adminName: z.string().trim().min(1).max(60),
      adminPin: pin,
    }),
    nothing,
  ),
  /** Right: shop-edit. */
  'shop.save': call(shopEdit, shopView),
  'shop.vat-rates': call(nothing, z.array(vatRateView)),
  /** Look and sound of this register. */
  'settings.save': call(
    z.strictObject({ theme: z.enum(['system', 'light', 'dark']), volume: z.int().min(0).max(100) }),
    nothing,
  ),
  /** Opens the drawer without a sale; journalled and counted. Right: drawer-open. */
  'drawer.open': call(z.strictObject({ reason: shortText.min(1), approval: id.optional() }), nothing),
};

export const shopEvents = {
  /** The shop behind the window was replaced or edited: load it again. */
  'shop.changed': event(nothing, ['cashier', 'customer']),
  'status.changed': event(statusView),
};

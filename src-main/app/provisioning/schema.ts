import { z } from 'zod';
import { country, language, priceMinor, vatClass, vatRateBasisPoints } from '../../contract/basics.ts';
import { lanSettings } from '../../contract/lan.ts';
import { role } from '../../contract/rights.ts';
import { pricing } from '../../contract/articles.ts';
import { printerSettings } from '../../contract/printers.ts';
import { unit } from '../../contract/sale.ts';
import { pin } from '../../contract/staff.ts';

/** Kinds of provider that a register may have accounts and terminals at. */
export const providerKind = z.enum(['seqr', 'vipps', 'mobilepay-pos', 'multisafepay', 'smartum']);

/** Whether several registers may be the same terminal of a provider: a sales unit or a venue is the shop's, not a register's. */
export const isShared = (provider: z.infer<typeof providerKind>): boolean => provider === 'vipps' || provider === 'smartum';

const registerNumber = z.int().min(1).max(999).describe('Number of a register, unique in the shop');
const text = (most: number) => z.string().trim().max(most);
const name = (most: number) => z.string().trim().min(1).max(most);

const tender = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/).describe('Name of the button for programs, unique on the register'),
  kind: z.union([z.enum(['cash', 'manual-card']), providerKind]).describe('cash, manual-card, or a provider'),
  name: text(40).default('').describe('Name on the button; empty is the kind in the language of the screen'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i).nullable().default(null),
});

const { attached, host, port, usb, queue, model, widthMm, drawer, drawerSwitch } = printerSettings.shape;

const printer = z.strictObject({
  attached: attached.describe('network (raw port), usb (Linux), system (a printer queue of the computer), or none'),
  host: host.default('').describe('network: name or address'),
  port: port.default(9100),
  usb: usb.default('').describe('usb: vendor:product:serial, such as 04b8:0e28:X4VM000042'),
  queue: queue.default('').describe('system: name of the queue'),
  model: model.default('generic-esc-pos'),
  widthMm: widthMm.default(80),
  drawer: drawer.default(true).describe('A cash drawer is plugged into it'),
  drawerSwitch: drawerSwitch.default('usual'),
});

const article = z.strictObject({
  gtin: z.string().regex(/^\d*$/).max(14).default('').describe('EAN-8, UPC-A, EAN-13 or GTIN-14; empty when sold by PLU'),
  plu: text(10).default(''),
  name: name(200),
  group: text(60).default(''),
  priceMinor: priceMinor.describe('Price with VAT in minor units: 1290 is 12.90'),
  vatClass: vatClass.default('standard'),
  unit: unit.default('piece'),
  pricing: pricing.default('fixed'),
  ageLimit: z.int().min(1).max(99).nullable().default(null),
  labels: z.array(name(40)).max(20).default([]),
});

/** The provisioning file: a whole shop without a hand on the screen. Unknown names are refused. */
export const provisioningFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1).describe('Version of this format'),
  shop: z.strictObject({
    name: name(80),
    organisationNumber: text(30).default(''),
    vatNumber: text(30).default(''),
    addressLines: z.array(text(80)).max(4).default([]),
    phone: text(30).default(''),
    country,
    language: language.optional().describe("Language of receipts; without it the country's"),
    receiptFooter: text(400).default(''),
    roundCash: z.boolean().default(false).describe('Netherlands only: round cash to 5 cents'),
    cashierDiscountLimitBasisPoints: vatRateBasisPoints.default(1000).describe('1000 is 10 %'),
    overPaymentCapMinor: priceMinor.min(0).default(10_000).describe('How much more than is due an app payment may bring, given back in cash; minor units'),
    serves: z.enum(['none', 'take-away', 'eat-in']).default('none').describe('Norway and Sweden: how food is usually served where it can be eaten here too; it decides the VAT'),
  }),
  registers: z
    .array(
      z.strictObject({
        number: registerNumber,
        name: text(40).default(''),
        tenders: z.array(tender).min(1).max(24),
        network: lanSettings.optional().describe("Whether paired tablets may reach the register, and at which port; without it nothing listens, or as it was saved"),
        printer: printer.optional().describe("The register's receipt printer; without it, what was set by hand stays"),
      }),
    )
    .min(1),
  thisRegister: registerNumber.optional().describe('Which of the registers this data folder is; without it the first'),
  staff: z.array(z.strictObject({ name: name(60), role, pin, language: language.nullable().default(null) })).min(1),
  articles: z.array(article).default([]),
  articlesFile: z.string().optional().describe('CSV file of articles, beside this file'),
  quickKeys: z
    .array(z.strictObject({ name: name(30), articles: z.array(z.string()).max(30).describe('GTINs or PLUs') }))
    .max(12)
    .optional(),
  providerAccounts: z
    .array(
      z.strictObject({
        provider: providerKind,
        name: name(60),
        settings: z.record(z.string(), z.string()).default({}).describe('Not secret: addresses, merchant numbers'),
        secrets: z.record(z.string(), z.string()).default({}).describe('Passwords and keys; sealed at once, never shown again'),
      }),
    )
    .default([]),
  providerTerminals: z
    .array(
      z.strictObject({
        provider: providerKind,
        account: name(60).describe('Name of an account above'),
        register: registerNumber,
        externalId: name(100).describe("The terminal's number at the provider, such as the SEQR ID"),
        settings: z.record(z.string(), z.string()).default({}).describe('Not secret, such as the SEQR terminalId'),
        secrets: z.record(z.string(), z.string()).default({}).describe("The terminal's own passwords; sealed at once, never shown again"),
      }),
    )
    .default([]),
});

export type Provisioning = z.output<typeof provisioningFile>;

/** The format as JSON Schema, for editors. */
export const provisioningSchema = (): object => z.toJSONSchema(provisioningFile, { io: 'input' });

/** A complete example that passes the check. */
export const provisioningExample = (): z.input<typeof provisioningFile> => ({
  version: 1,
  shop: {
    name: 'Hamnmagasinet',
    organisationNumber: '556000-0000',
    vatNumber: 'SE556000000001',
    addressLines: ['Exempelgatan 1', '000 00 Exempelstad'],
    country: 'SE',
    language: 'sv',
    receiptFooter: 'Tack för besöket!',
  },
  registers: [
    {
      number: 1,
      name: 'Entrén',
      tenders: [
        { id: 'cash', kind: 'cash' },
        { id: 'seqr', kind: 'seqr', name: 'SEQR' },
        { id: 'card', kind: 'manual-card', name: 'Kortterminal' },
      ],
    },
    { number: 2, name: 'Caféet', tenders: [{ id: 'cash', kind: 'cash' }], printer: { attached: 'network', host: '192.168.1.60', model: 'epson-tm-m30' } },
  ],
  thisRegister: 1,
  staff: [
    { name: 'Eva Ek', role: 'admin', pin: '593714', language: 'sv' },
    { name: 'Omar Dahl', role: 'cashier', pin: '2846' },
  ],
  articles: [
    { gtin: '2900000000018', name: 'Kanelbulle', group: 'Bageri', priceMinor: 3200, vatClass: 'low' },
    { plu: '4011', name: 'Bananer', group: 'Frukt', priceMinor: 2490, vatClass: 'low', unit: 'kg', pricing: 'weighed' },
  ],
  quickKeys: [{ name: 'Favoriter', articles: ['2900000000018', '4011'] }],
  providerAccounts: [
    {
      provider: 'seqr',
      name: 'Hamnmagasinet SEQR',
      settings: { baseUrl: 'https://seqr.example' },
      secrets: { resellerPassword: 'put the real one here' },
    },
  ],
  providerTerminals: [{ provider: 'seqr', account: 'Hamnmagasinet SEQR', register: 1, externalId: '00012345' }],
});

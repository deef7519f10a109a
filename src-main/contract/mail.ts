import { z } from 'zod';
import { call, nothing } from './define.ts';
import { id } from './basics.ts';
import { receiptRow } from './receipts.ts';
import { mailProblem } from './mail-state.ts';

/** How the mail server is spoken to: TLS from the first byte, TLS asked for in the conversation, or none. */
export const mailSecurity = z.enum(['tls', 'starttls', 'none']);
export type MailSecurity = z.infer<typeof mailSecurity>;

/** How a shop gives out its receipts. The password is written and never read back. */
export const givingSettings = z.strictObject({
  /** `print` prints each receipt by itself; `ask` waits for what the customer wants, and prints if nobody chose. */
  first: z.enum(['print', 'ask']),
  /** The customer's screen shows each receipt as a QR code with the thanks. */
  showsQr: z.boolean(),
  host: z.string().trim().max(200),
  port: z.int().min(1).max(65_535),
  security: mailSecurity,
  /** Empty: the server wants no login. */
  user: z.string().trim().max(200),
  senderName: z.string().trim().max(80),
  senderAddress: z.string().trim().max(254),
  /** Addresses are kept where the customer agrees; otherwise each is forgotten when its mail has ended. */
  keepsRecipients: z.boolean(),
});
export type GivingSettings = z.infer<typeof givingSettings>;

export const givingSettingsView = givingSettings.extend({ passwordSet: z.boolean() });

/** A customer's address as it was typed or scanned. */
const address = z.string().trim().max(300);
const ofReceipt = z.strictObject({ receiptId: id });

export const mailCalls = {
  /** Right: shop-edit. */
  'mail.settings': call(nothing, givingSettingsView),
  /** Right: shop-edit. Without `password` the stored one stays. Errors: setting-invalid {field}. */
  'mail.save-settings': call(givingSettings.extend({ password: z.string().max(200).optional() }), givingSettingsView),
  /** Sends a mail that says that it is a test. Right: shop-edit. Errors: mail-address. */
  'mail.test': call(z.strictObject({ to: address }), z.strictObject({ problem: mailProblem.nullable() })),
  /**
   * The receipt goes by mail: written down first, then sent as soon as it can be. The original while none was given out, after that the one
   * copy (right: receipt-reprint). Errors: mail-not-set-up, mail-address, mail-busy, already-copied.
   */
  'giving.mail': call(z.strictObject({ receiptId: id, to: address, agreed: z.boolean().optional(), approval: id.optional() }), receiptRow),
  /** A mail that waits is tried now. Errors: mail-address when its address is forgotten. */
  'giving.mail-again': call(ofReceipt, receiptRow),
  /** The customer took the receipt from the QR code on their screen. Errors: not-in-country, receipt-given, mail-busy, receipt-not-empty, qr-too-long. */
  'giving.show': call(ofReceipt, receiptRow),
  /** The customer wants none, or (where the original is out) not the copy by mail either. Errors: not-in-country, receipt-given, mail-busy. */
  'giving.decline': call(ofReceipt, receiptRow),
  /** The cashier goes on without a choice: what nobody chose for is printed. */
  'giving.leave': call(ofReceipt, nothing),
};

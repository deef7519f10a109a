import type { GivingSettings } from '../../contract/mail.ts';
import type { HelloView } from '../../contract/shop.ts';
import { countries } from '../../core/countries/index.ts';
import { isMailAddress } from '../../core/mail/address.ts';
import type { MailServer } from '../../core/ports/mail.ts';
import type { ShopContext } from '../context.ts';

type Stored = GivingSettings & { readonly sealedPassword: string };

const unset: Stored = {
  first: 'print',
  showsQr: true,
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  senderName: '',
  senderAddress: '',
  keepsRecipients: false,
  sealedPassword: '',
};

/** How the shop gives out its receipts, as it was saved last. */
export function storedGiving({ stores }: Pick<ShopContext, 'stores'>): Stored {
  const text = stores.shop.setting('giving');
  return text === null ? unset : { ...unset, ...(JSON.parse(text) as Partial<Stored>) };
}

/** Without `password` the stored one stays; an empty one takes it away. */
export function storeGiving({ stores, secrets }: Pick<ShopContext, 'stores' | 'secrets'>, settings: GivingSettings, password: string | undefined): void {
  const before = storedGiving({ stores });
  const sealedPassword = password === undefined ? before.sealedPassword : password === '' ? '' : secrets.seal(password);
  stores.shop.setSetting('giving', JSON.stringify({ ...settings, sealedPassword }));
}

/** Whether there is a server to send by and somebody to send from. */
const canMail = (stored: Stored): boolean => stored.host !== '' && isMailAddress(stored.senderAddress);

/** The server to send by; null where none is set up, or its password can't be opened with this folder's key. */
export function mailServer(context: Pick<ShopContext, 'stores' | 'secrets'>): MailServer | null {
  const stored = storedGiving(context);
  if (!canMail(stored)) return null;
  const { host, port, security, user, sealedPassword } = stored;
  try {
    return { host, port, security, user, password: sealedPassword === '' ? '' : context.secrets.open(sealedPassword) };
  } catch {
    return null;
  }
}

/** What the cashier's window has to know of it. */
export function givingView(context: Pick<ShopContext, 'stores' | 'shop'>): HelloView['giving'] {
  const stored = storedGiving(context);
  return { first: stored.first, mail: canMail(stored), agreement: stored.keepsRecipients, ...countries[context.shop().country].receiptMayBe };
}

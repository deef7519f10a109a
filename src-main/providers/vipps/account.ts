import type { Currency } from '../../contract/basics.ts';
import type { ProviderLink, Settings } from '../../core/payments/provider.ts';

/** What an account's settings mean. Empty choices are their first option. */
export type Api = 'epayment' | 'ecom';

export const apiOf = (settings: Settings): Api => (settings['api'] === 'ecom' ? 'ecom' : 'epayment');

/** Whether the sales unit is approved for a push to the customer's phone (Vipps, section 5.1). */
export const mayPush = (settings: Settings): boolean => settings['push'] === 'yes';

export type Environment = 'production' | 'test' | 'own';

export const environmentOf = (settings: Settings): Environment => {
  const { environment } = settings;
  return environment === 'test' || environment === 'own' ? environment : 'production';
};

/** Hosts are fixed but for an address of one's own, which the sandbox has (Vipps, section 2). Without a slash at its end. */
export function baseOf(settings: Settings): string {
  switch (environmentOf(settings)) {
    case 'production':
      return 'https://api.vipps.no';
    case 'test':
      return 'https://apitest.vipps.no';
    case 'own':
      return (settings['baseUrl'] ?? '').replace(/\/+$/, '');
    default:
      return '';
  }
}

/** The sales unit of this register; the account's own where the register has none yet. */
export const salesUnitOf = ({ terminal, account }: ProviderLink): string => terminal?.externalId || (account.settings['merchantSerialNumber'] ?? '');

/** `^[a-zA-Z0-9-]{8,50}$`, the store's prefix included (Vipps, section 12, C). */
export function wireReference({ account }: ProviderLink, reference: string): string {
  const prefix = account.settings['prefix'] ?? '';
  return prefix === '' ? reference : `${prefix.replace(/-+$/, '')}-${reference}`;
}

/** What may be asked of the customer besides money (Vipps, section 11); null: nothing. */
export const scopeOf = ({ userinfo }: Settings): string | null => (userinfo === undefined || userinfo === '' || userinfo === 'no' ? null : userinfo);

/** How the code for the customer's screen comes: as a picture, or as a text that is drawn here. */
export const codeKind = ({ qrPicture }: Settings): 'picture' | 'text' => (qrPicture === 'text' ? 'text' : 'picture');

/** The least that may be asked for, minor units (Vipps, section 5.1). */
export const minimumOf = (currency: Currency): number => (currency === 'DKK' || currency === 'EUR' ? 1 : 100);

/** A payment's text on the phone, 3 to 100 characters (Vipps, section 5.1). */
export const descriptionOf = (title: string): string => (title.trim().length >= 3 ? title.trim() : `Kassa ${title.trim()}`.trim()).slice(0, 100);

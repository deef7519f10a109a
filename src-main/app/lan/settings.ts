import { lanSettings, type LanCertificate, type LanSettings } from '../../contract/lan.ts';
import type { KeyPair } from '../../core/ports/lan.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { ShopContext } from '../context.ts';

type Ground = Pick<ShopContext, 'stores' | 'secrets'>;

/** Of the register that this folder is, as of printers: another register's listener is another machine's. */
const nameOf = (what: 'lan' | 'lan-certificate', registerId: string): string => `${what}:${registerId}`;
const ownOf = ({ stores }: Ground): string => stores.shop.thisRegister()?.id ?? '';

const unset: LanSettings = { on: false, port: 8443 };

/** The listener as it was saved last; off until somebody switches it on. */
export function storedLan(ground: Ground): LanSettings {
  const text = ground.stores.shop.setting(nameOf('lan', ownOf(ground)));
  return text === null ? unset : lanSettings.parse(JSON.parse(text));
}

export const storeLan = ({ shop }: Pick<Stores, 'shop'>, registerId: string, { on, port }: LanSettings): void => shop.setSetting(nameOf('lan', registerId), JSON.stringify({ on, port }));

type Stored = { readonly source: LanCertificate['source']; readonly certificate: string; readonly sealedKey: string };

/** The certificate that the listener shows, whoever made it; null before there is one. */
export function storedCertificate(ground: Ground): Pick<Stored, 'source' | 'certificate'> | null {
  const text = ground.stores.shop.setting(nameOf('lan-certificate', ownOf(ground)));
  return text === null ? null : (JSON.parse(text) as Stored);
}

/** The certificate with its key. Null: there is none, or the key can't be read by this folder's secret. */
export function storedKeyPair(ground: Ground): KeyPair | null {
  const text = ground.stores.shop.setting(nameOf('lan-certificate', ownOf(ground)));
  if (text === null) return null;
  const { certificate, sealedKey } = JSON.parse(text) as Stored;
  try {
    return { certificate, key: ground.secrets.open(sealedKey) };
  } catch {
    return null;
  }
}

export function storeCertificate(ground: Ground, source: Stored['source'], { certificate, key }: KeyPair): void {
  const stored: Stored = { source, certificate, sealedKey: ground.secrets.seal(key) };
  ground.stores.shop.setSetting(nameOf('lan-certificate', ownOf(ground)), JSON.stringify(stored));
}

import { fail, ok } from '../contract/errors.ts';
import type { LogoView } from '../contract/logo.ts';
import type { PaperBlock } from '../contract/receipts.ts';
import type { Stores } from '../core/ports/stores.ts';
import { bitmapFile, dithered, type Raster } from '../core/receipts/raster.ts';
import { journalEntry, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import type { Session } from './session.ts';

const setting = 'logo';

type Stored = { readonly widthDots: number; readonly heightDots: number; readonly bits: string };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const srcOf = (raster: Raster): string => `data:image/bmp;base64,${base64(bitmapFile(raster))}`;

/** The logo as the first block of a receipt; none where the shop has none. */
export function logoBlocks({ shop }: Pick<Stores, 'shop'>): readonly PaperBlock[] {
  const text = shop.setting(setting);
  if (text === null || text === '') return [];
  const stored = JSON.parse(text) as Stored;
  const raster = { ...stored, bits: Uint8Array.from(Buffer.from(stored.bits, 'base64')) };
  return [{ kind: 'image', widthDots: stored.widthDots, heightDots: stored.heightDots, bits: stored.bits, src: srcOf(raster) }];
}

/** The logo of the shop: set and removed by an admin, printed at the head of receipts. */
export function createLogoService(context: ShopContext, session: Session): Handlers<CallsOf<'logo'>> {
  const { stores } = context;

  function view(): LogoView {
    const [block] = logoBlocks(stores);
    return block?.kind === 'image' ? { src: block.src } : null;
  }

  function keep(raster: Raster | null): void {
    const stored: Stored | null = raster && { ...raster, bits: base64(raster.bits) };
    stores.transaction(() => {
      stores.shop.setSetting(setting, stored ? JSON.stringify(stored) : '');
      stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'logo' })]);
    });
  }

  return {
    'logo.get': () => ok(view()),
    'logo.save': ({ widthDots, heightDots, grey }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const shades = Uint8Array.from(Buffer.from(grey, 'base64'));
      if (shades.length !== widthDots * heightDots) return fail('setting-invalid', { field: 'logo' });
      keep(dithered(shades, widthDots, heightDots));
      return ok(view());
    },
    'logo.remove': () => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      keep(null);
      return ok(view());
    },
  };
}

import type { ShopContext } from './context.ts';

const setting = 'badge-signs-in-alone';

/** Whether a badge signs in without a PIN. Off until the shop says so: a badge can be copied and lent. */
export const badgeAlone = ({ stores }: Pick<ShopContext, 'stores'>): boolean => stores.shop.setting(setting) === 'yes';
export const saveBadgeAlone = ({ stores }: Pick<ShopContext, 'stores'>, alone: boolean): void => stores.shop.setSetting(setting, alone ? 'yes' : 'no');

/** What is kept of a badge's code. */
export const badgeHash = ({ crypto }: Pick<ShopContext, 'crypto'>, code: string): string => crypto.sha256(`badge:${code.trim()}`);

import type { Line } from './socket.ts';

/** Whether this page came through the shop's network instead of from the machine itself. */
export const fromNetwork = (): boolean => location.protocol === 'https:';

const firstMs = 400;
const longestMs = 5_000;

/** Sooner at first, so that a till that starts again is found at once; then as often as a screen may ask all day. */
export const retryAfterMs = (tries: number): number => Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10));

/** A till that was reached and knows this screen no more: it can only be paired again. */
async function leaveIfUnpaired(): Promise<void> {
  try {
    const { status } = await fetch('/paired', { cache: 'no-store' });
    if (status === 401) location.replace('/pair');
  } catch {
    // The till is away. The next try tells more.
  }
}

/** The line of this page: by the token of its address on the machine itself, by the cookie of a paired device from the network. */
export function lineOfPage(): Line {
  if (fromNetwork()) return { address: `wss://${location.host}/socket`, retryMs: retryAfterMs, silentMs: 12_000, beforeRetry: leaveIfUnpaired };
  const token = new URLSearchParams(location.search).get('token') ?? '';
  return { address: `ws://${location.host}/socket?token=${encodeURIComponent(token)}`, retryMs: () => firstMs, silentMs: null };
}

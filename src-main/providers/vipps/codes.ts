import type { ProviderWorld, Shown } from '../../core/payments/provider.ts';

/**
 * Codes for the customer's screen. An address or a text of them may carry a token, so that they live here and with the engine, in
 * memory, and are gone with the program.
 */
export type Codes = {
  /** Makes a code out of what the service answered: the text itself, or the picture behind the address; null where that can't be fetched now. */
  shown(kind: 'picture' | 'text', address: string, untilMs: number): Promise<Shown | null>;
  /** Whether this payment's code is with the engine. */
  given(reference: string): boolean;
  /** The code is on its way to the engine. */
  give(reference: string): void;
  /** What the code of a payment is made of, kept for another try. */
  keep(reference: string, address: string): void;
  address(reference: string): string | null;
};

const timeoutMs = 5_000;
/** Longer than any payment waits, ms by the clock that only grows: a code must not be lost because the shop's clock is set. */
const keptMs = 3_600_000;

type Known = { readonly address: string; readonly given: boolean; readonly sinceMs: number };

export function createCodes(world: ProviderWorld): Codes {
  const known = new Map<string, Known>();

  function fresh(reference: string): Known | null {
    for (const [one, { sinceMs }] of known) if (world.monotonicMs() - sinceMs >= keptMs) known.delete(one);
    return known.get(reference) ?? null;
  }

  /** Pictures need no token, and their address must not get one (Vipps, section 4.1). */
  async function picture(url: string): Promise<string | null> {
    const answer = await world.http.send({ method: 'GET', url, headers: { Accept: 'image/png' }, timeoutMs, answerAs: 'base64' });
    // A PNG begins so in base64.
    return answer.ok && answer.status === 200 && answer.body.startsWith('iVBORw0KGgo') ? answer.body : null;
  }

  return {
    async shown(kind, address, untilMs) {
      if (kind === 'text') return { code: { text: address }, untilMs };
      const png = await picture(address);
      return png === null ? null : { code: { png }, untilMs };
    },
    given: (reference) => fresh(reference)?.given === true,
    give: (reference) => void known.set(reference, { address: fresh(reference)?.address ?? '', given: true, sinceMs: world.monotonicMs() }),
    keep: (reference, address) => void known.set(reference, { address, given: false, sinceMs: world.monotonicMs() }),
    address: (reference) => fresh(reference)?.address || null,
  };
}

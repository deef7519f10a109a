import type { PairingPage, PairingRefusal } from '../../src-main/contract/lan.ts';

/** What the till says of itself before anybody is paired; null while it does not answer. */
export async function askTill(): Promise<PairingPage | null> {
  try {
    const answer = await fetch('/pairing', { cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as PairingPage) : null;
  } catch {
    return null;
  }
}

/** Tells the till the code. Null: this screen is paired, and its browser keeps the proof. */
export async function tellCode(code: string, name: string): Promise<PairingRefusal | 'unreachable' | null> {
  try {
    const answer = await fetch('/pair', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code, name }) });
    if (answer.ok) return null;
    if (answer.status === 429) return 'too-often';
    return answer.status === 403 ? ((await answer.json()) as { readonly reason: PairingRefusal }).reason : 'wrong';
  } catch {
    return 'unreachable';
  }
}

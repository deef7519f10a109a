import { z } from 'zod';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderLink, ProviderWorld } from '../../core/payments/provider.ts';
import { read, sendJson } from '../shared/json.ts';
import { baseOf } from './account.ts';
import { problemOf, refusalOf } from './errors.ts';
import { systemHeaders, unitHeader } from './headers.ts';

/** A token, or why there is none. */
export type TokenAnswer = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly problem: ProviderProblem };

/** Tokens live in memory only, one for each set of credentials. */
export type Tokens = {
  /** A token that is good for now. Who asks while one is being fetched waits for the same one. */
  get(link: ProviderLink): Promise<TokenAnswer>;
  /** A token that was refused all the same is given to nobody any more. */
  drop(link: ProviderLink, token: string): void;
  /** Fetches one whatever is known: whether the credentials work. */
  fresh(link: ProviderLink): Promise<TokenAnswer>;
};

/** All numbers of the answer are strings (Vipps, section 2). */
const seconds = z.union([z.string().regex(/^\d{1,9}$/), z.int().min(0)]).transform(Number);
const tokenAnswer = z.object({ token_type: z.string(), expires_in: seconds, access_token: z.string().min(1) });

const timeoutMs = 10_000;
/** A token is renewed this long before its end, or by a tenth of its life where that is more (Vipps, section 2). */
const marginMs = 60_000;

/** How long a token is used, ms, when it lives for so many seconds; a very short one for half of its life. */
export const usableMs = (expiresIn: number): number => {
  const lifeMs = expiresIn * 1_000;
  return Math.max(lifeMs - Math.max(marginMs, lifeMs / 10), lifeMs / 2);
};

/** With the credentials that it was fetched with: other ones in the same account get another token. */
type Held = { readonly clientSecret: string; readonly subscriptionKey: string; readonly untilMs: number; readonly answer: Promise<TokenAnswer>; readonly token: string | null };

export function createTokens(world: ProviderWorld): Tokens {
  const held = new Map<string, Held>();
  const nameOf = ({ account }: ProviderLink): string => [account.id, baseOf(account.settings), account.settings['clientId'] ?? ''].join(' ');

  async function fetchToken(link: ProviderLink): Promise<{ readonly answer: TokenAnswer; readonly untilMs: number }> {
    const { settings, secrets } = link.account;
    const askedMs = world.nowMs();
    const failed = (problem: ProviderProblem) => ({ answer: { ok: false, problem } as const, untilMs: 0 });
    const answer = await sendJson(world.http, {
      method: 'POST',
      url: `${baseOf(settings)}/accesstoken/get`,
      headers: {
        client_id: settings['clientId'] ?? '',
        client_secret: secrets['clientSecret'] ?? '',
        'Ocp-Apim-Subscription-Key': secrets['subscriptionKey'] ?? '',
        ...unitHeader(link),
        ...systemHeaders(world.program),
      },
      timeoutMs,
    });
    if (!answer.ok) return failed(answer.problem);
    if (answer.status !== 200) {
      const problem = problemOf(refusalOf(answer.status, answer.json));
      // Wrong keys are answered 400 as well as 401.
      return failed(answer.status === 400 ? { ...problem, code: 'unauthorised' } : problem);
    }
    const told = read(tokenAnswer, answer.json);
    if (!told) return failed({ code: 'protocol', text: 'the token is not as it is documented' });
    return { answer: { ok: true, token: told.access_token }, untilMs: askedMs + usableMs(told.expires_in) };
  }

  function fresh(link: ProviderLink): Promise<TokenAnswer> {
    const name = nameOf(link);
    const { clientSecret = '', subscriptionKey = '' } = link.account.secrets;
    const fetching = fetchToken(link).then(({ answer, untilMs }) => {
      if (held.get(name)?.answer === fetching) {
        if (answer.ok) held.set(name, { clientSecret, subscriptionKey, untilMs, answer: fetching, token: answer.token });
        else held.delete(name);
      }
      return answer;
    });
    held.set(name, { clientSecret, subscriptionKey, untilMs: Infinity, answer: fetching, token: null });
    return fetching;
  }

  return {
    fresh,
    get(link) {
      const known = held.get(nameOf(link));
      const { clientSecret = '', subscriptionKey = '' } = link.account.secrets;
      const good = known !== undefined && known.clientSecret === clientSecret && known.subscriptionKey === subscriptionKey && world.nowMs() < known.untilMs;
      return good ? known.answer : fresh(link);
    },
    drop(link, token) {
      const name = nameOf(link);
      if (held.get(name)?.token === token) held.delete(name);
    },
  };
}

import { z } from 'zod';
import type { ProviderProblem } from '../../contract/payment.ts';
import { read } from '../shared/json.ts';

/**
 * What was said no with. `code` is the service's own; empty where only the HTTP status speaks. `ofService` false: the gateway before it,
 * or whatever else answers there, which knows nothing of payments.
 */
export type Refusal = { readonly status: number; readonly code: string; readonly text: string; readonly ofService: boolean };

const text = z.string().nullish();
const number = z.union([z.string(), z.number()]).transform(String);

/** ePayment, QR and others: RFC 7807, the number among the extra details (Vipps, section 7.3). */
const rfc = z.object({
  title: text,
  detail: text,
  extraDetails: z.array(z.object({ name: text, reason: number.nullish() })).nullish(),
  invalidParams: z.array(z.object({ name: text })).nullish(),
});
/** eCom: an array, and a code is its group's (Vipps, section 7.1). */
const eCom = z.array(z.object({ errorGroup: text, errorCode: number.nullish(), errorMessage: text })).min(1);
/** The gateway in front of all of them has two shapes (Vipps, section 7.2). */
const gateway = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ result: z.object({ message: z.string() }) }).transform(({ result }) => result.message),
  z.object({ responseInfo: z.object({ responseMessage: z.string() }) }).transform(({ responseInfo }) => responseInfo.responseMessage),
]);

/** A provider may quote what it was sent: addresses, numbers of phones, keys and tokens stay out of every text. */
export const cleaned = (said: string): string =>
  said
    .replaceAll(/[a-zA-Z][a-zA-Z+.-]*:\/\/\S+/g, '…')
    .replaceAll(/\+?\d[\d ()-]{6,}\d/g, '…')
    .replaceAll(/[\w+/=.~-]{20,}/g, '…')
    .slice(0, 300);

const sentence = (...parts: readonly (string | null | undefined)[]): string => cleaned(parts.filter(Boolean).join(': '));

/** Codes of eCom mean something in their group only: 51 is two things (Vipps, section 7.1). */
export function refusalOf(status: number, json: unknown): Refusal {
  const list = read(eCom, json)?.[0];
  if (list) return { status, code: `${list.errorGroup ?? ''}/${list.errorCode ?? ''}`, text: sentence(list.errorMessage), ofService: true };
  const problem = read(rfc, json);
  const code = problem?.extraDetails?.find(({ name }) => name === 'ErrorCode')?.reason ?? '';
  const field = problem?.extraDetails?.find(({ name }) => name !== 'ErrorCode')?.name ?? problem?.invalidParams?.[0]?.name;
  if (problem && (problem.title || code !== '')) return { status, code, text: sentence(problem.title, code === '' ? field : null, problem.detail), ofService: true };
  return { status, code: '', text: sentence(read(gateway, json)), ofService: false };
}

/** What a code means to people, where the HTTP status alone does not say it (Vipps, sections 7.1 and 7.3). */
const kinds: Readonly<Record<string, ProviderProblem['code']>> = {
  ...table('declined', 'Payment/41', 'Payment/42', 'Payment/44', 'Payment/45'),
  ...table('not-configured', '4080', '4090', '4160', '5010', '5020', '5030', '5040', '5050', '5060', '5070', '5080'),
  ...table('not-configured', 'Merchant/31', 'Merchant/36', 'Merchant/37', 'Merchant/38', 'Merchant/39', 'Merchant/51', 'Merchant/97'),
  ...table('conflict', '4010', '4020', '4150', '6040', '6060', '6170', '6180', '6230', 'Payment/51', 'Merchant/34', 'VippsError/92'),
  ...table('rate-limited', '6160', 'VippsError/94', 'VippsError/98', 'Merchant/33'),
  ...table('unreachable', '3010', '6280', 'Payment/63', 'VippsError/99'),
  // A person who can't pay so: nothing more is ever said of them, and nothing may be (Vipps, section 7.1).
  ...table('rejected', '7010', 'User/81'),
};

function table(code: ProviderProblem['code'], ...codes: readonly string[]): Readonly<Record<string, ProviderProblem['code']>> {
  return Object.fromEntries(codes.map((one) => [one, code]));
}

function byStatus(status: number): ProviderProblem['code'] {
  if (status === 401) return 'unauthorised';
  // A product or a sales unit that these keys don't have.
  if (status === 403) return 'not-configured';
  if (status === 409) return 'conflict';
  if (status === 423 || status === 429) return 'rate-limited';
  return status >= 500 || status === 408 ? 'unreachable' : 'rejected';
}

/** The bare code: `81` of `User/81`, and the status where there is none. */
const shownCode = ({ code, status }: Refusal): string => (code === '' ? String(status) : code.replace(/^\w*\//, '')).slice(0, 60);

/** A refusal as one of the closed set of problems. */
export function problemOf(refusal: Refusal): ProviderProblem {
  const code = kinds[refusal.code] ?? byStatus(refusal.status);
  return { code, providerCode: shownCode(refusal), ...(refusal.text === '' ? {} : { text: refusal.text }) };
}

const passing: ReadonlySet<string> = new Set(['3010', '6160', '6280', 'Payment/63', 'VippsError/94', 'VippsError/98', 'VippsError/99', 'Merchant/33']);
const passingStatus: ReadonlySet<number> = new Set([401, 408, 409, 423, 425, 429]);

/**
 * Whether it says nothing about what was asked, and the same request under the same key is worth sending again: a lock, a limit, a
 * failure of the service, credentials that it does not take just now. A key that is known with another body (409, 4010, 4020, 4150,
 * eCom 34 and 93) is no refusal of the first request either.
 */
export const saysNothing = ({ status, code }: Refusal): boolean => status >= 500 || passingStatus.has(status) || passing.has(code) || keyKnown.has(code);

const keyKnown: ReadonlySet<string> = new Set(['4010', '4020', '4150', 'Merchant/34', 'Payment/93', 'VippsError/93']);

/** The service knows no payment of this name in this sales unit: another unit's payment looks the same (Vipps, section 12). */
export const notKnown = ({ status, code, ofService }: Refusal): boolean => code === '5090' || code === 'Merchant/35' || (status === 404 && code === '' && ofService);

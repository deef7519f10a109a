import type { ProviderLink } from '../../core/payments/provider.ts';
import { salesUnitOf } from './account.ts';

type Headers = Readonly<Record<string, string>>;

/** No header of them may be longer (Vipps, section 2). */
const longest = 30;

/** `1.2.3` of `Kassa 1.2.3`. */
const versionOf = (program: string): string => program.trim().split(/\s+/).at(-1) ?? '';

/** Who calls, on every request (Vipps, sections 2 and 14). */
export function systemHeaders(program: string): Headers {
  const version = versionOf(program).replaceAll(/[^\u0021-\u007E]/g, '').slice(0, longest) || '0';
  return { 'Vipps-System-Name': 'Kassa', 'Vipps-System-Version': version, 'Vipps-System-Plugin-Name': 'kassa-pos', 'Vipps-System-Plugin-Version': version };
}

/** The sales unit that a request is for; `unit` where it is another one than this register's. */
export function unitHeader(link: ProviderLink, unit: string = salesUnitOf(link)): Headers {
  return unit === '' ? {} : { 'Merchant-Serial-Number': unit };
}

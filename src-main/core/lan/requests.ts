/*
 * What has to be right of a request before it is looked at: a page of another site must not reach the till through a browser in the
 * shop's network, also not by a name that it makes lead here.
 */

/** Whether a name is meant by another one; `*.shop.example` means every name with one more label. */
const means = (own: string, name: string): boolean => own === name || (own.startsWith('*.') && own.slice(1) === name.slice(name.indexOf('.')));

/** Whether a Host header names this machine at the listener's port; browsers leave the usual port out. */
export function isOwnHost(host: string | undefined, names: readonly string[], port: number): boolean {
  const asked = (host ?? '').toLowerCase();
  const at = `:${port}`;
  const name = asked.endsWith(at) ? asked.slice(0, -at.length) : port === 443 ? asked : '';
  return name !== '' && names.some((own) => means(own.toLowerCase(), name));
}

/** Whether an Origin header names the very page that the request's host serves. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean => origin !== undefined && host !== undefined && origin.toLowerCase() === `https://${host.toLowerCase()}`;

/** The value of a cookie; null where there is none or where it is there twice. */
export function cookieOf(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((part) => {
    const [key = '', ...value] = part.trim().split('=');
    return key === name ? [value.join('=')] : [];
  });
  return values.length === 1 ? (values[0] ?? null) : null;
}

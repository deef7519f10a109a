/*
 * What has to be right of a request before it is looked at: a page of another site must not reach the till through a browser in the
 * shop's network, also not by a name that it makes lead here.
 */

/** The names by which the listener may be called, with its port; browsers leave the usual port out. */
const hostsOf = (names: readonly string[], port: number): readonly string[] => names.flatMap((name) => [`${name.toLowerCase()}:${port}`, ...(port === 443 ? [name.toLowerCase()] : [])]);

/** Whether a Host header names this machine. */
export const isOwnHost = (host: string | undefined, names: readonly string[], port: number): boolean => host !== undefined && hostsOf(names, port).includes(host.toLowerCase());

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

/** DER: a tag, a length, a content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const oid = (...values: readonly number[]): Buffer => der(0x06, bytes(...values));
export const yes = der(0x01, bytes(0xff));

/** A moment as certificates write it: two digits of the year until 2049, four from then on. */
export function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return digits < '2050' ? der(0x17, Buffer.from(`${digits.slice(2)}Z`)) : der(0x18, Buffer.from(`${digits}Z`));
}

/** Bytes as PEM. */
export const pem = (label: string, content: Buffer): string => `-----BEGIN ${label}-----\n${(content.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

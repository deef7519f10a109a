import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import type { Crypto } from '../core/ports/world.ts';

/** Cost of a new PIN hash. It is written into the hash, so that it can be raised later. */
const cost = { N: 16_384, r: 8, p: 1 } as const;
const keyBytes = 32;

const derive = (pin: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin, salt, keyBytes, { ...options, maxmem: 256 * 1024 * 1024 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

const hashPattern = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** PIN hashing by scrypt with a salt of its own for each person, and SHA-256. */
export const createCrypto = (): Crypto => ({
  async hashPin(pin) {
    const salt = randomBytes(16);
    const key = await derive(pin, salt, cost);
    return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
  },
  async checkPin(pin, hash) {
    const parts = hashPattern.exec(hash);
    if (!parts) return false;
    const [, n, r, p, salt = '', expected = ''] = parts;
    const key = await derive(pin, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
    const wanted = Buffer.from(expected, 'base64url');
    return wanted.length === key.length && timingSafeEqual(key, wanted);
  },
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
});

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../core/ports/world.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

const keyFile = (dataDir: string): string => join(dataDir, 'secret.key');

/** The folder's own key, made at first use and readable by this user only. A copied database file is worth nothing without it. */
function folderKey(dataDir: string): Buffer {
  const file = keyFile(dataDir);
  if (!existsSync(file)) writeFileSync(file, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(file);
  if (key.length !== keyBytes) throw new Error(`The key file ${file} is damaged. Put the right one in its place, or remove it and enter the providers' credentials anew.`);
  return key;
}

/** Seals credentials with AES-256-GCM. */
export function createSecrets(dataDir: string): Secrets {
  let key: Buffer | null = null;
  const theKey = (): Buffer => (key ??= folderKey(dataDir));
  return {
    seal(plain) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', theKey(), iv);
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', theKey(), bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
    },
  };
}

/** Whether this folder's key opens everything that was sealed. Makes no key where there is none. */
export function secretsReadable(dataDir: string, sealed: readonly string[]): boolean {
  if (!existsSync(keyFile(dataDir))) return false;
  const secrets = createSecrets(dataDir);
  try {
    for (const one of sealed) secrets.open(one);
    return true;
  } catch {
    return false;
  }
}

import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { KeyPair } from '../../core/ports/lan.ts';
import { bytes, der, oid, pem, sequence, time, yes } from './der.ts';

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = oid(0x55, 0x04, 0x03);
const subjectAltName = oid(0x55, 0x1d, 0x11);
const basicConstraints = oid(0x55, 0x1d, 0x13);
const keyUsage = oid(0x55, 0x1d, 0x0f);
const extendedKeyUsage = oid(0x55, 0x1d, 0x25);
const serverAuthentication = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01);

const hourMs = 3_600_000;
/** Under the 825 days after which browsers of tablets take no server's certificate. */
export const validDays = 820;

const nameOf = (name: string): Buffer => (isIPv4(name) ? der(0x87, bytes(...name.split('.').map(Number))) : der(0x82, Buffer.from(name)));

const extension = (kind: Buffer, critical: boolean, value: Buffer): Buffer => sequence(kind, ...(critical ? [yes] : []), der(0x04, value));

/**
 * A key (ECDSA P-256) and a certificate for it that nobody has signed but itself, good for server names and IPv4 addresses. It is no
 * authority: a device that is told to trust it trusts this one server, and nothing that its key would sign.
 */
export function makeCertificate(names: readonly string[], nowMs: number): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const serial = randomBytes(16);
  // Positive, and not shorter than it looks.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const subject = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('Kassa')))));
  const extensions = sequence(
    extension(basicConstraints, true, sequence()),
    extension(keyUsage, true, der(0x03, bytes(7, 0x80))),
    extension(extendedKeyUsage, false, sequence(serverAuthentication)),
    extension(subjectAltName, false, sequence(...names.map(nameOf))),
  );
  const body = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, serial),
    ecdsaWithSha256,
    subject,
    // A tablet's clock may be a little behind.
    sequence(time(nowMs - hourMs), time(nowMs - hourMs + validDays * 24 * hourMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem('CERTIFICATE', sequence(body, ecdsaWithSha256, der(0x03, bytes(0), signature))),
  };
}

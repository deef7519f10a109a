import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { bytes, der, oid, pem, sequence, time } from './der.ts';
import { makeCertificate, validDays } from './make-certificate.ts';
import { readCertificate, readGiven } from './read-certificate.ts';

const nowMs = Date.now();
const dayMs = 86_400_000;
const names = ['till.local', '127.0.0.1', '192.168.1.20'];
const made = makeCertificate(names, nowMs);

/** A certificate of a key by an issuer's key: as a shop's own authority makes them. */
function issued(issuer: string, subject: string, publicKey: ReturnType<typeof generateKeyPairSync>['publicKey'], by: ReturnType<typeof generateKeyPairSync>['privateKey']): string {
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = (text: string): Buffer => sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(text)))));
  const body = sequence(der(0xa0, der(0x02, bytes(2))), der(0x02, bytes(7)), algorithm, name(issuer), sequence(time(nowMs - dayMs), time(nowMs + dayMs)), name(subject), publicKey.export({ type: 'spki', format: 'der' }));
  return pem('CERTIFICATE', sequence(body, algorithm, der(0x03, bytes(0), createSign('sha256').update(body).sign(by))));
}

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const keyText = (key: ReturnType<typeof p256>['privateKey']): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('a certificate that the till made', () => {
  test('is served, is taken by whoever trusts it, and for its names only', async () => {
    const server = createServer({ key: made.key, cert: made.certificate });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const meet = (options: object) =>
      new Promise<string>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port, ...options }, () => {
          resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', ''));
          socket.destroy();
        });
        socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? ''));
      });
    expect(await meet({ ca: made.certificate })).toBe(readCertificate(made.certificate).fingerprint);
    expect(await meet({ ca: made.certificate, servername: 'till.local' })).toBe(readCertificate(made.certificate).fingerprint);
    expect(await meet({ ca: made.certificate, servername: 'other.local' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await meet({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    server.close();
  });

  test('says what it is good for, and no two are alike', () => {
    const facts = readCertificate(made.certificate);
    expect(facts.names).toEqual(names);
    expect(Math.round((facts.untilMs - facts.fromMs) / dayMs)).toBe(validDays);
    expect(facts.fromMs).toBeLessThan(nowMs);
    expect(readCertificate(makeCertificate(names, nowMs).certificate).fingerprint).not.toBe(facts.fingerprint);
    // Beyond 2049 the years have four digits.
    expect(new Date(readCertificate(makeCertificate(['a'], Date.UTC(2051, 0, 1)).certificate).untilMs).getUTCFullYear()).toBe(2053);
  });
});

describe('a certificate of the shop’s own', () => {
  test('is taken with its key, and with those that signed it', () => {
    expect(readGiven(made, nowMs)).toMatchObject({ ok: true });
    const [authority, own] = [p256(), p256()];
    const chain = issued('Shop', 'till', own.publicKey, authority.privateKey) + issued('Shop', 'Shop', authority.publicKey, authority.privateKey);
    const given = readGiven({ certificate: `some words before\n${chain}`, key: keyText(own.privateKey) }, nowMs);
    expect(given).toMatchObject({ ok: true });
    expect(given.ok && given.pair.certificate.match(/BEGIN/g)).toHaveLength(2);
  });

  test('is refused with what is wrong, and at which of its certificates', () => {
    const [authority, stranger, own] = [p256(), p256(), p256()];
    const ofOwn = issued('Shop', 'till', own.publicKey, authority.privateKey);
    const key = keyText(own.privateKey);
    const refused = (certificate: string, withKey: string, atMs = nowMs) => readGiven({ certificate, key: withKey }, atMs);
    expect(refused('', key)).toEqual({ ok: false, problem: 'certificate-unreadable', place: 1 });
    expect(refused(`${ofOwn}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`, key)).toEqual({ ok: false, problem: 'certificate-unreadable', place: 2 });
    expect(refused(ofOwn, 'a key')).toMatchObject({ problem: 'key-unreadable' });
    expect(refused(ofOwn, own.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString())).toMatchObject({ problem: 'key-locked' });
    expect(refused(ofOwn, made.key)).toMatchObject({ problem: 'key-other' });
    expect(refused(ofOwn, key, nowMs + 2 * dayMs)).toMatchObject({ problem: 'expired', place: 1 });
    expect(refused(ofOwn, key, nowMs - 2 * dayMs)).toMatchObject({ problem: 'not-yet', place: 1 });
    expect(refused(ofOwn + issued('Shop', 'Shop', stranger.publicKey, stranger.privateKey), key)).toEqual({ ok: false, problem: 'chain-broken', place: 1 });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(refused(issued('Shop', 'till', weak.publicKey, authority.privateKey), weak.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toMatchObject({ problem: 'key-weak' });
  });
});

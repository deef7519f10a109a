import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { CertificateProblem } from '../../contract/lan.ts';
import type { KeyPair } from '../../core/ports/lan.ts';

/** What a certificate says of itself. */
export type CertificateFacts = { readonly fingerprint: string; readonly names: readonly string[]; readonly fromMs: number; readonly untilMs: number };

const blocks = (text: string): readonly string[] => text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];

/** Names as Node writes them: `DNS:till.local, IP Address:192.168.1.20`. */
const namesOf = ({ subjectAltName }: X509Certificate): readonly string[] =>
  (subjectAltName ?? '').split(', ').flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []);

const factsOf = (certificate: X509Certificate): CertificateFacts => ({
  fingerprint: certificate.fingerprint256.replaceAll(':', ''),
  names: namesOf(certificate),
  fromMs: Date.parse(certificate.validFrom),
  untilMs: Date.parse(certificate.validTo),
});

/** What a certificate of ours says; the first one where there are several. */
export const readCertificate = (certificate: string): CertificateFacts => factsOf(new X509Certificate(certificate));

function keyOf(text: string): KeyObject | CertificateProblem {
  if (/ENCRYPTED/.test(text)) return 'key-locked';
  try {
    return createPrivateKey(text);
  } catch {
    return 'key-unreadable';
  }
}

function isWeak({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'rsa' || type === 'rsa-pss') return (details?.modulusLength ?? 0) < 2048;
  return !(type === 'ec' || type === 'ed25519');
}

/** Where the chain of those that signed a certificate is broken, counted from one; null where each is signed by the next. */
function brokenAt(chain: readonly X509Certificate[]): number | null {
  const at = chain.findIndex((one, index) => {
    const next = chain[index + 1];
    return next !== undefined && !(one.checkIssued(next) && one.verify(next.publicKey));
  });
  return at === -1 ? null : at + 1;
}

/** Which certificate of a text can't be used, and why; places count from one. */
export type GivenCertificate = { readonly ok: true; readonly pair: KeyPair } | { readonly ok: false; readonly problem: CertificateProblem; readonly place: number };

/** Looks at a certificate and its key before they are used: a server that can't begin, or that every tablet refuses, helps nobody. */
export function readGiven(given: KeyPair, nowMs: number): GivenCertificate {
  const no = (problem: CertificateProblem, place = 1): GivenCertificate => ({ ok: false, problem, place });
  const chain: X509Certificate[] = [];
  for (const block of blocks(given.certificate)) {
    try {
      chain.push(new X509Certificate(block));
    } catch {
      return no('certificate-unreadable', chain.length + 1);
    }
  }
  const [own] = chain;
  if (!own) return no('certificate-unreadable');
  const key = keyOf(given.key);
  if (typeof key === 'string') return no(key);
  if (!own.checkPrivateKey(key)) return no('key-other');
  if (isWeak(key)) return no('key-weak');
  const old = chain.findIndex((one) => factsOf(one).untilMs <= nowMs);
  if (old !== -1) return no('expired', old + 1);
  const early = chain.findIndex((one) => factsOf(one).fromMs > nowMs);
  if (early !== -1) return no('not-yet', early + 1);
  const broken = brokenAt(chain);
  if (broken !== null) return no('chain-broken', broken);
  return { ok: true, pair: { certificate: chain.map((one) => one.toString()).join(''), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() } };
}

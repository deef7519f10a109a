import { z } from 'zod';
import { id, instant, language } from './basics.ts';
import { call, event, nothing } from './define.ts';

/** What a device in the shop's network may be to this register. Each has its own window's calls and no others. */
export const lanRole = z.enum(['customer']);
export type LanRole = z.infer<typeof lanRole>;

/** The one listener of the application in the shop's network. */
export const lanSettings = z.strictObject({ on: z.boolean(), port: z.int().min(1).max(65_535) });
export type LanSettings = z.infer<typeof lanSettings>;

/** Why the listener can't be reached though it is on; each has a sentence `lan.problem.<problem>` in every language. */
export const lanProblem = z.enum(['port-taken', 'port-not-allowed', 'certificate', 'failed']);
export type LanProblem = z.infer<typeof lanProblem>;

export const lanState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('listening') }),
  /** It is tried again every few seconds. */
  z.strictObject({ kind: z.literal('failed'), problem: lanProblem }),
]);
export type LanState = z.infer<typeof lanState>;

/** Why a certificate that somebody gave is not used; each has a sentence `lan.certificateProblem.<problem>`. */
export const certificateProblem = z.enum(['certificate-unreadable', 'key-unreadable', 'key-locked', 'key-other', 'key-weak', 'expired', 'not-yet', 'chain-broken']);
export type CertificateProblem = z.infer<typeof certificateProblem>;

export const lanCertificate = z.strictObject({
  source: z.enum(['made', 'given']),
  /** SHA-256 over the certificate, 64 hexadecimal digits. */
  fingerprint: z.string().regex(/^[\dA-F]{64}$/),
  names: z.array(z.string()),
  until: instant,
  /** `soon`: within a month. */
  validity: z.enum(['good', 'soon', 'over']),
});
export type LanCertificate = z.infer<typeof lanCertificate>;

/** Why a device was not paired; each has a sentence `lan.refused.<reason>`. */
export const pairingRefusal = z.enum(['no-code', 'wrong', 'over', 'spent', 'too-often', 'full']);
export type PairingRefusal = z.infer<typeof pairingRefusal>;

/** Where the customer's window is, in a host that has windows. */
export const customerDisplay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('display'), name: z.string(), width: z.int(), height: z.int() }),
  z.strictObject({ kind: z.literal('window') }),
]);
export type CustomerDisplay = z.infer<typeof customerDisplay>;

export const lanView = z.strictObject({
  settings: lanSettings,
  state: lanState,
  /** Where the listener is reached, the most likely first: `https://192.168.1.20:8443/`. */
  addresses: z.array(z.string()),
  /** Null before the listener was on for the first time. */
  certificate: lanCertificate.nullable(),
  /** The last device that was not paired, since the program was started. */
  refused: z.strictObject({ reason: pairingRefusal, at: instant }).nullable(),
  /** Null in the browser host. */
  display: customerDisplay.nullable(),
});
export type LanView = z.infer<typeof lanView>;

export const lanDevice = z.strictObject({
  id,
  name: z.string(),
  role: lanRole,
  madeAt: instant,
  lastSeenAt: instant.nullable(),
  connected: z.boolean(),
});
export type LanDevice = z.infer<typeof lanDevice>;

const deviceName = z.string().trim().min(1).max(40);

/** A device asks to be paired; over HTTPS, from the pairing page. */
export const pairingRequest = z.strictObject({ code: z.string().max(40), name: deviceName });

/** What the pairing page shows before anybody is paired: what stands on the shop's door, and what the connection is made with. */
export const pairingPage = z.strictObject({ shopName: z.string(), register: z.int(), language, fingerprint: z.string() });
export type PairingPage = z.infer<typeof pairingPage>;

export const lanCalls = {
  /** Right: shop-edit, as of all of these. */
  'lan.settings': call(nothing, lanView),
  'lan.save': call(lanSettings, lanView),
  /** Another certificate: a new one made here, or the shop's own (PEM; the certificate first, those that signed it after it). Errors: certificate-unusable {problem, place}. */
  'lan.certificate': call(
    z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('made') }),
      z.strictObject({ source: z.literal('given'), certificate: z.string().max(100_000), key: z.string().max(20_000) }),
    ]),
    lanView,
  ),
  /** A code for one device, good for `leftMs`; the one before it is void. Errors: lan-off. */
  'lan.pair': call(nothing, z.strictObject({ code: z.string(), leftMs: z.int(), address: z.string().nullable() })),
  /** The code that was shown is void. */
  'lan.pair-end': call(nothing, nothing),
  /** Devices that are paired, the newest first. */
  'lan.devices': call(nothing, z.array(lanDevice)),
  /** Errors: device-unknown. */
  'lan.rename': call(z.strictObject({ deviceId: id, name: deviceName }), nothing),
  /** Its connection is cut at once, and its token is worth nothing any more. Errors: device-unknown. */
  'lan.revoke': call(z.strictObject({ deviceId: id }), nothing),
};

export const lanEvents = {
  /** Settings, state, addresses or devices are others than before. */
  'lan.changed': event(nothing),
  /** A device was paired, or was not though a code was shown. */
  'lan.paired': event(z.strictObject({ name: z.string() })),
  'lan.refused': event(z.strictObject({ reason: pairingRefusal })),
};

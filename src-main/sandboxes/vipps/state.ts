import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Everything the made-up service knows. Plain data, so that it can be kept in a file. */
export type Currency = 'NOK' | 'DKK' | 'EUR';
export type Keys = { clientId: string; clientSecret: string; subscriptionKey: string };

/** A sales unit: one merchant serial number (MSN) with keys of its own. */
export type Unit = Keys & {
  msn: string;
  name: string;
  /** Real units have one market's currency; the made-up one takes whatever a demo shop sells in. */
  currencies: Currency[];
  /** Straight to the phone without a landing page: PUSH_MESSAGE and skipLandingPage. */
  pushAllowed: boolean;
  blocked: boolean;
  partialCapture: boolean;
  lateCapture: boolean;
  longLiving: boolean;
  /** eCom payments are taken at once instead of being held. */
  directCapture: boolean;
  ninAllowed: boolean;
};

/** One set of keys that may act for the units linked to it. */
export type Partner = Keys & { units: string[] };

export type EventName = 'CREATED' | 'ABORTED' | 'EXPIRED' | 'CANCELLED' | 'CAPTURED' | 'REFUNDED' | 'AUTHORIZED' | 'TERMINATED';
export type PaymentEvent = { name: EventName; pspReference: string; amountMinor: number; atMs: number; key: string | null; success: boolean; text: string };
export type PaymentState = 'CREATED' | 'AUTHORIZED' | 'ABORTED' | 'EXPIRED' | 'TERMINATED';
export type UserFlow = 'PUSH_MESSAGE' | 'NATIVE_REDIRECT' | 'WEB_REDIRECT' | 'QR';

/** A payment of either interface: those of eCom can be read through ePayment, not the other way round (Vipps, section 1). */
export type Payment = {
  api: 'epayment' | 'ecom';
  msn: string;
  reference: string;
  amountMinor: number;
  currency: Currency;
  state: PaymentState;
  userFlow: UserFlow;
  customerPresent: boolean;
  description: string;
  /** The phone that a push goes to, or the one that the shop named. */
  phoneNumber: string | null;
  /** Names the payment in the landing page's address and in its QR code. */
  token: string;
  redirectUrl: string | null;
  /** Whether a code of it has been drawn: only then can anybody scan it. */
  onScreen: boolean;
  pspReference: string;
  createdAtMs: number;
  expiresAtMs: number;
  openedAtMs: number | null;
  /** The user is confirming in 3-D Secure: nothing can be cancelled now. */
  authorizing: boolean;
  /** When a customer who was told to pay late will do so. */
  payAtMs: number | null;
  /** Until when the bank's answer stays unknown (Vipps, section 15: amount 201). */
  unknownUntilMs: number | null;
  authorizedAtMs: number | null;
  authorizedMinor: number;
  cancelledMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  scope: string[];
  sub: string | null;
  metadata: Record<string, string> | null;
  callbackPrefix: string | null;
  authToken: string | null;
  directCapture: boolean;
  events: PaymentEvent[];
};

/** What was answered under an idempotency key, and to which request. */
export type KeptAnswer = { msn: string; key: string; request: string; body: string; answer: { status: number; type: string; body: string } };
export type Token = { token: string; clientId: string; expiresAtMs: number };
export type Receipt = { msn: string; paymentType: string; orderId: string; id: string; receipt: object | null; category: object | null };
/** A notice to the shop's server that was due; it is written down and never sent. */
export type Callback = { url: string; authorization: string | null; body: object; atMs: number };

export type State = {
  /** The first is the one whose keys `credentials` shows. */
  units: Unit[];
  partner: Partner;
  options: {
    /** Numbers of people who have no app. */
    notUsers: string[];
    /** Whether the phone's owner shares what a shop asks for. */
    consents: boolean;
    /** Whether calls are counted: what runs faster than a shop ever does may want that off. */
    rateLimits: boolean;
    /** How long a token lives, s; without it an hour, as in the vendor's test environment. */
    tokenLifeS?: number;
  };
  payments: Payment[];
  tokens: Token[];
  answers: KeptAnswer[];
  receipts: Receipt[];
  callbacks: Callback[];
  customerTokens: { token: string; phoneNumber: string; expiresAtMs: number }[];
  /** When calls that are counted were made, by what they are counted by. */
  calls: Record<string, number[]>;
  counter: number;
};

const madeUpKeys = (): Keys => ({ clientId: randomUUID(), clientSecret: randomBytes(18).toString('base64'), subscriptionKey: randomBytes(16).toString('hex') });

/** A unit that can do everything; what is asked for otherwise is set on top. */
export const unitWith = (keys: Keys, msn: string): Unit => ({
  ...keys,
  msn,
  name: 'Kassa demo shop',
  // A real unit has its market's currency alone. This one takes all three, because demo shops sell in kroner and in euro.
  currencies: ['EUR', 'NOK', 'DKK'],
  pushAllowed: true,
  blocked: false,
  partialCapture: true,
  lateCapture: false,
  longLiving: true,
  directCapture: false,
  ninAllowed: false,
});

export function freshState(before?: State): State {
  const units = before?.units ?? [unitWith(madeUpKeys(), String(randomInt(200_000, 999_999)))];
  return {
    units,
    partner: before?.partner ?? { ...madeUpKeys(), units: units.map(({ msn }) => msn) },
    options: before?.options ?? { notUsers: [], consents: true, rateLimits: true },
    payments: [],
    tokens: [],
    answers: [],
    receipts: [],
    callbacks: [],
    customerTokens: [],
    calls: {},
    counter: 0,
  };
}

/** Ten digits and never the same twice, as eCom wants its transaction ids. */
export function nextPspReference(state: State): string {
  state.counter += 1;
  return String(5_000_000_000 + state.counter);
}

/** Looks like chance and is none: the same world gives the same tokens again. */
export function nextToken(state: State, secret: string): string {
  state.counter += 1;
  return createHash('sha256').update(`${secret}:${state.counter}`).digest('base64url');
}

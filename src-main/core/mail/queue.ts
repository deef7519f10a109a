import type { MailAnswer, OutgoingMail } from '../ports/mail.ts';
import { isoInstant } from '../time.ts';

const minuteMs = 60_000;
const longestWaitMs = 60 * minuteMs;
/** A mail that could not be sent for so long is given up: the customer has long gone. */
const givenUpAfterMs = 3 * 24 * 60 * minuteMs;

/** How long a mail waits after so many tries: a minute, then twice as long each time, an hour at most. */
export const waitMs = (tries: number): number => Math.min(longestWaitMs, minuteMs * 2 ** Math.max(0, Math.min(tries - 1, 10)));

const ended = (mail: OutgoingMail, nowMs: number): Pick<OutgoingMail, 'sealedRecipient' | 'endedAt'> => ({
  sealedRecipient: mail.keepsRecipient ? mail.sealedRecipient : null,
  endedAt: isoInstant(nowMs),
});

/** About to be handed over: this is written before the server is spoken to. */
export const sending = (mail: OutgoingMail): OutgoingMail => ({ ...mail, state: 'sending', tries: mail.tries + 1 });

/** A mail that was being sent when the program ended may or may not have arrived: it is sent again under the same name. */
export const interrupted = (mail: OutgoingMail, nowMs: number): OutgoingMail => ({ ...mail, state: 'queued', problem: 'interrupted', nextTryAt: isoInstant(nowMs) });

/** What a server's answer makes of a mail: sent, given up, or to be tried again later. */
export function answered(mail: OutgoingMail, answer: MailAnswer, nowMs: number): OutgoingMail {
  if (answer.ok) return { ...mail, ...ended(mail, nowMs), state: 'sent', problem: null };
  const { problem, permanent } = answer;
  if (permanent || nowMs - Date.parse(mail.queuedAt) >= givenUpAfterMs) return { ...mail, ...ended(mail, nowMs), state: 'failed', problem };
  return { ...mail, state: 'queued', problem, nextTryAt: isoInstant(nowMs + waitMs(mail.tries)) };
}

/** The receipt went another way. */
export const dropped = (mail: OutgoingMail, nowMs: number): OutgoingMail => ({ ...mail, sealedRecipient: null, state: 'dropped', endedAt: isoInstant(nowMs) });

/** Whether a mail's time has come. One that a set-back clock would keep waiting for ever is due as well. */
export function isDue(mail: OutgoingMail, nowMs: number): boolean {
  const atMs = Date.parse(mail.nextTryAt);
  return mail.state === 'queued' && (atMs <= nowMs || atMs > nowMs + longestWaitMs);
}

/** What the network's return may have mended. */
export const hopesForNetwork = (mail: OutgoingMail): boolean =>
  mail.problem === 'host-not-found' || mail.problem === 'unreachable' || mail.problem === 'timeout' || mail.problem === 'interrupted';

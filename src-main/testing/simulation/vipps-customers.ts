import type { CustomerPlan } from './provider.ts';
import type { Random } from './random.ts';

type Act = CustomerPlan[number];

const after = (afterMs: number, action: string, more: object = {}): Act => ({ afterMs, act: { action, ...more } });

/** In 3-D Secure nothing can be cancelled; some are through with it, some give up, some leave the phone there. */
function inThreeDSecure(random: Random, soonMs: number): CustomerPlan {
  const laterMs = soonMs + random.between(500, 20_000);
  const mind = random.next();
  const rest = mind < 0.6 ? [after(laterMs, 'approve')] : mind < 0.75 ? [after(laterMs, 'cancel')] : mind < 0.9 ? [after(laterMs, 'decline')] : [];
  return [after(soonMs, 'scan'), after(soonMs, 'confirm'), ...rest];
}

/** What a customer of Vipps MobilePay does with a code or a request on the phone. */
export function customerOf(random: Random): CustomerPlan {
  const soonMs = random.between(300, 12_000);
  const mind = random.next();
  if (mind < 0.3) return [after(soonMs, 'approve')];
  if (mind < 0.54) return [after(soonMs / 2, 'scan'), after(soonMs, 'approve')];
  if (mind < 0.61) return [after(soonMs, 'decline')];
  if (mind < 0.66) return [after(soonMs, 'approve', { money: 'refused' }), ...(random.chance(0.5) ? [after(soonMs + random.between(1_000, 20_000), 'approve')] : [])];
  if (mind < 0.78) return inThreeDSecure(random, soonMs);
  if (mind < 0.86) return [after(random.between(25_000, 110_000), 'approve')];
  if (mind < 0.9) return [after(soonMs, 'pay-late', { afterMs: random.between(60_000, 660_000) })];
  if (mind < 0.93) return [after(soonMs, 'approve', { moreMinor: random.between(1, 50) })];
  return random.chance(0.5) ? [after(soonMs, 'scan')] : [];
}

import { carryOver } from './0220-carry-over.ts';
import { afterPayment } from './0280-after-payment.ts';
import { articles } from './0020-articles.ts';
import { lanDevices } from './0320-lan-devices.ts';
import { lateMoney } from './0120-late-money.ts';
import { journal } from './0050-journal.ts';
import { payments } from './0040-payments.ts';
import { providerPayments } from './0060-provider-payments.ts';
import { providerChecks } from './0290-provider-checks.ts';
import { receipts } from './0030-receipts.ts';
import { overPayment } from './0080-over-payment.ts';
import { paymentShapes } from './0100-payment-shapes.ts';
import { refunds } from './0090-refunds.ts';
import { fiscal } from './0150-fiscal.ts';
import { distance } from './0270-distance.ts';
import { giving } from './0240-giving.ts';
import { reports } from './0170-reports.ts';
import { returns } from './0200-returns.ts';
import { shifts } from './0160-shifts.ts';
import { serving } from './0260-serving.ts';
import { returnsOfStores } from './0300-returns-of-stores.ts';
import { unprintedPapers } from './0330-unprinted-papers.ts';
import { setAside } from './0070-set-aside.ts';
import { shop } from './0010-shop.ts';
import { staffBadge } from './0310-staff-badge.ts';

/** One step of the schema. Released ones are never edited; steps of ten leave room for a fix between two. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

/** All steps in their order. */
export const migrations: readonly Migration[] = [shop, articles, receipts, payments, journal, providerPayments, setAside, overPayment, refunds, paymentShapes, lateMoney, fiscal, shifts, reports, returns, carryOver, giving, serving, distance, afterPayment, providerChecks, returnsOfStores, staffBadge, lanDevices, unprintedPapers];

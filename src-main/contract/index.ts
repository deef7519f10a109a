import type { z } from 'zod';
import { joinParts, type CallSpec, type EventSpec } from './define.ts';
import { accountingCalls } from './accounting.ts';
import { articleCalls, articleEvents } from './articles.ts';
import { customerInfoCalls, customerInfoEvents } from './customer-info.ts';
import { customerCalls, customerEvents } from './customer.ts';
import { devCalls, devEvents } from './dev.ts';
import { lanCalls, lanEvents } from './lan.ts';
import { mailCalls } from './mail.ts';
import { paymentCalls, paymentEvents } from './payment.ts';
import { providerReceiptCalls, providerReceiptEvents } from './provider-receipts.ts';
import { providerCalls, providerEvents } from './providers.ts';
import { logoCalls } from './logo.ts';
import { paperCalls } from './papers.ts';
import { printerCalls } from './printers.ts';
import { receiptCalls, receiptEvents } from './receipts.ts';
import { refundCalls, refundEvents } from './refunds.ts';
import { returnCalls, returnEvents } from './returns.ts';
import { taskCalls, taskEvents } from './tasks.ts';
import { reportCalls, reportEvents } from './reports.ts';
import { devicesCalls } from './devices.ts';
import { scannerCalls, scannerEvents } from './scanner.ts';
import { settlementCalls } from './settlement.ts';
import { shiftCalls, shiftEvents } from './shifts.ts';
import { saleCalls, saleEvents } from './sale.ts';
import { shopCalls, shopEvents } from './shop.ts';
import { staffCalls, staffEvents } from './staff.ts';
import { trainingCalls } from './training.ts';
import { troubleCalls } from './trouble.ts';
import type { Result } from './errors.ts';

export type CallSpecs = typeof shopCalls &
  typeof staffCalls &
  typeof saleCalls &
  typeof paymentCalls &
  typeof providerCalls &
  typeof refundCalls &
  typeof returnCalls &
  typeof taskCalls &
  typeof receiptCalls &
  typeof providerReceiptCalls &
  typeof customerInfoCalls &
  typeof settlementCalls &
  typeof mailCalls &
  typeof logoCalls &
  typeof paperCalls &
  typeof printerCalls &
  typeof scannerCalls &
  typeof devicesCalls &
  typeof lanCalls &
  typeof shiftCalls &
  typeof reportCalls &
  typeof accountingCalls &
  typeof articleCalls &
  typeof customerCalls &
  typeof devCalls &
  typeof trainingCalls &
  typeof troubleCalls;

export type EventSpecs = typeof shopEvents &
  typeof staffEvents &
  typeof saleEvents &
  typeof paymentEvents &
  typeof providerEvents &
  typeof refundEvents &
  typeof returnEvents &
  typeof taskEvents &
  typeof receiptEvents &
  typeof providerReceiptEvents &
  typeof customerInfoEvents &
  typeof shiftEvents &
  typeof reportEvents &
  typeof articleEvents &
  typeof lanEvents &
  typeof customerEvents &
  typeof scannerEvents &
  typeof devEvents;

export type CallName = keyof CallSpecs;
export type EventName = keyof EventSpecs;
/** What a window sends (defaults may be left out). */
export type CallInput<N extends CallName> = z.input<CallSpecs[N]['input']>;
/** What the main side works with, after the schema has read it. */
export type ParsedInput<N extends CallName> = z.output<CallSpecs[N]['input']>;
export type CallOutput<N extends CallName> = z.output<CallSpecs[N]['output']>;
export type EventPayload<N extends EventName> = z.output<EventSpecs[N]['payload']>;
export type CallResult<N extends CallName> = Result<CallOutput<N>>;

/** Every call that a window may make, by name. */
export const calls = joinParts<object>(
  shopCalls,
  staffCalls,
  saleCalls,
  paymentCalls,
  providerCalls,
  refundCalls,
  returnCalls,
  taskCalls,
  receiptCalls,
  providerReceiptCalls,
  customerInfoCalls,
  settlementCalls,
  mailCalls,
  logoCalls,
  paperCalls,
  printerCalls,
  scannerCalls,
  devicesCalls,
  lanCalls,
  shiftCalls,
  reportCalls,
  accountingCalls,
  articleCalls,
  customerCalls,
  devCalls,
  trainingCalls,
  troubleCalls,
) as unknown as Readonly<Record<CallName, CallSpec>>;

/** Every event that a window may be sent, by name. */
export const events = joinParts<object>(
  shopEvents,
  staffEvents,
  saleEvents,
  paymentEvents,
  providerEvents,
  refundEvents,
  returnEvents,
  taskEvents,
  receiptEvents,
  providerReceiptEvents,
  customerInfoEvents,
  shiftEvents,
  reportEvents,
  articleEvents,
  lanEvents,
  customerEvents,
  scannerEvents,
  devEvents,
) as unknown as Readonly<Record<EventName, EventSpec>>;

/** A message from a window to the main side of the browser host. */
export type CallMessage = { readonly id: number; readonly name: string; readonly input: unknown };
/** Messages from the main side: the answer to a call, or an event. */
export type AnswerMessage = { readonly id: number; readonly result: Result<unknown> };
export type EventMessage = { readonly event: string; readonly payload: unknown };

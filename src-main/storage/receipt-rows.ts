import type { Discount } from '../contract/sale.ts';
import type { PrintState } from '../contract/receipts.ts';
import type { PaymentAlarm, ProviderProblem } from '../contract/payment.ts';
import { minor } from '../core/money.ts';
import type { PaymentOrder } from '../core/payments/order.ts';
import type { Attempt, FoundPayment, Line, Post, Receipt, ReturnOf, ReturnOrigin } from '../core/sales/model.ts';
import { flag, integer, integerOrNull, json, jsonOrNull, text, textOrNull, type Row } from './database.ts';

function returnedOf(row: Row, origin: ReturnOrigin | null): Pick<Receipt, 'returned'> {
  if (row['return_purpose'] === '') return {};
  const of = { receiptId: textOrNull(row, 'of_receipt_id'), reason: text(row, 'return_reason'), purpose: text(row, 'return_purpose') as ReturnOf['purpose'], inExchange: flag(row, 'in_exchange') };
  return { returned: origin ? { ...of, origin } : of };
}

/** Of a row of `return_origin`. */
export const originOf = (row: Row): ReturnOrigin => ({
  storeId: text(row, 'store_id'),
  storeName: text(row, 'store_name'),
  receiptId: text(row, 'receipt_id'),
  number: integer(row, 'number'),
  registerNumber: integer(row, 'register_number'),
  at: text(row, 'at'),
});

/** Reads rows of receipts, lines, posts and attempts into core's shapes. Rows end here. */
export const receiptOf = (row: Row, lines: readonly Line[], posts: readonly Post[], origin: ReturnOrigin | null = null): Receipt => ({
  id: text(row, 'id'),
  registerId: text(row, 'register_id'),
  staffId: text(row, 'staff_id'),
  kind: text(row, 'kind') as Receipt['kind'],
  state: text(row, 'state') as Receipt['state'],
  revision: integer(row, 'revision'),
  currency: text(row, 'currency') as Receipt['currency'],
  openedAt: text(row, 'opened_at'),
  completedAt: textOrNull(row, 'completed_at'),
  number: integerOrNull(row, 'number'),
  parkedName: text(row, 'parked_name'),
  aside: flag(row, 'aside'),
  note: text(row, 'note'),
  customerReference: text(row, 'customer_reference'),
  discount: jsonOrNull<Discount>(row, 'discount'),
  discountReason: text(row, 'discount_reason'),
  voidReason: text(row, 'void_reason'),
  ageConfirmedYears: integer(row, 'age_confirmed_years'),
  serving: text(row, 'serving') as Receipt['serving'],
  distance: flag(row, 'distance'),
  roundingMinor: minor(integer(row, 'rounding_minor')),
  tipMinor: minor(integer(row, 'tip_minor')),
  printState: text(row, 'print_state') as PrintState,
  printProblem: text(row, 'print_problem'),
  lines,
  posts,
  ...returnedOf(row, origin),
  ...(row['follows_receipt_id'] === null ? {} : { followsId: text(row, 'follows_receipt_id') }),
});

export function lineOf(row: Row): Line {
  const fixed = integerOrNull(row, 'fixed_amount_minor');
  return {
    id: text(row, 'id'),
    articleId: textOrNull(row, 'article_id'),
    name: text(row, 'name'),
    code: text(row, 'code'),
    unit: text(row, 'unit') as Line['unit'],
    quantityMilli: integer(row, 'quantity_milli'),
    unitPriceMinor: minor(integer(row, 'unit_price_minor')),
    listPriceMinor: minor(integer(row, 'list_price_minor')),
    overrideReason: text(row, 'override_reason'),
    discount: jsonOrNull<Discount>(row, 'discount'),
    discountReason: text(row, 'discount_reason'),
    vatClass: text(row, 'vat_class') as Line['vatClass'],
    vatRateBasisPoints: integer(row, 'vat_rate_basis_points'),
    labels: json<string[]>(row, 'labels'),
    note: text(row, 'note'),
    fixedAmountMinor: fixed === null ? null : minor(fixed),
    ageLimit: integerOrNull(row, 'age_limit'),
    state: text(row, 'state') as Line['state'],
    position: integer(row, 'position'),
    revision: integer(row, 'revision'),
    ...(row['back_gross_minor'] === null ? {} : { back: { ofLineId: textOrNull(row, 'of_line_id') ?? textOrNull(row, 'of_store_line_id'), grossMinor: minor(integer(row, 'back_gross_minor')), vatMinor: minor(integer(row, 'back_vat_minor')) } }),
  };
}

export const postOf = (row: Row): Post => ({
  id: text(row, 'id'),
  attemptId: text(row, 'attempt_id'),
  tenderId: text(row, 'tender_id'),
  tenderKind: text(row, 'tender_kind'),
  kind: text(row, 'kind') as Post['kind'],
  amountMinor: minor(integer(row, 'amount_minor')),
  reference: text(row, 'reference'),
  description: text(row, 'description'),
  verified: flag(row, 'verified'),
  at: text(row, 'at'),
});

export const attemptOf = (row: Row): Attempt => ({
  id: text(row, 'id'),
  receiptId: text(row, 'receipt_id'),
  requestId: text(row, 'request_id'),
  tenderId: text(row, 'tender_id'),
  tenderKind: text(row, 'tender_kind'),
  state: text(row, 'state') as Attempt['state'],
  amountMinor: minor(integer(row, 'amount_minor')),
  currency: text(row, 'currency') as Attempt['currency'],
  givenMinor: minor(integer(row, 'given_minor')),
  changeMinor: minor(integer(row, 'change_minor')),
  roundingMinor: minor(integer(row, 'rounding_minor')),
  tipMinor: minor(integer(row, 'tip_minor')),
  reference: text(row, 'reference'),
  accountId: textOrNull(row, 'account_id'),
  terminalId: textOrNull(row, 'terminal_id'),
  order: jsonOrNull<PaymentOrder>(row, 'payment_order'),
  data: json<Record<string, string>>(row, 'provider_data'),
  providerReference: text(row, 'provider_reference'),
  paidMinor: minor(integer(row, 'paid_minor')),
  problem: jsonOrNull<ProviderProblem>(row, 'problem'),
  cancelAsked: flag(row, 'cancel_asked'),
  overdue: flag(row, 'overdue'),
  alarm: jsonOrNull<PaymentAlarm>(row, 'alarm'),
  found: jsonOrNull<FoundPayment>(row, 'found'),
  proofReleasedAt: textOrNull(row, 'proof_released_at'),
  carriedOverAt: textOrNull(row, 'carried_over_at'),
  windowStartedAt: textOrNull(row, 'window_started_at'),
  createdAt: text(row, 'created_at'),
  updatedAt: text(row, 'updated_at'),
});

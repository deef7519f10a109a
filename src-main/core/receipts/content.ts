import type { Line, Post, Receipt } from '../sales/model.ts';

const lineContent = (line: Line): readonly unknown[] => [
  line.id, line.position, line.state, line.articleId, line.name, line.code, line.unit, line.quantityMilli, line.unitPriceMinor,
  line.listPriceMinor, line.overrideReason, line.discount, line.discountReason, line.vatClass, line.vatRateBasisPoints,
  line.note, line.fixedAmountMinor,
  ...(line.back ? [[line.back.ofLineId, line.back.grossMinor, line.back.vatMinor]] : []),
];

const postContent = (post: Post): readonly unknown[] => [
  post.id, post.attemptId, post.tenderId, post.tenderKind, post.kind, post.amountMinor, post.reference, post.description, post.verified, post.at,
];

/**
 * All that a completed receipt says, in one fixed order and form. Its hash stands in the journal's entry of the completion:
 * whoever changes a letter of the receipt afterwards is found out by the chain.
 */
export const receiptContent = (receipt: Receipt, number: number): string =>
  JSON.stringify([
    receipt.id, receipt.registerId, receipt.staffId, receipt.kind, number, receipt.currency, receipt.openedAt, receipt.completedAt,
    receipt.note, receipt.customerReference, receipt.discount, receipt.discountReason, receipt.ageConfirmedYears, receipt.roundingMinor,
    receipt.lines.map(lineContent), receipt.posts.map(postContent),
    // Receipts from before there were tips have none to tell of.
    ...(receipt.tipMinor === 0 ? [] : [receipt.tipMinor]),
    ...(receipt.returned ? [{ of: receipt.returned.receiptId, reason: receipt.returned.reason, purpose: receipt.returned.purpose, ...(receipt.returned.origin ? { origin: receipt.returned.origin } : {}) }] : []),
    ...(receipt.serving === 'take-away' ? [] : [{ serving: receipt.serving }]),
    ...(receipt.distance ? [{ distance: true }] : []),
    ...(receipt.followsId === undefined ? [] : [{ follows: receipt.followsId }]),
  ]);

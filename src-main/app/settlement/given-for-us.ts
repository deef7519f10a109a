import type { ChainRefunds } from '../../core/ports/chain-refunds.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { OurPost } from '../../core/settlement/compare.ts';

/** What other stores of the chain gave back of our payments: the provider has it in our books, and no refund of ours stands for it. Nothing where nobody answers. */
export async function givenForUs(chain: ChainRefunds | null, { sales }: Stores, kind: string, from: string, to: string): Promise<readonly OurPost[]> {
  const given = chain ? await chain.givenForUs(from, to) : null;
  if (!given?.ok) return [];
  return given.value.flatMap(({ paymentId, reference, amountMinor, currency, at }): readonly OurPost[] => {
    const receiptId = sales.receiptOfPost(paymentId);
    const post = receiptId === null ? undefined : sales.load(receiptId)?.posts.find((one) => one.id === paymentId);
    const attempt = post ? sales.attempt(post.attemptId) : null;
    if (!post || !attempt || post.tenderKind !== kind) return [];
    const noted = Object.values(attempt.data).filter((value) => attempt.reference !== '' && value.includes(attempt.reference));
    const references = [...new Set([attempt.reference, post.reference, ...noted])].filter((name) => name !== '');
    return [{ kind: 'refunded', of: 'receipt', reference, references, amountMinor: -amountMinor, currency, at, receiptId }];
  });
}

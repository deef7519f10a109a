import { fail, type Result } from '../../contract/errors.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { ProviderField } from '../../contract/providers.ts';
import type { Minor } from '../../core/money.ts';
import type { Receipt } from '../../core/sales/model.ts';
import type { ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';

/** What the customer is asked for, and what is done with it. */
type Asked = {
  readonly receipt: Receipt;
  readonly tenderName: string;
  readonly tenderKind: string;
  readonly amountMinor: Minor;
  readonly field: ProviderField;
  readonly start: (told: string) => Result<PaymentView>;
};

/** Asks the customer, on their own screen, for what a payment needs. What they type goes to the provider and nowhere else. */
export function createAsking(context: ShopContext, counter: Counter) {
  let asked: Asked | null = null;

  function end(): void {
    if (!asked) return;
    const { id } = asked.receipt;
    asked = null;
    counter.showPaying(id, null);
  }

  return {
    begin(wish: Asked): void {
      end();
      asked = wish;
      const { receipt, amountMinor, tenderName, tenderKind, field } = wish;
      counter.showPaying(receipt.id, () => ({ kind: 'asking', currency: receipt.currency, amountMinor, tenderName, tenderKind, field }));
    },
    /** Wrong input leaves the question standing. */
    tell(told: string): Result<PaymentView> {
      // The receipt may have left the counter while the customer was typing.
      if (!asked || counter.onCounter()?.id !== asked.receipt.id) return fail('nothing-asked');
      const started = asked.start(told);
      if (!started.ok && started.error.code !== 'told-wrong') context.log.warn('what the customer typed began no payment', { problem: started.error.code });
      return started;
    },
    end,
  };
}

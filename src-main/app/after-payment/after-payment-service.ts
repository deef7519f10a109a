import { fail, ok, type Result } from '../../contract/errors.ts';
import type { CallOutput } from '../../contract/index.ts';
import type { ProviderReceiptView } from '../../contract/provider-receipts.ts';
import type { KeptInfo } from '../../core/payments/customer-info.ts';
import type { ProviderReceipt } from '../../core/payments/provider-receipt.ts';
import type { CustomerInfo } from '../../core/payments/provider.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Links } from '../payments/links.ts';
import type { Session } from '../session.ts';
import { createCustomerInfos } from './customer-infos.ts';
import { infoSettingsOf, saveInfoSettings } from './info-settings.ts';
import { appPayments } from './paid-by-app.ts';
import { createReceiptQueue } from './receipt-queue.ts';

/** What is written with the completion of a sale, and what begins after it. */
export type AfterSale = { write(): void; after(): void };

export type AfterPayment = {
  /** Asked before a sale is completed; null where nothing follows from it. */
  sold(sale: Receipt): AfterSale | null;
  /** The network is back, or an account is another now. */
  mended(): void;
  readonly handlers: Handlers<CallsOf<'provider-receipt'> | CallsOf<'customer-info'>>;
  close(): Promise<void>;
};

type InfoView = CallOutput<'customer-info.of-receipt'>[number];

/** What happens after app payments are paid: receipts to their providers, and what customers agreed to tell. */
export function createAfterPayment(context: ShopContext, session: Session, links: Links): AfterPayment {
  const { stores, secrets, bus } = context;
  const queue = createReceiptQueue(context, links);
  const infos = createCustomerInfos(context, links);
  const kindOf = (attemptId: string): string => stores.sales.attempt(attemptId)?.tenderKind ?? '';

  /** Late money may have come without a name of ours: its provider could not be asked about it. */
  function isNamed(attemptId: string): boolean {
    const attempt = stores.sales.attempt(attemptId);
    return attempt?.order != null && (attempt.order.reference !== '' || Object.keys(attempt.data).length > 0);
  }

  const receiptView = ({ attemptId, state, problem, tries, nextTryAt }: ProviderReceipt): ProviderReceiptView => ({ attemptId, tenderKind: kindOf(attemptId), state, problem, tries, nextTryAt });

  /** What was sealed with another folder's key can't be read any more: it is shown as nothing, and can be deleted. */
  function opened({ sealed }: KeptInfo): CustomerInfo {
    try {
      return JSON.parse(secrets.open(sealed)) as CustomerInfo;
    } catch {
      return { name: null, email: null, phoneNumber: null, address: null };
    }
  }

  function infoView(kept: KeptInfo): InfoView {
    const { name, email, phoneNumber, address } = opened(kept);
    return { attemptId: kept.attemptId, tenderKind: kindOf(kept.attemptId), at: kept.at, name, email, phoneNumber, address };
  }

  function remove(receiptId: string | null, approvedBy: string | null): number {
    const deleted = stores.customerInfos.delete(receiptId, (count) => [journalEntry(context, session.staffId(), 'customer-info-deleted', { by: 'person', count, approvedBy, ...(receiptId === null ? { all: true } : {}) }, receiptId)]);
    bus.publish('customer-info.changed', { receiptId });
    return deleted;
  }

  const settingsView = (): CallOutput<'customer-info.settings'> => ({ ...infoSettingsOf(context), kept: stores.customerInfos.count() });

  const handlers: AfterPayment['handlers'] = {
    'provider-receipt.of-receipt': ({ receiptId }) => ok(stores.providerReceipts.ofReceipt(receiptId).map(receiptView)),
    'provider-receipt.again': ({ attemptId }): Result<ProviderReceiptView> => {
      const anew = queue.again(attemptId, session.staffId());
      return anew ? ok(receiptView(anew)) : fail('payment-unknown');
    },
    'customer-info.of-receipt': ({ receiptId, approval }) => {
      const may = session.authorise('customer-info', approval);
      return may.ok ? ok(stores.customerInfos.ofReceipt(receiptId).map(infoView)) : may;
    },
    'customer-info.delete': ({ receiptId, approval }) => {
      const may = session.authorise('customer-info', approval);
      return may.ok ? ok({ deleted: remove(receiptId ?? null, may.value.approvedBy) }) : may;
    },
    'customer-info.settings': () => {
      const may = session.authorise('shop-edit', undefined);
      return may.ok ? ok(settingsView()) : may;
    },
    'customer-info.save-settings': (settings) => {
      const may = session.authorise('shop-edit', undefined);
      if (!may.ok) return may;
      stores.transaction(() => {
        saveInfoSettings(context, settings);
        if (!settings.keepCustomerInfo) stores.customerInfos.dropAllAwaited();
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'customer-info', ...settings })]);
      });
      return ok(settingsView());
    },
  };

  return {
    sold(sale) {
      const paid = appPayments(links, sale);
      if (paid.length === 0) return null;
      const receipts = queue.wanted(paid);
      const asked = infos.wanted(paid);
      if (receipts.length === 0 && asked.length === 0) return null;
      return {
        write() {
          queue.queue(sale, receipts.filter(isNamed));
          infos.await(asked.filter(isNamed));
        },
        after() {
          queue.wake();
          infos.wake();
        },
      };
    },
    mended: queue.mended,
    handlers,
    async close() {
      await Promise.all([queue.close(), infos.close()]);
    },
  };
}

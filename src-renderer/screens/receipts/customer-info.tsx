import { useCallback, useEffect, useState } from 'react';
import { Trash2 } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { notify } from '../../features/notices/store.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';

type Info = CallOutput<'customer-info.of-receipt'>[number];
const fields = ['name', 'email', 'phoneNumber', 'address'] as const;

function useInfos(receiptId: string): readonly Info[] {
  const [found, setFound] = useState<readonly Info[]>([]);
  const load = useCallback(async (): Promise<void> => {
    const answer = await call('customer-info.of-receipt', { receiptId });
    setFound(answer.ok ? answer.value : []);
  }, [receiptId]);
  useEffect(() => {
    void load();
    return subscribe('customer-info.changed', (changed) => {
      if (changed.receiptId === null || changed.receiptId === receiptId) void load();
    });
  }, [receiptId, load]);
  return found;
}

function Told({ info }: { readonly info: Info }) {
  const { t } = useWords();
  const name = useTenderName()(info.tenderKind);
  const told = fields.flatMap((field) => (info[field] === null ? [] : [{ field, value: info[field] }]));
  return (
    <div>
      <span className="line-under">{name}</span>
      {told.length === 0 ? <p className="quiet-text">{t('customerInfo.unreadable')}</p> : null}
      <dl className="customer-info">
        {told.map(({ field, value }) => (
          <div key={field}>
            <dt>{t(`customerInfo.fields.${field}`)}</dt>
            <dd data-testid={`customer-info-${field}`}>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Shown({ receiptId }: { readonly receiptId: string }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const infos = useInfos(receiptId);
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<boolean> => {
    const deleted = await call('customer-info.delete', { receiptId });
    notify(deleted.ok ? t('customerInfo.deleted') : failureText(t, language, deleted.error, shop.currency), deleted.ok ? {} : { tone: 'bad' });
    return deleted.ok;
  };
  if (infos.length === 0) return null;
  return (
    <section className="card refunds" aria-label={t('customerInfo.title')} data-testid="customer-info">
      <div className="row">
        <h2 className="grow">{t('customerInfo.title')}</h2>
        <Button size="small" onPress={() => setAsks(true)} testId="customer-info-delete">
          <Trash2 size={18} aria-hidden />
          {t('customerInfo.delete')}
        </Button>
      </div>
      {infos.map((info) => (
        <Told key={info.attemptId} info={info} />
      ))}
      {asks ? (
        <AskDialog title={t('customerInfo.deleteTitle')} ok={t('customerInfo.delete')} okKind="destroy" onClose={() => setAsks(false)} onOk={remove} testId="customer-info-dialog">
          <p>{t('customerInfo.deleteText')}</p>
        </AskDialog>
      ) : null}
    </section>
  );
}

/** What the customer of a receipt agreed to tell, for those who may see it; nothing for everybody else. */
export function CustomerInfo({ receiptId }: { readonly receiptId: string }) {
  const mayRead = useTill((state) => state.session?.rights.includes('customer-info') ?? false);
  return mayRead ? <Shown receiptId={receiptId} /> : null;
}

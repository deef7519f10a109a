import { useCallback, useEffect, useState } from 'react';
import { CircleAlert, CircleCheck, Hourglass } from 'lucide-react';
import type { ProviderReceiptState, ProviderReceiptView } from '../../../src-main/contract/provider-receipts.ts';
import { notify } from '../../features/notices/store.ts';
import { problemText } from '../../features/problems/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Pill, type Tone } from '../../ui/pieces.tsx';

/** Nothing of it alarms: the sale is done, and paper and mail are there. */
const tones: Readonly<Record<ProviderReceiptState, Tone>> = { waiting: 'plain', sent: 'good', refused: 'amber' };
const icons = { waiting: Hourglass, sent: CircleCheck, refused: CircleAlert } as const;

function useInTheApp(receiptId: string): readonly ProviderReceiptView[] {
  const [found, setFound] = useState<readonly ProviderReceiptView[]>([]);
  const load = useCallback(async (): Promise<void> => {
    const answer = await call('provider-receipt.of-receipt', { receiptId });
    if (answer.ok) setFound(answer.value);
  }, [receiptId]);
  useEffect(() => {
    void load();
    return subscribe('provider-receipt.changed', (changed) => {
      if (changed.receiptId === receiptId) void load();
    });
  }, [receiptId, load]);
  return found;
}

function Row({ receipt }: { readonly receipt: ProviderReceiptView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const name = useTenderName()(receipt.tenderKind);
  const Icon = icons[receipt.state];
  const again = async (): Promise<void> => {
    const asked = await call('provider-receipt.again', { attemptId: receipt.attemptId });
    if (!asked.ok) notify(failureText(t, language, asked.error, shop.currency), { tone: 'bad' });
  };
  return (
    <div className="in-the-app" data-testid="app-receipt" data-state={receipt.state}>
      <span>
        {t('afterPayment.receipt')}
        <span className="line-under">{receipt.state === 'refused' && receipt.problem ? problemText(t, language, receipt.problem, name) : name}</span>
      </span>
      <Pill tone={tones[receipt.state]} icon={<Icon size={15} aria-hidden />}>
        {t(`afterPayment.state.${receipt.state}`)}
      </Pill>
      {receipt.state === 'refused' ? (
        <Button size="small" onPress={() => void again()} testId="app-receipt-again">
          {t('afterPayment.again')}
        </Button>
      ) : null}
    </div>
  );
}

/** How the receipt stands in the apps that it was paid with; nothing where no provider shows receipts. */
export function InTheApp({ receiptId }: { readonly receiptId: string }) {
  const { t } = useWords();
  const found = useInTheApp(receiptId);
  if (found.length === 0) return null;
  return (
    <section className="card refunds" aria-label={t('afterPayment.title')}>
      {found.map((receipt) => (
        <Row key={receipt.attemptId} receipt={receipt} />
      ))}
    </section>
  );
}

import type { PaymentView } from '../../../src-main/contract/payment.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { complain } from './actions.ts';
import { openDialog } from './state.ts';

/** Another tender while one is waited for: the running payment is cancelled at its provider first, and its answer decides. */
export function AnotherWay({ payment }: { readonly payment: PaymentView }) {
  const { t } = useWords();
  const tenderName = useTenderName();
  const tenders = useTill((state) => state.sale?.tenders);
  const others = (tenders ?? []).filter((one) => one.usable && one.id !== payment.tenderId);
  if (others.length === 0) return null;
  const choose = async (tenderId: string): Promise<void> => {
    openDialog({ kind: 'wait', attemptId: payment.attemptId, then: tenderId });
    const cancelled = await call('payment.cancel', { attemptId: payment.attemptId });
    if (!cancelled.ok) complain(cancelled.error);
  };
  return (
    <div className="another-way">
      <p className="quiet-text">{`${t('wait.another')} · ${t('wait.anotherHint')}`}</p>
      <div className="choices" role="group" aria-label={t('wait.another')}>
        {others.map((one) => (
          <Button key={one.id} onPress={() => void choose(one.id)} testId={`pay-instead-${one.id}`}>
            {tenderName(one.kind, one.name)}
          </Button>
        ))}
      </div>
    </div>
  );
}

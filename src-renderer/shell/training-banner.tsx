import { GraduationCap, Smartphone } from 'lucide-react';
import { useTenderName } from '../features/tenders/index.ts';
import { useTill } from '../features/till/store.ts';
import { useWords } from '../features/words/index.ts';
import { call } from '../transport/index.ts';
import { Button } from '../ui/button.tsx';

/** Over every screen while training is on: nothing here is real, the customer's phone, and the way out. */
export function TrainingBanner() {
  const { t } = useWords();
  const tenderName = useTenderName();
  const training = useTill((state) => state.hello?.training ?? null);
  if (!training) return null;
  return (
    <div className="banner training" role="region" aria-label={t('training.banner')} data-testid="training-banner">
      <GraduationCap size={24} aria-hidden />
      <strong>{t('training.banner')}</strong>
      {training.phones.map(({ kind, page }) => (
        <a key={kind} className="button plain small" href={page} target="_blank" rel="noreferrer" data-testid={`training-phone-${kind}`}>
          <Smartphone size={16} aria-hidden />
          {t('training.phone', { name: tenderName(kind) })}
        </a>
      ))}
      <Button size="small" onPress={() => void call('training.end', {})} testId="training-end">
        {t('training.end')}
      </Button>
    </div>
  );
}

import { BadgeCheck, PenLine } from 'lucide-react';
import { useWords } from '../../features/words/index.ts';
import { Pill } from '../../ui/pieces.tsx';

/** Who says that it was paid: the provider, or the cashier. */
export function Mark({ mark }: { readonly mark: 'verified' | 'manual' }) {
  const { t } = useWords();
  const Icon = mark === 'verified' ? BadgeCheck : PenLine;
  return (
    <Pill tone={mark === 'verified' ? 'good' : 'amber'} icon={<Icon size={16} aria-hidden />}>
      {t(`proof.short.${mark}`)}
    </Pill>
  );
}

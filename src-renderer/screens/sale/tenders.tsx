import { Banknote, CreditCard, QrCode, ScanLine, Smartphone, type LucideIcon } from 'lucide-react';
import type { TenderView } from '../../../src-main/contract/sale.ts';
import { money } from '../../features/format/index.ts';
import { useTenderName } from '../../features/tenders/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { openDialog } from './state.ts';

const icons: Readonly<Record<string, LucideIcon>> = { cash: Banknote, 'manual-card': CreditCard };
const actIcons = { 'scan-sticker': QrCode, 'scan-code': QrCode, 'open-app': Smartphone, 'show-code': ScanLine, 'confirm-in-app': Smartphone } as const;

/** F9 for the first tender, F10 for the second; the others are reached by Tab. */
export const tenderKeys: readonly string[] = ['F9', 'F10'];

function Tender({ tender, hotkey, first }: { readonly tender: TenderView; readonly hotkey: string | undefined; readonly first: boolean }) {
  const { t, language } = useWords();
  const tenderName = useTenderName();
  const sale = useTill((state) => state.sale);
  if (!sale) return null;
  const Icon = tender.customerAct ? actIcons[tender.customerAct] : (icons[tender.kind] ?? CreditCard);
  const rounded = tender.givesChange && tender.amountMinor !== sale.totals.dueMinor;
  const about = tender.reason
    ? t(`tender.reason.${tender.reason}`)
    : rounded
      ? t('tender.rounded', { amount: money(language, tender.amountMinor, sale.currency) })
      : t(tender.customerAct ? `tender.act.${tender.customerAct}` : `tender.hint.${tender.kind}`);
  return (
    <button
      type="button"
      className={`tender${first && tender.usable ? ' first' : ''}`}
      data-testid={`tender-${tender.id}`}
      aria-disabled={!tender.usable}
      disabled={!tender.usable}
      onClick={() => openDialog({ kind: 'pay', tenderId: tender.id })}
    >
      <span className="tender-name">{tenderName(tender.kind, tender.name)}</span>
      <span className="tender-about">{about}</span>
      <Icon size={19} aria-hidden className="tender-icon" />
      {hotkey === undefined ? null : <Kbd>{hotkey}</Kbd>}
    </button>
  );
}

/** The register's means of payment. Those that can't be used now stay in their place and say why. */
export function Tenders() {
  const { t } = useWords();
  const tenders = useTill((state) => state.sale?.tenders);
  return (
    <div className="tenders" role="group" aria-label={t('tender.all')}>
      {(tenders ?? []).map((tender, index) => (
        <Tender key={tender.id} tender={tender} hotkey={tenderKeys[index]} first={index === 0} />
      ))}
    </div>
  );
}

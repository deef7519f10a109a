import type { ShownCode } from '../../../src-main/contract/payment.ts';
import { useCountdown } from '../countdown/index.ts';
import { useWords } from '../words/index.ts';
import { QrPicture } from './qr-code.tsx';
import './qr.css';

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/**
 * A provider's code with the time it is still good for, and nothing of it once that is over: a code that looks alive and is not
 * keeps a customer pointing a phone at it.
 */
export function ShownCodePicture({ show, label, testId }: { readonly show: ShownCode; readonly label: string; readonly testId: string }) {
  const { t } = useWords();
  const { seconds } = useCountdown(show, show.leftMs, Math.max(1, show.leftMs));
  if (seconds === 0) return <p className="code-over">{t('wait.codeOver')}</p>;
  const { code } = show;
  return (
    <figure className="shown-code">
      {'text' in code ? <QrPicture text={code.text} label={label} testId={testId} /> : <img className="qr-picture" src={`data:image/png;base64,${code.png}`} alt={label} data-testid={testId} />}
      <figcaption className="amount">{t('wait.codeLeft', { time: clock(seconds) })}</figcaption>
    </figure>
  );
}

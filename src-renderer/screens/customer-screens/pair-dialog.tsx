import { useEffect, useState } from 'react';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import type { LanCertificate } from '../../../src-main/contract/lan.ts';
import { useCountdown } from '../../features/countdown/index.ts';
import { Fingerprint } from '../../features/fingerprint/fingerprint.tsx';
import { QrPicture } from '../../features/qr/qr-code.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/pieces.tsx';

type Code = CallOutput<'lan.pair'>;

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** What the code is good for, and nothing of it once that is over. */
function CodeShown({ code, onNew }: { readonly code: Code; readonly onNew: () => void }) {
  const { t } = useWords();
  const { seconds } = useCountdown(code, code.leftMs, code.leftMs);
  if (seconds === 0) {
    return (
      <div className="row">
        <strong>{t('lan.codeOver')}</strong>
        <Button onPress={onNew} testId="lan-new-code">
          {t('lan.newCode')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <output className="lan-code" data-testid="lan-code">{`${code.code.slice(0, 4)} ${code.code.slice(4)}`}</output>
      <p className="quiet-text amount">{t('wait.codeLeft', { time: clock(seconds) })}</p>
    </>
  );
}

/** Pairing in three steps: the address, the fingerprint, the code. It ends when the tablet is there, and the code with it. */
export function PairDialog({ certificate, onClose }: { readonly certificate: LanCertificate | null; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [code, setCode] = useState<Code | null>(null);
  const [paired, setPaired] = useState<string | null>(null);
  useScanTarget(null);
  useShortcuts({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    void call('lan.pair', {}).then((offered) => {
      setCode(offered.ok ? offered.value : null);
      setFailure(offered.ok ? null : offered.error);
    });
  }, [round]);
  useEffect(() => {
    const stop = subscribe('lan.paired', ({ name }) => setPaired(name));
    return () => {
      stop();
      void call('lan.pair-end', {});
    };
  }, []);
  const address = code?.address ? `${code.address}pair` : null;
  return (
    <Dialog title={t('lan.pair')} onClose={onClose} wide testId="lan-pair-dialog">
      {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
      {paired === null ? (
        <ol className="lan-steps">
          <li className="lan-step-address">
            <div>
              <p>{t('lan.stepAddress')}</p>
              <p className="lan-address" data-testid="lan-address">{address ?? t('lan.noAddress')}</p>
            </div>
            {address && code ? <QrPicture text={`${address}#${code.code}`} label={t('lan.qr')} testId="lan-qr" /> : null}
          </li>
          <li>
            <p>{t(certificate?.source === 'given' ? 'lan.stepCompareOwn' : 'lan.stepCompare')}</p>
            {certificate ? <Fingerprint digits={certificate.fingerprint} testId="lan-pair-fingerprint" /> : null}
          </li>
          <li>
            <p>{t('lan.stepCode')}</p>
            {code ? <CodeShown code={code} onNew={() => setRound(round + 1)} /> : null}
          </li>
        </ol>
      ) : (
        <Panel tone="good" icon={<CircleCheck size={32} aria-hidden />} title={t('lan.paired', { name: paired })} testId="lan-paired">
          <p>{t('lan.pairedText')}</p>
        </Panel>
      )}
      <DialogActions>
        <Button size="large" onPress={onClose} testId="lan-pair-close">
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

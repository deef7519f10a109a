import { useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { LanCertificate, LanView } from '../../../src-main/contract/lan.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { Fingerprint } from '../../features/fingerprint/fingerprint.tsx';
import { dayTime } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel, Pill } from '../../ui/pieces.tsx';
import { OwnCertificateDialog } from './own-certificate.tsx';

function Facts({ certificate }: { readonly certificate: LanCertificate }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (
    <>
      <div className="row">
        <Pill>{t(`lan.source.${certificate.source}`)}</Pill>
        <span className="quiet-text">{t('lan.until', { time: dayTime(language, certificate.until, shop.timeZone) })}</span>
      </div>
      {certificate.validity === 'good' ? null : <Panel tone={certificate.validity === 'over' ? 'bad' : 'amber'} icon={<TriangleAlert size={32} aria-hidden />} title={t(`lan.validity.${certificate.validity}`)} />}
      <div className="field">
        <span className="label">{t('lan.fingerprint')}</span>
        <Fingerprint digits={certificate.fingerprint} testId="lan-fingerprint" />
      </div>
      <p className="quiet-text">{t('lan.certificateNames', { names: certificate.names.join(', ') })}</p>
    </>
  );
}

/** What the listener's connections are made with: the till's own certificate, or the shop's. */
export function CertificateCard({ view, onChanged }: { readonly view: LanView; readonly onChanged: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [open, setOpen] = useState<'make' | 'own' | null>(null);
  const make = async (): Promise<boolean> => {
    const made = await call('lan.certificate', { source: 'made' });
    if (!made.ok) notify(failureText(t, language, made.error, shop.currency), { tone: 'bad' });
    onChanged();
    return true;
  };
  return (
    <section className="card room-card stack" aria-label={t('lan.certificate')}>
      <h2>{t('lan.certificate')}</h2>
      {view.certificate ? <Facts certificate={view.certificate} /> : <p className="quiet-text">{t('lan.noCertificate')}</p>}
      <div className="row">
        {view.certificate ? (
          <Button onPress={() => setOpen('make')} testId="lan-make">
            {t('lan.make')}
          </Button>
        ) : null}
        <Button onPress={() => setOpen('own')} testId="lan-own">
          {t('lan.own')}
        </Button>
      </div>
      {open === 'make' ? (
        <AskDialog title={t('lan.makeTitle')} ok={t('lan.make')} onClose={() => setOpen(null)} onOk={make}>
          <p>{t('lan.makeText')}</p>
        </AskDialog>
      ) : null}
      {open === 'own' ? <OwnCertificateDialog onClose={() => setOpen(null)} onChanged={onChanged} /> : null}
    </section>
  );
}

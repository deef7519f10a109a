import { useState } from 'react';
import { CircleAlert, FileCheck, FileUp } from 'lucide-react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Panel } from '../../ui/pieces.tsx';

type Chosen = { readonly name: string; readonly text: string };

function PemFile({ label, chosen, onChoose, testId }: { readonly label: string; readonly chosen: Chosen | null; readonly onChoose: (file: Chosen) => void; readonly testId: string }) {
  return (
    <label className="drop button">
      {chosen ? <FileCheck size={24} aria-hidden /> : <FileUp size={24} aria-hidden />}
      <span>{chosen ? `${label}: ${chosen.name}` : label}</span>
      <input
        type="file"
        className="visually-hidden"
        accept=".pem,.crt,.cer,.key,.txt"
        data-testid={testId}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void file.text().then((text) => onChoose({ name: file.name, text }));
        }}
      />
    </label>
  );
}

/** What is wrong with a certificate, at which of those in the file, and what to do. */
function Problem({ failure }: { readonly failure: Failure }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { problem, place } = failure.detail;
  const known = failure.code === 'certificate-unusable' && typeof problem === 'string';
  return (
    <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={known ? t(`lan.certificateProblem.${problem}`) : failureText(t, language, failure, shop.currency)} testId="lan-certificate-problem" state={known ? problem : failure.code}>
      {known && typeof place === 'number' && place > 1 ? <p>{t('lan.place', { place })}</p> : null}
    </Panel>
  );
}

/** The shop's own certificate with its key, from two files. Neither is shown again. */
export function OwnCertificateDialog({ onClose, onChanged }: { readonly onClose: () => void; readonly onChanged: () => void }) {
  const { t } = useWords();
  const [certificate, setCertificate] = useState<Chosen | null>(null);
  const [key, setKey] = useState<Chosen | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const use = async (): Promise<boolean> => {
    const used = await call('lan.certificate', { source: 'given', certificate: certificate?.text ?? '', key: key?.text ?? '' });
    setFailure(used.ok ? null : used.error);
    if (used.ok) onChanged();
    return used.ok;
  };
  return (
    <AskDialog title={t('lan.own')} ok={t('lan.useOwn')} ready={certificate !== null && key !== null} onClose={onClose} onOk={use} testId="lan-own-dialog">
      <p>{t('lan.ownText')}</p>
      <PemFile label={t('lan.ownCertificate')} chosen={certificate} onChoose={setCertificate} testId="lan-own-certificate" />
      <PemFile label={t('lan.ownKey')} chosen={key} onChoose={setKey} testId="lan-own-key" />
      {failure ? <Problem failure={failure} /> : null}
    </AskDialog>
  );
}

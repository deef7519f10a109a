import { useEffect, useState } from 'react';
import { CircleAlert, MonitorSmartphone } from 'lucide-react';
import type { PairingPage as Till, PairingRefusal } from '../../src-main/contract/lan.ts';
import { Fingerprint } from '../features/fingerprint/fingerprint.tsx';
import { setLanguage, useWords } from '../features/words/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Panel } from '../ui/pieces.tsx';
import { askTill, tellCode } from './ask-till.ts';
import './pairing.css';

const retryMs = 2_000;
/** The code that came with the address of the register's QR code; it never goes to a server's log. */
const codeOfAddress = (): string => decodeURIComponent(location.hash.slice(1)).slice(0, 20);

/** The register that this page came from, as soon as it answers. */
function useTill(): Till | null {
  const [till, setTill] = useState<Till | null>(null);
  useEffect(() => {
    if (till) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const found = await askTill();
      if (found) {
        setLanguage(found.language);
        setTill(found);
      } else timer = setTimeout(() => void ask(), retryMs);
    };
    void ask();
    return () => clearTimeout(timer);
  }, [till]);
  return till;
}

/** What a tablet shows before it is paired: which register this is, what its connection is made with, and a place for the code. */
export function PairingPage() {
  const { t } = useWords();
  const till = useTill();
  const [code, setCode] = useState(codeOfAddress);
  const [name, setName] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<PairingRefusal | 'unreachable' | null>(null);
  const chosenName = name ?? t('pairing.tablet');
  const ready = !busy && code.trim() !== '' && chosenName.trim() !== '';
  const pair = async (): Promise<void> => {
    setBusy(true);
    const problem = await tellCode(code, chosenName.trim());
    setBusy(false);
    setRefused(problem);
    if (problem === null) location.replace('/customer.html');
  };
  return (
    <main className="pairing">
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void pair();
        }}
      >
        <div className="pairing-head">
          <MonitorSmartphone size={40} strokeWidth={1.5} aria-hidden />
          <div>
            <h1>{t('pairing.title')}</h1>
            {till ? <p className="quiet-text">{t('pairing.register', { shop: till.shopName, register: till.register })}</p> : null}
          </div>
        </div>
        <TextField
          label={t('pairing.code')}
          value={code}
          maxLength={20}
          autoFocus
          onChange={(typed) => {
            setRefused(null);
            setCode(typed.toUpperCase());
          }}
          testId="pairing-code"
        />
        <TextField label={t('pairing.name')} value={chosenName} maxLength={40} onChange={setName} testId="pairing-name" />
        {refused === null ? null : <Panel tone="bad" icon={<CircleAlert size={28} aria-hidden />} title={t(refused === 'unreachable' ? 'pairing.unreachable' : `lan.refused.${refused}`)} testId="pairing-refused" state={refused} />}
        <Button kind="primary" size="large" submit disabled={!ready} testId="pairing-pair">
          {t('pairing.pair')}
        </Button>
        {till ? (
          <section className="stack tight" aria-label={t('lan.fingerprint')}>
            <h2>{t('lan.fingerprint')}</h2>
            <Fingerprint digits={till.fingerprint} testId="pairing-fingerprint" />
            <p className="quiet-text">{t('pairing.compare')}</p>
          </section>
        ) : null}
      </form>
    </main>
  );
}

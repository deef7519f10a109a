import { CircleAlert, CircleCheck, CircleMinus, MailCheck, MailWarning, Mails, QrCode } from 'lucide-react';
import type { ReceiptRow } from '../../../src-main/contract/receipts.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel, Pill, type Tone } from '../../ui/pieces.tsx';
import { clockTime } from '../format/index.ts';
import { notify } from '../notices/store.ts';
import { useShop } from '../till/store.ts';
import { failureText, useWords } from '../words/index.ts';

type Mail = NonNullable<ReceiptRow['mail']>;

const mailTones: Readonly<Record<Exclude<Mail['state'], 'dropped'>, Tone>> = { queued: 'amber', sending: 'waiting', sent: 'good', failed: 'bad' };
const mailIcons = { queued: MailWarning, sending: Mails, sent: MailCheck, failed: CircleAlert } as const;

/** Acts about a receipt whose refusal is a notice. */
export function useGiving(): (name: 'giving.mail-again' | 'giving.show' | 'giving.decline', receiptId: string) => Promise<void> {
  const { t, language } = useWords();
  const { shop } = useShop();
  return async (name, receiptId) => {
    const done = await call(name, { receiptId });
    if (!done.ok) notify(failureText(t, language, done.error, shop.currency), { tone: 'bad' });
  };
}

function MailSentence({ mail }: { readonly mail: Mail }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (
    <>
      {mail.problem === null ? null : <p>{t(`mail.problem.${mail.problem}`)}</p>}
      {mail.state === 'queued' && mail.tries > 0 ? <p>{t('giving.tries', { count: mail.tries, time: clockTime(language, Date.parse(mail.nextTryAt), shop.timeZone) })}</p> : null}
    </>
  );
}

/** How a receipt went, or is going, to its customer other than on paper; with what can be done where it does not go on. */
export function DeliveryPanel({ row, onMail, onPrint }: { readonly row: ReceiptRow; readonly onMail: () => void; readonly onPrint?: (() => void) | undefined }) {
  const { t } = useWords();
  const { giving } = useShop();
  const act = useGiving();
  const { mail, delivery, receiptId } = row;
  if (mail && mail.state !== 'dropped') {
    const Icon = mailIcons[mail.state];
    const stuck = mail.state === 'failed' || (mail.state === 'queued' && mail.tries > 0);
    const copyOrWish = mail.copy || giving.declined;
    return (
      <Panel tone={mailTones[mail.state]} icon={<Icon size={32} aria-hidden />} title={t(`giving.state.${mail.state}`)} testId="mail-state" state={mail.state}>
        <MailSentence mail={mail} />
        {stuck ? (
          <div className="row giving-acts">
            {mail.state === 'queued' ? <Button size="small" onPress={() => void act('giving.mail-again', receiptId)} testId="mail-again">{t('giving.again')}</Button> : null}
            <Button size="small" onPress={onMail} testId="mail-other">{t('giving.otherAddress')}</Button>
            {mail.copy || onPrint === undefined ? null : <Button size="small" onPress={onPrint} testId="mail-print">{t('giving.printInstead')}</Button>}
            {copyOrWish ? <Button size="small" onPress={() => void act('giving.decline', receiptId)} testId="mail-leave">{t(mail.copy ? 'giving.leave' : 'giving.decline')}</Button> : null}
          </div>
        ) : null}
      </Panel>
    );
  }
  if (delivery === 'shown') return <Panel tone="good" icon={<QrCode size={32} aria-hidden />} title={t('giving.state.shown')} testId="given-state" state="shown" />;
  if (delivery === 'declined') return <Panel icon={<CircleMinus size={32} aria-hidden />} title={t('giving.state.declined')} testId="given-state" state="declined" />;
  return null;
}

const pills = { sending: ['waiting', Mails], sent: ['good', MailCheck], shown: ['good', QrCode], declined: ['plain', CircleCheck], failed: ['bad', MailWarning] } as const;

/** The same in a word, for lists; null where paper tells it. */
export function DeliveryPill({ row }: { readonly row: ReceiptRow }) {
  const { t } = useWords();
  const { delivery, printState, mail } = row;
  // A copy whose mail was given up wants somebody, whatever became of the original.
  const shown = mail?.state === 'failed' ? 'failed' : delivery;
  if (shown === 'none' || shown === 'waiting' || shown === 'printed' || (shown === 'failed' && printState === 'failed') || (shown !== 'failed' && printState === 'copied')) return null;
  const [tone, Icon] = pills[shown];
  return (
    <Pill tone={tone} icon={<Icon size={15} aria-hidden />}>
      {t(`giving.pill.${shown}`)}
    </Pill>
  );
}

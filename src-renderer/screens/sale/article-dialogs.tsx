import { useState } from 'react';
import { ShieldAlert } from 'lucide-react';
import type { VatClass } from '../../../src-main/contract/basics.ts';
import { AmountField, useAmountField } from '../../features/amounts/amount-field.tsx';
import { readQuantity } from '../../features/amounts/read.ts';
import { callApproved } from '../../features/approval/store.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Panel, Pill } from '../../ui/pieces.tsx';
import { done } from './actions.ts';
import { closeDialog, openDialog, setSearch, type Question } from './state.ts';

const vatClasses: readonly VatClass[] = ['standard', 'low', 'lowest', 'zero'];

/** Something without an article: a name, a price, a VAT class. */
export function OpenPriceDialog({ code }: { readonly code: string }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [vatClass, setVatClass] = useState<VatClass>('standard');
  const field = useAmountField(null);
  const { amount } = field;
  return (
    <AskDialog
      title={t('sale.openPriceTitle')}
      aside={code === '' ? null : <Pill>{code}</Pill>}
      ok={t('sale.add')}
      ready={name.trim() !== '' && 'minor' in amount}
      onClose={closeDialog}
      onOk={() =>
        'minor' in amount
          ? done(callApproved('sale.add-open-price', { name, unitPriceMinor: amount.minor, vatClass, ...(code === '' ? {} : { code }) }))
          : false
      }
    >
      <TextField label={t('article.name')} value={name} onChange={setName} maxLength={60} autoFocus testId="open-name" />
      <AmountField label={t('article.price')} field={field} testId="open-price" />
      <Select
        label={t('article.vat')}
        value={vatClass}
        choices={vatClasses.map((value) => ({ value, label: t(`vatClass.${value}`) }))}
        onChange={setVatClass}
      />
    </AskDialog>
  );
}

/** A code that no article has: what it was, and the two ways on. */
export function UnknownCodeDialog({ code }: { readonly code: string }) {
  const { t } = useWords();
  useScanTarget(null);
  useShortcuts({});
  return (
    <Dialog title={t('sale.unknownTitle')} onClose={closeDialog} testId="unknown-code">
      <p className="dialog-big code">{code}</p>
      <p>{t('sale.unknownText')}</p>
      <div className="choices">
        <Button
          onPress={() => {
            setSearch('');
            closeDialog();
          }}
          autoFocus
        >
          {t('sale.lookUp')}
        </Button>
        <Button onPress={() => openDialog({ kind: 'open-price', code })}>{t('sale.sellOpen')}</Button>
      </div>
      <DialogActions>
        <Button size="large" onPress={closeDialog} testId="dialog-cancel">
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What an article asks before it is sold: the customer's age, its weight, its price. */
export function QuestionDialog({ question }: { readonly question: Question }) {
  switch (question.failure.code) {
    case 'needs-age':
      return <AgeDialog question={question} />;
    case 'needs-weight':
      return <WeightDialog question={question} />;
    default:
      return <AskPriceDialog question={question} />;
  }
}

const nameOf = (question: Question): string => String(question.failure.detail['name'] ?? '');
const articleIdOf = (question: Question): { readonly articleId?: string } => {
  const articleId = question.failure.detail['articleId'];
  return typeof articleId === 'string' && articleId !== '' ? { articleId } : {};
};

function AgeDialog({ question }: { readonly question: Question }) {
  const { t } = useWords();
  useScanTarget(null);
  useShortcuts({});
  const years = Number(question.failure.detail['years'] ?? 18);
  return (
    <Dialog title={nameOf(question)} onClose={closeDialog} testId="age-question">
      <Panel tone="amber" icon={<ShieldAlert size={36} aria-hidden />} title={t('sale.ageTitle', { years })}>
        <p>{t('sale.ageText')}</p>
      </Panel>
      <DialogActions>
        <Button size="large" kind="danger" onPress={closeDialog} testId="age-no">
          {t('sale.ageNo')}
        </Button>
        <Button
          size="large"
          kind="primary"
          autoFocus
          testId="age-yes"
          onPress={() => {
            closeDialog();
            question.again({ ageConfirmed: true });
          }}
        >
          {t('sale.ageYes', { years })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function WeightDialog({ question }: { readonly question: Question }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const milli = readQuantity(typed);
  return (
    <AskDialog
      title={nameOf(question)}
      ok={t('sale.add')}
      ready={milli !== null}
      onClose={closeDialog}
      onOk={() => {
        if (milli === null) return false;
        closeDialog();
        question.again({ quantityMilli: milli });
        return false;
      }}
    >
      <TextField
        label={t('sale.quantityIn', { unit: String(question.failure.detail['unit'] ?? 'kg') })}
        kind="amount"
        value={typed}
        onChange={setTyped}
        error={typed !== '' && milli === null ? t('sale.quantityHint') : null}
        autoFocus
        testId="weight-field"
      />
    </AskDialog>
  );
}

function AskPriceDialog({ question }: { readonly question: Question }) {
  const { t } = useWords();
  const field = useAmountField(null);
  const { amount } = field;
  return (
    <AskDialog
      title={nameOf(question)}
      ok={t('sale.add')}
      ready={'minor' in amount}
      onClose={closeDialog}
      onOk={() => {
        if (!('minor' in amount)) return false;
        closeDialog();
        question.again({ unitPriceMinor: amount.minor, ...articleIdOf(question) });
        return false;
      }}
    >
      <AmountField label={t('article.price')} field={field} autoFocus testId="ask-price" />
    </AskDialog>
  );
}

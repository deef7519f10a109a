import { fail, ok, type Failure, type Result } from '../../contract/errors.ts';
import type { ReceiptRow } from '../../contract/receipts.ts';
import { countries } from '../../core/countries/index.ts';
import { isMailAddress } from '../../core/mail/address.ts';
import { dropped } from '../../core/mail/queue.ts';
import type { OutgoingMail } from '../../core/ports/mail.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { isoInstant } from '../../core/time.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import { testLetter } from './letter.ts';
import type { MailQueue } from './queue.ts';
import { givingView, mailServer, storedGiving, storeGiving } from './settings.ts';

type Names = CallsOf<'giving'> | CallsOf<'mail'>;

/** How receipts reach customers beside on paper: by mail, by QR, or not at all; and the admin's page for it. */
export function createGivingService(context: ShopContext, session: Session, counter: Counter, printing: ReceiptPrinting, queue: MailQueue): Handlers<Names> {
  const { stores } = context;
  const { mails } = stores;

  function rowOf(receiptId: string): Result<ReceiptRow> {
    const row = stores.sales.row(receiptId);
    return row ? ok(row) : fail('receipt-unknown');
  }

  function told(receiptId: string): Result<ReceiptRow> {
    printing.tell(receiptId);
    return rowOf(receiptId);
  }

  const entry = (receiptId: string, kind: string, detail: Readonly<Record<string, unknown>> = {}) => journalEntry(context, session.staffId(), kind, detail, receiptId);

  /** What kept the receipt from being given out so far is over: another way was chosen. */
  function clearOther(receipt: Receipt): void {
    printing.decided(receipt.id);
    const before = mails.ofReceipt(receipt.id);
    if (before && (before.state === 'queued' || before.state === 'failed')) mails.save(dropped(before, context.clock.nowMs()), []);
    if (receipt.printState === 'waiting' || receipt.printState === 'failed') stores.sales.setPrintState(receipt.id, 'none', '', []);
  }

  /** A completed receipt in its turn among the papers: what is so now stays so while `work` runs. */
  const inTurn = (receiptId: string, work: (receipt: Receipt) => Result<ReceiptRow>): Promise<Result<ReceiptRow>> =>
    printing.inTurn(async () => {
      const receipt = stores.sales.load(receiptId);
      if (receipt?.state !== 'completed') return fail('receipt-unknown');
      return mails.ofReceipt(receiptId)?.state === 'sending' ? fail('mail-busy') : work(receipt);
    });

  /** Whether a mail of it now would be the copy, a copy that is counted already, or one too many. */
  function mailKind(receipt: Receipt): 'original' | 'copy' | 'counted-copy' | 'too-many' {
    if (!printing.isOut(receipt)) return 'original';
    if (receipt.printState !== 'copied') return 'copy';
    const before = mails.ofReceipt(receipt.id);
    return before?.copy === true && (before.state === 'queued' || before.state === 'failed') ? 'counted-copy' : 'too-many';
  }

  function newMail(receipt: Receipt, copy: boolean, to: string, agreed: boolean): OutgoingMail {
    const at = nowIso(context);
    return {
      id: context.ids.next(), receiptId: receipt.id, registerId: context.register.id, staffId: session.staffId(), sealedRecipient: context.secrets.seal(to),
      keepsRecipient: agreed && storedGiving(context).keepsRecipients, copy, state: 'queued', tries: 0, problem: null, queuedAt: at, nextTryAt: at, endedAt: null,
    };
  }

  function mailIt(receipt: Receipt, to: string, agreed: boolean, approval: string | undefined): Result<ReceiptRow> {
    const kind = mailKind(receipt);
    if (kind === 'too-many') return fail('already-copied');
    if (kind === 'copy') {
      const allowed = session.authorise('receipt-reprint', approval);
      if (!allowed.ok) return allowed;
    }
    const mail = newMail(receipt, kind !== 'original', to, agreed);
    stores.transaction(() => {
      clearOther(receipt);
      if (kind === 'copy') printing.keepCopy(receipt, session.staffId());
      mails.save(mail, [entry(receipt.id, 'receipt-mail-queued', { mail: mail.id, copy: mail.copy })]);
    });
    queue.wake();
    return told(receipt.id);
  }

  /** What keeps a receipt from being given out in this way. */
  function refused(receipt: Receipt, way: 'shown' | 'declined'): { readonly ok: false; readonly error: Failure } | null {
    if (!countries[context.shop().country].receiptMayBe[way]) return fail('not-in-country');
    return printing.isOut(receipt) ? fail('receipt-given') : null;
  }

  function give(receipt: Receipt, way: 'shown' | 'declined'): void {
    stores.transaction(() => {
      clearOther(receipt);
      mails.give(receipt.id, way, { staffId: session.staffId(), at: nowIso(context) }, [entry(receipt.id, `receipt-${way}`)]);
    });
  }

  function show(receipt: Receipt): Result<ReceiptRow> {
    const not = refused(receipt, 'shown');
    if (not) return not;
    if (counter.onCounter()) return fail('receipt-not-empty');
    const receiptText = printing.qrOf(receipt, true);
    if (receiptText === null) return fail('qr-too-long');
    give(receipt, 'shown');
    const { totalMinor } = totalsOf(receipt);
    counter.showThanks(receipt.id, { kind: 'thanks', currency: receipt.currency, totalMinor, givenMinor: totalMinor, changeMinor: changeOf(receipt), receiptNumber: receipt.number ?? 0, receiptText });
    return told(receipt.id);
  }

  function decline(receipt: Receipt): Result<ReceiptRow> {
    const mail = mails.ofReceipt(receipt.id);
    if (printing.isOut(receipt) && mail?.copy === true && (mail.state === 'queued' || mail.state === 'failed')) {
      mails.save(dropped(mail, context.clock.nowMs()), [entry(receipt.id, 'receipt-mail-dropped', { mail: mail.id })]);
      return told(receipt.id);
    }
    const not = refused(receipt, 'declined');
    if (not) return not;
    give(receipt, 'declined');
    return told(receipt.id);
  }

  function settingsView() {
    const { sealedPassword, ...settings } = storedGiving(context);
    return { ...settings, passwordSet: sealedPassword !== '' };
  }

  return {
    'mail.settings': () => {
      const allowed = session.authorise('shop-edit', undefined);
      return allowed.ok ? ok(settingsView()) : allowed;
    },
    'mail.save-settings': ({ password, ...settings }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      if (settings.senderAddress !== '' && !isMailAddress(settings.senderAddress)) return fail('mail-address');
      stores.transaction(() => {
        storeGiving(context, settings, password);
        stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'mail' })]);
      });
      context.bus.publish('shop.changed', {});
      queue.mended();
      return ok(settingsView());
    },
    'mail.test': async ({ to }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      if (!isMailAddress(to)) return fail('mail-address');
      const server = mailServer(context);
      if (!server) return ok({ problem: 'not-configured' });
      const answer = await context.mailer.send(server, testLetter(context, to));
      return ok({ problem: answer.ok ? null : answer.problem });
    },
    'giving.mail': ({ receiptId, to, agreed, approval }) => {
      if (!givingView(context).mail) return fail('mail-not-set-up');
      if (!isMailAddress(to)) return fail('mail-address');
      return inTurn(receiptId, (receipt) => mailIt(receipt, to, agreed ?? false, approval));
    },
    'giving.mail-again': ({ receiptId }) => {
      const mail = mails.ofReceipt(receiptId);
      if (!mail || mail.state === 'failed' || mail.state === 'dropped') return fail('mail-address');
      if (mail.state === 'queued') mails.save({ ...mail, nextTryAt: isoInstant(context.clock.nowMs()) }, []);
      queue.wake();
      return told(receiptId);
    },
    'giving.show': ({ receiptId }) => inTurn(receiptId, show),
    'giving.decline': ({ receiptId }) => inTurn(receiptId, decline),
    'giving.leave': ({ receiptId }) => {
      printing.settle(receiptId);
      return ok({});
    },
  };
}

const changeOf = ({ posts }: Receipt): number => posts.filter((post) => post.kind === 'change').reduce((sum, post) => sum - post.amountMinor, 0);

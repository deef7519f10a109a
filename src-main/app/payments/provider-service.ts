import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { CheckView, GoLiveItemView, ProviderField, ProviderView } from '../../contract/providers.ts';
import type { CheckAnswer, PaymentProvider, Settings, TerminalChange } from '../../core/payments/provider.ts';
import type { ProviderCheck } from '../../core/ports/stores.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import { notConfigured, type Links } from './links.ts';
import { withSaying } from './sayings.ts';

/** How far back a list before going live looks: a month of a busy register. */
const deedsLooked = 5_000;

/** Whether a value is as its field says. Empty is checked by the caller: a stored secret may be left out. */
const fits = (field: ProviderField, value: string): boolean =>
  value.length <= field.maxLength && (field.options?.some((option) => option.value === value) ?? true) && (field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`, 'i').test(value));

/** The first field that is missing or not as it should be. */
function wrongField(fields: readonly ProviderField[], values: Settings, alreadySet: readonly string[]): ProviderField | null {
  return (
    fields.find((field) => {
      const value = values[field.name]?.trim() ?? '';
      if (value === '') return field.required && !alreadySet.includes(field.name);
      return !fits(field, value);
    }) ?? null
  );
}

/** The admin's page of payment providers, drawn from the adapters' own descriptions. */
export function createProviderService(context: ShopContext, session: Session, counter: Counter, links: Links): Handlers<CallsOf<'provider'>> {
  const { stores, secrets, ids } = context;

  function viewOf(provider: PaymentProvider): ProviderView {
    const { kind } = provider.capabilities;
    const account = links.account(kind);
    const terminal = links.terminal(kind);
    return {
      description: provider.description,
      account: account ? { id: account.id, name: account.name, settings: { ...account.settings }, secretsSet: Object.keys(account.sealedSecrets) } : null,
      terminal: terminal ? { id: terminal.id, externalId: terminal.externalId, settings: { ...terminal.settings } } : null,
      missing: links.missing(kind),
    };
  }

  const { busy } = context.links();

  function changed(provider: PaymentProvider): ProviderView {
    links.changed();
    context.bus.publish('providers.changed', {});
    counter.refresh();
    return viewOf(provider);
  }

  const sealed = (plain: Settings): Settings => Object.fromEntries(Object.entries(plain).filter(([, text]) => text !== '').map(([name, text]) => [name, secrets.seal(text)]));

  function keepTerminal(provider: PaymentProvider, accountId: string, change: TerminalChange | null, action: string): void {
    const { kind } = provider.capabilities;
    const before = links.terminal(kind);
    const entry = journalEntry(context, session.staffId(), 'terminal-changed', { provider: kind, action, terminal: change?.externalId ?? before?.externalId });
    stores.transaction(() => {
      if (change) {
        stores.providers.saveTerminal({
          id: before?.id ?? ids.next(),
          accountId,
          provider: kind,
          registerId: context.register.id,
          externalId: change.externalId,
          shared: !provider.capabilities.oneActivePayment,
          settings: change.settings,
          sealedSecrets: sealed(change.secrets),
        });
      } else if (before) stores.providers.removeTerminal(before.id, nowIso(context));
      stores.journal.append([entry]);
    });
  }

  function saveAccount(provider: PaymentProvider, settings: Settings, plain: Settings): Result<ProviderView> {
    const { kind } = provider.capabilities;
    const before = links.account(kind);
    const { fields } = provider.description;
    const wrong = wrongField(fields, { ...settings, ...plain }, Object.keys(before?.sealedSecrets ?? {}));
    if (wrong) return fail('setting-invalid', { field: wrong.label[context.shop().language] });
    const unfit = provider.checkSettings?.({ ...settings }, context.shop().currency) ?? null;
    if (unfit !== null) return fail('setting-invalid', { field: fields.find(({ name }) => name === unfit)?.label[context.shop().language] ?? unfit });
    const known = (names: 'secret' | 'plain') => new Set(fields.filter((field) => (field.kind === 'secret') === (names === 'secret')).map((field) => field.name));
    const pick = (values: Settings, names: ReadonlySet<string>): Settings => Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)).map(([name, text]) => [name, text.trim()]));
    stores.transaction(() => {
      stores.providers.saveAccount({
        id: before?.id ?? ids.next(),
        provider: kind,
        name: before?.name ?? context.shop().name,
        settings: pick(settings, known('plain')),
        sealedSecrets: { ...before?.sealedSecrets, ...sealed(pick(plain, known('secret'))) },
      });
      stores.journal.append([journalEntry(context, session.staffId(), 'provider-changed', { provider: kind })]);
    });
    return ok(changed(provider));
  }

  const failed = (problem: ProviderProblem): CheckAnswer => ({ ok: false, problem });

  /** Looks at what an admin asked for, and keeps what was found. */
  async function check(provider: PaymentProvider, name: string): Promise<Result<CheckView>> {
    const { kind } = provider.capabilities;
    const link = links.link(kind);
    const answer = link && provider.check ? await provider.check(link, name) : failed(notConfigured);
    const found = { id: ids.next(), provider: kind, registerId: context.register.id, check: name, at: nowIso(context), problem: answer.ok ? null : answer.problem, facts: answer.ok ? answer.facts : {} };
    stores.transaction(() => {
      stores.providers.saveCheck(found);
      stores.journal.append([journalEntry(context, session.staffId(), 'provider-checked', { provider: kind, check: name, problem: found.problem?.code })]);
    });
    return ok(viewOfCheck(provider, found));
  }

  const viewOfCheck = (provider: PaymentProvider, found: ProviderCheck): CheckView => ({ check: found.check, at: found.at, problem: withSaying(provider, found.problem), facts: { ...found.facts } });

  function goLive(provider: PaymentProvider): { readonly checks: CheckView[]; readonly items: GoLiveItemView[] } {
    const { kind } = provider.capabilities;
    const link = links.link(kind);
    const deeds = stores.providers.deeds(kind, context.register.id, deedsLooked);
    const newest = deeds.checks.filter((one, index, all) => all.findIndex((other) => other.check === one.check) === index);
    const good = deeds.checks.filter(({ problem }) => problem === null);
    const items = link ? (provider.goLive?.(link, { ...deeds, checks: good }) ?? []) : [];
    return { checks: newest.map((one) => viewOfCheck(provider, one)), items: items.map((item) => ({ ...item, done: item.done && { at: item.done.at, references: [...item.done.references] } })) };
  }

  return {
    'provider.list': () => ok(links.all().map(viewOf)),
    'provider.save-account': ({ kind, settings, secrets: plain }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const provider = links.provider(kind);
      if (!provider) return fail('tender-unknown');
      return busy(kind) ? fail('payment-active') : saveAccount(provider, settings, plain);
    },
    'provider.test': async ({ kind }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const provider = links.provider(kind);
      const link = links.link(kind);
      return ok({ problem: provider && link ? withSaying(provider, await provider.test(link)) : notConfigured });
    },
    'provider.check': async ({ kind, check: name }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const provider = links.provider(kind);
      return provider?.description.checks?.some(({ id }) => id === name) === true ? check(provider, name) : fail('tender-unknown');
    },
    'provider.go-live': ({ kind }) => {
      const allowed = session.authorise('shop-edit', undefined);
      if (!allowed.ok) return allowed;
      const provider = links.provider(kind);
      return provider ? ok(goLive(provider)) : fail('tender-unknown');
    },
    'provider.terminal': async ({ kind, action, values, approval }) => {
      const provider = links.provider(kind);
      const wanted = provider?.description.actions.find((one) => one.id === action);
      if (!provider || !wanted) return fail('tender-unknown');
      const allowed = session.authorise(wanted.right, approval);
      if (!allowed.ok) return allowed;
      if (busy(kind)) return fail('payment-active');
      const wrong = wrongField(wanted.asks, values, []);
      if (wrong) return fail('setting-invalid', { field: wrong.label[context.shop().language] });
      const link = links.link(kind);
      if (!link) return ok({ problem: notConfigured, provider: viewOf(provider) });
      const answer = await provider.terminalAction(link, action, values);
      if (!answer.ok) return ok({ problem: withSaying(provider, answer.problem), provider: viewOf(provider) });
      keepTerminal(provider, link.account.id, answer.terminal, action);
      return ok({ problem: null, provider: changed(provider) });
    },
  };
}

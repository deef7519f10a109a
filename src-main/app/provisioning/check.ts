import { gtin14, gtinProblem } from '../../core/articles/gtin.ts';
import { wrongField } from '../printers/settings.ts';
import { checkJson, doubled, type Checked, type Said } from './places.ts';
import { isShared, provisioningFile, type Provisioning } from './schema.ts';

const weakPin = /^(\d)\1+$|^(0123|1234|2345|3456|4567|5678|6789|4321|12345|123456|12345678)$/;

function staffFindings(file: Provisioning): Said[] {
  const weak = file.staff.flatMap((person, index) =>
    weakPin.test(person.pin) ? [{ path: ['staff', index, 'pin'], what: `The PIN of ${person.name} is easy to guess. Choose other digits.` }] : [],
  );
  const noAdmin = file.staff.some((person) => person.role === 'admin')
    ? []
    : [{ path: ['staff'], what: 'Nobody is admin. Give one person the role "admin", or nobody can change the shop.' }];
  return [
    ...doubled(file.staff, 'staff', (one) => one.name.toLowerCase(), (one, first) => `${one.name} is already /staff/${first}. Give each person once.`, 'name'),
    ...weak,
    ...noAdmin,
  ];
}

function articleFindings(file: Provisioning): Said[] {
  const wrong = file.articles.flatMap((article, index): Said[] => {
    if (article.gtin === '' && article.plu === '') {
      return [{ path: ['articles', index], what: `${article.name} has neither GTIN nor PLU. Give it one, or nobody can sell it.` }];
    }
    const problem = article.gtin === '' ? null : gtinProblem(article.gtin);
    return problem === null ? [] : [{ path: ['articles', index, 'gtin'], what: `${article.gtin} is no GTIN (${problem}). Copy it again from the article.` }];
  });
  const codes = new Set(file.articles.flatMap((one) => [one.gtin, one.plu]).filter((one) => one !== ''));
  const missing = (file.quickKeys ?? []).flatMap((page, at) =>
    page.articles.flatMap((code, index) =>
      codes.has(code) || file.articlesFile !== undefined
        ? []
        : [{ path: ['quickKeys', at, 'articles', index], what: `No article of this file has the number ${code}.` }],
    ),
  );
  return [
    ...wrong,
    ...doubled(file.articles, 'articles', (one) => (one.gtin === '' ? '' : gtin14(one.gtin)), (one, first) => `${one.gtin} is already the GTIN of /articles/${first}.`, 'gtin'),
    ...doubled(file.articles, 'articles', (one) => one.plu, (one, first) => `${one.plu} is already the PLU of /articles/${first}.`, 'plu'),
    ...missing,
  ];
}

function registerFindings(file: Provisioning): Said[] {
  const numbers = new Set(file.registers.map((one) => one.number));
  const tenders = file.registers.flatMap((register, at): Said[] => [
    ...doubled(register.tenders, 'tenders', (one) => one.id, (one) => `The tender id "${one.id}" is used twice on register ${register.number}.`, 'id').map(
      (said) => ({ ...said, path: ['registers', at, ...said.path] }),
    ),
    ...register.tenders.flatMap((tender, index): Said[] =>
      tender.kind === 'cash' || tender.kind === 'manual-card' || file.providerAccounts.some((one) => one.provider === tender.kind)
        ? []
        : [{ path: ['registers', at, 'tenders', index, 'kind'], what: `There is no provider account for "${tender.kind}". Add one under providerAccounts.` }],
    ),
  ]);
  const self = file.thisRegister;
  const printers = file.registers.flatMap(({ number, printer }, at): Said[] => {
    const field = printer && wrongField(printer);
    return field ? [{ path: ['registers', at, 'printer', field], what: `The printer of register ${number} is attached by "${printer.attached}", so it needs "${field}".` }] : [];
  });
  return [
    ...printers,
    ...doubled(file.registers, 'registers', (one) => String(one.number), (one, first) => `Register ${one.number} is already /registers/${first}.`, 'number'),
    ...tenders,
    ...(self !== undefined && !numbers.has(self) ? [{ path: ['thisRegister'], what: `There is no register ${self} in this file.` }] : []),
  ];
}

function providerFindings(file: Provisioning): Said[] {
  const unknown = file.providerTerminals.flatMap((terminal, index): Said[] => {
    const said: Said[] = [];
    if (!file.providerAccounts.some((one) => one.provider === terminal.provider && one.name === terminal.account)) {
      said.push({ path: ['providerTerminals', index, 'account'], what: `There is no ${terminal.provider} account called "${terminal.account}".` });
    }
    if (!file.registers.some((one) => one.number === terminal.register)) {
      said.push({ path: ['providerTerminals', index, 'register'], what: `There is no register ${terminal.register} in this file.` });
    }
    return said;
  });
  return [
    ...doubled(
      file.providerAccounts,
      'providerAccounts',
      (one) => `${one.provider} ${one.name}`,
      (one, first) => `The ${one.provider} account "${one.name}" is already /providerAccounts/${first}.`,
      'name',
    ),
    // Two registers on one terminal would cancel each other's payments.
    ...doubled(
      file.providerTerminals,
      'providerTerminals',
      (one) => (isShared(one.provider) ? `${one.provider} ${one.externalId} ${one.register}` : `${one.provider} ${one.externalId}`),
      (one, first) => `The ${one.provider} terminal ${one.externalId} is already on register ${file.providerTerminals[first]?.register ?? '?'} (/providerTerminals/${first}). Each terminal belongs to one register.`,
      'externalId',
    ),
    ...unknown,
  ];
}

/** Checks a provisioning file's text without any effect. Every finding names its place. */
export const checkProvisioning = (content: string): Checked<Provisioning> =>
  checkJson(content, provisioningFile, (file) => [...registerFindings(file), ...staffFindings(file), ...articleFindings(file), ...providerFindings(file)]);

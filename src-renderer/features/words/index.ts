import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../../src-main/contract/basics.ts';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { Currency } from '../../../src-main/contract/basics.ts';
import da from '../../locales/da.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fi from '../../locales/fi.json' with { type: 'json' };
import nb from '../../locales/nb.json' with { type: 'json' };
import nl from '../../locales/nl.json' with { type: 'json' };
import sv from '../../locales/sv.json' with { type: 'json' };
import { money } from '../format/index.ts';

export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'sv', name: 'Svenska' },
  { id: 'nb', name: 'Norsk' },
  { id: 'da', name: 'Dansk' },
  { id: 'fi', name: 'Suomi' },
  { id: 'nl', name: 'Nederlands' },
];

/** Starts the words of all screens. A missing key shows as itself; a test finds it before anybody else does. */
export function startWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    initAsync: false,
    lng: language,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    resources: {
      en: { translation: en },
      sv: { translation: sv },
      nb: { translation: nb },
      da: { translation: da },
      fi: { translation: fi },
      nl: { translation: nl },
    },
  });
  document.documentElement.lang = language;
}

export function setLanguage(language: Language): void {
  if (i18next.language === language) return;
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The first language of this machine that the screens speak. */
export const machineLanguage = (): Language =>
  navigator.languages.flatMap((tag) => languages.find(({ id }) => tag.startsWith(id) || (id === 'nb' && tag.startsWith('no')))?.id ?? []).at(0) ?? 'en';

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The words of the screen in its language, and the language for numbers. */
export function useWords(): { readonly t: Say; readonly language: Language } {
  const { t, i18n } = useTranslation();
  return { t: t as unknown as Say, language: i18n.language as Language };
}

/** The sentence of a failure: what is so and what to do. Amounts in its detail are shown with their currency. */
export function failureText(t: Say, language: Language, failure: Failure, currency: Currency): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(failure.detail)) {
    values[name] = name.endsWith('Minor') && typeof value === 'number' ? money(language, value, currency) : String(value);
  }
  const reason = failure.detail['reason'];
  if (failure.code === 'tender-not-usable' && typeof reason === 'string') return t(`tender.reason.${reason}`);
  const problem = failure.detail['problem'];
  if (failure.code === 'printer-failed' && typeof problem === 'string') return t(`printer.${problem}`);
  if (failure.code === 'bad-code' && typeof problem === 'string') return t(`errors.bad-code-${problem}`, values);
  if (failure.code === 'pattern-refused' && typeof problem === 'string') return t(`measures.problem.${problem}`, values);
  return t(`errors.${failure.code}`, values);
}

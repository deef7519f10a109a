import i18next from 'i18next';
import type { Words } from '../../core/ports/world.ts';
import da from './da.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import nb from './nb.json' with { type: 'json' };
import nl from './nl.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

/** The words of papers in all six languages. A missing key is a bug: no receipt may carry a key instead of a word. */
export function createWords(): Words {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'en',
    fallbackLng: false,
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
  return {
    text(language, key, values = {}) {
      if (!instance.exists(key, { lng: language })) throw new Error(`words: no "${key}" in ${language}`);
      return instance.t(key, { lng: language, ...values });
    },
  };
}

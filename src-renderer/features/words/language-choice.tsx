import { languages, setLanguage, useWords } from './index.ts';

/** For screens at which nobody has signed in: whoever stands there reads them in a language of their own. */
export function LanguageChoice({ label, className }: { readonly label: string; readonly className: string }) {
  const { language } = useWords();
  return (
    <nav className={className} aria-label={label}>
      {languages.map(({ id, name }) => (
        <button key={id} type="button" lang={id} aria-pressed={id === language} onClick={() => setLanguage(id)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

/** A key's name on a button: seen while Alt is held, or always where it stands in a field. */
export const Kbd = ({ children, always = false }: { readonly children: string; readonly always?: boolean }) => (
  <span className={`kbd${always ? ' always' : ''}`} aria-hidden="true">
    {children}
  </span>
);

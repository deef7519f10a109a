import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'amber' | 'bad' | 'waiting';

/** A state in a few letters, with its icon and its word. */
export const Pill = ({ tone = 'plain', icon, children }: { readonly tone?: Tone; readonly icon?: ReactNode; readonly children: ReactNode }) => (
  <span className={`pill ${tone}`}>
    {icon}
    {children}
  </span>
);

/** The state of something that runs: an icon, what is so, what to do. */
export const Panel = ({ tone = 'plain', icon, title, children, testId, state }: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly testId?: string | undefined;
  readonly state?: string | undefined;
}) => (
  <div className={`panel ${tone}`} role="status" data-testid={testId} data-state={state}>
    {icon}
    <div>
      <strong>{title}</strong>
      {children}
    </div>
  </div>
);

/** A place with nothing in it yet, and how something gets there. */
export const Empty = ({ icon, title, children }: { readonly icon: ReactNode; readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    {icon}
    <strong>{title}</strong>
    {children}
  </div>
);

/** How far long work has come. */
export const Progress = ({ done, total, label }: { readonly done: number; readonly total: number; readonly label: string }) => (
  <div className="progress" role="progressbar" aria-label={label} aria-valuenow={done} aria-valuemin={0} aria-valuemax={total}>
    <span style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} />
  </div>
);

/** Pages of something, one of them chosen. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly name: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}) {
  const move = (step: number): void => {
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next) onChoose(next.id);
  };
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab.id === chosen}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}

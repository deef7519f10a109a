import type { ReactNode } from 'react';
import { Pill, type Tone } from '../../ui/pieces.tsx';

/** To another page of the till. */
export const go = (path: string): void => {
  location.hash = path;
};

/** One device: what it is, how it is, what it did last, and what to do about it. */
export function Device({ icon, name, tone = 'plain', state, detail, advice, children, testId }: {
  readonly icon: ReactNode;
  readonly name: string;
  readonly tone?: Tone;
  readonly state: string;
  readonly detail?: string | undefined;
  readonly advice?: string | undefined;
  /** Its buttons. */
  readonly children?: ReactNode;
  readonly testId: string;
}) {
  return (
    <li className="device" data-testid={testId}>
      {icon}
      <div className="grow">
        <strong>{name}</strong>
        {detail === undefined ? null : <p className="quiet-text">{detail}</p>}
        {advice === undefined ? null : <p>{advice}</p>}
      </div>
      <Pill tone={tone}>{state}</Pill>
      {children}
    </li>
  );
}

import { create } from 'zustand';

/** A short message at the foot of the screen, with what can be done about it. */
export type Notice = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

type Notices = { readonly list: readonly Notice[] };

/** How long a message stays; one with an action stays longer. */
const plainMs = 4_000;
const actionMs = 8_000;
let lastId = 0;

export const useNotices = create<Notices>(() => ({ list: [] }));

export const dismiss = (id: number): void => {
  useNotices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
};

/** Shows a message; the newest two stay in sight. */
export function notify(text: string, options: Partial<Pick<Notice, 'tone' | 'action'>> = {}): void {
  lastId += 1;
  const notice: Notice = { id: lastId, text, tone: options.tone ?? 'plain', action: options.action };
  useNotices.setState(({ list }) => ({ list: [...list.filter((one) => one.text !== text), notice].slice(-2) }));
  setTimeout(() => dismiss(notice.id), notice.action ? actionMs : plainMs);
}

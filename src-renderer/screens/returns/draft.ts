import { useRef, useState } from 'react';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import type { ReturnView } from '../../../src-main/contract/returns.ts';
import { callApproved } from '../../features/approval/store.ts';
import { call } from '../../transport/index.ts';

/** A return that is being composed: every step is on the disk before its total is shown. */
export type ReturnDraft = {
  /** As it is stored; null before its first line. */
  readonly view: ReturnView | null;
  readonly failure: Failure | null;
  readonly setFailure: (failure: Failure | null) => void;
  /** It is being confirmed: nothing is changed meanwhile. */
  readonly busy: boolean;
  /** Stores what it consists of now; `empty`: of nothing, which begins none. */
  save(empty: boolean, compose: (returnId: string | null) => Promise<Result<ReturnView>>): Promise<ReturnView | null>;
  /** Confirms what was saved last. */
  confirm(saving: Promise<ReturnView | null>): Promise<void>;
  drop(): Promise<void>;
};

export function useReturnDraft(begun: ReturnView | null, onConfirmed: (view: ReturnView) => void, onDropped: () => void): ReturnDraft {
  const [view, setView] = useState(begun);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const returnId = useRef(begun?.returnId ?? null);
  // One after the other: the first tap begins the return, those behind it change the same one.
  const queue = useRef<Promise<ReturnView | null>>(Promise.resolve(begun));

  function save(empty: boolean, compose: (returnId: string | null) => Promise<Result<ReturnView>>): Promise<ReturnView | null> {
    const saved = queue.current.then(async () => {
      if (empty && returnId.current === null) return null;
      const answer = await compose(returnId.current);
      setFailure(answer.ok ? null : answer.error);
      if (!answer.ok) return null;
      returnId.current = answer.value.returnId;
      setView(answer.value);
      return answer.value;
    });
    queue.current = saved;
    return saved;
  }

  async function confirm(saving: Promise<ReturnView | null>): Promise<void> {
    setBusy(true);
    const saved = await saving;
    const confirmed = saved ? await callApproved('return.confirm', { returnId: saved.returnId }) : null;
    setBusy(false);
    if (confirmed?.ok === true) onConfirmed(confirmed.value);
    else if (confirmed) setFailure(confirmed.error);
  }

  async function drop(): Promise<void> {
    // A tap that is still being stored may have begun it.
    await queue.current;
    if (returnId.current !== null) await call('return.drop', { returnId: returnId.current });
    onDropped();
  }

  return { view, failure, setFailure, busy, save, confirm, drop };
}

/** Virtual time: nothing happens between its events, and each event is followed to the end of all that it set going. */
export type Timeline = {
  /** Steady milliseconds since the run began. */
  nowMs(): number;
  after(ms: number, work: () => void): () => void;
  /** Lets the next event happen. False when nothing is left to happen. */
  step(): Promise<boolean>;
};

type Event = { readonly atMs: number; readonly order: number; readonly work: () => void; gone: boolean };

const earlier = (a: Event, b: Event): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** All promises that can go on without the timeline have gone on once the event loop has turned. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createTimeline(): Timeline {
  const heap: Event[] = [];
  let nowMs = 0;
  let order = 0;

  function push(event: Event): void {
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (!parent || !earlier(event, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = event;
  }

  function pop(): Event | undefined {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = last;
      let to = at;
      const a = heap[left];
      const b = heap[right];
      if (a && left < heap.length && earlier(a, least)) [least, to] = [a, left];
      if (b && right < heap.length && earlier(b, least)) [least, to] = [b, right];
      if (to === at) break;
      heap[at] = least;
      at = to;
    }
    heap[at] = last;
    return first;
  }

  return {
    nowMs: () => nowMs,
    after(ms, work) {
      order += 1;
      const event: Event = { atMs: nowMs + Math.max(0, ms), order, work, gone: false };
      push(event);
      return () => {
        event.gone = true;
      };
    },
    async step() {
      let event = pop();
      while (event?.gone === true) event = pop();
      if (!event) return false;
      nowMs = Math.max(nowMs, event.atMs);
      event.work();
      await settled();
      return true;
    },
  };
}

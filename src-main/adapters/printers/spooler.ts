/** How a queue of the operating system is, as far as it knows. */
export type QueueState = {
  /** It gives papers to the printer now, or will when one comes. */
  readonly running: boolean;
  readonly problem: 'out-of-paper' | 'cover-open' | 'fault' | 'unreachable' | null;
  readonly paperNearEnd: boolean;
};

/** What became of a job. `begun`: some of it may be on paper. */
export type JobState = { readonly at: 'waiting' | 'handed-over' | 'ended'; readonly begun: boolean };

/** The printer queues of the operating system. Null, or false, is: it does not answer, or it refused. */
export type Spooler = {
  queues(): Promise<readonly { readonly id: string; readonly name: string }[] | null>;
  state(queue: string): Promise<QueueState | null>;
  /** Puts bytes into the queue as they are; answers the job's id. */
  submit(queue: string, jobName: string, bytes: Uint8Array): Promise<number | null>;
  job(queue: string, job: number): Promise<JobState | null>;
  /** Takes a job out. What becomes of it `job` tells. */
  cancel(queue: string, job: number): Promise<boolean>;
  /** Jobs of this name that have not ended. */
  waiting(queue: string, jobName: string): Promise<readonly number[] | null>;
};

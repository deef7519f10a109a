import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { userInfo } from 'node:os';
import { attribute, ippAnswer, ippRequest, type Attribute, type Group, type operations } from './ipp.ts';
import type { JobState, QueueState, Spooler } from './spooler.ts';

/** How long CUPS may take to answer, in milliseconds. */
const withinMs = 5_000;

/** Where CUPS listens for programs of this machine: Debian and most others, older ones, macOS. */
const usualSockets = ['/run/cups/cups.sock', '/var/run/cups/cups.sock', '/private/var/run/cupsd'];

/** One question over the socket of this machine. The system tells CUPS who asks (PeerCred): only whose job it is may take it back. */
function asked(socketPath: string, path: string, body: Buffer): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const asking = request({ socketPath, path, method: 'POST', timeout: withinMs, headers: { host: 'localhost', 'content-type': 'application/ipp', 'content-length': body.length, authorization: `PeerCred ${userInfo().username}` } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve(answer.statusCode === 200 ? Buffer.concat(parts) : null));
      answer.on('error', () => resolve(null));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(null));
    asking.end(body);
  });
}

/** Reasons of a printer that keep papers inside, worst told first, without their endings -report, -warning, -error (RFC 8011, 5.4.12). */
const reasonsOf: readonly (readonly [NonNullable<QueueState['problem']>, readonly string[]])[] = [
  ['cover-open', ['cover-open', 'door-open', 'interlock-open']],
  ['out-of-paper', ['media-empty', 'media-needed']],
  ['unreachable', ['offline', 'timed-out', 'shutdown']],
  ['fault', ['media-jam', 'paused', 'other']],
];

// printer-state: 5 is stopped.
function queueStateOf(group: Group): QueueState {
  const reasons = group.text('printer-state-reasons').map((reason) => reason.replace(/-(?:report|warning|error)$/, ''));
  return {
    running: group.number('printer-state') !== 5,
    problem: reasonsOf.find(([, names]) => names.some((name) => reasons.includes(name)))?.[0] ?? null,
    paperNearEnd: reasons.includes('media-low'),
  };
}

// job-state: 3 pending, 4 held, 5 processing, 6 stopped, 7 canceled, 8 aborted, 9 completed (RFC 8011, 5.3.7).
function jobStateOf(group: Group): JobState {
  const state = group.number('job-state') ?? 0;
  const begun = state === 5 || state === 6 || state === 9 || group.number('time-at-processing') !== null;
  return { at: state === 9 ? 'handed-over' : state >= 7 ? 'ended' : 'waiting', begun };
}

/** The queues of CUPS on this machine (Linux, macOS), asked by IPP: its commands answer in the user's language and can't be relied on. */
export function cupsSpooler(socketPath = usualSockets.find((path) => existsSync(path)) ?? usualSockets[0] ?? ''): Spooler {
  const printerUri = (queue: string): Attribute => attribute('uri', 'printer-uri', `ipp://localhost/printers/${encodeURIComponent(queue)}`);
  const user = attribute('name', 'requesting-user-name', userInfo().username);

  async function ask(path: string, operation: keyof typeof operations, attributes: readonly Attribute[], data?: Uint8Array): Promise<readonly Group[] | null> {
    const answer = await asked(socketPath, path, ippRequest(operation, attributes, data));
    if (!answer) return null;
    try {
      const { ok, groups } = ippAnswer(answer);
      return ok ? groups : null;
    } catch {
      return null;
    }
  }

  const wanted = (...names: string[]): Attribute => attribute('keyword', 'requested-attributes', ...names);
  const pathOf = (queue: string): string => `/printers/${encodeURIComponent(queue)}`;

  return {
    async queues() {
      const groups = await ask('/', 'CUPS-Get-Printers', [user, wanted('printer-name', 'printer-info')]);
      return groups?.map((group) => {
        const id = group.text('printer-name')[0] ?? '';
        return { id, name: group.text('printer-info')[0] || id };
      }) ?? null;
    },
    async state(queue) {
      const groups = await ask(pathOf(queue), 'Get-Printer-Attributes', [printerUri(queue), user, wanted('printer-state', 'printer-state-reasons')]);
      return groups?.[0] ? queueStateOf(groups[0]) : null;
    },
    async submit(queue, jobName, bytes) {
      const groups = await ask(pathOf(queue), 'Print-Job', [printerUri(queue), user, attribute('name', 'job-name', jobName), attribute('format', 'document-format', 'application/vnd.cups-raw')], bytes);
      return groups?.[0]?.number('job-id') ?? null;
    },
    async job(queue, job) {
      const groups = await ask(pathOf(queue), 'Get-Job-Attributes', [printerUri(queue), attribute('integer', 'job-id', job), user, wanted('job-state', 'time-at-processing')]);
      return groups?.[0] ? jobStateOf(groups[0]) : null;
    },
    cancel: async (queue, job) => (await ask('/jobs/', 'Cancel-Job', [printerUri(queue), attribute('integer', 'job-id', job), user])) !== null,
    async waiting(queue, jobName) {
      const groups = await ask(pathOf(queue), 'Get-Jobs', [printerUri(queue), user, attribute('keyword', 'which-jobs', 'not-completed'), wanted('job-id', 'job-name')]);
      return groups?.flatMap((group) => (group.text('job-name')[0] === jobName ? [group.number('job-id') ?? 0] : [])) ?? null;
    },
  };
}

import { spawn } from 'node:child_process';
import { z } from 'zod';
import type { JobState, QueueState, Spooler } from './spooler.ts';

/** PowerShell and the compiler that it starts for the raw part take a second or two on slow machines; in milliseconds. */
const withinMs = 15_000;

/**
 * Calls of winspool.drv, which no command of PowerShell has: bytes as they are (RAW), under a name, with the job's number as the answer.
 * What is sent comes by standard input as base64.
 */
const rawPrint = `
Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
public static class KassaRaw {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class DocInfo { public string Name; public string Output; public string DataType; }
  [DllImport("winspool.drv", EntryPoint = "OpenPrinterW", CharSet = CharSet.Unicode, SetLastError = true)]
  static extern bool OpenPrinter(string name, out IntPtr printer, IntPtr defaults);
  [DllImport("winspool.drv", EntryPoint = "StartDocPrinterW", CharSet = CharSet.Unicode, SetLastError = true)]
  static extern int StartDocPrinter(IntPtr printer, int level, [In] DocInfo info);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool StartPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool WritePrinter(IntPtr printer, byte[] bytes, int count, out int written);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndPagePrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndDocPrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool AbortPrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool ClosePrinter(IntPtr printer);
  public static int Print(string queue, string name, byte[] bytes) {
    IntPtr printer;
    if (!OpenPrinter(queue, out printer, IntPtr.Zero)) return 0;
    try {
      int job = StartDocPrinter(printer, 1, new DocInfo { Name = name, Output = null, DataType = "RAW" });
      if (job == 0) return 0;
      int written;
      bool whole = StartPagePrinter(printer) && WritePrinter(printer, bytes, bytes.Length, out written) && written == bytes.Length && EndPagePrinter(printer);
      if (!whole) { AbortPrinter(printer); return 0; }
      return EndDocPrinter(printer) ? job : 0;
    } finally { ClosePrinter(printer); }
  }
}
'@
$bytes = [Convert]::FromBase64String([Console]::In.ReadToEnd())
@{ job = [KassaRaw]::Print($env:KASSA_QUEUE, $env:KASSA_JOB_NAME, $bytes) } | ConvertTo-Json -Compress`;

const script = {
  queues: `@{ queues = @(Get-Printer | ForEach-Object { $_.Name }) } | ConvertTo-Json -Compress`,
  state: `@{ status = [string](Get-Printer -Name $env:KASSA_QUEUE).PrinterStatus } | ConvertTo-Json -Compress`,
  print: rawPrint,
  // A job that was printed is gone from the queue; one that Windows keeps says so.
  job: `$job = Get-PrintJob -PrinterName $env:KASSA_QUEUE -ID $env:KASSA_JOB -ErrorAction SilentlyContinue; @{ status = if ($job) { [string]$job.JobStatus } else { $null } } | ConvertTo-Json -Compress`,
  cancel: `Remove-PrintJob -PrinterName $env:KASSA_QUEUE -ID $env:KASSA_JOB; @{ done = $true } | ConvertTo-Json -Compress`,
  waiting: `@{ jobs = @(Get-PrintJob -PrinterName $env:KASSA_QUEUE | Where-Object { $_.DocumentName -eq $env:KASSA_JOB_NAME } | ForEach-Object { $_.Id }) } | ConvertTo-Json -Compress`,
} as const;

/** One answer of PowerShell; null when it failed, was silent for too long, or said something else. What is asked about goes by the environment, never into the script. */
function asked<T>(name: keyof typeof script, answer: z.ZodType<T>, environment: Readonly<Record<string, string>>, input = ''): Promise<T | null> {
  return new Promise((resolve) => {
    const encoded = Buffer.from(`$ErrorActionPreference = 'Stop'; [Console]::OutputEncoding = [Text.Encoding]::UTF8\n${script[name]}`, 'utf16le').toString('base64');
    const shell = spawn('powershell.exe', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded], { env: { ...process.env, ...environment }, windowsHide: true, timeout: withinMs, stdio: ['pipe', 'pipe', 'ignore'] });
    const parts: Buffer[] = [];
    shell.stdout.on('data', (part: Buffer) => parts.push(part));
    shell.stdin.on('error', () => undefined);
    shell.on('error', () => resolve(null));
    shell.on('close', (code) => resolve(code === 0 ? parsed(answer, Buffer.concat(parts).toString('utf8')) : null));
    shell.stdin.end(input);
  });
}

function parsed<T>(answer: z.ZodType<T>, text: string): T | null {
  try {
    return answer.safeParse(JSON.parse(text.trim())).data ?? null;
  } catch {
    return null;
  }
}

/** PrinterStatus of Get-Printer, several joined by commas. */
export function windowsQueueState(status: string): QueueState {
  const words = status.split(',').map((word) => word.trim());
  const has = (...wanted: string[]): boolean => wanted.some((word) => words.includes(word));
  return {
    running: !has('Paused'),
    problem: has('DoorOpen') ? 'cover-open' : has('PaperOut') ? 'out-of-paper' : has('Offline', 'NotAvailable') ? 'unreachable' : has('Error', 'PaperJam', 'PaperProblem', 'UserIntervention', 'UserInterventionRequired') ? 'fault' : null,
    paperNearEnd: false,
  };
}

/** JobStatus of Get-PrintJob; null: the queue has no such job any more. */
export function windowsJobState(status: string | null): JobState {
  if (status === null) return { at: 'handed-over', begun: true };
  const words = status.split(',').map((word) => word.trim());
  if (words.includes('Deleted')) return { at: 'ended', begun: true };
  if (words.some((word) => word === 'Printed' || word === 'Complete' || word === 'Completed')) return { at: 'handed-over', begun: true };
  return { at: 'waiting', begun: words.some((word) => word === 'Printing' || word === 'Retained') };
}

/** The printer queues of Windows, by PowerShell. */
export function windowsSpooler(): Spooler {
  // What was taken back is gone like what was printed: only here it is known which.
  const takenBack = new Set<string>();
  return {
    async queues() {
      const found = await asked('queues', z.object({ queues: z.array(z.string()) }), {});
      return found?.queues.map((name) => ({ id: name, name })) ?? null;
    },
    async state(queue) {
      const found = await asked('state', z.object({ status: z.string() }), { KASSA_QUEUE: queue });
      return found && windowsQueueState(found.status);
    },
    async submit(queue, jobName, bytes) {
      const found = await asked('print', z.object({ job: z.int() }), { KASSA_QUEUE: queue, KASSA_JOB_NAME: jobName }, Buffer.from(bytes).toString('base64'));
      return found?.job || null;
    },
    async job(queue, job) {
      const found = await asked('job', z.object({ status: z.string().nullable() }), { KASSA_QUEUE: queue, KASSA_JOB: String(job) });
      if (found?.status === null && takenBack.has(`${queue}\n${job}`)) return { at: 'ended', begun: true };
      return found && windowsJobState(found.status);
    },
    async cancel(queue, job) {
      takenBack.add(`${queue}\n${job}`);
      return (await asked('cancel', z.object({ done: z.boolean() }), { KASSA_QUEUE: queue, KASSA_JOB: String(job) })) !== null;
    },
    async waiting(queue, jobName) {
      const found = await asked('waiting', z.object({ jobs: z.array(z.int()) }), { KASSA_QUEUE: queue, KASSA_JOB_NAME: jobName });
      return found?.jobs ?? null;
    },
  };
}

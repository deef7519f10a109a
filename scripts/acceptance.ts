import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './lib.ts';

/**
 * The numbered points that Kassa claims to meet: PAY-I of docs/payments.md, SEQR of the
 * service's races (8) and certification list (13), VIPPS of the acceptance cases of its dossier (17), C, NO, SE, DK, FI, NL and EU of the rules for cash registers (docs/fiscal.md). Each is proved
 * by a test that ran and passed and whose title begins with its id. A point joins the list with the test that proves it.
 */
const claimed = ['PAY-I1', 'PAY-I2', 'PAY-I3', 'PAY-I4', 'PAY-I5', 'PAY-I6', 'PAY-I7', 'PAY-I8', 'PAY-I9', 'PAY-I10', ...[1, 2, 3, 4, 5, 6, 7, 8].map((race) => `SEQR-8.${race}`), 'SEQR-13.1', 'SEQR-13.2', 'SEQR-13.3', 'SEQR-13.4', 'SEQR-13.5', 'SEQR-13.6', 'SEQR-13.7', 'SEQR-13.8', 'SEQR-13.9',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => `VIPPS-${String(number).padStart(2, '0')}`),
  'C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6', 'C-7', 'C-8', 'C-9', 'C-10', 'C-11', 'C-12', 'C-13', 'C-14', 'C-15', 'C-16',
  'NO-1', 'NO-2', 'NO-3', 'NO-4', 'NO-5', 'NO-7', 'NO-8', 'NO-10', 'NO-11', 'NO-12', 'NO-13', 'NO-14', 'NO-15', 'NO-16', 'NO-24', 'NO-25', 'NO-26', 'SE-7', 'SE-8', 'SE-9', 'SE-10', 'SE-18', 'SE-19', 'DK-40', 'DK-41', 'FI-1', 'FI-2', 'FI-3', 'FI-4', 'NL-3', 'NL-4', 'EU-2'];

/** An id at the beginning of a title: `PAY-I2 PAY-I7 a till killed ...`. */
const idPattern = /^(?:PAY-I\d+|[A-Z]{1,5}-\d+(?:\.\d+)*)$/;

/** The ids that a title begins with. */
export function idsOf(title: string): readonly string[] {
  const words = title.split(' ');
  const end = words.findIndex((word) => !idPattern.test(word));
  return end === -1 ? words : words.slice(0, end);
}

type VitestReport = { readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[] };
type Suite = { readonly suites?: readonly Suite[]; readonly specs?: readonly { readonly title: string; readonly ok: boolean; readonly tests: readonly { readonly status: string }[] }[] };

function read<T>(name: string): T | null {
  const file = join(root, 'test-results', name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

const stories = (suite: Suite): readonly string[] => [
  ...(suite.specs ?? []).filter((spec) => spec.ok && spec.tests.some((test) => test.status === 'expected' || test.status === 'flaky')).map((spec) => spec.title),
  ...(suite.suites ?? []).flatMap(stories),
];

/** Titles of all tests of this run that passed. */
function passedTitles(): readonly string[] {
  const units = read<VitestReport>('units.json')?.testResults.flatMap((file) => file.assertionResults) ?? [];
  const browser = read<Suite>('browser.json');
  return [...units.filter((test) => test.status === 'passed').map((test) => test.title), ...(browser ? stories(browser) : [])];
}

/** What is wrong between the claims and the tests that ran: an unproved claim, or an id that nobody claims. */
export function unproved(titles: readonly string[], claims: readonly string[]): readonly string[] {
  const found = new Set(titles.flatMap(idsOf));
  return [
    ...claims.filter((id) => !found.has(id)).map((id) => `${id} is claimed, and no test that ran and passed proves it`),
    ...[...found].filter((id) => !claims.includes(id)).map((id) => `${id} begins a test's title and is claimed nowhere`),
  ];
}

/** Checks the run that has just ended. Answers whether each claim is proved. */
export function checkAcceptance(): boolean {
  const findings = unproved(passedTitles(), claimed);
  for (const finding of findings) say(`  ${finding}`);
  if (findings.length === 0) say(`  ${claimed.length} numbered points are proved`);
  return findings.length === 0;
}

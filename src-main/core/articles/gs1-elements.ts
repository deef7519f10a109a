import { valueProblem } from './gs1-checks.ts';
import { endsByLength, identifierAt, identifiers } from './gs1-table.ts';

/** Separator of elements of variable length, as scanners send FNC1. */
export const groupSeparator = '\u001d';

/** An application identifier with its data. */
export type Element = { readonly ai: string; readonly data: string };

/**
 * Why an element string is refused: it breaks off or names what GS1 does not know, a check digit is wrong, a field says
 * what cannot be (a 13th month), or fields contradict each other.
 */
export type Gs1Problem = 'gs1-broken' | 'check-digit' | 'gs1-value' | 'gs1-pair';
export type Elements = { readonly elements: readonly Element[] } | { readonly problem: Gs1Problem };

/** Checks one element; null when it is good. */
function elementProblem({ ai, data }: Element): Gs1Problem | null {
  const parts = identifiers.get(ai);
  const problem = parts ? valueProblem(parts, data) : 'shape';
  if (problem === null || problem === 'check-digit') return problem;
  return problem === 'shape' ? 'gs1-broken' : 'gs1-value';
}

/** Identifiers that may not stand together (General Specifications, 4.14.1). An `n` is any digit. */
const excluding: readonly (readonly [string, readonly string[]])[] = [
  ['01', ['02', '03', '255', '37', '8006']],
  ['02', ['03', '8026']],
  ['8006', ['37', '8026']],
  ['21', ['235']],
  ['390n', ['391n', '394n', '8111']],
  ['392n', ['393n']],
  ['395n', ['392n', '393n', '8005']],
  ['420', ['421']],
  ['426', ['422', '423', '424', '425']],
];
/** Identifiers that mean nothing without one of others (General Specifications, 4.14.2). */
const requiring: readonly (readonly [string, readonly string[]])[] = [
  ['02', ['37']],
  ['8026', ['37']],
  ['37', ['02', '8026']],
  ['250', ['21']],
  ['254', ['414']],
  ['415', ['8020']],
  ['8020', ['415']],
];

const matches = (ai: string, pattern: string): boolean => (pattern.endsWith('n') ? ai.length === 4 && ai.startsWith(pattern.slice(0, 3)) : ai === pattern);

function pairsAgree(elements: readonly Element[]): boolean {
  const has = (pattern: string): boolean => elements.some(({ ai }) => matches(ai, pattern));
  // A measure or price is said once, with one place of its decimal point; what is said twice has to be the same.
  const subjects = new Map<string, string>();
  for (const { ai, data } of elements) {
    const subject = /^3[1-69]/.test(ai) && ai.length === 4 ? ai.slice(0, 3) : ai;
    const said = subjects.get(subject);
    if (said !== undefined && said !== ai + data) return false;
    subjects.set(subject, ai + data);
  }
  if (excluding.some(([one, others]) => has(one) && others.some(has))) return false;
  return requiring.every(([one, others]) => !has(one) || others.some(has));
}

/** The elements, if each is good and they agree. */
export function checked(elements: readonly Element[]): Elements {
  if (elements.length === 0) return { problem: 'gs1-broken' };
  for (const element of elements) {
    const problem = elementProblem(element);
    if (problem !== null) return { problem };
  }
  return pairsAgree(elements) ? { elements } : { problem: 'gs1-pair' };
}

/** Length of all parts together, for identifiers whose data ends by its length. */
const wholeLength = (ai: string): number => (identifiers.get(ai) ?? []).reduce((sum, part) => sum + part.maximum, 0);

function apart(text: string): readonly Element[] | null {
  const elements: Element[] = [];
  let rest = text;
  while (rest !== '') {
    const ai = identifierAt(rest);
    if (ai === null) return null;
    rest = rest.slice(ai.length);
    const separator = rest.indexOf(groupSeparator);
    const length = endsByLength(ai) ? wholeLength(ai) : separator === -1 ? rest.length : separator;
    elements.push({ ai, data: rest.slice(0, length) });
    rest = rest.slice(length);
    // One is allowed behind data of fixed length and at the end, too.
    if (rest.startsWith(groupSeparator)) rest = rest.slice(1);
  }
  return elements;
}

/** Text with identifiers in brackets, as it is printed below a code. */
function bracketed(text: string): readonly Element[] | null {
  const elements: Element[] = [];
  let end = 0;
  for (const match of text.matchAll(/\((\d{2,4})\)((?:(?!\(\d{2,4}\)).)*)/gsu)) {
    if (match.index !== end) return null;
    end += match[0].length;
    elements.push({ ai: match[1] ?? '', data: match[2] ?? '' });
  }
  return end === text.length ? elements : null;
}

/** Reads an element string: with FNC1 sent as GS (ASCII 29), or with brackets round its identifiers. */
export function readElements(text: string): Elements {
  const plain = text.startsWith(groupSeparator) ? text.slice(1) : text;
  const elements = plain.startsWith('(') ? bracketed(plain) : apart(plain);
  return elements ? checked(elements) : { problem: 'gs1-broken' };
}

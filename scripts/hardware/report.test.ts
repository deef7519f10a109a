import { expect, test } from 'vitest';
import { noReport, problemsOf, sumOf, withLine, type LabReport } from './report.ts';

const ended = { stopped: false, console: '' };
const after = (...lines: readonly string[]): LabReport => lines.reduce(withLine, noReport);
const good = (name: string, figures = {}): string => JSON.stringify({ case: name, problem: null, seconds: 1, figures });

test('a lab in which every case went well has no problem, and its counts are added up', () => {
  const report = after('{"program":"a","plan":["one","two"]}', good('one', { codes: 2 }), good('two', { codes: 3, p99Ms: 4.5 }), '', '{"program":"a","ended":true}');
  expect(problemsOf(report, ended, ['a'])).toEqual([]);
  expect(sumOf(report.results)).toEqual({ codes: 5, p99Ms: 4.5 });
});

test.each([
  ['a case that failed', [good('one'), '{"case":"two","problem":"Error: nothing came","seconds":1,"figures":{}}', '{"program":"a","ended":true}'], ['two: Error: nothing came']],
  ['a case of which nothing was heard', [good('one'), '{"program":"a","ended":true}'], ['two: no word of it came']],
  ['a lab that broke off', [good('one'), good('two')], ['the program a broke off']],
  ['a line that is cut or strange', [good('one'), good('two'), '{"case":"th', '{"program":"a","ended":true}'], ['not a line of the report: {"case":"th']],
])('%s is a problem', (_what, lines, problems) => expect(problemsOf(after('{"program":"a","plan":["one","two"]}', ...lines), ended, ['a'])).toEqual(problems));

test('a machine that says nothing or hangs is a problem', () => {
  expect(problemsOf(noReport, { stopped: true, console: '' }, ['a'])).toEqual(['the program a never said what it would try', 'the machine was stopped: it took too long']);
});

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { ensureChromium } from './system.ts';
import { build, root, say } from './lib.ts';
import { readOptions } from './options.ts';
import { scenes, type Scene } from './scenes.ts';
import { makeTrouble } from './trouble-scenes.ts';
import { startTill, type StartedTill } from './started-till.ts';

/*
 * A picture of every screen in four languages and two sizes (Swedish in one), and an accessibility check of each. The list of screens
 * is the router's: one that no scene visits fails the run.
 */
const { values } = readOptions('shots', { only: { type: 'string' }, json: { type: 'boolean' } } as const);

const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
const looks = [
  ...['en', 'fi', 'nb', 'sv'].map((language) => ({ language, size: small })),
  ...['en', 'fi', 'nb'].map((language) => ({ language, size: large })),
];
/** Scenes that wait for people's windows of time wait beside others. */
const atOnce = 3;
const folder = join(root, 'docs', 'screens');

type Finding = { readonly shot: string; readonly rule: string; readonly where: string };

async function check(page: Page, shot: string): Promise<readonly Finding[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => ({ shot, rule: violation.id, where: String(node.target[0]) })),
  );
}

async function shoot(context: BrowserContext, till: StartedTill, scene: Scene, name: string): Promise<readonly Finding[]> {
  const page = await context.newPage();
  await page.goto(scene.window === 'customer' ? till.customer : till.cashier);
  const other = await scene.prepare(page, till, context);
  const shown = other ?? page;
  // Motion has come to rest, fonts are there.
  await shown.evaluate(() => document.fonts.ready.then(() => undefined));
  await shown.waitForTimeout(350);
  await shown.screenshot({ path: join(folder, `${name}.png`) });
  const findings = await check(shown, name);
  await Promise.all(context.pages().map((one) => one.close()));
  return findings;
}

type Job = { readonly language: string; readonly size: { readonly width: number; readonly height: number }; readonly scene: Scene };

async function shootOne(browser: Browser, { language, size, scene }: Job): Promise<readonly Finding[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-shots-'));
  if (scene.trouble) await makeTrouble(dataDir, scene.trouble);
  const till = await startTill(dataDir, ['--lang', language, '--shop', scene.shop ?? 'demo']);
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', ignoreHTTPSErrors: true, colorScheme: scene.dark === true ? 'dark' : 'light' });
  try {
    return await shoot(context, till, scene, `${scene.name}-${language}-${size.width}x${size.height}`);
  } finally {
    await context.close();
    await till.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function shootAll(browser: Browser): Promise<{ readonly count: number; readonly findings: readonly Finding[]; readonly visited: ReadonlySet<string> }> {
  const findings: Finding[] = [];
  const chosen = scenes.filter((scene) => values.only === undefined || scene.name.startsWith(values.only));
  const jobs = looks.flatMap((look) => chosen.map((scene): Job => ({ ...look, scene })));
  const left = [...jobs];
  async function work(): Promise<void> {
    for (let job = left.shift(); job; job = left.shift()) {
      findings.push(...(await shootOne(browser, job)));
      if (left.length % 20 === 0) say(`shots: ${left.length} left`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return { count: jobs.length, findings, visited: new Set(chosen.flatMap((scene) => scene.screen ?? [])) };
}

const executablePath = await ensureChromium(true);
if (executablePath === null) {
  say('shots: Chromium is needed. Install it, or set KASSA_CHROMIUM to one.');
  process.exit(1);
}
await build('all');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--disable-quic', '--disable-background-networking'] });
const { screenIds } = await import('./screen-ids.ts');
const { count, findings, visited } = await shootAll(browser);
await browser.close();
const unvisited = values.only === undefined ? screenIds().filter((id) => !visited.has(id)) : [];
for (const { shot, rule, where } of findings) say(`shots: ${shot}: ${rule} at ${where}`);
for (const id of unvisited) say(`shots: the screen "${id}" of the router's list was not visited`);
say(`shots: ${count} pictures in docs/screens, ${findings.length} accessibility findings`);
if (values.json === true) process.stdout.write(`${JSON.stringify({ count, findings, unvisited })}\n`);
else process.stdout.write(`${count}\n`);
process.exit(findings.length > 0 || unvisited.length > 0 ? 1 : 0);

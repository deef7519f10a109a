import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Stores } from '../../core/ports/stores.ts';
import { dayIn } from '../../core/time.ts';
import { countries } from '../../core/countries/index.ts';
import { readArticleFile } from '../import/read-file.ts';
import { runImport } from '../import/run-import.ts';
import { vatClassesByRate } from '../import/vat-classes.ts';
import { StartError } from '../start-error.ts';
import { applyProvisioning, type Provisioner } from './apply.ts';
import { checkProvisioning } from './check.ts';
import type { Finding } from './places.ts';
import type { Provisioning } from './schema.ts';

export const findingText = (path: string, finding: Finding): string =>
  `${path}:${finding.line}:${finding.column} ${finding.place}: ${finding.what}`;

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartError(`The provisioning file ${path} can't be read. Check the path and its permissions.`, { cause: error });
  }
}

async function importArticles(stores: Stores, tools: Provisioner, file: Provisioning, path: string): Promise<void> {
  if (file.articlesFile === undefined) return;
  const articlesPath = resolve(dirname(path), file.articlesFile);
  const { country } = file.shop;
  const day = dayIn(countries[country].timeZone, tools.clock.nowMs());
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(articlesPath);
  } catch (error) {
    throw new StartError(`${path} names the article file ${articlesPath}, which can't be read.`, { cause: error });
  }
  const read = await readArticleFile(bytes, vatClassesByRate(countries[country].vat, day));
  if (typeof read === 'string') throw new StartError(`The article file ${articlesPath} has no header with gtin, name and price.`);
  const [first] = read.refused;
  if (first) throw new StartError(`${articlesPath}:${first.line}: the row is refused (${first.reason}); ${read.refused.length} in all. Mend the file and start again.`);
  const writes = read.good.map((row) => row.write);
  await runImport(stores, writes, { day, newId: () => tools.ids.next(), cancelled: () => false, progress: () => undefined });
}

/** Reads, checks and applies a provisioning file before the till opens. Throws StartError with every finding's place. */
export async function applyProvisioningFile(stores: Stores, tools: Provisioner, path: string): Promise<void> {
  const checked = checkProvisioning(readText(path));
  if (!checked.ok) throw new StartError(checked.findings.map((finding) => findingText(path, finding)).join('\n'));
  // The articles of the CSV come first: quick keys may name them.
  const { quickKeys, ...rest } = checked.file;
  if (checked.file.articlesFile === undefined) return applyProvisioning(stores, tools, checked.file);
  await applyProvisioning(stores, tools, rest);
  await importArticles(stores, tools, checked.file, path);
  return applyProvisioning(stores, tools, { ...rest, quickKeys });
}

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../../core/ports/world.ts';
import { checkJson, type Checked, type Finding } from '../provisioning/places.ts';
import { chainFile, chainFindings, type ChainFile } from './schema.ts';

export const chainFileName = 'chain.json';

/** The chain's file can't be used; each finding names its place. */
export class ChainFileError extends Error {
  override readonly name = 'ChainFileError';
  readonly findings: readonly Finding[];
  constructor(file: string, findings: readonly Finding[]) {
    super(findings.map((one) => `${file}:${one.line}:${one.column} ${one.place}: ${one.what}`).join('\n'));
    this.findings = findings;
  }
}

export const checkChain = (content: string): Checked<ChainFile> => checkJson(content, chainFile, chainFindings);

type Keys = { readonly secrets: Readonly<Record<string, string>>; readonly sealed: Readonly<Record<string, string>> };

const plain = ({ secrets }: Keys): boolean => Object.keys(secrets).length > 0;

const withSealed = <T extends Keys>(entry: T, { seal }: Pick<Secrets, 'seal'>): T => ({ ...entry, secrets: {}, sealed: { ...entry.sealed, ...Object.fromEntries(Object.entries(entry.secrets).map(([name, secret]) => [name, seal(secret)])) } });

const each = <T extends object>(entries: T, change: <E extends Keys>(entry: E) => E): T =>
  Object.fromEntries(Object.entries(entries as Readonly<Record<string, Keys>>).map(([kind, entry]) => [kind, change(entry)])) as T;

const allKeys = ({ providers, stores }: ChainFile): readonly Keys[] => [...Object.values(providers), ...stores.flatMap((store) => Object.values(store.providers))];

function sealAll(file: ChainFile, secrets: Secrets): ChainFile {
  const sealedEntry = <E extends Keys>(entry: E): E => withSealed(entry, secrets);
  return { ...file, providers: each(file.providers, sealedEntry), stores: file.stores.map((store) => ({ ...store, providers: each(store.providers, sealedEntry) })) };
}

/** Whoever reads the file meanwhile, or after a pulled plug, finds the old one or the new one. */
function replaceFile(file: string, content: string): void {
  const fresh = `${file}.${process.pid}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

/** Reads the chain's file; plain secrets in it are sealed by the chain's own key and written back. Throws ChainFileError, and the disk's errors. */
export function readChainFile(folder: string, secrets: Secrets): ChainFile {
  const file = join(folder, chainFileName);
  const checked = checkChain(readFileSync(file, 'utf8'));
  if (!checked.ok) throw new ChainFileError(file, checked.findings);
  if (!allKeys(checked.file).some(plain)) return checked.file;
  const sealed = sealAll(checked.file, secrets);
  replaceFile(file, `${JSON.stringify(sealed, null, 2)}\n`);
  return sealed;
}

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Keeps a sandbox's state in a file, so that it survives being killed: what was answered is what is found again. */
export type StateFile = { load(): unknown; save(state: unknown): void };

export function stateFile(path: string | undefined): StateFile {
  if (path === undefined) return { load: () => null, save: () => undefined };
  return {
    load: () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : null),
    save(state) {
      const next = `${path}.next`;
      const file = openSync(next, 'w');
      writeSync(file, JSON.stringify(state));
      fsyncSync(file);
      closeSync(file);
      renameSync(next, path);
    },
  };
}

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usage } from './lib.ts';

/** Reads a command's options; an unknown one ends with 2 and the list of those there are. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  options: T,
  positionals: { readonly least: number; readonly most: number; readonly names: string } = { least: 0, most: 0, names: '' },
) {
  try {
    const parsed = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true, strict: true });
    const count = parsed.positionals.length;
    if (count < positionals.least || count > positionals.most) throw new Error(`give ${positionals.names || 'options only'}`);
    return parsed;
  } catch (error) {
    const names = Object.entries(options).map(([name, option]) => `--${name}${option.type === 'string' ? ' VALUE' : ''}`);
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return usage(`${command}: ${message}\nUsage: npm run ${command} -- ${positionals.names} ${names.join(' ')}`);
  }
}

/** A value out of a list, or wrong usage. */
export function oneOf<T extends string>(command: string, option: string, value: string | undefined, list: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = list.find((one) => one === value);
  return found ?? usage(`${command}: --${option} is one of ${list.join(', ')}, not "${value}".`);
}

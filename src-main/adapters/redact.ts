/** Names of fields whose values never reach a log, however deep they stand. */
const secretName = /pin|badge|passw|secret|token|api[-_]?key|authori[sz]ation|credential|phone|msisdn|approval/i;

/** Values within longer texts that are secrets by their shape: tokens in addresses, bearer headers. */
const secretInText = /([?&](?:token|key|secret)=)[^&\s"']+|(bearer\s+)[\w.~+/-]+=*/gi;

const deepest = 8;
const replaced = '[removed]';

/** A copy of a value without secrets and customers' numbers, for logs and diagnostics. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(secretInText, (_all, a: string | undefined, b: string | undefined) => `${a ?? b ?? ''}${replaced}`);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((one) => redact(one, depth + 1));
  if (value instanceof Error) return redact({ name: value.name, message: value.message, stack: value.stack }, depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, secretName.test(name) ? replaced : redact(one, depth + 1)]),
  );
}

import { createInterface } from 'node:readline';
import { openTill } from './till.ts';

/*
 * A till in a process of its own, to be killed. It takes calls as JSON lines `{id, name, input}` and answers them as
 * `{id, result}`; the first line it says is where its sandboxes are. Its argument is the data folder.
 */
const till = await openTill({ dataDir: process.argv[2] ?? '' });
const say = (what: object): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};

say({ sandboxes: till.app.sandboxes() });
for await (const line of createInterface({ input: process.stdin })) {
  const { id, name, input } = JSON.parse(line) as { readonly id: number; readonly name: 'sale.current'; readonly input: Record<string, never> };
  void till.try(name, input).then((result) => say({ id, result }));
}
await till.close();

import { runBrowserHost, type BrowserHostOptions } from './main.ts';

/** The browser host as a program of its own: one argument of JSON, given by our own start script. */
const flag = '--kassa=';
const given = process.argv.find((argument) => argument.startsWith(flag));
try {
  if (given === undefined) throw new Error('the browser host is started by "npm start"');
  await runBrowserHost(JSON.parse(given.slice(flag.length)) as BrowserHostOptions);
} catch (error) {
  process.stderr.write(`Kassa could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

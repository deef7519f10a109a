import { dirname, join } from 'node:path';
import { findElectron } from './electron-binary.ts';
import { build, root, run, say } from './lib.ts';

// The unpacked application in out/, built around the Electron of this machine.
process.env['DISPLAY'] ??= ':0';
const electron = await findElectron();
if (typeof electron !== 'string') {
  say('package: there is no Electron on this machine to build the application around.');
  process.exit(1);
}
await build('all');
const cli = join(root, 'node_modules/electron-builder/cli.js');
const { code } = await run(process.execPath, [cli, '--dir', `-c.electronDist=${dirname(electron)}`], { quiet: true });
if (code === 0) process.stdout.write(`${join(root, 'out')}\n`);
process.exit(code === 0 ? 0 : 1);

import { app, protocol } from 'electron';

/**
 * Makes our scheme a secure origin of its own instead of file://. Electron takes schemes only before it is ready. Some
 * ways of starting it (an unpackaged program that is an ES module) are ready by the time the program is loaded, so the
 * start script has this file loaded first, with Electron's `-r`; elsewhere the entry does it.
 */
if (!app.isReady()) {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'kassa', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

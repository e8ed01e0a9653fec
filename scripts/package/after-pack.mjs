// Sets the switches inside the packed runtime: what a released program does not need is turned off for good. Then lets the
// packed command line compile its code once for all.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { recordCode } from '../record/record-code.mjs';

/** The state of each switch in what we release. */
export const releaseFuses = {
  // The command line in the package runs in the same runtime (bin/0desk); nothing else needs it.
  [FuseV1Options.RunAsNode]: true,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from our own scheme; file: addresses get no more than any other.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

function executableOf({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return path.join(appOutDir, `${name}.app/Contents/MacOS/${name}`);
  if (electronPlatformName === 'win32') return path.join(appOutDir, `${name}.exe`);
  return path.join(appOutDir, packager.executableName);
}

/** Called by electron-builder when a package is put together, before it is signed. */
export async function afterPack(context) {
  await rm(path.join(context.appOutDir, 'resources/default_app.asar'), { force: true });
  const executable = executableOf(context);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...releaseFuses,
  });
  // The code that the build has left is for the Node.js of the build.
  if (context.electronPlatformName === 'linux' && process.platform === 'linux') {
    await recordCode(path.join(context.appOutDir, 'resources/cli'), executable);
  }
}

export default afterPack;

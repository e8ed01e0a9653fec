import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';

// Scripts ask for the version often: answer before anything else is loaded.
const [first] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && process.argv.length === 3) {
  try {
    writeSync(1, `0desk (zerodesk) ${version}\n`);
  } catch {
    // Nobody reads it, or there is no room.
    process.exitCode = 1;
  }
} else {
  // Not awaited at the top level: the bundle is CommonJS, which starts faster.
  void import('./command-line.ts').then(async ({ runCommandLine }) => {
    const status = await runCommandLine(process.argv.slice(2), {
      version,
      samplesDir: samplesDir(),
      cliDir: import.meta.dirname,
    });
    // Else Node.js would first take its memory down piece by piece.
    process.exit(status);
  });
}

/** Two folders up in a checkout, one in the packed program. */
function samplesDir(): string {
  const [checkout = '', packed = ''] = ['../../assets', '../assets'].map((folder) =>
    join(import.meta.dirname, folder, 'samples/site'),
  );
  return existsSync(checkout) ? checkout : packed;
}

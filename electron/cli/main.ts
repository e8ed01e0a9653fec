import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';

// Scripts ask for the version often: answer before anything else is loaded.
const [first] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && process.argv.length === 3) {
  process.stdout.write(`0desk (zerodesk) ${version}\n`);
} else {
  // Not awaited at the top level: the bundle is CommonJS, which starts faster.
  void import('./command-line.ts').then(async ({ runCommandLine }) => {
    process.exitCode = await runCommandLine(process.argv.slice(2), {
      version,
      samplesDir: samplesDir(),
      cliDir: dirname(fileURLToPath(import.meta.url)),
    });
  });
}

/** Two folders up in a checkout, one in the packed program. */
function samplesDir(): string {
  const [checkout = '', packed = ''] = ['../../assets', '../assets'].map((folder) =>
    fileURLToPath(new URL(`${folder}/samples/site`, import.meta.url)),
  );
  return existsSync(checkout) ? checkout : packed;
}

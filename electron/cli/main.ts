import { version } from '../../package.json';

// Scripts ask for the version often: answer before anything else is loaded.
const [first] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && process.argv.length === 3) {
  process.stdout.write(`0desk (zerodesk) ${version}\n`);
} else {
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2), version);
}

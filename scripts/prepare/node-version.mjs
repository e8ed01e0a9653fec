import { readFileSync } from 'node:fs';
import { Problem } from './step.mjs';

const parse = (text) => text.replace(/^v/, '').split('.').map(Number);

function atLeast(version, floor) {
  for (let part = 0; part < 3; part++) {
    if (version[part] !== floor[part]) return version[part] > floor[part];
  }
  return true;
}

/** Whether a version satisfies a range of the forms that package.json uses here: `^1.2.3 || >=4.5.6`. */
export function satisfies(version, range) {
  const own = parse(version);
  return range.split('||').some((part) => {
    const floor = parse(part.trim().replace(/^(\^|>=)/, ''));
    return atLeast(own, floor) && (!part.trim().startsWith('^') || own[0] === floor[0]);
  });
}

/** Stops with a clear sentence when this Node.js is not one we run on. */
export function checkNodeVersion() {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (satisfies(process.version, engines.node)) return process.version;
  throw new Problem(
    `This is Node.js ${process.version}; Zerodesk is built with Node.js ${engines.node}.\n` +
      'Install a current one, for example from https://nodejs.org/, and run the command again.',
  );
}

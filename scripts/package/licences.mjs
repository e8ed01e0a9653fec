// The licences of everything that was bundled. What went into a bundle is known from its source map, so nothing is listed
// that is not there, and nothing is forgotten.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../prepare/step.mjs';

const pattern = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//g;

/** @returns one text; @throws Problem if a package comes without a licence */
export function licenceText(root) {
  const parts = bundledPackages(path.join(root, 'out'), root).map((name) => {
    const folder = path.join(root, 'node_modules', name);
    const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)\b/i.test(file));
    const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
    if (typeof about.license !== 'string' && texts.length === 0) throw new Problem(`${name} has no licence.`);
    const source = typeof about.repository === 'string' ? about.repository : (about.repository?.url ?? about.homepage);
    const title = `${name} ${about.version} (${about.license ?? 'see below'})`;
    return [title, '='.repeat(title.length), source ?? '', '', ...texts, ''].join('\n');
  });
  const intro =
    'Zerodesk contains these works of others. Electron and Chromium: LICENSE.electron.txt, LICENSES.chromium.html.';
  return [intro, '', ...parts].join('\n');
}

/** Names of the packages of which code is in a folder, sorted. */
export function bundledPackages(folder, root) {
  const names = new Set();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.map')) continue;
    const { sources = [] } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    for (const source of sources) {
      for (const [, name] of source.matchAll(pattern)) {
        if (existsSync(path.join(root, 'node_modules', name, 'package.json'))) names.add(name);
      }
    }
  }
  return [...names].sort();
}

// JSON Viewer @VERSION@: jsonview [FILE]

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [file = fileURLToPath(new URL('example.json', import.meta.url))] = process.argv.slice(2);

function describe(value) {
  if (Array.isArray(value)) return 'list';
  if (value === null) return 'nothing';
  if (typeof value === 'object') return `object with ${Object.keys(value).length} keys`;
  return `${typeof value} ${JSON.stringify(value)}`;
}

function print(name, value, { before, branch, below }) {
  console.log(`${before}${branch}${name}: ${describe(value)}`);
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  entries.forEach(([key, child], index) => {
    const isLast = index === entries.length - 1;
    print(key, child, { before: before + below, branch: isLast ? '└─ ' : '├─ ', below: isLast ? '   ' : '│  ' });
  });
}

try {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  print(file === '-' ? 'input' : file.split('/').pop(), JSON.parse(text), { before: '', branch: '', below: '' });
} catch (error) {
  console.error(`jsonview: ${file}: ${error.message}`);
  process.exitCode = 1;
}

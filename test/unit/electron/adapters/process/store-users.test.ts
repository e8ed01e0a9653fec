import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createStoreUsers } from '../../../../../electron/adapters/process/store-users.ts';

const inEnvironment = `sha256new_${'B'.repeat(52)}`;
const inArguments = `sha1new=${'b'.repeat(40)}`;

it.runIf(process.platform === 'linux')('finds what running programs have something of', async () => {
  const users = createStoreUsers();
  expect(users.inUse()).not.toContain(inEnvironment);
  const child = spawn('sh', ['-c', 'echo ready; read x', 'sh', `/store/${inArguments}/bin/x`], {
    env: { ...process.env, PYTHONPATH: `/store/${inEnvironment}/lib:/usr/lib` },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const used = users.inUse();
  child.stdin.end('\n');
  await once(child, 'exit');
  expect([...used]).toEqual(expect.arrayContaining([inEnvironment, inArguments]));
  expect(users.inUse()).not.toContain(inEnvironment);
});

it('knows of nothing where the system does not tell', () => {
  expect(createStoreUsers('/nonexistent').inUse()).toEqual(new Set());
});

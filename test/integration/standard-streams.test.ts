import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs a line of the shell with the built `0desk` on PATH. */
function shell(line: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const PATH = `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
  return spawnSync('bash', ['-c', line], { env: { HOME: tempDir(), PATH }, encoding: 'utf8' });
}

describe('what 0desk prints', () => {
  it('may be left unread: no stack trace, no complaint', () => {
    const { stdout, stderr } = shell('{ { 0desk --help; echo "status $?" >&3; } | (exec <&-; sleep 0.5); } 3>&1');
    expect({ stdout, stderr }).toEqual({ stdout: 'status 0\n', stderr: '' });
  });

  it('that has no room is a problem in words', () => {
    const { status, stderr } = shell('0desk --help > /dev/full');
    expect(status).toBe(1);
    expect(stderr).toMatch(/standard output/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('arrives whole in a pipe that does not wait and is read late', () => {
    const whole = shell('0desk --help').stdout;
    expect(whole.length).toBeGreaterThan(4096);
    // Of one page, and not waiting for its reader.
    const start = `
import fcntl, os
fcntl.fcntl(1, 1031, 4096)
fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_NONBLOCK)
os.execvp('0desk', ['0desk', '--help'])`;
    const { stdout, stderr } = shell(`python3 -c "${start}" | (sleep 1; cat)`);
    expect({ stdout, stderr }).toEqual({ stdout: whole, stderr: '' });
  });
});

describe('the files of 0desk', () => {
  it('are of ASCII letters, as their loader takes them to be', () => {
    const folder = path.join(root, 'out/cli');
    const ours = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(main|chunks.*)\.js$/.test(name),
    );
    expect(ours.length).toBeGreaterThan(10);
    for (const name of ours)
      expect(
        readFileSync(path.join(folder, name)).every((byte) => byte < 128),
        name,
      ).toBe(true);
  });
});

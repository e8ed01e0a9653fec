import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { kindOfName } from '../../../../../electron/adapters/store/store-names.ts';
import { isLeftOver, ownerState, temporaryName } from '../../../../../electron/adapters/store/temporary-owner.ts';

const day = 24 * 60 * 60 * 1000;

/** The parts of a name: `tmp-0desk-MACHINE-BOOT-SPACE-PID-START-RANDOM`. */
function renamed(change: Partial<Record<'machine' | 'boot' | 'space' | 'pid' | 'start', string>>): string {
  const [machine, boot, space, pid, start, random] = temporaryName().slice('tmp-0desk-'.length).split('-');
  const own = { machine, boot, space, pid, start, ...change };
  return `tmp-0desk-${own.machine}-${own.boot}-${own.space}-${own.pid}-${own.start}-${random}`;
}

describe.runIf(process.platform === 'linux')('whose something temporary is', () => {
  it('is told by its name, which is new each time', () => {
    const name = temporaryName();
    expect(kindOfName(name)).toBe('temporary');
    expect(ownerState(name)).toBe('living');
    expect(temporaryName()).not.toBe(name);
    expect(Buffer.byteLength(name)).toBeLessThan(128);
  });

  it('stays ours however old it is', () => {
    expect(isLeftOver(temporaryName(), 1000 * day)).toBe(false);
  });

  it('is nobody’s once its process has ended', async () => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const pid = String(child.pid);
    const { readFileSync } = await import('node:fs');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
    const name = renamed({ pid, start });
    expect(ownerState(name)).toBe('living');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(ownerState(name)).toBe('gone');
    expect(isLeftOver(name, 0)).toBe(true);
  });

  it('is not taken for that of a later process with the same number', () => {
    expect(ownerState(renamed({ start: '1' }))).toBe('gone');
  });

  it('is nobody’s once this machine was started again', () => {
    expect(ownerState(renamed({ boot: '12345678' }))).toMatch(/^(gone|unknown)$/);
    expect(ownerState(renamed({ boot: '12345678', machine: '12345678' }))).toBe('unknown');
  });

  it('cannot be told of other machines and containers, so age decides', () => {
    for (const name of [renamed({ machine: '12345678', boot: '9' }), renamed({ space: '12345678' }), 'tmp-1a2b']) {
      expect(ownerState(name), name).toBe('unknown');
      expect(isLeftOver(name, day - 1)).toBe(false);
      expect(isLeftOver(name, day)).toBe(true);
    }
  });

  it.each(['tmp-0desk-', 'tmp-0desk-a-b-c-0-1-1', 'tmp-0desk-x-1-1-1-1-1', 'tmp-0desk-1-1-1-1-1-1/x'])(
    'is not read from %j',
    (name) => {
      expect(ownerState(name)).toBe('unknown');
      expect(kindOfName(name)).toBe('foreign');
    },
  );
});

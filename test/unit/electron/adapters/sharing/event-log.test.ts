import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEventLog, eventCommand } from '../../../../../electron/adapters/sharing/event-log.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';

describe('the event log', () => {
  it('is that of Windows there, and the log of the system elsewhere', () => {
    expect(eventCommand('win32', 'warning', 'refused')).toEqual([
      'eventcreate.exe',
      ...['/L', 'APPLICATION', '/SO', 'Zerodesk Store Service', '/T', 'WARNING', '/ID', '1', '/D', 'refused'],
    ]);
    expect(eventCommand('linux', 'information', '--stored')).toEqual([
      'logger',
      ...['-t', 'zerodesk-store', '-p', 'daemon.info', '--', '--stored'],
    ]);
  });

  it('gets one line of bounded length, whatever the text holds', () => {
    const text = eventCommand('linux', 'information', `a\n\u0007b${'x'.repeat(20_000)}`).at(-1) ?? '';
    expect(text).toHaveLength(16_000);
    expect(text.startsWith('a bx')).toBe(true);
  });

  it('is written by a program, and its absence stops nothing', async () => {
    const directory = tempDir();
    createEventLog({ PATH: directory }, 'linux').note('information', 'lost');
    const written = path.join(directory, 'written');
    writeFileSync(
      path.join(directory, 'logger'),
      `#!/bin/sh\necho "$6" > '${written}.new'; mv '${written}.new' '${written}'\n`,
    );
    chmodSync(path.join(directory, 'logger'), 0o755);
    createEventLog({ PATH: `${directory}:/usr/bin:/bin` }, 'linux').note('information', 'stored: it');
    await expect.poll(() => existsSync(written)).toBe(true);
    expect(readFileSync(written, 'utf8')).toBe('stored: it\n');
  });
});

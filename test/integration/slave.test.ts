import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { decodeFrames, encodeFrame } from '../../electron/cli/slave/frames.ts';
import { hasReference } from '../helpers/reference.ts';
import { startSampleSite } from '../helpers/sample-site.ts';
import { createSigningHome } from '../helpers/signing.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const ours = fileURLToPath(new URL('../../bin/0desk', import.meta.url));
let home: string;
let env: Record<string, string>;

beforeEach(() => {
  home = tempDir();
  mkdirSync(path.join(home, 'prog'));
  writeFileSync(path.join(home, 'prog/run'), '');
  const feed = `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>x</name><summary>x</summary>
  <implementation id="a" local-path="prog" version="1" stability="stable" main="run"/></interface>
`;
  writeFileSync(path.join(home, 'x.xml'), feed);
  env = {
    HOME: home,
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    ZERODESK_NODE: process.execPath,
    GNUPGHOME: createSigningHome().home,
    LC_ALL: 'C.UTF-8',
    https_proxy: 'http://127.0.0.1:9',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
});

/** A conversation with a slave. */
function talkTo(program: string, version = '2.18') {
  const child = spawn(program, ['--console', 'slave', version], { env, stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const messages = decodeFrames(child.stdout);
  let complaints = '';
  child.stderr.on('data', (bytes: Buffer) => (complaints += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    send: (message: unknown) => child.stdin.write(encodeFrame(`${JSON.stringify(message)}\n`)),
    sendRaw: (bytes: string) => child.stdin.write(bytes),
    /** The next message: JSON, or a document as it is. */
    async next(): Promise<unknown> {
      const { value } = (await messages.next()) as { value: string | undefined };
      return value === undefined ? undefined : value.startsWith('<') ? value : JSON.parse(value);
    },
    async end(): Promise<{ readonly status: number | null; readonly complaints: string }> {
      child.stdin.end();
      return { status: await ended, complaints };
    },
  };
}

describe('the slave', () => {
  it.skipIf(!hasReference())('says what the reference says', async () => {
    const x = path.join(home, 'x.xml');
    const talks = ['0install', ours].map((program) => talkTo(program));
    const heard: unknown[][] = [[], []];
    for (const [index, { send, next, end }] of talks.entries()) {
      const hear = async (): Promise<void> => {
        const message = await next();
        heard[index]?.push(typeof message === 'string' ? toComparable(message) : message);
      };
      await hear();
      const calls: readonly (readonly [operation: string, args: unknown, hasDocument: boolean])[] = [
        ['select', [{ interface: x, command: 'run' }, false], true],
        ['select', [{ interface: x }, false], true],
        ['select', [{ interface: x, command: 'other', source: null, os: null }, false], false],
        ['select', [{ interface: x, command: 'run', extra_restrictions: { [x]: '2..' } }, false], false],
        ['nonsense', [], false],
      ];
      for (const [number, [operation, args, hasDocument]] of calls.entries()) {
        send(['invoke', String(number), operation, args]);
        await hear();
        if (hasDocument) await hear();
      }
      expect((await end()).status).toBe(0);
    }
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[1]).toHaveLength(8);
  });

  it('has the person of the other side asked about keys', async () => {
    const site = await startSampleSite();
    onTestFinished(() => site.close());
    const { send, next, end } = talkTo(ours);
    await next();
    const hello = `${site.baseUrl}/hello.xml`;
    for (const [ticket, isTrusted] of [
      ['no', false],
      ['yes', true],
    ] as const) {
      send(['invoke', ticket, 'select', [{ interface: hello, command: 'run' }, true]]);
      const [, question, operation, args] = (await next()) as [
        string,
        string,
        string,
        [string, Record<string, unknown>],
      ];
      expect([operation, args[0]]).toEqual(['confirm-keys', hello]);
      const shown = Object.keys(args[1]);
      expect(shown).toEqual([expect.stringMatching(/^[0-9A-F]{40}$/)]);
      // A key that was not shown is not trusted either.
      send(['return', question, 'ok', isTrusted ? shown : ['0'.repeat(40)]]);
      const reply = (await next()) as [string, string, string, [string]];
      expect([reply[1], reply[3][0]]).toEqual([ticket, isTrusted ? 'ok' : 'fail']);
    }
    expect(toComparable((await next()) as string)).toMatchObject({ name: 'selections' });
    expect((await end()).status).toBe(0);
  });

  it('answers several calls at once, and ends with its input [O40]', async () => {
    const { send, next, end } = talkTo(ours, '2.6');
    expect(await next()).toEqual(['invoke', null, 'set-api-version', ['2.6']]);
    const tickets = ['1', '2', '3'];
    for (const ticket of tickets) send(['invoke', ticket, 'select', [{ interface: path.join(home, 'x.xml') }, false]]);
    const seen: unknown[] = [];
    for (let count = 0; count < 3; count += 1) {
      seen.push(await next());
      await next();
    }
    expect(seen).toEqual(tickets.map((ticket) => ['return', ticket, 'ok+xml', ['ok']]));
    expect(await end()).toEqual({ status: 0, complaints: '' });
  });

  it.each([
    ['0xzzzzzzzz\n', 'does not begin with its length'],
    ['0x7fffffff\n', 'longer than'],
    ['0x00000003\n{}\n', 'does not understand'],
    ['0x00000003\n{}', 'ends in the middle'],
    ['0x00000006\n["x"]\n', 'does not understand'],
  ])('ends with a clear message after %j', async (bytes, text) => {
    const { sendRaw, next, end } = talkTo(ours);
    await next();
    sendRaw(bytes);
    expect(await end()).toEqual({ status: 1, complaints: expect.stringContaining(text) as unknown });
  });

  it('does not speak what is older than the interface', async () => {
    expect(await talkTo(ours, '2.5').end()).toMatchObject({ status: 1 });
  });
});

/** A document without its layout. */
function toComparable(text: string): unknown {
  return JSON.parse(
    JSON.stringify(parseXml(text, { source: 'answer' }), (key, value: unknown) =>
      key === 'line' || key === 'column' ? undefined : value,
    ),
  );
}

// Runs the built command line over two feeds like most, and over what cannot be had, so that it leaves its compiled code
// beside its files (scripts/cli-start.cjs). Nothing depends on success: without the files a start just takes longer.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../prepare/command.mjs';

const timeoutMs = 20_000;

const tiny = `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>Tiny</name>
  <summary>a feed to start with</summary>
  <group main="run" license="none">
    <implementation id="a" local-path="." version="1.0" stability="stable"/>
  </group>
</interface>
`;

/** Nothing listens there, and no mirror is asked about it. */
const unreachable = 'http://127.0.0.1:1/none.xml';

/** @param cli folder of the built command line; @param node what runs it, an executable of Electron too */
export async function recordCode(cli, node = process.execPath) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zerodesk-record-'));
  try {
    const interfaces = path.join(home, '.cache/0install.net/interfaces');
    mkdirSync(interfaces, { recursive: true });
    for (const name of ['program', 'library']) {
      const file = path.join(interfaces, `https%3a%2f%2frecorded.invalid%2f${name}.xml`);
      copyFileSync(path.join(import.meta.dirname, `${name}.xml`), file);
    }
    const file = path.join(home, 'tiny.xml');
    writeFileSync(file, tiny);
    writeFileSync(path.join(home, 'run'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { PATH: process.env.PATH, HOME: home, ZERODESK_RECORD_CODE: '1' };
    if (node !== process.execPath) env.ELECTRON_RUN_AS_NODE = '1';
    const start = path.join(cli, '0desk.js');
    const program = 'https://recorded.invalid/program.xml';
    // What an earlier one has left is kept: the commonest comes first.
    const commands = [
      ['select', '--os=Linux', '--cpu=x86_64', '--xml', program],
      ['run', '--offline', file],
      ['select', unreachable],
    ];
    for (const command of commands) await run(node, [start, ...command], { env, timeoutMs });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

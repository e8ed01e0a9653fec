// Runs the built command line over a tiny feed and over one that cannot be had, so that it leaves its compiled code beside its
// files (scripts/cli-start.cjs). Nothing depends on success: without the files a start just takes longer.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './prepare/command.mjs';

const timeoutMs = 20_000;

const feed = `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>Tiny</name>
  <summary>a feed to start with</summary>
  <group main="run" license="none">
    <implementation id="a" local-path="." version="1.0" stability="stable"/>
    <implementation id="b" local-path="." version="1.1-pre2" stability="testing"/>
  </group>
</interface>
`;

/** Nothing listens there, and no mirror is asked about it. */
const unreachable = 'http://127.0.0.1:1/none.xml';

/** @param cli folder of the built command line; @param node what runs it, an executable of Electron too */
export async function recordCode(cli, node = process.execPath) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zerodesk-record-'));
  try {
    const file = path.join(home, 'tiny.xml');
    writeFileSync(file, feed);
    writeFileSync(path.join(home, 'run'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { ...process.env, ZEROINSTALL_PORTABLE_BASE: path.join(home, 'base'), ZERODESK_RECORD_CODE: '1' };
    if (node !== process.execPath) env.ELECTRON_RUN_AS_NODE = '1';
    const start = path.join(cli, '0desk.js');
    // What an earlier one has left is kept: the commonest comes first.
    const commands = [
      ['select', '--offline', '--xml', file],
      ['run', '--offline', file],
      ['select', unreachable],
    ];
    for (const command of commands) await run(node, [start, ...command], { env, timeoutMs });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

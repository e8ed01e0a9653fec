// Runs the built command line once over a tiny feed, so that it leaves its compiled code beside its files
// (scripts/cli-start.cjs). Nothing depends on success: without the files a start just takes longer.

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

/** @param root the folder of the checkout */
export async function recordCode(root) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zerodesk-record-'));
  try {
    const file = path.join(home, 'tiny.xml');
    writeFileSync(file, feed);
    const env = { ...process.env, ZEROINSTALL_PORTABLE_BASE: path.join(home, 'base'), ZERODESK_RECORD_CODE: '1' };
    const start = path.join(root, 'out/cli/0desk.js');
    await run(process.execPath, [start, 'select', '--offline', '--xml', file], { env, timeoutMs });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

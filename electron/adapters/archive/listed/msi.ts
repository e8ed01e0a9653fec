import * as fs from 'node:fs';
import { toolOutput, toolText } from '../tools/run-tool.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';
import { cabContents, cabText, parseCabList } from './cabextract.ts';
import { msiPaths, parseMsiTable, type MsiTables } from './msi-tables.ts';
import { unpackListed } from './unpack-listed.ts';
import { withWholeFile } from './whole-file.ts';

const maxTableBytes = 64 * 1024 * 1024;
const maxCabinets = 100;

/**
 * Unpacks Windows installer packages: the files in the cabinets inside, under the names and in the directories that the
 * package's tables give them, with the times that the cabinets have. Nothing of the package is run.
 */
export const unpackMsi: Unpacker = (context) =>
  withWholeFile(context, async (path) => {
    const { problems, makeTemporary } = context;
    const tables: MsiTables = {
      file: await table(path, 'File', context),
      component: await table(path, 'Component', context),
      directory: await table(path, 'Directory', context),
    };
    const paths = msiPaths(tables, problems);
    const cabinets = (await table(path, 'Media', context))
      .map((row) => row['Cabinet'] ?? '')
      .filter((name) => name !== '');
    if (cabinets.length > maxCabinets) throw problems.limit(`${maxCabinets} cabinets`);
    const directory = makeTemporary();
    try {
      for (const [index, name] of cabinets.entries()) {
        // Others lie beside the package, where nobody put them.
        if (!name.startsWith('#')) throw problems.unsupported('Windows installer with cabinets outside');
        const cabinet = `${directory}/${index}.cab`;
        await saveStream(path, { stream: name.slice(1), target: cabinet }, context);
        const members = parseCabList(await cabText(cabinet, context)).map((member) => {
          const place = paths.get(member.name);
          if (place === undefined) throw problems.damaged('a file that its tables do not name');
          return { ...member, name: place };
        });
        await unpackListed(members, cabContents(cabinet, context), context);
      }
    } finally {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  });

async function table(path: string, name: string, { pace, problems }: UnpackContext) {
  const args = ['export', path, name];
  return parseMsiTable(await toolText({ tool: 'msiinfo', args, pace, problems }, maxTableBytes));
}

async function saveStream(
  path: string,
  { stream, target }: { readonly stream: string; readonly target: string },
  { source, pace, problems }: UnpackContext,
): Promise<void> {
  const descriptor = fs.openSync(target, 'wx', 0o600);
  try {
    let size = 0;
    for await (const piece of toolOutput({ tool: 'msiinfo', args: ['extract', path, stream], pace, problems })) {
      size += piece.length;
      // It is stored as it is, so it cannot be larger than the package.
      if (size > source.sizeBytes) throw problems.damaged('a cabinet larger than the package');
      fs.writeSync(descriptor, piece);
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

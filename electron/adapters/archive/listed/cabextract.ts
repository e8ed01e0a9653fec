import { toolOutput, toolText } from '../tools/run-tool.ts';
import { findTool } from '../tools/tools.ts';
import type { Unpacker } from '../unpacker.ts';
import { unpackCabWithSevenZip } from './seven-zip.ts';
import { unpackListed, type ListedMember } from './unpack-listed.ts';
import { maxListBytes, withWholeFile } from './whole-file.ts';

/** Unpacks cabinets: no modes, no links, and times without a zone, which count as GMT. @see store.md 5.9 */
export const unpackCab: Unpacker = async (context) => {
  // Whichever of the two there is; if there is none, the smaller one is asked for.
  if (findTool('cabextract') === null && findTool('sevenZip') !== null) return unpackCabWithSevenZip(context);
  return withWholeFile(context, async (path) => {
    const members = parseCabList(await cabText(path, context));
    await unpackListed(members, cabContents(path, context), context);
  });
};

type ToolContext = Pick<Parameters<typeof toolOutput>[0], 'pace' | 'problems'>;

/** What cabextract lists. `-s`: it does not look for further cabinets beside this one. */
export function cabText(path: string, { pace, problems }: ToolContext): Promise<string> {
  return toolText({ tool: 'cabextract', args: ['-s', '-q', '-l', '--', path], pace, problems }, maxListBytes);
}

/** The contents of all members, one after the other. */
export function cabContents(path: string, { pace, problems }: ToolContext): AsyncIterable<Buffer> {
  return toolOutput({ tool: 'cabextract', args: ['-s', '-q', '-p', '--', path], pace, problems });
}

/** Reads what `cabextract -l` prints: `SIZE | DAY.MONTH.YEAR TIME | NAME`. */
export function parseCabList(text: string): readonly ListedMember[] {
  const members: ListedMember[] = [];
  for (const line of text.split('\n')) {
    const match = /^ *([0-9]{1,10}) \| ([0-9]{2})\.([0-9]{2})\.([0-9]{4}) ([0-9:]{8}) \| (.*)$/.exec(line);
    if (match === null) continue;
    const [, size, day, month, year, time, name = ''] = match;
    const mtime = Date.parse(`${year}-${month}-${day}T${time}Z`) / 1000;
    members.push({
      name,
      kind: 'file',
      target: null,
      sizeBytes: Number(size),
      mtime: Number.isNaN(mtime) ? null : mtime,
      isExecutable: false,
      crc: null,
      isLeftOut: false,
    });
  }
  return members;
}

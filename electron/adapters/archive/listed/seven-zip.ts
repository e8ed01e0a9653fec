import { toolOutput, toolText } from '../tools/run-tool.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';
import { unpackListed, type ListedMember } from './unpack-listed.ts';
import { maxListBytes, withWholeFile } from './whole-file.ts';

/** What the system's 7-Zip says about an archive. */
export interface SevenZipList {
  /** Formats, the outermost first: a disk image holds a file system. */
  readonly types: readonly string[];
  readonly members: readonly ListedMember[];
}

/** Unpacks 7z archives with the system's 7-Zip. */
export const unpackSevenZip: Unpacker = (context) => runSevenZip(context, ['-t7z'], ({ members }) => members);

/** Unpacks cabinets with 7-Zip, where there is no cabextract. */
export const unpackCabWithSevenZip: Unpacker = (context) => runSevenZip(context, ['-tcab'], ({ members }) => members);

/**
 * Unpacks Apple disk images: the files of the volume in it, without what the system keeps beside them.
 *
 * @see store.md 5.9
 */
export const unpackDiskImage: Unpacker = (context) =>
  runSevenZip(context, [], ({ types, members }) => {
    // The name of an HFS volume is the top directory for 7-Zip.
    const hasVolumeName = types.includes('HFS');
    return members.map((member) => {
      const name = hasVolumeName ? member.name.replace(/^[^/]*(?:\/|$)/, '') : member.name;
      const isLeftOut = name === '' || /^(?:\.Trashes|\[HFS\+ Private Data\]|\.HFS\+ Private.*)(?:\/|$)/.test(name);
      return { ...member, name, isLeftOut };
    });
  });

async function runSevenZip(
  context: UnpackContext,
  format: readonly string[],
  choose: (list: SevenZipList) => readonly ListedMember[],
): Promise<void> {
  const { pace, problems } = context;
  // No questions, no progress, no alternate streams; what follows is no option.
  const options = ['-y', '-p', '-bd', '-bsp0', '-sns-', '-sccUTF-8', ...format];
  await withWholeFile(context, async (path) => {
    const tool = { tool: 'sevenZip', pace, problems } as const;
    const text = await toolText({ ...tool, args: ['l', '-slt', ...options, '--', path] }, maxListBytes);
    if (/^Encrypted = \+$/m.test(text)) throw problems.unsupported('encrypted archive');
    const members = choose(parseSevenZipList(text));
    await unpackListed(members, toolOutput({ ...tool, args: ['x', '-so', ...options, '--', path] }), context);
  });
}

/** Reads what `7z l -slt` prints: a block of facts about the archive, a line, and a block for each member. */
export function parseSevenZipList(text: string): SevenZipList {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const start = lines.indexOf('----------');
  const head = lines.slice(0, Math.max(0, start));
  const types = head.filter((line) => line.startsWith('Type = ')).map((line) => line.slice('Type = '.length));
  const members: ListedMember[] = [];
  let facts = new Map<string, string>();
  for (const line of start === -1 ? [] : [...lines.slice(start + 1), '']) {
    const match = /^([A-Za-z][A-Za-z ]*) = ?(.*)$/.exec(line);
    if (match?.[1] !== undefined) facts.set(match[1], match[2] ?? '');
    else if (line === '' && facts.has('Path')) {
      members.push(toMember(facts));
      facts = new Map();
    }
  }
  return { types, members };
}

function toMember(facts: ReadonlyMap<string, string>): ListedMember {
  const attributes = `${facts.get('Attributes') ?? ''} ${facts.get('Mode') ?? ''}`;
  // Archives made on Unix have a mode like that of `ls` beside the attributes.
  const mode = /(?:^|\s)([-a-z])([-rwxsStT]{9})(?:\s|$)/.exec(attributes);
  const target = facts.get('Symbolic Link') ?? '';
  const isDirectory = facts.get('Folder') === '+' || /^\S*D/.test(attributes) || mode?.[1] === 'd';
  const crc = facts.get('CRC') ?? '';
  return {
    name: facts.get('Path') ?? '',
    kind: isDirectory
      ? 'directory'
      : target !== '' || mode?.[1] === 'l'
        ? 'link'
        : isFile(mode?.[1])
          ? 'file'
          : 'foreign',
    target: target === '' ? null : target,
    sizeBytes: isDirectory ? 0 : Number(/^[0-9]{1,15}$/.exec(facts.get('Size') ?? '')?.[0] ?? 0),
    mtime: secondsOf(facts.get('Modified') ?? ''),
    isExecutable: /[xst]/.test(mode?.[2] ?? ''),
    crc: /^[0-9A-Fa-f]{8}$/.test(crc) ? Number.parseInt(crc, 16) : null,
    isLeftOut: false,
  };
}

function isFile(type: string | undefined): boolean {
  return type === undefined || type === '-';
}

/** The tool runs with GMT as its time zone; the fraction is cut off. */
function secondsOf(text: string): number | null {
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})/.exec(text);
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}

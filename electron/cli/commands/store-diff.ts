import { resolve } from 'node:path';
import { parseDigestInput } from '../../core/manifest/digest-name.ts';
import type { Aspect, TreeChange, TreeDiff } from '../../core/manifest/diff.ts';
import type { StorePort } from '../../core/ports/store.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';
import { sizeText } from '../size-text.ts';
import { findStored, realpathOf } from './store.ts';

/** `store diff A B`: in which files two implementations differ. Each is a digest or a directory; status 0 either way. */
export const runStoreDiff: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, out } = context;
    const [before = '', after = ''] = await Promise.all(args.map((what) => placeOf(what, engine.store)));
    const diff = await engine.store.diff(before, after, signal);
    out.print(out.isJson ? `${JSON.stringify({ before, after, ...diff })}\n` : `${diffLines(diff).join('\n')}\n`);
    return 0;
  });

async function placeOf(what: string, store: StorePort): Promise<string> {
  if (what.includes('/') || what === '.' || what === '..') return realpathOf(resolve(what));
  return (await findStored(parseDigestInput(what).directory, store)).path;
}

const marks = { added: '+', removed: '-', changed: '~' } as const;
const words: Readonly<Record<Aspect, string>> = {
  type: 'another kind of thing',
  contents: 'contents',
  target: 'link target',
  executable: 'executable',
  'not-executable': 'no longer executable',
  time: 'time',
};

function diffLines({ changes, bytesBefore, bytesAfter, sameCount }: TreeDiff): readonly string[] {
  const count = (change: TreeChange['change']): number => changes.filter((one) => one.change === change).length;
  return [
    ...changes.map(changeLine),
    `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed, ${sameCount} the same`,
    `${sizeText(bytesBefore)} before, ${sizeText(bytesAfter)} after (${signed(bytesAfter - bytesBefore)})`,
  ];
}

function changeLine({ change, path, type, aspects, bytesBefore, bytesAfter }: TreeChange): string {
  const notes = aspects.map((aspect) => words[aspect]);
  if (type === 'link') notes.unshift('link');
  if (type === 'file' && bytesBefore !== bytesAfter) {
    notes.push(change === 'changed' ? signed(bytesAfter - bytesBefore) : sizeText(Math.max(bytesBefore, bytesAfter)));
  }
  // Names may hold what a terminal obeys.
  const name = path.replace(/\p{Cc}/gu, '\ufffd') + (type === 'directory' ? '/' : '');
  return `${marks[change]} ${name}${notes.length === 0 ? '' : `  (${notes.join(', ')})`}`;
}

function signed(bytes: number): string {
  return `${bytes < 0 ? '-' : '+'}${sizeText(Math.abs(bytes))}`;
}

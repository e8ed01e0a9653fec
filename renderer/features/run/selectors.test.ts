import { describe, expect, it } from 'vitest';
import { newJob, programState } from '../../api/scripted/jobs.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createWorld, solveView } from '../../api/scripted/world.ts';
import type { JobId } from '../../../shared/model/index.ts';
import { commandLine, runStatus, shownSolve, toTree } from './selectors.ts';

const view = solveView(createWorld(), uriOf('memo'));
const ready = { status: 'ready', value: view } as const;
const job = (rest: Parameters<typeof newJob>[1]) => newJob('job-1' as JobId, { interface: uriOf('memo'), ...rest });

describe('toTree', () => {
  it('hangs components under those that need them [O1]', () => {
    const [memo, ...others] = toTree(view.components);
    expect(others).toEqual([]);
    expect(memo?.children.map(({ row }) => row.name)).toEqual(['Toolkit', 'Spelling']);
    expect(memo?.children[0]?.children.map(({ row }) => row.name)).toEqual(['Python']);
  });

  it('survives depths that skip a level, and gives equal components different keys', () => {
    const [first] = view.components;
    const rows = [first!, { ...first!, depth: 7 }, { ...first!, depth: 1 }];
    const tree = toTree(rows);
    expect(tree).toHaveLength(1);
    expect(tree[0]?.children).toHaveLength(2);
    expect(new Set([tree[0]?.key, ...(tree[0]?.children ?? []).map(({ key }) => key)]).size).toBe(3);
  });
});

describe('runStatus', () => {
  it('tells the most pressing thing', () => {
    expect(runStatus(undefined, { status: 'loading' }).kind).toBe('loading');
    expect(runStatus(undefined, ready).kind).toBe('ready');
    expect(runStatus(undefined, { status: 'ready', value: { ...view, downloadBytes: 5 } }).kind).toBe('needs-download');
    expect(runStatus(undefined, { status: 'ready', value: { ...view, isSolved: false } }).kind).toBe('unsolved');
    expect(runStatus(job({}), ready).kind).toBe('working');
    expect(runStatus(job({ state: 'asking' }), ready).kind).toBe('asking');
    expect(runStatus(job({ program: programState(true, null, '') }), ready).kind).toBe('program');
    expect(runStatus(job({ state: 'done', program: programState(false, 0, '') }), ready).kind).toBe('ended');
    expect(runStatus(job({ state: 'cancelled' }), ready).kind).toBe('cancelled');
    expect(runStatus(job({ state: 'done' }), ready).kind).toBe('ready');
  });

  it('explains a missing solution by the components, not by the job', () => {
    const error = { code: 'no-solution', params: { interface: 'Memo', report: '' }, causes: [] } as const;
    expect(
      runStatus(job({ state: 'failed', error }), { status: 'ready', value: { ...view, isSolved: false } }).kind,
    ).toBe('unsolved');
  });
});

describe('shownSolve', () => {
  it('follows the work while there is some, and the present selection otherwise', () => {
    const working = { ...view, name: 'of the job' };
    expect(shownSolve(job({ solve: working }), ready)).toBe(working);
    expect(shownSolve(job({ solve: working, state: 'done' }), ready)).toBe(view);
    expect(shownSolve(job({ solve: working, state: 'failed' }), { status: 'loading' })).toBe(working);
    expect(shownSolve(undefined, { status: 'loading' })).toBeNull();
  });
});

describe('commandLine', () => {
  it('quotes what a shell would take apart', () => {
    expect(commandLine('https://a.example/x.xml')).toBe('0desk run https://a.example/x.xml');
    expect(commandLine("/home/a b/it's.xml")).toBe(`0desk run '/home/a b/it'\\''s.xml'`);
  });
});

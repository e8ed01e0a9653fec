import { describe, expect, it } from 'vitest';
import type { ProgramState } from '../../../../shared/model/index.ts';
import type { ExitStatus } from '../../../../electron/core/ports/process.ts';
import { watchProgram } from '../../../../electron/services/watch-program.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

function setup() {
  const clock = createFakeClock();
  const abort = new AbortController();
  const states: ProgramState[] = [];
  const program = { text: '', stops: 0, reads: 0 };
  let finish: (status: ExitStatus) => void = () => undefined;
  const watching = watchProgram({
    program: {
      pid: 7,
      ended: new Promise((resolve) => {
        finish = resolve;
      }),
      stop: () => {
        program.stops += 1;
      },
      output: () => {
        program.reads += 1;
        return Promise.resolve(program.text);
      },
    },
    name: 'Memo',
    startMs: 3,
    clock,
    context: {
      signal: abort.signal,
      update: ({ program: state }) => {
        if (state) states.push(state);
      },
    },
  });
  return {
    clock,
    abort,
    states,
    program,
    watching,
    finish: (status: ExitStatus) => {
      finish(status);
    },
  };
}

/** Lets everything that is ready to go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('watching a program', () => {
  it('returns after two seconds and goes on showing what it prints', async () => {
    const { clock, states, program, watching, finish } = setup();
    await settle();
    clock.advance(2000);
    await watching;
    program.text = 'later';
    clock.advance(1000);
    await settle();
    expect(states.at(-1)).toMatchObject({ isRunning: true, output: 'later' });
    finish({ exitCode: 0, signal: null });
    await settle();
    expect(states.at(-1)).toMatchObject({ isRunning: false, exitCode: 0 });
  });

  it('looks ever more rarely', async () => {
    const { clock, program, watching } = setup();
    await settle();
    for (let second = 0; second < 3600; second += 1) {
      clock.advance(1000);
      await settle();
    }
    await watching;
    expect(program.reads).toBeLessThan(120);
  });

  it.each([
    [{ exitCode: 3, signal: null }, '3'],
    [{ exitCode: null, signal: 'SIGSEGV' }, 'SIGSEGV'],
  ])('reports an early end with %o and what was printed', async (status, text) => {
    const { program, watching, finish } = setup();
    await settle();
    program.text = 'no settings\n';
    finish(status);
    await expect(watching).rejects.toMatchObject({
      code: 'program-exited',
      params: { status: text, stderr: 'no settings' },
    });
  });

  it('never says that it runs after it has said that it ended', async () => {
    const { clock, states, finish } = setup();
    await settle();
    clock.advance(200);
    finish({ exitCode: 0, signal: null });
    await settle();
    clock.advance(10_000);
    await settle();
    const first = states.findIndex(({ isRunning }) => !isRunning);
    expect(first).toBeGreaterThan(0);
    expect(states.slice(first).every(({ isRunning }) => !isRunning)).toBe(true);
  });

  it('ends the program when its job is cancelled, and not after it has ended', async () => {
    const { abort, program, watching, finish, clock } = setup();
    await settle();
    abort.abort();
    expect(program.stops).toBe(1);
    finish({ exitCode: null, signal: 'SIGTERM' });
    await expect(watching).rejects.toMatchObject({ code: 'program-exited' });
    clock.advance(5000);
    expect(program.stops).toBe(1);
  });
});

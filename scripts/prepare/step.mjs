// One line a step, with the time it took, so that a person sees what is going on and what is slow.

/** A problem the person at the keyboard can do something about: shown as it is, without a stack trace. */
export class Problem extends Error {}

const seconds = (startMs) => `${((Date.now() - startMs) / 1000).toFixed(1)} s`;

/**
 * Runs one step and prints its line. On a terminal the name stands there while the step runs.
 *
 * @param name what the step sees to, e.g. `dependencies`
 * @param action may return a short note for the end of the line
 */
export async function step(name, action) {
  const startMs = Date.now();
  const live = process.stdout.isTTY === true;
  if (live) process.stdout.write(`… ${name}`);
  const begin = live ? '\r\u001b[2K' : '';
  try {
    const note = await action();
    console.log(`${begin}✓ ${name} ${seconds(startMs)}${typeof note === 'string' ? ` (${note})` : ''}`);
  } catch (error) {
    console.log(`${begin}✗ ${name} ${seconds(startMs)}`);
    throw error;
  }
}

/** Says that a step will take longer than usual; the line of the step follows when it is done. */
export function announce(text) {
  const begin = process.stdout.isTTY === true ? '\r\u001b[2K' : '';
  console.log(`${begin}  ${text}`);
}

/** Runs the whole of a script: a `Problem` becomes its text and exit code 1, anything else keeps its stack. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof Problem ? `\n${error.message}` : error);
  }
}

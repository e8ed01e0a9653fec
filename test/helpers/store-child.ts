import { createInterface } from 'node:readline';
import { archiveStep, openTestStore } from './store-bench.ts';
import { isAppError } from '../../shared/errors/app-error.ts';

// Another process that adds to stores: each line of input is a JSON order, each line of output its result.
for await (const line of createInterface({ input: process.stdin })) {
  const { base, file, digest } = JSON.parse(line) as { base: string; file: string; digest: string };
  try {
    const added = await openTestStore(base).stores.add({ digests: [digest], steps: [archiveStep(file)] });
    process.stdout.write(`${JSON.stringify({ path: added.path })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: isAppError(error) ? error.code : String(error) })}\n`);
  }
}

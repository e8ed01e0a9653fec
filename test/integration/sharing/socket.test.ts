import { once } from 'node:events';
import * as fs from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { answer } from '../../../electron/secure-add/answer.ts';
import type { World } from '../../../electron/secure-add/world.ts';
import { handOver, makeShareWorld, streamOf } from '../../helpers/sharing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Answers each connection of a socket, as a service would that is no program to be started. */
async function listen(world: World, place: string): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const send = (reply: object): Promise<void> =>
      new Promise((resolve, reject) => {
        socket.write(`${JSON.stringify(reply)}\n`, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    void answer({ input: socket, send, check: () => {} }, world).finally(() => socket.end());
  });
  server.listen(place);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

async function open(place: string): Promise<Socket> {
  const socket = connect(place);
  await once(socket, 'connect');
  return socket;
}

it('the same is said over a socket, by many at once, also by some who go away', async () => {
  const base = tempDir();
  const place = path.join(base, 'socket');
  const world = makeShareWorld(path.join(base, 'shared'), { limits: { addsAtOnce: 8 } });
  await listen(world, place);
  const trees = await Promise.all(
    [0, 1, 2, 3].map((n) =>
      handOver(path.join(base, `tree ${n}`), [
        { path: 'f', type: 'file', contentRepeat: { utf8: `${n}`, times: 300_000 }, mtime: n },
      ]),
    ),
  );
  const [first, ...others] = trees;
  const gone = await open(place);
  const { head, body } = streamOf(first!);
  gone.write(head);
  await once(gone, 'data');
  gone.write(body.subarray(0, 1000));
  gone.destroy();

  const answers = await Promise.all(
    others
      .flatMap((tree) => [tree, tree])
      .map(async (tree) => {
        const socket = await open(place);
        const stream = streamOf(tree);
        socket.write(stream.head);
        // Who is told that it is there already need not send it.
        socket.end(stream.body);
        return (await text(socket)).trim().split('\n').at(-1);
      }),
  );
  for (const last of answers) expect(['{"state":"stored"}', '{"state":"have"}']).toContain(last);
  await expect.poll(() => fs.readdirSync(world.store).sort()).toEqual(others.map(({ digest }) => digest).sort());
});

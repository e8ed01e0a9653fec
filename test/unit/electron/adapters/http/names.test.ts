import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createNames } from '../../../../../electron/adapters/http/names.ts';

const address = { address: '192.0.2.1', family: 4 };

/** Knows one name, and counts how often it is asked. */
function system(): { readonly asked: string[]; readonly lookup: LookupFunction } {
  const asked: string[] = [];
  return {
    asked,
    lookup: (hostname, options, callback) => {
      asked.push(hostname);
      if (hostname !== 'known.example') callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 0);
      else if (options.all === true) callback(null, [address]);
      else callback(null, address.address, address.family);
    },
  };
}

const find = (lookup: LookupFunction, options: Parameters<LookupFunction>[1]): Promise<unknown> =>
  new Promise((resolve) => {
    lookup('known.example', options, (_, found) => resolve(found));
  });

describe('names', () => {
  it('are asked for once by a check and the connection that follows it', async () => {
    const { asked, lookup } = system();
    const names = createNames(lookup);
    await names.check('known.example');
    expect(await find(names.lookup, { all: true })).toEqual([address]);
    expect(asked).toHaveLength(1);
    expect(await find(names.lookup, { all: true })).toEqual([address]);
    expect(asked).toHaveLength(2);
  });

  it('are asked for again where the connection wants another kind of answer', async () => {
    const { asked, lookup } = system();
    const names = createNames(lookup);
    await names.check('known.example');
    expect(await find(names.lookup, {})).toBe(address.address);
    expect(asked).toHaveLength(2);
  });

  it('that stand for nothing fail as the system says', async () => {
    const names = createNames(system().lookup);
    await expect(names.check('unknown.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

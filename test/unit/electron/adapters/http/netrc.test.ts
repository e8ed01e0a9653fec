import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNetrc, parseNetrc } from '../../../../../electron/adapters/http/netrc.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';

const parse = (text: string) => Object.fromEntries(parseNetrc(text));
const ann = { user: 'ann', password: 's3cret' };

describe('a netrc file', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['one line', 'machine a.example.com login ann password s3cret', { 'a.example.com': ann }],
    ['several lines', 'machine A.example.com\n\tlogin ann\r\n\tpassword s3cret\n', { 'a.example.com': ann }],
    ['an account', 'machine a login ann account x password s3cret', { a: ann }],
    ['the first of two', 'machine a login ann password s3cret\nmachine a login bob password x', { a: ann }],
    ['quotes', 'machine a login ann password "two \\"words\\""', { a: { user: 'ann', password: 'two "words"' } }],
    ['comments', '# machine a login x\nmachine a login ann password s3cret', { a: ann }],
    [
      'a password that looks like a word',
      'machine a login ann password machine',
      { a: { user: 'ann', password: 'machine' } },
    ],
    ['macros', 'macdef init\nmachine b login x\n\nmachine a login ann password s3cret', { a: ann }],
    [
      'no default, which would go to everybody',
      'default login x password y\nmachine a login ann password s3cret',
      { a: ann },
    ],
    ['a default after all', 'machine a login ann password s3cret\ndefault login x password y', { a: ann }],
    ['nothing', '', {}],
    ['half an entry', 'machine', {}],
    ['words of objects', 'constructor toString machine a login ann password s3cret', { a: ann }],
  ])('%s', (_what, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('is looked for at home, or where NETRC says', async () => {
    const home = tempDir();
    writeFileSync(join(home, '.netrc'), 'machine a login ann password s3cret');
    writeFileSync(join(home, 'other'), 'machine a login bob password x');
    expect(await createNetrc({ HOME: home })('A')).toEqual(ann);
    expect(await createNetrc({ HOME: home })('b')).toBeNull();
    expect(await createNetrc({ HOME: home, NETRC: join(home, 'other') })('a')).toMatchObject({ user: 'bob' });
    expect(await createNetrc({ HOME: join(home, 'nowhere') })('a')).toBeNull();
    expect(await createNetrc({})('a')).toBeNull();
  });
});

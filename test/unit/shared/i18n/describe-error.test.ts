import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import { AppError, toErrorData } from '../../../../shared/errors/app-error.ts';
import { describeError } from '../../../../shared/i18n/describe-error.ts';
import { createIntl } from '../../../../shared/i18n/translator.ts';

const intl = createIntl('en', english);

describe('describeError', () => {
  it('says what happened, to what and what to do', () => {
    const text = describeError(intl, toErrorData(new AppError('host-unknown', { host: 'example.com' })));
    expect(text).toEqual({
      sentence: 'The address example.com was not found. Check the connection and the spelling of the address.',
      details: [],
    });
  });

  it('writes sizes with units', () => {
    const params = { url: 'https://a.example/x.tgz', expectedBytes: 1_234_567, actualBytes: 12 };
    const { sentence } = describeError(intl, toErrorData(new AppError('wrong-size', params)));
    expect(sentence).toContain('is 12 bytes, but its feed announces 1.2 MB');
  });

  it('tells the common answers of servers apart', () => {
    const say = (status: number) =>
      describeError(intl, toErrorData(new AppError('http-status', { url: 'https://a.example/x', status }))).sentence;
    expect(say(404)).toMatch(/^There is nothing at https:\/\/a\.example\/x \(404\)\./);
    expect(say(503)).toMatch(/^The server answered 503 for/);
  });

  it('puts causes and long texts into the details', () => {
    const cause = new AppError('host-unknown', { host: 'mirror.example' });
    const error = new AppError('fetch-failed', { name: 'Memo', version: '2.0' }, { cause });
    expect(describeError(intl, toErrorData(error)).details).toEqual([
      'The address mirror.example was not found. Check the connection and the spelling of the address.',
    ]);
    const exited = new AppError('program-exited', { name: 'Memo', status: 'exit code 3', stderr: 'no tk\n\nbye\n' });
    expect(describeError(intl, toErrorData(exited)).details).toEqual(['no tk', 'bye']);
  });

  it('calls what the system said below a clear problem no mistake of ours', () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:1');
    const network = new AppError(
      'network-unreachable',
      { host: 'a.example', reason: 'it refuses' },
      { cause: refused },
    );
    const error = new AppError('fetch-failed', { name: 'Memo', version: '2.0' }, { cause: network });
    expect(describeError(intl, toErrorData(error)).details).toEqual([
      'a.example could not be reached: it refuses. Check the connection, then try again.',
      'connect ECONNREFUSED 127.0.0.1:1',
    ]);
    const mistake = new AppError('fetch-failed', { name: 'Memo', version: '2.0' }, { cause: new Error('oops') });
    expect(describeError(intl, toErrorData(mistake)).details).toEqual([expect.stringContaining('inside Zerodesk')]);
  });

  it('removes passwords, control characters and marks that reorder text', () => {
    const params = { url: 'https://me:secret@a.example/\u202Egpj.exe', reason: 'bad\u0007\nbell' };
    const { sentence } = describeError(intl, toErrorData(new AppError('bad-url', params)));
    expect(sentence).not.toMatch(/secret|[\u0000-\u001F\u202E]/u);
    expect(sentence).toContain('https://a.example/');
  });

  it('shortens very long addresses to host and last part', () => {
    const url = `https://a.example/${'deep/'.repeat(60)}memo.xml`;
    const { sentence } = describeError(intl, toErrorData(new AppError('feed-unsigned', { feed: url })));
    expect(sentence).toContain('https://a.example/…/memo.xml');
  });

  it('has a sentence for mistakes of ours and for codes it does not know', () => {
    expect(describeError(intl, toErrorData(new Error('oops'))).sentence).toContain('oops');
    expect(describeError(intl, { code: 'never-seen' as never, params: {}, causes: [] }).sentence).toContain(
      'never-seen',
    );
  });
});

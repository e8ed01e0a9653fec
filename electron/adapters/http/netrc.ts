import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readFileUpTo } from '../read-file.ts';

/** A name and password for a server. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Larger ones are not read. */
const maxBytes = 256 * 1024;

/**
 * Logins of the person's `~/.netrc`, or of the file that `NETRC` names. It is read once, when first needed.
 *
 * `default` entries are passed over: they would hand a password to every server that a feed names.
 *
 * @see trust-and-download.md 8.2
 */
export function createNetrc(
  env: Readonly<Record<string, string | undefined>>,
): (hostname: string) => Promise<Login | null> {
  const path = env['NETRC'] || (env['HOME'] ? join(env['HOME'], '.netrc') : null);
  let logins: Promise<ReadonlyMap<string, Login>> | null = null;
  const read = async (): Promise<ReadonlyMap<string, Login>> => {
    if (path === null || !existsSync(path)) return new Map();
    try {
      const bytes = await readFileUpTo(path, maxBytes);
      return parseNetrc(new TextDecoder().decode(bytes));
    } catch {
      // Most people have none, and who may not read theirs is asked for a password by the server.
      return new Map();
    }
  };
  return async (hostname) => (await (logins ??= read())).get(hostname.toLowerCase()) ?? null;
}

/** Logins by host name in lower case; of several for one host the first counts. What is not understood is passed over. */
export function parseNetrc(text: string): ReadonlyMap<string, Login> {
  const logins = new Map<string, Login>();
  // A macro goes on to the next empty line, and may contain anything.
  const withoutMacros = text.replaceAll('\r\n', '\n').replace(/(^|\n)[ \t]*macdef[^]*?(\n[ \t]*\n|$)/g, '\n');
  const words = [...withoutMacros.replace(/(^|\n)[ \t]*#[^\n]*/g, '\n').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1')),
  );
  let machine: string | null = null;
  let [user, password] = ['', ''];
  const keep = (): void => {
    if (machine !== null && !logins.has(machine) && (user !== '' || password !== ''))
      logins.set(machine, { user, password });
    [machine, user, password] = [null, '', ''];
  };
  const set: Readonly<Record<string, (value: string) => void>> = {
    machine: (value) => {
      keep();
      machine = value.toLowerCase();
    },
    login: (value) => (user = value),
    password: (value) => (password = value),
    account: () => {},
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const take = Object.hasOwn(set, word) ? set[word] : undefined;
    if (word === 'default') keep();
    if (take === undefined) continue;
    index += 1;
    take(words[index] ?? '');
  }
  keep();
  return logins;
}

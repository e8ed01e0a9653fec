import * as fs from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { createStoreUsers } from '../adapters/process/store-users.ts';
import type { Reply, ShareCleaning } from '../core/sharing/protocol.ts';
import { addImplementation, type Added } from './add.ts';
import { answer } from './answer.ts';
import { DirectoryContents } from './directory-contents.ts';
import { answerAbout } from './requests.ts';
import { readPolicy } from './policy.ts';
import { Refusal } from './refusal.ts';
import { defaultLimits, type Caller, type World } from './world.ts';

/** Fixed, so that nothing a caller sets can lead anywhere else. */
export const systemPlaces = {
  store: '/var/cache/0install.net/implementations',
  usage: '/var/cache/0install.net/usage',
  policy: '/etc/zerodesk/sharing.json',
} as const;

/** The process that the helper is. */
export interface HelperProcess {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
  readonly input: Readable;
  readonly output: Writable;
  readonly complain: (text: string) => void;
  /** Calls a function when the process is asked to end. */
  readonly onEnding: (listener: () => void) => void;
}

const usage = `usage: 0store-secure-add DIGEST        in the directory to be added
       0store-secure-add --stream      everything over standard input
       0store-secure-add --clean [--dry-run]   removes what nobody needs; for a timer
`;

/**
 * The helper of the shared store, run as the user the store belongs to.
 *
 * @returns the exit status: 0 if it was done
 * @see sharing.md 2.3
 */
export async function runHelper(helper: HelperProcess): Promise<number> {
  const { args, env, input, output, complain, onEnding } = helper;
  const send = sender(output);
  let isEnding = false;
  onEnding(() => {
    isEnding = true;
    input.destroy();
  });
  const check = (): void => {
    if (isEnding) throw new Refusal('cancelled', 'the helper was asked to end');
  };
  try {
    checkEnvironment(env);
    const [digest, more] = args;
    const isClean = digest === '--clean' && (more === undefined || more === '--dry-run');
    if (digest === undefined || args.length > (isClean ? 2 : 1)) {
      complain(usage);
      return 1;
    }
    const world = systemWorld(callerOf(helper));
    if (isClean) {
      await send({ state: 'cleaned', cleaning: await cleanByTimer(world, more === '--dry-run') });
      return 0;
    }
    if (digest === '--stream') return (await answer({ input, send, check }, world)) ? 0 : 1;
    await addDirectory(digest, world, { check });
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    complain(`0store-secure-add: ${error.message.replace(/\p{Cc}/gu, '\ufffd')} (${error.code})\n`);
    return 1;
  }
}

/**
 * Removes what nobody needs. Whether it is in use only the files of all processes tell: without the right to read those of
 * others nothing is removed.
 */
async function cleanByTimer(world: World, isDryRun: boolean): Promise<ShareCleaning> {
  if (!canSeeOthers(process.geteuid?.() ?? -1)) {
    const needed = 'CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH';
    throw new Refusal('denied', `what other users run cannot be seen: the timer needs ${needed}`);
  }
  const inUse = [...createStoreUsers().inUse()];
  const request = { request: 'clean', graceDays: world.policy.graceDays, isDryRun, inUse } as const;
  const reply = await answerAbout(request, world);
  if (reply.state !== 'cleaned') throw new Refusal('failed', 'nothing was removed');
  return reply.cleaning;
}

/** Whether the variables of processes of other users, in which the paths of what they need stand, can be read. */
function canSeeOthers(uid: number): boolean {
  const processes = fs.readdirSync('/proc').filter((name) => /^[1-9][0-9]*$/.test(name));
  return processes.some((pid) => {
    try {
      if (fs.statSync(`/proc/${pid}`).uid === uid) return false;
      fs.closeSync(fs.openSync(`/proc/${pid}/environ`, 'r'));
      return true;
    } catch {
      // It has ended, or is not for us: others may be.
      return false;
    }
  });
}

/** Adds the tree in a directory, whose owner may change it meanwhile. @throws Refusal */
export async function addDirectory(
  digest: string,
  world: World,
  { directory = '.', check = () => {} }: { readonly directory?: string; readonly check?: () => void } = {},
): Promise<Added> {
  const opened: DirectoryContents[] = [];
  const open = (): DirectoryContents => {
    const contents = opened[0] ?? new DirectoryContents(directory);
    opened[0] = contents;
    return contents;
  };
  try {
    return await addImplementation({
      world,
      digest,
      announcedBytes: null,
      manifest: () => open().manifest(world.limits.manifestBytes),
      contents: open,
      check,
    });
  } finally {
    opened[0]?.close();
  }
}

/** The client leaves marks that a cleared environment does not have. @throws Refusal `setup` */
function checkEnvironment(env: HelperProcess['env']): void {
  if (env['ENV_NOT_CLEARED'] !== undefined) {
    throw new Refusal('setup', 'the environment was not cleared: sudoers needs env_reset for this user');
  }
  if (env['HOME'] === 'Unclean') {
    throw new Refusal('setup', 'HOME was not set: sudoers needs always_set_home for this user');
  }
}

/** sudo says who called; without it the helper's own user did, and nobody else can be that user. */
function callerOf({ env, uid }: HelperProcess): Caller {
  const text = env['SUDO_UID'];
  if (text === undefined) return { uid, isAdmin: true };
  if (!/^(?:0|[1-9]\d{0,9})$/.test(text)) throw new Refusal('setup', 'SUDO_UID is not the number of a user');
  return { uid: Number(text), isAdmin: text === '0' };
}

function systemWorld(caller: Caller): World {
  const { store, usage: usagePlace, policy } = systemPlaces;
  return {
    store,
    usage: usagePlace,
    caller,
    policy: readPolicy(policy),
    limits: defaultLimits,
    now: () => Date.now(),
  };
}

function sender(output: Writable): (reply: Reply) => Promise<void> {
  return (reply) =>
    new Promise((resolve, reject) => {
      output.write(`${JSON.stringify(reply)}\n`, (error) => {
        if (error) reject(new Refusal('cancelled', 'the caller went away'));
        else resolve();
      });
    });
}

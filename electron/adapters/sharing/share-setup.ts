import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ShareSetupPort } from '../../core/ports/share-setup.ts';
import type { PartProblem, StepFacts, Trial } from '../../core/sharing/facts.ts';
import {
  makeUser,
  setupCommands,
  setupSteps,
  shareUser,
  type PlannedDirectory,
  type PlannedFile,
  type SetupStep,
  type SetupStepId,
} from '../../core/sharing/setup-plan.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { isExecutable } from '../find-program.ts';
import { findShareHelper } from './find-helper.ts';
import { startHelper } from './helper-process.ts';
import { createShareHelper } from './share-helper.ts';

/** What setting up works with. */
export interface ShareSetupOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the command line's own files, from where the helper is copied. */
  readonly cliDir: string;
}

/** What a trial asks for: no digest, so nothing can come of it. */
const noDigest = 'trial';
const run = promisify(execFile);

/** Looks at, makes and undoes what sharing takes on a Linux system with sudo. */
export function createShareSetup({ env, cliDir }: ShareSetupOptions): ShareSetupPort {
  const sources = { program: findProgramSource(cliDir), code: path.join(cliDir, '0store-secure-add.js') };
  const contentOf = ({ content }: PlannedFile): Buffer =>
    typeof content === 'string' ? Buffer.from(content) : fs.readFileSync(sources[content.copyOf]);

  const inspectStep = (step: SetupStep): StepFacts => {
    const { id } = step;
    const reason = whyUnsupported(id);
    if (reason !== null) return { id, state: 'missing', problem: { kind: 'unsupported', what: reason, found: '' } };
    let isUnknown = false;
    const problems: PartProblem[] = [];
    if (step.makesUser && uidOf(shareUser) === null) problems.push({ kind: 'missing', what: shareUser, found: '' });
    for (const directory of step.directories) problems.push(...directoryProblem(directory));
    for (const file of step.files) {
      const found = fileProblem(file, () => contentOf(file));
      if (found === 'unknown') isUnknown = true;
      else problems.push(...found);
    }
    const [problem] = problems;
    if (problem === undefined) return { id, state: isUnknown ? 'unknown' : 'ok', problem: null };
    const isMissing = problems.every(({ kind }) => kind === 'missing') && !isUnknown;
    return { id, state: isMissing ? 'missing' : 'broken', problem };
  };

  return {
    isSupported: process.platform === 'linux',
    inspect: async () => setupSteps.map(inspectStep),
    attempt: async (signal) => attempt(env, signal),
    commands: (id) => setupCommands(stepOf(id), sources),
    async apply(id) {
      const step = stepOf(id);
      const reason = whyUnsupported(id);
      if (reason !== null) throw new AppError('setup-failed', { step: id, reason: `${reason} is not there` });
      if (step.makesUser && uidOf(shareUser) === null) await command(id, makeUser);
      for (const directory of step.directories) makeDirectory(directory);
      for (const file of step.files) await writeFile(id, file, contentOf(file));
      for (const line of step.activate) await command(id, line);
    },
    async undo(id) {
      const step = stepOf(id);
      const isThere = step.files.some(({ path: file }) => fs.existsSync(file));
      if (isThere && whyUnsupported(id) === null) for (const line of step.deactivate) await command(id, line);
      for (const { path: file } of step.files) fs.rmSync(file, { force: true });
      if (id === 'program') removeIfEmpty('/usr/local/lib/zerodesk');
    },
  };
}

function stepOf(id: SetupStepId): SetupStep {
  const step = setupSteps.find((each) => each.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return step;
}

/** What a system lacks that a step needs; null if it has it. */
function whyUnsupported(id: SetupStepId): string | null {
  if (id === 'apparmor' && !fs.existsSync('/sys/kernel/security/apparmor')) return 'AppArmor';
  if (id === 'timer' && !fs.existsSync('/run/systemd/system')) return 'systemd';
  if (id === 'sudoers' && !['/usr/bin/sudo', '/bin/sudo', '/usr/local/bin/sudo'].some(isExecutable)) return 'sudo';
  return null;
}

function directoryProblem({ path: place, owner, mode }: PlannedDirectory): readonly PartProblem[] {
  const stat = fs.lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return [{ kind: 'missing', what: place, found: '' }];
  if (!stat.isDirectory()) return [{ kind: 'kind', what: place, found: '' }];
  const uid = owner === 'root' ? 0 : uidOf(owner);
  if (stat.uid !== uid) return [{ kind: 'owner', what: place, found: String(stat.uid) }];
  const bits = stat.mode & 0o777;
  // Stricter for others is a choice of the administrator; writable by others never is.
  const isTooOpen = (bits & ~mode & 0o077) !== 0;
  return isTooOpen ? [{ kind: 'mode', what: place, found: bits.toString(8) }] : [];
}

function fileProblem({ path: file, mode }: PlannedFile, content: () => Buffer): readonly PartProblem[] | 'unknown' {
  let stat: fs.Stats | undefined;
  try {
    stat = fs.lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'EACCES') return 'unknown';
    throw toFileError(error, file);
  }
  if (stat === undefined) return [{ kind: 'missing', what: file, found: '' }];
  if (!stat.isFile()) return [{ kind: 'kind', what: file, found: '' }];
  if (stat.uid !== 0) return [{ kind: 'owner', what: file, found: String(stat.uid) }];
  const bits = stat.mode & 0o777;
  if ((bits & 0o022) !== 0 || (mode & ~bits & 0o111) !== 0)
    return [{ kind: 'mode', what: file, found: bits.toString(8) }];
  try {
    return fs.readFileSync(file).equals(content()) ? [] : [{ kind: 'content', what: file, found: '' }];
  } catch (error) {
    if (errorCode(error) === 'EACCES') return 'unknown';
    throw toFileError(error, file);
  }
}

function makeDirectory({ path: place, owner, mode }: PlannedDirectory): void {
  try {
    fs.mkdirSync(place, { recursive: true, mode });
    if (!fs.lstatSync(place).isDirectory()) throw new AppError('setup-failed', { step: 'directories', reason: place });
    const uid = owner === 'root' ? 0 : uidOf(owner);
    if (uid === null) throw new AppError('setup-failed', { step: 'directories', reason: `there is no user ${owner}` });
    fs.lchownSync(place, uid, owner === 'root' ? 0 : (gidOf(owner) ?? uid));
    fs.chmodSync(place, mode);
  } catch (error) {
    throw toFileError(error, place);
  }
}

/** Beside the old one and renamed, so that no half file is ever read; rules of sudo are checked by its own program first. */
async function writeFile(step: SetupStepId, { path: file, mode }: PlannedFile, content: Buffer): Promise<void> {
  // sudo passes over names with a dot.
  const beside = `${file}.new`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
    fs.rmSync(beside, { force: true });
    fs.writeFileSync(beside, content, { flag: 'wx', mode });
    fs.chownSync(beside, 0, 0);
    fs.chmodSync(beside, mode);
    if (step === 'sudoers') await command(step, ['visudo', '--check', '--quiet', `--file=${beside}`]);
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw toFileError(error, file);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY'].includes(errorCode(error) ?? '')) throw toFileError(error, folder);
  }
}

async function command(step: string, [program = '', ...args]: readonly string[]): Promise<void> {
  try {
    await run(program, args, { env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' } });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new AppError('setup-failed', { step, reason: said === '' ? `${program} failed` : said }, { cause: error });
  }
}

async function attempt(env: ShareSetupOptions['env'], signal: AbortSignal | undefined): Promise<Trial | null> {
  const helper = findShareHelper(env);
  if (helper === null) return null;
  try {
    if (helper.streamPath !== null) {
      const reply = await createShareHelper({ env, isPortable: false }).ask({ request: 'status' }, signal);
      if (reply?.state === 'status') return { isOk: true, keepsAccounts: true };
      return { isOk: false, reason: reply?.state === 'refused' ? (reply.reason ?? reply.code) : 'no answer' };
    }
    const child = startHelper({ program: helper.path, args: [noDigest], cwd: '/', env, isSpokenTo: false, signal });
    try {
      const { status, message } = await child.ended();
      // It must refuse; but sudo, which stands before it, must not.
      const isBroken =
        status === 0 || status === 126 || status === 127 || /^sudo:|password|not found|cleared/im.test(message);
      return isBroken
        ? { isOk: false, reason: message === '' ? `status ${status ?? ''}` : message }
        : { isOk: true, keepsAccounts: false };
    } finally {
      child.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'share-failed') {
      return { isOk: false, reason: (error as AppError<'share-failed'>).params.reason };
    }
    throw error;
  }
}

/** In a checkout `bin` is beside `out`; packed it is beside the command line's own folder. */
function findProgramSource(cliDir: string): string {
  const places = ['../../bin', '../bin'].map((folder) => path.join(cliDir, folder, '0store-secure-add'));
  return places.find((place) => fs.existsSync(place)) ?? places[0] ?? '';
}

function uidOf(user: string): number | null {
  return numberOf(user, 2);
}

function gidOf(user: string): number | null {
  return numberOf(user, 3);
}

function numberOf(user: string, field: number): number | null {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${user}:`));
  const text = line?.split(':')[field];
  return text === undefined || !/^\d+$/.test(text) ? null : Number(text);
}

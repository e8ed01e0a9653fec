/**
 * What setting up the shared store means, as data: `share setup` prints it, or does it as root; `share status` compares it with
 * what is there.
 *
 * @see sharing.md 2.2
 */

/** The system user whom the shared store belongs to. It can do nothing else. */
export const shareUser = 'zeroinst';

/** Where everything is. Fixed: the helper reads no settings that say where to write. */
export const sharePlaces = {
  base: '/var/cache/0install.net',
  store: '/var/cache/0install.net/implementations',
  usage: '/var/cache/0install.net/usage',
  program: '/usr/local/lib/zerodesk/0store-secure-add',
  code: '/usr/local/lib/zerodesk/0store-secure-add.js',
  helper: '/usr/local/bin/0store-secure-add-helper',
  streamHelper: '/usr/local/bin/0store-secure-add-stream',
  // Files there are read in the order of their names, and the last line that matches decides.
  sudoers: '/etc/sudoers.d/zz-zerodesk-sharing',
  apparmor: '/etc/apparmor.d/zerodesk-secure-add',
  service: '/etc/systemd/system/zerodesk-share-clean.service',
  timer: '/etc/systemd/system/zerodesk-share-clean.timer',
} as const;

/** One part of it. */
export type SetupStepId = 'user' | 'directories' | 'program' | 'scripts' | 'sudoers' | 'apparmor' | 'timer';

/** A directory, with whom it belongs to. */
export interface PlannedDirectory {
  readonly path: string;
  readonly owner: 'root' | typeof shareUser;
  /** Permission bits. */
  readonly mode: number;
}

/** A file of root, as text or as a copy of one that came with the program. */
export interface PlannedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: string | { readonly copyOf: 'program' | 'code' };
}

/** What a step makes; undone, it is gone. */
export interface SetupStep {
  readonly id: SetupStepId;
  /** Needs something that not every system has, and sharing works without. */
  readonly isOptional: boolean;
  readonly makesUser: boolean;
  readonly directories: readonly PlannedDirectory[];
  readonly files: readonly PlannedFile[];
  /** To be run after the files are there, or were removed. */
  readonly activate: readonly (readonly string[])[];
  readonly deactivate: readonly (readonly string[])[];
}

const nothing = {
  isOptional: false,
  makesUser: false,
  directories: [],
  files: [],
  activate: [],
  deactivate: [],
} as const;

/** All steps, in the order in which they are done. */
export const setupSteps: readonly SetupStep[] = [
  { ...nothing, id: 'user', makesUser: true },
  {
    ...nothing,
    id: 'directories',
    directories: [
      { path: sharePlaces.base, owner: 'root', mode: 0o755 },
      { path: sharePlaces.store, owner: shareUser, mode: 0o755 },
      // Who uses what is nobody else's business.
      { path: sharePlaces.usage, owner: shareUser, mode: 0o700 },
    ],
  },
  {
    ...nothing,
    id: 'program',
    directories: [{ path: '/usr/local/lib/zerodesk', owner: 'root', mode: 0o755 }],
    files: [
      { path: sharePlaces.program, mode: 0o755, content: { copyOf: 'program' } },
      { path: sharePlaces.code, mode: 0o644, content: { copyOf: 'code' } },
    ],
  },
  {
    ...nothing,
    id: 'sudoers',
    files: [
      {
        path: sharePlaces.sudoers,
        mode: 0o440,
        content: `# Every user may ask the helper of the shared store to add what has the right digest: 0desk share status
Defaults>${shareUser} env_reset,always_set_home,!use_pty
ALL ALL=(${shareUser}) NOPASSWD: ${sharePlaces.program}
`,
      },
    ],
  },
  {
    ...nothing,
    id: 'scripts',
    files: [
      {
        path: sharePlaces.helper,
        mode: 0o755,
        content: `#!/bin/sh
# Adds the working directory to the shared store. A question for a password fails at once.
exec sudo -S -u ${shareUser} ${sharePlaces.program} "$@" < /dev/null
`,
      },
      {
        path: sharePlaces.streamHelper,
        mode: 0o755,
        content: `#!/bin/sh
# Adds to the shared store what comes over standard input.
exec sudo -n -u ${shareUser} ${sharePlaces.program} --stream
`,
      },
    ],
  },
  {
    ...nothing,
    id: 'apparmor',
    isOptional: true,
    files: [{ path: sharePlaces.apparmor, mode: 0o644, content: apparmorProfile() }],
    activate: [['apparmor_parser', '--replace', sharePlaces.apparmor]],
    deactivate: [['apparmor_parser', '--remove', sharePlaces.apparmor]],
  },
  {
    ...nothing,
    id: 'timer',
    isOptional: true,
    files: [
      {
        path: sharePlaces.service,
        mode: 0o644,
        content: `[Unit]
Description=Removes shared implementations that nobody needs any more

[Service]
Type=oneshot
User=${shareUser}
# To see what programs of other users are running from.
AmbientCapabilities=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH
CapabilityBoundingSet=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH
ExecStart=${sharePlaces.program} --clean
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${sharePlaces.base}
PrivateNetwork=yes
`,
      },
      {
        path: sharePlaces.timer,
        mode: 0o644,
        content: `[Unit]
Description=Removes shared implementations that nobody needs any more, once a day

[Timer]
OnCalendar=daily
RandomizedDelaySec=2h
Persistent=yes

[Install]
WantedBy=timers.target
`,
      },
    ],
    activate: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'zerodesk-share-clean.timer'],
    ],
    deactivate: [['systemctl', 'disable', '--now', 'zerodesk-share-clean.timer']],
  },
];

/** How the user is made. */
export const makeUser: readonly string[] = [
  'useradd',
  '--system',
  '--home-dir',
  sharePlaces.base,
  '--no-create-home',
  '--shell',
  '/usr/sbin/nologin',
  shareUser,
];

/** The same as commands for a shell, for an administrator who would rather do it by hand. */
export function setupCommands(
  step: SetupStep,
  sources: Readonly<Record<'program' | 'code', string>>,
): readonly string[] {
  return [
    ...(step.makesUser ? [makeUser.join(' ')] : []),
    ...step.directories.map(({ path, owner, mode }) => `install -d -o ${owner} -g ${owner} -m ${octal(mode)} ${path}`),
    ...step.files.map(({ path, mode, content }) => {
      if (typeof content !== 'string') return `install -m ${octal(mode)} ${quoted(sources[content.copyOf])} ${path}`;
      return `install -m ${octal(mode)} /dev/stdin ${path} <<'END'\n${content}END`;
    }),
    ...step.activate.map((command) => command.join(' ')),
  ];
}

/** What undoing takes, the last step first. What was shared stays, unless it is to go too. */
export function undoCommands(isStoreRemoved: boolean): readonly string[] {
  const removed = setupSteps
    .toReversed()
    .flatMap(({ deactivate, files }) => [
      ...deactivate.map((command) => command.join(' ')),
      ...files.map(({ path }) => `rm -f ${path}`),
    ]);
  if (!isStoreRemoved) return removed;
  return [...removed, `rm -rf ${sharePlaces.store} ${sharePlaces.usage}`, `userdel ${shareUser}`];
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function quoted(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function apparmorProfile(): string {
  return `# The helper of the shared store: it may read what it is to add, and write to the store, and nothing else.
#include <tunables/global>
${sharePlaces.program} {
  #include <abstractions/base>
  #include <abstractions/nameservice>

  ${sharePlaces.program} r,
  ${sharePlaces.code} r,
  /{usr/,}bin/{da,ba,}sh mrix,
  /{usr/,}bin/{env,readlink} mrix,
  /usr/{local/,}bin/node{,js} mrix,
  /opt/zerodesk/** mrix,
  /etc/zerodesk/sharing.json r,
  /** r,
  deny /etc/shadow r,
  ${sharePlaces.store}/{,**} rwlk,
  ${sharePlaces.usage}/{,**} rwlk,
  capability sys_ptrace,
  capability dac_read_search,
  ptrace read,
}
`;
}

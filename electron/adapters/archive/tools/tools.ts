import { AppError } from '../../../../shared/errors/app-error.ts';
import { findProgram } from '../../find-program.ts';

/** A program of the system that helps to unpack. */
interface Tool {
  /** Names it has on the systems we run on, the best first. */
  readonly commands: readonly string[];
  /** Its Debian package. */
  readonly package: string;
}

const tools = {
  bzip2: { commands: ['bzip2'], package: 'bzip2' },
  cabextract: { commands: ['cabextract'], package: 'cabextract' },
  lzip: { commands: ['lzip'], package: 'lzip' },
  msiinfo: { commands: ['msiinfo'], package: 'msitools' },
  sevenZip: { commands: ['7z', '7zz', '7za'], package: 'p7zip-full' },
  xz: { commands: ['xz'], package: 'xz-utils' },
  zstd: { commands: ['zstd'], package: 'zstd' },
} as const satisfies Readonly<Record<string, Tool>>;

export type ToolName = keyof typeof tools;

/** Looks for a tool in `$PATH`. Asked anew each time, since a missing one may be installed at any moment. */
export function findTool(name: ToolName, searchPath = process.env['PATH'] ?? '/usr/bin:/bin'): string | null {
  const ending = process.platform === 'win32' ? '.exe' : '';
  const found = tools[name].commands.map((command) => findProgram(command + ending, { PATH: searchPath }));
  return found.find((program) => program !== null) ?? null;
}

/** @param archive for the message @throws AppError `archive-tool-missing` */
export function requireTool(name: ToolName, archive: string): string {
  const program = findTool(name);
  if (program !== null) return program;
  const { commands, package: packageName } = tools[name];
  throw new AppError('archive-tool-missing', { name: archive, tool: commands[0], package: packageName });
}

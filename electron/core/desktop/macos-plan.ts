import { checkNewAppName } from '../apps/app-name.ts';
import { aliasScript } from './alias-script.ts';
import { digestOf, type IntegrationPlan, type Planner, refuse, titleFileName } from './integration-plan.ts';
import { checkTarget, type DesktopProgram, identityOf } from './program.ts';

/** One step. */
export type MacOperation =
  | { readonly type: 'write-file'; readonly path: string; readonly text: string; readonly mode: number }
  | { readonly type: 'delete'; readonly path: string };

/** Where things are on the computer. */
export interface MacPlaces {
  readonly home: string;
  /** Absolute path of our command line. */
  readonly command: string;
  /** Whether a file or folder, not written for the same program, is there. */
  readonly isTaken: (path: string) => boolean;
}

type Plan = IntegrationPlan<MacOperation>;

/**
 * Applications, start of the session and commands of this user on macOS. Files are opened by events there, which a script
 * cannot take, so types of files are not among them.
 *
 * @throws AppError `bad-url`, `bad-app-name`, `not-allowed`
 */
export function createMacPlanner(places: MacPlaces): Planner<MacOperation> {
  return ({ kind, program, alias }) => {
    checkTarget(program.target);
    switch (kind) {
      case 'menu':
        return program.needsTerminal ? terminalPlan(program, places) : applicationPlan(program, places);
      case 'autostart':
        return autostartPlan(program, places);
      case 'alias':
        return aliasPlan(program, alias ?? '', places);
      case 'file-types':
        return null;
    }
  };
}

/** A folder that the Finder takes for a program. */
function applicationPlan(program: DesktopProgram, places: MacPlaces): Plan {
  const path = pathFor(program, 'app', places);
  const info = plist({
    CFBundleExecutable: 'start',
    CFBundleIdentifier: idOf(program),
    CFBundleName: program.name.text,
    CFBundlePackageType: 'APPL',
    CFBundleVersion: '1',
  });
  return {
    path,
    apply: [
      { type: 'write-file', path: `${path}/Contents/Info.plist`, text: info, mode: 0o644 },
      { type: 'write-file', path: `${path}/Contents/MacOS/start`, text: script(program, places), mode: 0o755 },
    ],
    undo: [{ type: 'delete', path }],
  };
}

/** The Finder opens it in a terminal. */
function terminalPlan(program: DesktopProgram, places: MacPlaces): Plan {
  const path = pathFor(program, 'command', places);
  return {
    path,
    apply: [{ type: 'write-file', path, text: script(program, places), mode: 0o755 }],
    undo: [{ type: 'delete', path }],
  };
}

function autostartPlan(program: DesktopProgram, { home, command }: MacPlaces): Plan {
  const label = idOf(program);
  const path = `${home}/Library/LaunchAgents/${label}.plist`;
  const text = plist({
    Label: label,
    ProgramArguments: [command, 'run', '--', identityOf(program.target)],
    RunAtLoad: true,
  });
  return {
    path,
    apply: [{ type: 'write-file', path, text, mode: 0o644 }],
    undo: [{ type: 'delete', path }],
  };
}

function aliasPlan(program: DesktopProgram, alias: string, places: MacPlaces): Plan {
  checkNewAppName(alias);
  const path = `${places.home}/.local/bin/${alias}`;
  if (places.isTaken(path)) refuse(`there is a command of that name already: ${path}`);
  return {
    path,
    apply: [{ type: 'write-file', path, text: script(program, places), mode: 0o755 }],
    undo: [{ type: 'delete', path }],
  };
}

function pathFor(program: DesktopProgram, ending: string, { home, isTaken }: MacPlaces): string {
  const pathOf = (name: string): string => `${home}/Applications/${name}.${ending}`;
  return pathOf(titleFileName(program, (name) => isTaken(pathOf(name))));
}

function script({ target }: DesktopProgram, { command }: MacPlaces): string {
  return aliasScript(target, { command, hasReference: false });
}

function idOf(program: DesktopProgram): string {
  return `net.zerodesk.program-${digestOf(program)}`;
}

type PlistValue = string | boolean | readonly string[];

function plist(values: Readonly<Record<string, PlistValue>>): string {
  const lines = Object.entries(values).map(([key, value]) => `  <key>${key}</key>\n  ${plistValue(value)}\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${lines.join('')}</dict>\n</plist>\n`;
}

function plistValue(value: PlistValue): string {
  if (value === true || value === false) return `<${String(value)}/>`;
  if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`;
  return `<array>${value.map((item) => plistValue(item)).join('')}</array>`;
}

/** Control characters are out of every text by now. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

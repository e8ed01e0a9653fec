import { execFile } from 'node:child_process';
import type { ConditionsPort } from '../../core/ports/conditions.ts';
import { findProgram } from '../find-program.ts';

const limits = { timeout: 3000, maxBuffer: 256 * 1024 };

/**
 * Asks NetworkManager and UPower by their own programs. Where one of these is missing, or on other systems, it is not known, which
 * stops nothing.
 */
export function createConditions(env: Readonly<Record<string, string | undefined>>): ConditionsPort {
  const ask = async (name: string, args: readonly string[]): Promise<string | null> => {
    const program = findProgram(name, env);
    if (program === null) return null;
    return new Promise((resolve) => {
      execFile(program, args, { ...limits, env: { ...env, LC_ALL: 'C' } }, (error, stdout) => {
        resolve(error ? null : stdout);
      });
    });
  };
  return {
    async read() {
      const [network, power] = await Promise.all([
        ask('nmcli', ['-g', 'GENERAL.STATE,GENERAL.METERED', 'device', 'show']),
        ask('upower', ['--dump']),
      ]);
      return {
        isMetered: network === null ? null : readMetered(network),
        isOnBattery: power === null ? null : readBattery(power),
      };
    },
  };
}

/** Pairs of lines, one for each device: `100 (connected)` and `yes`, `no`, `yes (guessed)`, `no (guessed)` or `unknown`. */
function readMetered(text: string): boolean | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const answers = lines.flatMap((line, index) => (/^100\b/.test(line) ? [lines[index + 1] ?? ''] : []));
  if (answers.some((answer) => answer.startsWith('yes'))) return true;
  return answers.some((answer) => answer.startsWith('no')) ? false : null;
}

/** The line `on-battery: yes` of the daemon. */
function readBattery(text: string): boolean | null {
  const answer = /^\s*on-battery:\s*(yes|no)\s*$/m.exec(text)?.[1];
  return answer === undefined ? null : answer === 'yes';
}

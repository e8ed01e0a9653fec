import { AppError } from '../../../shared/errors/app-error.ts';
import { NetworkUse } from '../../../shared/model/settings.ts';
import type { ConfigPort, GlobalConfig } from '../../core/ports/settings.ts';
import { formatInterval, parseInterval } from '../interval.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

interface Setting {
  readonly show: (config: GlobalConfig) => string;
  readonly change: (text: string) => Parameters<ConfigPort['write']>[0];
}

const settings: Readonly<Record<string, Setting>> = {
  auto_approve_keys: {
    show: ({ autoApproveKeys }) => showBoolean(autoApproveKeys),
    change: (text) => ({ autoApproveKeys: readBoolean(text) }),
  },
  freshness: {
    show: ({ freshnessSeconds }) => formatInterval(freshnessSeconds),
    change: (text) => ({ freshnessSeconds: parseInterval(text) }),
  },
  help_with_testing: {
    show: ({ helpWithTesting }) => showBoolean(helpWithTesting),
    change: (text) => ({ helpWithTesting: readBoolean(text) }),
  },
  network_use: {
    show: ({ networkUse }) => networkUse,
    change: (text) => {
      const parsed = NetworkUse.safeParse(text);
      if (!parsed.success)
        throw new AppError('usage', {
          message: `Invalid network use type '${text}'`,
          hint: 'use full, minimal or off-line',
        });
      return { networkUse: parsed.data };
    },
  },
};

/** `config [NAME [VALUE]]`. @see execution.md 11 */
export const runConfig: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const { args, out } = context;
    const [name, value] = args;
    const config = await engine.config.read();
    if (name === undefined) {
      if (out.isJson) out.print(`${JSON.stringify(config)}\n`);
      else for (const [key, setting] of Object.entries(settings)) out.print(`${key} = ${setting.show(config)}\n`);
      return 0;
    }
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (!setting)
      throw new AppError('usage', {
        message: `Unknown setting name '${name}'`,
        hint: `known: ${Object.keys(settings).join(', ')}`,
      });
    if (value !== undefined) await engine.config.write(setting.change(value));
    else out.print(out.isJson ? `${JSON.stringify({ [name]: setting.show(config) })}\n` : `${setting.show(config)}\n`);
    return 0;
  });

function showBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

function readBoolean(text: string): boolean {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw new AppError('usage', { message: `Invalid boolean value '${text}'`, hint: 'use True or False' });
}

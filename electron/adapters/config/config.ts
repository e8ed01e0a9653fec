import { join } from 'node:path';
import { refuseLocked, withLocked } from '../../core/settings/locked.ts';
import type { ConfigPort, GlobalConfig, LockedSettingsPort } from '../../core/ports/settings.ts';
import { createQueues, readFirstFile, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';
import { changeIniSection, readIniSection } from './ini.ts';

const section = 'global';
const defaultKeyInfoServer = 'https://keylookup.0install.net';

const defaults: Omit<GlobalConfig, 'warnings'> = {
  networkUse: 'full',
  freshnessSeconds: 2_592_000,
  helpWithTesting: false,
  autoApproveKeys: true,
  keyInfoServer: defaultKeyInfoServer,
};

const nothingLocked: LockedSettingsPort = { read: () => Promise.resolve({ values: {}, path: null }) };

/** A hundred years; more would only overflow somewhere. */
const maxFreshnessSeconds = 3_200_000_000;

/**
 * The settings shared with the reference, `injector/global`. The first existing file counts, the user's before the
 * system's; changes go to the user's and begin with what counted before.
 *
 * @see execution.md 11
 */
export function createConfig(paths: Pick<Paths, 'config'>, locked: LockedSettingsPort = nothingLocked): ConfigPort {
  const files = paths.config.map((directory) => join(directory, 'injector', 'global'));
  const [own = ''] = files;
  const queue = createQueues();
  const readText = async (): Promise<string> => {
    const found = await readFirstFile(files);
    return found === null ? '' : new TextDecoder().decode(found.bytes);
  };
  return {
    async read() {
      const [text, { values }] = await Promise.all([readText(), locked.read()]);
      return withLocked(parseConfig(text), values);
    },
    write(change) {
      return queue(own, async () => {
        refuseLocked(await locked.read(), Object.keys(change));
        const text = await readText();
        const next = { ...parseConfig(text), ...change };
        await writeFileAtomically(own, changeIniSection(text, section, toValues(next)), 0o644);
      });
    },
  };
}

/** Reads the text of `injector/global`. What is not understood gives its default and a warning. */
export function parseConfig(text: string): GlobalConfig {
  const values = readIniSection(text, section);
  const warnings: string[] = [];
  const read = <T>(key: string, fallback: T, parse: (value: string) => T | null): T => {
    const value = values.get(key);
    if (value === undefined) return fallback;
    const parsed = parse(value);
    if (parsed !== null) return parsed;
    warnings.push(`${key} = ${value}`);
    return fallback;
  };
  const server = values.get('key_info_server');
  return {
    networkUse: read('network_use', defaults.networkUse, (value) =>
      value === 'full' || value === 'minimal' || value === 'off-line' ? value : null,
    ),
    freshnessSeconds: read('freshness', defaults.freshnessSeconds, parseFreshness),
    helpWithTesting: read('help_with_testing', defaults.helpWithTesting, parseBoolean),
    autoApproveKeys: read('auto_approve_keys', defaults.autoApproveKeys, parseBoolean),
    keyInfoServer: server === undefined ? defaults.keyInfoServer : server === '' ? null : server,
    warnings,
  };
}

function toValues(config: GlobalConfig): ReadonlyMap<string, string | null> {
  const { keyInfoServer } = config;
  return new Map([
    ['help_with_testing', formatBoolean(config.helpWithTesting)],
    ['network_use', config.networkUse],
    ['freshness', String(Math.max(0, Math.round(config.freshnessSeconds)))],
    ['auto_approve_keys', formatBoolean(config.autoApproveKeys)],
    ['key_info_server', keyInfoServer === defaultKeyInfoServer ? null : (keyInfoServer ?? '')],
  ]);
}

/** Whole seconds; 0 or less is never. */
function parseFreshness(text: string): number | null {
  if (!/^[+-]?[0-9]{1,15}(\.[0-9]*)?$/.test(text)) return null;
  return Math.min(maxFreshnessSeconds, Math.max(0, Math.ceil(Number(text))));
}

function parseBoolean(text: string): boolean | null {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : null;
}

function formatBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

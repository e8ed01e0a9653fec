import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../../../electron/adapters/config/config.ts';
import { createLockedSettings } from '../../../electron/adapters/config/locked-settings.ts';
import { createPaths } from '../../../electron/adapters/paths.ts';
import { createJsonState } from '../../../electron/adapters/state/json-state.ts';
import { createSettingsService } from '../../../electron/services/settings-service.ts';
import { runZerodesk } from '../../helpers/desk-world.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const policy = [
  '# For everybody.',
  '[locked]',
  'network_use = minimal',
  'freshness = 86400',
  'show_samples = False',
  'max_bytes_per_second = 500000',
  'program_languages = de_AT fr',
  'help_with_testing = perhaps',
  'nonsense = 1',
  '',
].join('\n');

function world() {
  const home = tempDir();
  const env = {
    HOME: home,
    PATH: process.env['PATH'] ?? '',
    XDG_CONFIG_DIRS: path.join(home, 'etc'),
    LC_ALL: 'C.UTF-8',
  };
  const file = path.join(home, 'etc/0install.net/injector/zerodesk-policy');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, policy);
  const paths = createPaths(env, home);
  const misread: unknown[] = [];
  const locked = createLockedSettings(paths, { warn: (_text, data) => misread.push(data?.['name']) });
  const config = createConfig(paths, locked);
  const state = createJsonState(paths.state);
  const settings = createSettingsService({ config, locked, state, onChanged: () => {} });
  return { env, file, misread, settings, own: path.join(paths.config[0] ?? '', 'injector/global') };
}

describe('settings that an administrator has locked [W20]', () => {
  it('count instead of the person’s own, and are named', async () => {
    const { settings, misread } = world();
    expect(await settings.get()).toMatchObject({
      networkUse: 'minimal',
      freshnessSeconds: 86_400,
      helpWithTesting: false,
      showSamples: false,
      maxBytesPerSecond: 500_000,
      programLanguages: ['de_AT', 'fr'],
      locked: ['networkUse', 'freshnessSeconds', 'showSamples', 'maxBytesPerSecond', 'programLanguages'],
    });
    expect(new Set(misread)).toEqual(new Set(['help_with_testing', 'nonsense']));
  });

  it('cannot be changed, in the window or by the command line; others can', async () => {
    const { settings, env, file, own } = world();
    const refused = expect.objectContaining({ code: 'setting-locked' }) as Error;
    await expect(settings.set({ networkUse: 'full' })).rejects.toEqual(refused);
    await expect(settings.set({ theme: 'dark', showSamples: true })).rejects.toEqual(refused);
    expect(await settings.set({ helpWithTesting: true, theme: 'dark' })).toMatchObject({
      helpWithTesting: true,
      theme: 'dark',
      networkUse: 'minimal',
    });
    // What is locked is not written into the person's own file, so that it ends with the lock.
    expect(readFileSync(own, 'utf8')).toContain('network_use = full');

    const { status, stderr } = await runZerodesk(env, ['config', 'network_use', 'full']);
    expect(status).toBe(1);
    expect(stderr).toContain(file);
    expect((await runZerodesk(env, ['config', 'network_use'])).stdout).toBe('minimal\n');
    expect((await runZerodesk(env, ['config', 'help_with_testing', 'False'])).status).toBe(0);
  });

  it('end with the file', async () => {
    const { settings, file } = world();
    writeFileSync(file, '[other]\nnetwork_use = minimal\n');
    expect(await settings.get()).toMatchObject({ networkUse: 'full', locked: [] });
  });
});

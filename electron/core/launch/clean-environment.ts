/** Variables that belong to Electron and its wrappers, not to the person's session. */
const ownNames = new Set([
  'CHROME_DESKTOP',
  'NODE_OPTIONS',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'APPDIR',
  'APPIMAGE',
  'ARGV0',
  'OWD',
]);
/** Lists to which an AppImage adds directories of its own. */
const listNames = ['PATH', 'LD_LIBRARY_PATH', 'XDG_DATA_DIRS', 'GSETTINGS_SCHEMA_DIR', 'QT_PLUGIN_PATH', 'PYTHONPATH'];

/**
 * The environment as the desktop gave it to us, for programs started from the window: without what Electron or an
 * AppImage added.
 *
 * @param ownSettings names of further variables that we have set ourselves, such as `GDK_BACKEND`
 * @see execution.md 6
 */
export function cleanEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  ownSettings: readonly string[] = [],
): Readonly<Record<string, string>> {
  const result = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name.startsWith('ELECTRON_')) continue;
    if (!ownNames.has(name) && !ownSettings.includes(name)) result.set(name, value);
  }

  const mount = env['APPDIR'];
  if (mount?.startsWith('/') === true && mount !== '/') {
    for (const name of listNames) {
      const list = result.get(name);
      if (list === undefined) continue;
      const kept = list.split(':').filter((entry) => entry !== mount && !entry.startsWith(`${mount}/`));
      if (kept.join(':') === '') result.delete(name);
      else result.set(name, kept.join(':'));
    }
  }
  return Object.fromEntries(result);
}

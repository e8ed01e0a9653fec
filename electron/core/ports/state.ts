/** Small JSON documents of our own (library, window), one file each, written whole. */
export interface StatePort {
  /** `null` if there is none or it is broken (a broken one is kept beside as `NAME.broken`). */
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
}

/** The document that holds the window's settings. */
export const windowSettingsName = 'window-settings';

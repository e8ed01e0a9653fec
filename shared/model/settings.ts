import { z } from 'zod';
import { windowLanguages } from '../languages.ts';
import { KeyName } from './trust.ts';

/** How much the network may be used; the reference's words. */
export const NetworkUse = z.enum(['full', 'minimal', 'off-line']);
export type NetworkUse = z.infer<typeof NetworkUse>;

/** What the Preferences page shows. The first four are kept where the reference keeps them. */
export const Settings = z.object({
  networkUse: NetworkUse,
  /** Seconds after which a feed is checked again; 0 = never by itself. */
  freshnessSeconds: z.number().int().min(0).max(3_200_000_000),
  helpWithTesting: z.boolean(),
  autoApproveKeys: z.boolean(),
  /** Ours: colour scheme of the window. */
  theme: z.enum(['system', 'light', 'dark']),
  /** Ours: whether the built-in sample repository is listed. */
  showSamples: z.boolean(),
  /** Ours: how fast all downloads together may be, bytes a second; `null` = as fast as it goes. */
  maxBytesPerSecond: z.number().int().min(1024).max(1e12).nullable(),
  /** Ours: whether updates are looked for unasked where each byte costs. */
  updatesWhenMetered: z.boolean(),
  /** Ours: the same for a computer on battery. */
  updatesOnBattery: z.boolean(),
  /**
   * Ours: hours of the day (0 to 23, local time) in which updates are looked for unasked, from the first until before the
   * last; `null` = at any time.
   */
  updateHours: z.object({ from: z.number().int().min(0).max(23), until: z.number().int().min(0).max(23) }).nullable(),
  /** Ours: of the window's texts. */
  language: z.enum(['system', ...windowLanguages]),
  /** Ours: an icon in the tray of the system, where the window goes while something is at work. */
  showsTray: z.boolean(),
  /** Ours: whether the system tells what happened while another window is used. */
  notifies: z.boolean(),
  /** Ours: whether the introduction was seen. */
  isWelcomed: z.boolean(),
  /** Ours: of programs started from the window, such as `de` or `pt_BR`, best first; empty = as the system says. */
  programLanguages: z.array(z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/)).max(20),
});
export type Settings = z.infer<typeof Settings>;
export type SettingName = keyof Settings;

/** The settings, and those that an administrator has locked. */
export const SettingsView = Settings.extend({ locked: z.array(Settings.keyof()) });
export type SettingsView = z.infer<typeof SettingsView>;

/** Keys trusted for a domain. */
export const TrustedDomain = z.object({
  domain: z.string(),
  keys: z.array(KeyName),
});
export type TrustedDomain = z.infer<typeof TrustedDomain>;

/** About this program. */
export const AppInfo = z.object({
  version: z.string(),
  electron: z.string().nullable(),
  node: z.string(),
  platform: z.string(),
  /** Language tag for texts. */
  locale: z.string(),
  configDir: z.string(),
  cacheDir: z.string(),
});
export type AppInfo = z.infer<typeof AppInfo>;

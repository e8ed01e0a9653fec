import { resolve } from 'node:path';
import { createSandboxes } from '../adapters/process/sandbox.ts';
import type { LaunchPlan } from '../core/launch/model.ts';
import type { SandboxSettings } from '../core/launch/sandbox.ts';
import type { Selections } from '../core/selections/model.ts';
import { implementationPaths } from '../services/implementation-paths.ts';
import { findApp, openApps } from './apps.ts';
import type { CommandContext } from './context.ts';
import type { ParsedOptions } from './options.ts';
import type { Session } from './session.ts';

/** What the options allow. */
export function readSandboxSettings(options: ParsedOptions): SandboxSettings {
  const folders = (name: string): readonly string[] =>
    (options.get(name) ?? []).flat().map((folder) => resolve(folder));
  return { allowsNetwork: options.has('allow-network'), writable: folders('allow'), readable: folders('allow-read') };
}

/** Puts a program into a sandbox if that was asked for, now or once and for all for this app. */
export async function withSandbox(
  plan: LaunchPlan,
  { selections, target }: { readonly selections: Selections; readonly target: string },
  { session, context }: { readonly session: Session; readonly context: CommandContext },
): Promise<LaunchPlan> {
  const { engine } = session;
  const settings = context.options.has('sandbox')
    ? readSandboxSettings(context.options)
    : await settingsOfApp(target, session, context);
  if (settings === null) return plan;
  const needed = (await implementationPaths(selections, engine.store)).filter((path) => path !== null);
  const interfaceUri = selections.interface;
  return createSandboxes(engine.paths, engine.env).wrap(plan, { interfaceUri, needed, settings });
}

/** What an app that is always run apart may use; null for others, and for what is no app. */
export async function settingsOfApp(
  text: string,
  session: Session,
  context: CommandContext,
): Promise<SandboxSettings | null> {
  const app = await findApp(text, session, context);
  return app && (await openApps(session, context)).sandbox.read(app);
}

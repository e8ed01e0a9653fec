/** Everything needed to start a program, computed without touching the machine. @see execution.md 1-5 */
export interface LaunchPlan {
  /** Absolute program first. */
  readonly argv: readonly string[];
  /** The complete environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Working directory; `null` = the caller's. */
  readonly cwd: string | null;
  /** Launcher scripts to write before the start; a file that is there already with the same content is kept. */
  readonly launchers: readonly { readonly path: string; readonly content: string }[];
}

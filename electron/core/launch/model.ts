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
  /** How the environment came to be what it is, in the order in which it happened. */
  readonly bindings: readonly LaunchBinding[];
}

/** One change of one variable. */
export interface LaunchBinding {
  readonly variable: string;
  readonly mode: 'replace' | 'prepend' | 'append';
  /** What was set or put beside the value before. */
  readonly value: string;
  /** Between the two; empty for `replace`. */
  readonly separator: string;
  /** What counted as the value before where the variable was not set; null = nothing. */
  readonly fallback: string | null;
  /** The component whose files it is about. */
  readonly of: BoundComponent;
  /** The component that wants it: that one itself, or one that depends on it. */
  readonly by: BoundComponent;
}

/** A selected component. */
export interface BoundComponent {
  readonly interface: string;
  readonly isSource: boolean;
  readonly version: string;
}

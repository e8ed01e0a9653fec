import type { CommandSpec, ParsedOptions } from './options.ts';

/** Where results and messages go. */
export interface Console {
  /** Results: standard output. */
  readonly print: (text: string) => void;
  /** Messages and problems: standard error. */
  readonly complain: (text: string) => void;
  /** `--json`. */
  readonly isJson: boolean;
  /** Some lines that are overwritten by the next ones; nothing if standard error is no terminal. */
  readonly showStatus: (text: string) => void;
  /** Width of the terminal. */
  readonly columns: number;
  /** Asks for a line; null at the end of input. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Ends when everything is written. */
  readonly close: () => Promise<void>;
}

/** The program that was started. */
export interface Program {
  readonly version: string;
  /** Folder of the built-in sample repository. */
  readonly samplesDir: string;
  /** Folder of the command line's own files. */
  readonly cliDir: string;
}

/** What a command gets. */
export interface CommandContext {
  readonly command: CommandSpec;
  readonly args: readonly string[];
  readonly options: ParsedOptions;
  readonly program: Program;
  readonly out: Console;
}

/** A command; returns the exit status. */
export type CommandRunner = (context: CommandContext) => Promise<number>;

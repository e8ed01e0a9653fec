import { AppError } from '../../../shared/errors/app-error.ts';
import { sha256Hex } from '../sha256.ts';
import { type DesktopProgram, identityOf } from './program.ts';

/** Ways for a program to appear outside of our window. */
export type IntegrationKind = 'menu' | 'autostart' | 'file-types' | 'alias';

/** What is to be written. */
export interface IntegrationRequest {
  readonly kind: IntegrationKind;
  readonly program: DesktopProgram;
  /** Of an alias. */
  readonly alias: string | null;
  /** A PNG that `isIcon` accepts; null = none. */
  readonly icon: Uint8Array | null;
}

/** What makes a program appear, as data, and what undoes it. */
export interface IntegrationPlan<Operation> {
  /** Where it is, as people are told. */
  readonly path: string;
  readonly apply: readonly Operation[];
  readonly undo: readonly Operation[];
}

/** Makes a plan; null if the program has nothing for what is asked. */
export type Planner<Operation> = (request: IntegrationRequest) => IntegrationPlan<Operation> | null;

const maxLength = 80;
/** Names that Windows keeps for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name of a file for people: what no system allows in it is left out.
 *
 * @param isTaken whether another program has a name; then ours gets something of its digest
 */
export function titleFileName({ name, target }: DesktopProgram, isTaken: (name: string) => boolean): string {
  const plain = Array.from(name.text.replace(/[<>:"/\\|?*\n\r\t]/g, ''))
    .slice(0, maxLength)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  const title = plain === '' || deviceName.test(plain) ? `Program ${plain}`.trim() : plain;
  return isTaken(title) ? `${title} ${digestOf({ target })}` : title;
}

/** Six digits that tell programs apart where their names cannot. */
export function digestOf({ target }: Pick<DesktopProgram, 'target'>): string {
  return sha256Hex(identityOf(target)).slice(0, 6);
}

/** @throws AppError `not-allowed` */
export function refuse(what: string): never {
  throw new AppError('not-allowed', { reason: what });
}

import { compareBytes } from '../byte-order.ts';

interface RoleName {
  readonly interface: string;
  readonly isSource: boolean;
}

/** A role's name in reports and trees: the interface, marked if source is wanted. */
export function roleText(role: RoleName): string {
  return role.isSource ? `${role.interface}#source` : role.interface;
}

/**
 * The order of roles in all listings: by interface, then binary before source.
 *
 * @see selection.md 1
 */
export function compareRoles(one: RoleName, other: RoleName): number {
  return compareBytes(one.interface, other.interface) || Number(one.isSource) - Number(other.isSource);
}

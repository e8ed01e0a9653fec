import type { PrivateCause, ShareHealth } from '../../../shared/model/sharing.ts';
import { parseDigestName } from '../manifest/digest-name.ts';

/** Why an implementation of the user's own store is not shared: the first reason that holds. @see sharing.md 6.4 */
export function privateCause(
  { digest }: { readonly digest: string },
  { health, hasShared }: { readonly health: ShareHealth; readonly hasShared: boolean },
): PrivateCause {
  if (health.isPortable) return 'portable';
  if (parseDigestName(digest)?.algorithm === 'sha1') return 'sha1';
  if (!hasShared) return 'no-store';
  if (health.helperPath === null) return 'no-helper';
  return health.state === 'ready' ? 'before-sharing' : 'broken-helper';
}

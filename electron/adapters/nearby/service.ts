import { networkInterfaces } from 'node:os';
import { isPublicHost } from '../../core/trust/mirror.ts';

/** What computers that offer implementations are found by; the same as with 0install for Windows. @see sharing.md 7 */
export const serviceName = '_0install-store._tcp.local';
export const multicastGroup = '224.0.0.251';
export const multicastPort = 5353;
/** What is sent: a tar archive, quickly compressed. */
export const archiveEnding = '.tar.gz';
/** Each computer offers under few names. */
export const maxDigestsInPath = 8;

/** Addresses of this computer in networks that are no part of the internet. */
export function localAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isLocalAddress(address))
    .map(({ address }) => address);
}

/** Whether an IPv4 address belongs to a local network. Some systems write it as one of IPv6. */
export function isLocalAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return /^\d+\.\d+\.\d+\.\d+$/.test(plain) && !isPublicHost(plain);
}

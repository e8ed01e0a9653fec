import type { LookupFunction } from 'node:net';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isPublicHost } from '../../core/trust/mirror.ts';
import { redactUrl } from '../../core/trust/url.ts';

/** Tells servers of the internet from those of this computer and its network, which strangers may not make us ask. */
export interface PrivateHosts {
  /** Whether a name or address, as in `URL.hostname`, says itself that it is no public one. */
  isPrivateName(hostname: string): boolean;
  /** The same, also by what the name stands for; a name that stands for nothing is public. */
  isPrivate(hostname: string): Promise<boolean>;
  /** Looks names up like the system, but refuses those that stand for a private address. */
  readonly guardedLookup: LookupFunction;
  readonly lookup: LookupFunction;
}

/** @param lookup the system's */
export function createPrivateHosts(lookup: LookupFunction): PrivateHosts {
  const isPrivateName = (hostname: string): boolean => !isPublicHost(hostname);
  const addressesOf = (hostname: string): Promise<readonly string[]> =>
    new Promise((resolve) => {
      lookup(hostname, { all: true }, (error, found) => {
        if (error) resolve([]);
        else resolve(Array.isArray(found) ? found.map(({ address }) => address) : [found]);
      });
    });
  return {
    isPrivateName,
    async isPrivate(hostname) {
      if (isPrivateName(hostname)) return true;
      if (isAddress(hostname)) return false;
      return (await addressesOf(hostname)).some(isPrivateAddress);
    },
    lookup,
    // Looked up and connected to in one step: a name that changes its meaning in between helps nobody.
    guardedLookup: (hostname, options, callback) => {
      lookup(hostname, options, (error, found, family) => {
        const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
        if (!error && addresses.some(isPrivateAddress)) callback(refusal(hostname), '', 0);
        else callback(error, found, family);
      });
    },
  };
}

/** What a redirect into the private network gets. */
export function privateRedirect(from: string): AppError<'bad-redirect'> {
  return new AppError('bad-redirect', { url: redactUrl(from), reason: 'it leads into a private network' });
}

/** Marks that a name was refused; whoever asked knows from where it came. */
export const privateAddressCode = 'ERR_PRIVATE_ADDRESS';

function refusal(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} stands for a private address`), { code: privateAddressCode });
}

function isPrivateAddress(address: string): boolean {
  return !isPublicHost(address.includes(':') ? `[${address}]` : address);
}

/** Whether a host, as in `URL.hostname`, is no name. */
export function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[0-9.]+$/.test(hostname);
}

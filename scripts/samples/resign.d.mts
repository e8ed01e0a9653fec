import type { SigningKey } from './signing.mjs';

export const originalBaseUrl: string;
export function resignSite(options: {
  readonly siteDir: string;
  readonly baseUrl: string;
  readonly key: SigningKey;
  readonly signedAt: Date;
}): Promise<Map<string, Buffer>>;

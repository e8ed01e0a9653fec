import type { SigningKey } from './signing.mjs';

export function buildRepository(options: {
  readonly sourceDir: string;
  readonly baseUrl: string;
  readonly key: SigningKey;
  readonly signedAt: Date;
}): Promise<Map<string, Buffer>>;

import { describeProgram, type DesktopProgram } from '../../electron/core/desktop/program.ts';
import { remoteFeed, remoteFeedName } from './feed.ts';

/** Namespace of capabilities, as an attribute. */
export const capsAttribute = 'xmlns="http://0install.de/schema/desktop-integration/capabilities"';

/** The program of a feed with some content. */
export function programOf(content: string, target: { uri?: string; app?: string | null } = {}): DesktopProgram {
  return describeProgram(remoteFeed(content), { uri: target.uri ?? remoteFeedName, app: target.app ?? null });
}

/** A PNG header of a size, with some bytes behind it. */
export function pngOf(width: number, height = width, bytes = 64): Uint8Array {
  const png = Buffer.alloc(bytes);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(png);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return new Uint8Array(png);
}

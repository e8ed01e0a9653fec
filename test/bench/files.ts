import * as fs from 'node:fs';
import path from 'node:path';

/** Numbers from 0 up to a limit that look random and are the same each time. */
function createRandom(): (limit: number) => number {
  let state = 2_463_534_242;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** Text about as easy to compress as source code is. */
function makeText(byteCount: number): Buffer {
  const random = createRandom();
  const words = Array.from({ length: 4000 }, () =>
    Array.from({ length: 2 + random(9) }, () => String.fromCharCode(97 + random(26))).join(''),
  );
  const lines: string[] = [];
  for (let size = 0; size < byteCount;) {
    const line = Array.from({ length: 4 + random(10) }, () => words[Math.min(random(4000), random(4000))]).join(' ');
    lines.push(line);
    size += line.length + 1;
  }
  return Buffer.from(lines.join('\n')).subarray(0, byteCount);
}

/** Files of 0 to some 6 kB, a hundred in a directory, as in a source tree. */
export function makeSmallFiles(directory: string, count: number): void {
  const random = createRandom();
  const text = makeText(4_000_000);
  for (let index = 0; index < count; index++) {
    const folder = path.join(directory, `d${Math.floor(index / 1000)}`, `e${Math.floor(index / 100) % 10}`);
    if (index % 100 === 0) fs.mkdirSync(folder, { recursive: true });
    const start = random(text.length - 6000);
    const mode = index % 10 === 0 ? 0o755 : 0o644;
    fs.writeFileSync(path.join(folder, `file${index}.txt`), text.subarray(start, start + random(5800)), { mode });
  }
}

/** Large files of text; sizes in units of 2^20 bytes. */
export function makeTextFiles(directory: string, count: number, mebibytes: number): void {
  fs.mkdirSync(directory, { recursive: true });
  const text = makeText(16 * 2 ** 20);
  for (let index = 0; index < count; index++) {
    const descriptor = fs.openSync(path.join(directory, `text${index}`), 'w');
    for (let done = 0; done < mebibytes; done += 16) {
      // Shifted, so that no part repeats one that a compressor still sees.
      const shift = (index * 7919 + done * 104_729) % text.length;
      fs.writeSync(descriptor, Buffer.concat([text.subarray(shift), text.subarray(0, shift)]));
    }
    fs.closeSync(descriptor);
  }
}

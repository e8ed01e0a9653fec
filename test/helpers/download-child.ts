// A process of its own that downloads one file: DIRECTORY URL SIZE. Prints the SHA-256 of what it got.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createHttp } from '../../electron/adapters/http/http.ts';

const [downloadDir = '', url = '', size = ''] = process.argv.slice(2);
const http = createHttp({ userAgent: 'Zerodesk/test', downloadDir, env: {}, limits: { backOffMs: 5 } });
const file = await http.download(url, { sizeBytes: Number(size) });
process.stdout.write(createHash('sha256').update(readFileSync(file.path)).digest('hex'));
await file.discard();
await http.close();

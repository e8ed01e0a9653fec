import { openTestStore } from './store-bench.ts';

// A program for tests that look at memory: computes the digest of an archive, prints how many files it has and the largest
// memory of this process.
const [base = '', file = ''] = process.argv.slice(2);
const { stores } = openTestStore(base);
const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
const { manifest } = await stores.digestArchive(request);
const entries = manifest.split('\n').filter((line) => /^[FX] /.test(line)).length;
process.stdout.write(JSON.stringify({ entries, peakBytes: process.resourceUsage().maxRSS * 1024 }));

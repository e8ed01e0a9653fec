// A process that serves the files of a directory as fast as it can: DIRECTORY. Prints its port. Ends with its input.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const [directory = ''] = process.argv.slice(2);
const server = createServer((request, response) => {
  const file = path.join(directory, path.basename(request.url ?? ''));
  response.writeHead(200, { 'content-length': statSync(file).size, etag: '"1"' });
  createReadStream(file, { highWaterMark: 2 ** 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
process.stdin.on('end', () => process.exit()).resume();

import { open } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import english from '../../assets/locales/en.json' with { type: 'json' };
import { describeError } from '../../shared/i18n/describe-error.ts';
import { createIntl } from '../../shared/i18n/translator.ts';
import type { AppInfo } from '../../shared/model/index.ts';
import type { Desk } from '../desk.ts';
import { createReportService, type ReportService } from '../services/report-service.ts';

const mostLogBytes = 32 * 1024;

interface Options {
  readonly desk: Desk;
  readonly info: () => Promise<AppInfo>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the log is. */
  readonly logDir: string;
}

/** Reports about this computer, without what is personal. */
export function createReports({ desk, info, env, logDir }: Options): ReportService {
  // Reports are read by whoever helps, so they speak English.
  const texts = createIntl('en', english);
  const base = env['ZEROINSTALL_PORTABLE_BASE'];
  return createReportService({
    info,
    settings: desk.settings,
    jobs: desk.jobs,
    components: desk.components,
    readLog: () => readEnd(join(logDir, 'zerodesk.log')),
    personal: {
      places: [
        [homedir(), '~'],
        ...(env['HOME'] ? [[env['HOME'], '~'] as const] : []),
        ...(base ? [[base, 'BASE'] as const] : []),
      ],
      userName: userInfo().username,
      hostName: hostname(),
    },
    describe: (error) => describeError(texts, error).sentence,
    now: () => new Date(),
  });
}

/** Whole lines from the end of a file; nothing if there is none. */
async function readEnd(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - mostLogBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, mostLogBytes)), 0, undefined, from);
      const text = buffer.subarray(0, bytesRead).toString('utf8');
      return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

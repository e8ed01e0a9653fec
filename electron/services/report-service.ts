import type { ErrorData } from '../../shared/errors/app-error.ts';
import { toErrorData } from '../../shared/errors/app-error.ts';
import type { AppInfo, InterfaceUri } from '../../shared/model/index.ts';
import { formatReport, type ReportContent } from '../core/report/format-report.ts';
import { redact, type Personal } from '../core/report/redact.ts';
import type { ComponentService } from './component-service.ts';
import type { JobService } from './job-service.ts';
import type { SettingsService } from './settings-service.ts';

/** Makes a report for whoever helps. It is never sent anywhere. */
export interface ReportService {
  /** @param about the program in question @param crash what the window says of its own mistake */
  make(about: InterfaceUri | null, crash: string | null): Promise<string>;
}

interface Deps {
  readonly info: () => Promise<AppInfo>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly jobs: Pick<JobService, 'list'>;
  readonly components: Pick<ComponentService, 'view'>;
  /** The end of the log; empty when there is none. */
  readonly readLog: () => Promise<string>;
  readonly personal: Personal;
  /** An error as a sentence. */
  readonly describe: (error: ErrorData) => string;
  readonly now: () => Date;
}

const mostProblems = 10;

/** Creates the service. */
export function createReportService(deps: Deps): ReportService {
  return {
    async make(about, crash) {
      const [{ version, electron, node, platform, locale, configDir, cacheDir }, { locked, ...settings }, log] =
        await Promise.all([deps.info(), deps.settings.get(), deps.readLog()]);
      const text = formatReport({
        facts: [
          ['Zerodesk', version],
          ['Runtime', electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`],
          ['System', platform],
          ['Language', locale],
          ['Configuration', configDir],
          ['Cache', cacheDir],
          ['Time', deps.now().toISOString()],
        ],
        settings: { ...settings, locked },
        problems: deps.jobs
          .list()
          .flatMap(({ error, title, kind, finishedAt }) =>
            error === null ? [] : [`${finishedAt ?? ''} ${kind} ${title}: ${error.code}: ${deps.describe(error)}`],
          )
          .slice(-mostProblems),
        selection: about === null ? null : await selectionOf(about, deps),
        crash,
        log,
      });
      return redact(text, deps.personal);
    },
  };
}

async function selectionOf(program: InterfaceUri, { components, describe }: Deps): Promise<ReportContent['selection']> {
  try {
    const { components: rows, report } = await components.view(program);
    const lines = rows.map(
      ({ depth, interface: uri, version, id, fetch, problem }) =>
        `${'  '.repeat(depth)}${uri} ${version ?? '(problem)'} ${id ?? ''} ${fetch.kind}${problem.map((line) => `\n${'  '.repeat(depth + 1)}${line}`).join('')}`,
    );
    return { program, lines: [...lines, ...(report === null ? [] : [report])] };
  } catch (error) {
    return { program, lines: [describe(toErrorData(error))] };
  }
}

import { bundleFiles } from './adapters/profile/bundle-files.ts';
import { findProgram } from './adapters/find-program.ts';
import type { BundlePort } from './core/ports/bundle.ts';
import type { Engine } from './engine.ts';
import type { NamedApps } from './named-apps.ts';
import type { IntegrateService } from './services/integrate-service.ts';
import type { LibraryService } from './services/library-service.ts';
import { createProfileExport, type ProfileExport } from './services/profile-export.ts';
import { createProfileImport, type ProfileImport } from './services/profile-import.ts';

/** The parts for profiles. */
export interface Profiles {
  readonly exports: ProfileExport;
  readonly imports: ProfileImport;
  readonly files: BundlePort;
}

interface Parts {
  readonly named: NamedApps;
  readonly library: LibraryService;
  readonly integrations: IntegrateService;
}

/** Joins the parts of profiles to an engine. */
export function createProfiles(engine: Engine, { named, library, integrations }: Parts): Profiles {
  const { preferences, trustDb, keys, feeds, feedCache, select, store, env } = engine;
  const { apps, appStore } = named;
  const shared = { library, integrations, preferences, trustDb, keys, feeds, store };
  return {
    exports: createProfileExport({ ...shared, apps: appStore, feedCache, select }),
    imports: createProfileImport({ ...shared, apps, appStore, findCommand: (name) => findProgram(name, env) }),
    files: bundleFiles,
  };
}

import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { InterfaceUri } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createAppsStore, type AppsState, type AppsStore } from './apps-store.ts';
import { createCacheStore, type CacheState, type CacheStore } from './cache-store.ts';
import { createDesktopStore, type DesktopState, type DesktopStore } from './desktop-store.ts';
import { createJobsStore, type JobsState, type JobsStore } from './jobs-store.ts';
import { createImpactStore, type ImpactState, type ImpactStore } from './impact-store.ts';
import type { OnProblem } from './loadable.ts';
import { createPresetsStore, type PresetsState, type PresetsStore } from './presets-store.ts';
import { createPlacesStore, type PlacesState, type PlacesStore } from './places-store.ts';
import { createMapStore, type MapState, type MapStore } from './map-store.ts';
import { createProfileStore, type ProfileState, type ProfileStore } from './profile-store.ts';
import { createProgramStore, type ProgramState, type ProgramStore } from './program-store.ts';
import { createSandboxStore, type SandboxState, type SandboxStore } from './sandbox-store.ts';
import { createSettingsStore, type SettingsState, type SettingsStore } from './settings-store.ts';
import { createSharingStore, type SharingState, type SharingStore } from './sharing-store.ts';
import { createSolveStore, type SolveState, type SolveStore } from './solve-store.ts';
import { createTimelineStore, type TimelineState, type TimelineStore } from './timeline-store.ts';
import { createTrustStore, type TrustState, type TrustStore } from './trust-store.ts';
import { createUndoStore, type UndoStore } from './undo-store.ts';
import { createUpdatesStore, type UpdatesState, type UpdatesStore } from './updates-store.ts';
import { createViewStore, type ViewState, type ViewStore } from './view-store.ts';

/** All stores of a window. */
export interface Stores {
  readonly apps: AppsStore;
  readonly jobs: JobsStore;
  readonly solve: SolveStore;
  readonly cache: CacheStore;
  readonly desktop: DesktopStore;
  readonly impact: ImpactStore;
  readonly presets: PresetsStore;
  readonly places: PlacesStore;
  readonly map: MapStore;
  readonly profile: ProfileStore;
  readonly program: ProgramStore;
  readonly sandbox: SandboxStore;
  readonly settings: SettingsStore;
  readonly sharing: SharingStore;
  readonly timeline: TimelineStore;
  readonly trust: TrustStore;
  readonly undo: UndoStore;
  readonly updates: UpdatesStore;
  readonly view: ViewStore;
  /** Tells of something that worked, in a sentence. */
  readonly notify: (text: string) => void;
}

export interface StoresOptions {
  readonly onProblem: OnProblem;
  readonly notify: (text: string) => void;
}

/** Makes the stores of one window over one client. */
export function createStores(client: Client, { onProblem, notify }: StoresOptions): Stores {
  const undo = createUndoStore(client, onProblem);
  return {
    undo,
    apps: createAppsStore(client, onProblem, undo.did),
    jobs: createJobsStore(client, onProblem),
    solve: createSolveStore(client, onProblem, undo.did),
    cache: createCacheStore(client, onProblem),
    desktop: createDesktopStore(client, onProblem),
    impact: createImpactStore(client, onProblem),
    presets: createPresetsStore(client, onProblem, undo.did),
    places: createPlacesStore(client, onProblem, undo.did),
    profile: createProfileStore(client, onProblem),
    map: createMapStore(client),
    program: createProgramStore(client),
    sandbox: createSandboxStore(client, onProblem),
    settings: createSettingsStore(client, onProblem),
    sharing: createSharingStore(client, onProblem),
    timeline: createTimelineStore(client, onProblem),
    trust: createTrustStore(client, onProblem),
    updates: createUpdatesStore(client, onProblem),
    view: createViewStore(),
    notify,
  };
}

const StoresContext = createContext<Stores | null>(null);

/** Hands the stores to the screens. */
export function StoresProvider({ stores, children }: { readonly stores: Stores; readonly children: ReactNode }) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

/** The stores and their actions. Throws outside of `StoresProvider`, which is a mistake of ours. */
export function useStores(): Stores {
  const stores = use(StoresContext);
  if (stores === null) throw new Error('useStores needs a StoresProvider above it');
  return stores;
}

export const useApps = <T,>(select: (state: AppsState) => T): T => useStore(useStores().apps.store, select);
export const useJobs = <T,>(select: (state: JobsState) => T): T => useStore(useStores().jobs.store, select);
export const useSolve = <T,>(select: (state: SolveState) => T): T => useStore(useStores().solve.store, select);
export const useCache = <T,>(select: (state: CacheState) => T): T => useStore(useStores().cache.store, select);
export const useDesktop = <T,>(select: (state: DesktopState) => T): T => useStore(useStores().desktop.store, select);
export const useImpact = <T,>(select: (state: ImpactState) => T): T => useStore(useStores().impact.store, select);
export const usePresets = <T,>(select: (state: PresetsState) => T): T => useStore(useStores().presets.store, select);
export const usePlaces = <T,>(select: (state: PlacesState) => T): T => useStore(useStores().places.store, select);
export const useProfile = <T,>(select: (state: ProfileState) => T): T => useStore(useStores().profile.store, select);
export const useProgramStore = <T,>(select: (state: ProgramState) => T): T =>
  useStore(useStores().program.store, select);
export const useMap = <T,>(select: (state: MapState) => T): T => useStore(useStores().map.store, select);
export const useSandbox = <T,>(select: (state: SandboxState) => T): T => useStore(useStores().sandbox.store, select);
export const useSettings = <T,>(select: (state: SettingsState) => T): T => useStore(useStores().settings.store, select);
export const useSharing = <T,>(select: (state: SharingState) => T): T => useStore(useStores().sharing.store, select);
export const useTimeline = <T,>(select: (state: TimelineState) => T): T => useStore(useStores().timeline.store, select);
export const useTrust = <T,>(select: (state: TrustState) => T): T => useStore(useStores().trust.store, select);
export const useUpdates = <T,>(select: (state: UpdatesState) => T): T => useStore(useStores().updates.store, select);
export const useView = <T,>(select: (state: ViewState) => T): T => useStore(useStores().view.store, select);

/** Whether a program is an app, which remembers what it may have. */
export const useIsApp = (uri: InterfaceUri): boolean =>
  useTimeline(({ apps }) => apps.status === 'ready' && apps.value.apps.some((one) => one.interface === uri));

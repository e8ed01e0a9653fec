import { z } from 'zod';
import {
  Answer,
  AppInfo,
  AppList,
  AppName,
  CacheListing,
  CleanUpPreview,
  Conflict,
  DesktopEntry,
  DesktopPlace,
  DesktopPresence,
  Draft,
  EnvironmentSheet,
  Explanation,
  FeedRow,
  FeedUrl,
  FileDiff,
  ImpactList,
  ImpactRow,
  ImplementationId,
  InterfaceUri,
  JobId,
  JobSnapshot,
  FoundProgram,
  Places,
  ProfilePlan,
  ProgramDetails,
  ProgramMap,
  RunOptions,
  ProgramUri,
  SandboxView,
  Settings,
  SettingsView,
  LocalFeedId,
  Preset,
  PresetPreview,
  PresetView,
  PrivateNote,
  ShareOverview,
  SolveView,
  Stability,
  stabilityPolicies,
  StoreItemId,
  Timeline,
  TimelineApps,
  TrialResult,
  TrustChange,
  TrustedDomain,
  TrustRehearsal,
  UndoId,
  UpdateList,
  UpdateNews,
  VersionList,
} from '../model/index.ts';
import { windowCalls, windowEvents } from './window-contract.ts';

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const nothing = z.object({});
/** A way to choose versions, for a program or for all; for one's own build with the feed that was chosen. */
const PresetChoice = z.object({ root: InterfaceUri.nullable(), preset: Preset, feed: LocalFeedId.nullable() });
/** Something that `undo.take` takes back: exactly what was before. */
const Undoable = z.object({ undo: UndoId });

/** A component as seen from a program: which role of whose selection. */
const Component = z.object({ root: InterfaceUri, interface: InterfaceUri, isSource: z.boolean().default(false) });

/** One implementation of one feed. */
const ImplementationRef = z.object({ fromFeed: FeedUrl, id: ImplementationId });
/** Something that an app has been started with. */
const AppEntry = z.object({ app: AppName, entry: z.number().int().min(1) });
/** A key as trusted for a domain. */
const TrustedKey = z.object({ domain: z.string().max(300), fingerprint: z.string().max(64) });
/** Besides programs and apps, how many of the latest runs need what they used. */
const CleanUpRequest = z.object({ keepRuns: z.number().int().min(0).max(100_000).default(10) });

/** Every call of the page, `domain.verb`. A new one: schema here, handler in `electron/ipc`, client use, contract test. */
export const calls = {
  'app.info': call(nothing, AppInfo),
  /** Tiles; `refresh` fetches the catalogues again. Answers at once, `state.changed` follows. */
  'apps.list': call(z.object({ refresh: z.boolean().default(false) }), AppList),
  /** Puts a program into *My apps* without running it. */
  'apps.add': call(z.object({ interface: ProgramUri }), nothing),
  'apps.remove': call(z.object({ interface: InterfaceUri }), Undoable),
  /**
   * Select, fetch, launch. With a command or versions of one's own it is out of the ordinary: an app does not remember it.
   * Versions that are none are refused.
   */
  'apps.run': call(RunOptions.extend({ interface: ProgramUri, refresh: z.boolean().default(false) }), JobId),
  /** Select and fetch only. */
  'apps.download': call(z.object({ interface: ProgramUri, refresh: z.boolean().default(false) }), JobId),
  /** Select only, fetching missing feeds; with `refresh` all feeds again. */
  'apps.select': call(z.object({ interface: ProgramUri, refresh: z.boolean().default(false) }), JobId),

  /** What needs what: of a program, or of everything installed. */
  'program.map': call(z.object({ interface: ProgramUri.nullable() }), ProgramMap),
  'program.details': call(z.object({ interface: ProgramUri }), ProgramDetails),
  /** What a program is started with; values of the person's own variables, which may be secrets, only if `showsOwn`. */
  'program.environment': call(
    z.object({ interface: ProgramUri, showsOwn: z.boolean().default(false) }),
    EnvironmentSheet,
  ),

  /** What apps have been started with. */
  'timeline.apps': call(nothing, TimelineApps),
  'timeline.view': call(z.object({ app: AppName }), Timeline),
  /** Downloads a program and makes an app of it, with a command of that name. */
  'timeline.add': call(z.object({ interface: ProgramUri, name: z.string().max(256) }), JobId),
  /** Starts an app as it was at an entry; `null` = as it is now. Nothing else changes. */
  'timeline.run': call(AppEntry.extend({ entry: z.number().int().min(1).nullable() }), JobId),
  /** From now on it is started as it was at an entry, and stays so. */
  'timeline.rollback': call(AppEntry, nothing),
  /** Takes the last going back back. */
  'timeline.undo': call(z.object({ app: AppName }), nothing),
  /** Keeps its versions; `until: null` = until it is released. */
  'timeline.hold': call(z.object({ app: AppName, until: z.iso.datetime().nullable() }), nothing),
  /** Never takes what an entry brought; with `until` no version of the program before that one. */
  'timeline.skip': call(AppEntry.extend({ until: z.string().max(256).nullable() }), nothing),
  'timeline.release': call(z.object({ app: AppName, what: z.enum(['hold', 'skips']) }), nothing),

  /** What is new for all apps, from the feeds that are here; no network. */
  'updates.list': call(nothing, UpdateList),
  /** Fetches the feeds of all apps again. */
  'updates.look': call(nothing, JobId),
  /** Takes the update of an app; each is a job of its own, so that none stops another. */
  'updates.take': call(z.object({ app: AppName }), JobId),
  /** Downloads it without taking it. */
  'updates.fetch': call(z.object({ app: AppName }), JobId),
  /** Never takes the versions that it would bring. */
  'updates.skip': call(z.object({ app: AppName }), nothing),
  /** What its files say is new, and how they differ. */
  'updates.news': call(z.object({ app: AppName }), UpdateNews),

  /** Programs that use a version which its feed has come to call buggy or insecure. */
  'impact.list': call(nothing, ImpactList),
  /** Takes what is selected instead for the program of a row. */
  'impact.take': call(ImpactRow.pick({ id: true }), JobId),
  /** Until its feed says something else. */
  'impact.dismiss': call(ImpactRow.pick({ id: true }), nothing),

  /** The present selection from what is on this computer; no network. */
  'solve.view': call(z.object({ root: InterfaceUri }), SolveView),
  'solve.versions': call(Component, VersionList),
  /** In which files two stored implementations differ. */
  'solve.diff': call(z.object({ before: ImplementationRef, after: ImplementationRef }), FileDiff),
  /** Shows the files of one in the file manager. */
  'solve.open': call(z.object({ implementation: ImplementationRef }), nothing),
  'solve.feeds': call(Component, z.array(FeedRow)),
  /** Why (not) this version? `text` is what the reference says. */
  'solve.explain': call(
    Component.extend({ fromFeed: FeedUrl, id: ImplementationId }),
    z.object({ explanation: Explanation, text: z.string() }),
  ),
  /** Why is there no solution, and what would give one? */
  'solve.conflict': call(z.object({ root: InterfaceUri }), Conflict),
  /** What would these changes do? Nothing is written. */
  'solve.compare': call(z.object({ root: InterfaceUri, draft: Draft }), TrialResult),
  /** `rating: null` removes it. */
  'ratings.set': call(z.object({ fromFeed: FeedUrl, id: ImplementationId, rating: Stability.nullable() }), Undoable),
  'policy.set': call(z.object({ interface: InterfaceUri, policy: z.enum(stabilityPolicies).nullable() }), Undoable),
  /** Registers (or forgets) an extra feed for an interface. */
  'feeds.add': call(z.object({ interface: InterfaceUri, feed: FeedUrl }), Undoable),
  'feeds.remove': call(z.object({ interface: InterfaceUri, feed: FeedUrl }), Undoable),

  /** Makes changes that were tried out last: all of them, or none. */
  'draft.apply': call(z.object({ root: InterfaceUri, draft: Draft }), Undoable),
  /** Each way back is taken once. */
  'undo.take': call(Undoable, nothing),

  /** Which of the ways to choose versions is in force, for a program or for all. */
  'presets.view': call(z.object({ root: InterfaceUri.nullable() }), PresetView),
  'presets.preview': call(PresetChoice, PresetPreview),
  'presets.apply': call(PresetChoice, Undoable),
  /** Fetches and checks a feed for an interface without registering it: for trying it out. */
  'feeds.prepare': call(z.object({ interface: InterfaceUri, feed: FeedUrl }), nothing),
  /** Lets a person choose a feed file and registers it, or with `isTrial` only checks it; null = nothing was chosen. */
  'feeds.browse': call(
    z.object({ interface: InterfaceUri, isTrial: z.boolean() }),
    z.object({ feed: FeedUrl, undo: UndoId.nullable() }).nullable(),
  ),
  /** Lets a person choose a feed file; null = nothing was chosen. */
  'feeds.choose': call(nothing, z.object({ id: LocalFeedId, name: z.string() }).nullable()),
  /** Where programs come from, and where they are stored. */
  'places.list': call(nothing, Places),
  /** Fetches a catalogue, and lists it from then on. */
  'sources.add': call(z.object({ url: z.string().min(1).max(4096) }), JobId),
  'sources.remove': call(z.object({ url: z.string().max(4096) }), Undoable),
  /** As the program comes. */
  'sources.reset': call(nothing, Undoable),
  /** Lets a person choose a folder; `null` = none. */
  'stores.add': call(nothing, Undoable.nullable()),
  /** The folder stays; it is only not looked into any more. */
  'stores.remove': call(z.object({ path: z.string().max(4096) }), Undoable),
  /** Asks the mirror which programs there are; an earlier search that still runs ends as `cancelled`. */
  'places.search': call(z.object({ text: z.string().min(1).max(200) }), z.array(FoundProgram)),
  /** Ends the search that runs, if there is one. */
  'places.stop': call(nothing, nothing),

  'jobs.list': call(nothing, z.array(JobSnapshot)),
  'jobs.cancel': call(z.object({ job: JobId }), nothing),
  'jobs.answer': call(z.object({ job: JobId, answer: Answer }), nothing),
  /** Its downloads give their connections up and continue where they were after `jobs.resume`. */
  'jobs.pause': call(z.object({ job: JobId }), nothing),
  'jobs.resume': call(z.object({ job: JobId }), nothing),
  /** Puts the downloads of an unfinished job before those of another one; `null`: after all others. */
  'jobs.move': call(z.object({ job: JobId, before: JobId.nullable() }), nothing),
  /** Begins the work of a job that failed or was cancelled again, as a new job. What was downloaded is not fetched again. */
  'jobs.retry': call(z.object({ job: JobId }), JobId),
  /** Forgets a finished job. */
  'jobs.dismiss': call(z.object({ job: JobId }), nothing),

  'cache.list': call(nothing, CacheListing),
  'cache.delete': call(z.object({ items: z.array(StoreItemId).min(1).max(100_000) }), JobId),
  /** Everything that may be deleted: implementations, temporary directories; feeds and settings stay. */
  'cache.clear': call(nothing, JobId),
  /** All are verified; the damaged ones are in the job, and the first of them is its problem. */
  'cache.verify': call(z.object({ items: z.array(StoreItemId).min(1).max(100_000) }), JobId),
  /** Verifies, and downloads again what is damaged; the damaged one stays until the new one is complete. */
  'cache.repair': call(z.object({ items: z.array(StoreItemId).min(1).max(100_000) }), JobId),
  /** Bytes that deleting these together would free. */
  'cache.measure': call(z.object({ items: z.array(StoreItemId).max(100_000) }), z.object({ freedBytes: z.number() })),
  /** What `cache.clean` would delete, and why. */
  'cache.plan': call(CleanUpRequest, CleanUpPreview),
  /** Deletes of what was shown what may still go. */
  'cache.clean': call(CleanUpRequest.extend({ items: z.array(StoreItemId).min(1).max(100_000) }), JobId),
  'cache.open': call(z.object({ item: StoreItemId }), nothing),

  /** The store that all users share: whether it works, what is in it, and what is not. */
  'sharing.overview': call(nothing, ShareOverview),
  'sharing.nearby': call(z.object({ isAllowed: z.boolean() }), nothing),
  /** Moves private copies there. */
  'sharing.move': call(z.object({ digests: z.array(z.string().max(100)).min(1).max(1000) }), JobId),

  /** Where a program appears in menus and so on. */
  'desktop.list': call(z.object({ interface: InterfaceUri }), DesktopPresence),
  /** Its feed must be here. */
  'desktop.integrate': call(z.object({ interface: InterfaceUri, place: DesktopPlace }), nothing),
  'desktop.remove': call(z.object({ interface: InterfaceUri, place: DesktopPlace }), nothing),

  /** Everything that makes programs appear on this computer. */
  'desktop.all': call(nothing, z.array(DesktopEntry)),
  'desktop.undo': call(z.object({ ids: z.array(DesktopEntry.shape.id).min(1).max(10_000) }), nothing),

  /** Whether an app is always run apart from the rest of the computer, and what it may use then. */
  'sandbox.view': call(z.object({ app: AppName }), SandboxView),
  'sandbox.set': call(z.object({ app: AppName, isOn: z.boolean(), allowsNetwork: z.boolean() }), nothing),
  /** Lets a person choose a folder for it. */
  'sandbox.allow': call(z.object({ app: AppName, access: z.enum(['read', 'write']) }), nothing),
  'sandbox.forbid': call(z.object({ app: AppName, folder: z.string().min(1).max(4096) }), nothing),

  'settings.get': call(nothing, SettingsView),
  'settings.set': call(Settings.partial(), SettingsView),
  /** Lets a person choose a profile or a bundle, and says what it would do; `null` = nothing was chosen. */
  'profile.open': call(z.object({ isBundle: z.boolean() }), ProfilePlan.nullable()),
  'profile.view': call(z.object({ plan: ProfilePlan.shape.id }), ProfilePlan),
  /** Does some of it. */
  'profile.apply': call(
    z.object({ plan: ProfilePlan.shape.id, items: z.array(z.string().max(20)).max(20_000) }),
    JobId,
  ),
  /** Lets a person choose where to; `null` = nothing was chosen. */
  'profile.export': call(z.object({ isBundle: z.boolean() }), JobId.nullable()),
  'trust.list': call(nothing, z.array(TrustedDomain)),
  /** Which feeds and programs depend on a key, before it is trusted or trusted no longer. */
  'trust.rehearse': call(TrustedKey.extend({ change: TrustChange }), TrustRehearsal),
  'trust.remove': call(TrustedKey, nothing),
  /** Undoes a `trust.remove` of this session; nothing else can be trusted by it. */
  'trust.restore': call(TrustedKey, nothing),
  /** http and https only. */
  'link.open': call(z.object({ url: z.url({ protocol: /^https?$/ }).max(4096) }), nothing),
  ...windowCalls,
} as const;

/** Every event of the main process. */
export const events = {
  'jobs.changed': JobSnapshot,
  /** Why something was stored for this user alone, once for each reason. */
  'sharing.private': PrivateNote,
  /** Something another part or process changed: ask again. */
  'state.changed': z.object({ what: z.enum(['apps', 'solve', 'cache', 'settings', 'trust', 'timeline', 'impact']) }),
  ...windowEvents,
} as const;

export type CallName = keyof typeof calls;
export type EventName = keyof typeof events;
/** What a caller passes (defaults may be left out). */
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
/** What a handler gets. */
export type Input<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type Output<N extends CallName> = z.output<(typeof calls)[N]['output']>;
export type EventData<N extends EventName> = z.output<(typeof events)[N]>;

/** One function per call; a missing one does not compile. */
export type Handlers = { readonly [N in CallName]: (input: Input<N>) => Promise<Output<N>> };

import { z } from 'zod';
import { NetworkUse } from './settings.ts';
import { Stability } from './stability.ts';

// What can be said about a selection besides its result: why a version was (not) chosen, why there is no solution and what
// would give one, and what a change would do. Interfaces are plain texts here, as selecting makes them.

/** A component: an interface, as binary or as source. */
export const RoleName = z.object({ interface: z.string(), isSource: z.boolean() });
export type RoleName = z.infer<typeof RoleName>;

/** One implementation. `version` is as its feed writes it. */
export const VersionName = z.object({ id: z.string(), fromFeed: z.string(), version: z.string() });
export type VersionName = z.infer<typeof VersionName>;

/** A component that is filled otherwise; `null` = not used. */
export const RoleChange = z.object({
  role: RoleName,
  name: z.string(),
  from: VersionName.nullable(),
  to: VersionName.nullable(),
});
export type RoleChange = z.infer<typeof RoleChange>;

const maxEntries = 10_000;
const text = z.string().max(4200);
const entries = <V extends z.ZodType>(value: V) =>
  z.record(text, value).refine((record) => Object.keys(record).length <= maxEntries);

/** Changes that are tried without writing them. What is absent stays as it is; `null` means as if it were not set. */
export const Draft = z.object({
  /** Feed → id → rating. */
  ratings: entries(entries(Stability.nullable())).optional(),
  /** Interface → preferred stability. */
  policies: entries(Stability.nullable()).optional(),
  /** Interface → feeds as if registered for it (before the others), or as if not. */
  feeds: entries(
    z.object({
      added: z.array(text).max(maxEntries).readonly().optional(),
      removed: z.array(text).max(maxEntries).readonly().optional(),
    }),
  ).optional(),
  /** Interface → version expression. */
  restrictions: entries(text.nullable()).optional(),
  networkUse: NetworkUse.optional(),
  helpWithTesting: z.boolean().optional(),
  /** `null` = only the implementation. */
  command: text.nullable().optional(),
  /** `null` = this machine. */
  os: text.nullable().optional(),
  cpu: text.nullable().optional(),
  mayCompile: z.boolean().optional(),
});
export type Draft = z.infer<typeof Draft>;

/** The ranking key that decided between two versions, in the order of selection.md 7.5. */
export const rankingKeys = [
  'preferred',
  'language',
  'available-first',
  'needs-no-install',
  'stability',
  'main-version',
  'native',
  'version',
  'os',
  'exists',
  'cpu',
  'country',
  'available',
  'id',
] as const;
export type RankingKey = (typeof rankingKeys)[number];

/** What a question about a version is about; `version` (canonical) and feed are null as long as nothing was found. */
export const Subject = z.object({
  role: RoleName,
  id: z.string(),
  fromFeed: z.string().nullable(),
  version: z.string().nullable(),
});
export type Subject = z.infer<typeof Subject>;

/** Why (not) this version? @see selection.md 13.4 */
export const Explanation = z.discriminatedUnion('kind', [
  /** `reason` in the words of selection.md 7.3. */
  z.object({ kind: z.literal('unusable'), subject: Subject, reason: z.string() }),
  z.object({ kind: z.literal('does-not-exist'), subject: Subject }),
  /** `report` is the complete text of selection.md 13 for the selection with this version only. */
  z.object({ kind: z.literal('no-selection'), subject: Subject, report: z.string() }),
  z.object({ kind: z.literal('selected'), subject: Subject }),
  /** `better` is the selected one; its version is canonical. */
  z.object({ kind: z.literal('ranked-lower'), subject: Subject, better: VersionName, key: z.enum(rankingKeys) }),
  /** `changes` from the selection to the one with this version. */
  z.object({ kind: z.literal('less-optimal'), subject: Subject, changes: z.array(RoleChange).readonly() }),
  z.object({ kind: z.literal('not-used'), subject: Subject, changes: z.array(RoleChange).readonly() }),
  /** A mistake in a feed or setting made selecting impossible. */
  z.object({ kind: z.literal('failed'), subject: Subject, reason: z.string() }),
]);
export type Explanation = z.infer<typeof Explanation>;

/** What a selection came to. */
export const Outcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('solved') }),
  z.object({ status: z.literal('no-solution'), report: z.string() }),
  z.object({ status: z.literal('failed'), reason: z.string() }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** What a draft would change. Without a solution the closest match is compared. */
export const Comparison = z.object({
  before: Outcome,
  after: Outcome,
  /** Components that are gone or have another implementation, then new ones, each in role order. */
  changes: z.array(RoleChange).readonly(),
  /** Bytes to download. */
  fetchBytes: z.object({ before: z.number(), after: z.number() }),
  /** Remote feeds that only the draft asks for, and that are not on this computer. */
  missingFeeds: z.array(z.string()).readonly(),
});
export type Comparison = z.infer<typeof Comparison>;

/** What a draft would change, and domains of feeds to be fetched for it of which no key is trusted yet. */
export const TrialResult = Comparison.extend({ untrustedDomains: z.array(z.string()).readonly() });
export type TrialResult = z.infer<typeof TrialResult>;

/** What can stand against a version, whatever else is chosen. @see selection.md 7.3 */
export const rejectionKinds = [
  'restriction',
  'stability',
  'os',
  'binary',
  'source',
  'cpu',
  'no-compile-command',
  'missing-directory',
  'no-retrieval',
  'offline',
] as const;
export type RejectionKind = (typeof rejectionKinds)[number];

/** One of the requirements that cannot hold together. `versions` are canonical, best first, and may be cut. */
export const Obstacle = z.discriminatedUnion('kind', [
  /** What the person asked for. `command`: the command, if the conflict needs it. */
  z.object({
    kind: z.literal('wanted'),
    role: RoleName,
    command: z.string().nullable(),
    hasVersions: z.boolean(),
    /** Problems with the feeds of a component that has no versions, in the reference's words. */
    notes: z.array(z.string()).readonly(),
  }),
  /** Versions of one component ask for another one. `command`: only that command of them asks. */
  z.object({
    kind: z.literal('requires'),
    role: RoleName,
    versions: z.array(z.string()).readonly(),
    command: z.string().nullable(),
    target: RoleName,
    /** Otherwise the target may also be left out. */
    isEssential: z.boolean(),
    /** As reports show them: `version 2..`. */
    restrictions: z.array(z.string()).readonly(),
    commands: z.array(z.string()).readonly(),
    targetHasVersions: z.boolean(),
    notes: z.array(z.string()).readonly(),
  }),
  /** Versions need a command of their own. */
  z.object({
    kind: z.literal('own-command'),
    role: RoleName,
    versions: z.array(z.string()).readonly(),
    command: z.string(),
  }),
  /** Versions cannot be used for a reason of their own; `reasons` in the words of selection.md 7.3. */
  z.object({
    kind: z.literal('rejected'),
    role: RoleName,
    why: z.enum(rejectionKinds),
    versions: z.array(z.string()).readonly(),
    reasons: z.array(z.string()).readonly(),
  }),
  /** 32-bit and 64-bit code cannot be mixed. */
  z.object({ kind: z.literal('machine-groups') }),
  z.object({ kind: z.literal('replaced'), role: RoleName, replacement: RoleName }),
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** One thing a person can do about a conflict. */
export const Remedy = z.discriminatedUnion('kind', [
  /** Rates a version that its level (`level`) rules out. */
  z.object({ kind: z.literal('rate'), role: RoleName, version: VersionName, level: Stability, rating: Stability }),
  /** Removes the person's own rating. */
  z.object({ kind: z.literal('unrate'), role: RoleName, version: VersionName, level: Stability }),
  z.object({ kind: z.literal('drop-restriction'), interface: z.string(), restriction: z.string() }),
  z.object({ kind: z.literal('go-online') }),
  z.object({ kind: z.literal('platform'), os: z.string().nullable(), cpu: z.string().nullable() }),
  z.object({ kind: z.literal('command'), command: z.string() }),
  z.object({ kind: z.literal('compile') }),
]);
export type Remedy = z.infer<typeof Remedy>;

/** What together resolves a conflict. `draft` does it, and gave a solution when it was tried. */
export const Resolution = z.object({ remedies: z.array(Remedy).readonly(), draft: Draft, preview: Comparison });
export type Resolution = z.infer<typeof Resolution>;

/** Why there is no solution, as few requirements as possible, and what would give one. */
export const Conflict = z.discriminatedUnion('status', [
  z.object({ status: z.literal('solved') }),
  z.object({ status: z.literal('failed'), reason: z.string() }),
  z.object({
    status: z.literal('conflict'),
    obstacles: z.array(Obstacle).readonly(),
    /** Interface → name, of the interfaces in the obstacles. */
    names: z.record(z.string(), z.string()),
    /** False if the time did not suffice to leave out everything that is not needed; then only some are named. */
    isMinimal: z.boolean(),
    resolutions: z.array(Resolution).readonly(),
    /** Feeds of the obstacles that are not on this computer. Nobody knows whether they would help. */
    missingFeeds: z.array(z.string()).readonly(),
    /** The reference's report. */
    report: z.string(),
  }),
]);
export type Conflict = z.infer<typeof Conflict>;

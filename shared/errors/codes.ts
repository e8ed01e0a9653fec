/**
 * Every problem from outside that a person may meet, with the parameters of its sentence.
 * The sentence itself is `error.CODE` in `assets/locales/en.json`.
 */
export interface ErrorParams {
  // network
  'network-offline': { readonly url: string };
  'network-unreachable': { readonly host: string; readonly reason: string };
  'host-unknown': { readonly host: string };
  'http-status': { readonly url: string; readonly status: number };
  'bad-redirect': { readonly url: string; readonly reason: string };
  'download-timeout': { readonly host: string; readonly seconds: number };
  'download-too-large': { readonly url: string; readonly limitBytes: number };
  'download-cut-off': { readonly url: string; readonly receivedBytes: number; readonly expectedBytes: number };
  'download-too-slow': { readonly host: string; readonly receivedBytes: number; readonly seconds: number };
  'download-changed': { readonly url: string };
  'bad-answer': { readonly url: string; readonly reason: string };
  'wrong-size': { readonly url: string; readonly expectedBytes: number; readonly actualBytes: number };
  'bad-url': { readonly url: string; readonly reason: string };
  // files
  'disk-space': { readonly path: string; readonly neededBytes: number; readonly freeBytes: number };
  'disk-full': { readonly path: string };
  'permission-denied': { readonly path: string };
  'file-missing': { readonly path: string };
  'file-failed': { readonly path: string; readonly reason: string };
  // feeds
  'bad-xml': { readonly source: string; readonly line: number; readonly column: number; readonly reason: string };
  'bad-feed': { readonly feed: string; readonly reason: string };
  'bad-version': { readonly text: string; readonly reason: string };
  'bad-arch': { readonly text: string };
  'setting-locked': { readonly name: string; readonly path: string };
  'bad-settings': { readonly path: string; readonly reason: string };
  'bad-selections': { readonly source: string; readonly reason: string };
  'feed-missing': { readonly feed: string };
  'feed-not-a-feed': { readonly feed: string; readonly start: string };
  'feed-wrong-url': { readonly expected: string; readonly actual: string };
  // signatures and trust
  'feed-unsigned': { readonly feed: string };
  'bad-signature-block': { readonly feed: string; readonly reason: string };
  'feed-tampered': { readonly feed: string; readonly keyId: string };
  'signature-refused': { readonly feed: string; readonly reason: string };
  'key-missing': { readonly feed: string; readonly keyId: string; readonly reason: string };
  'feed-untrusted': { readonly feed: string; readonly domain: string };
  'feed-replayed': { readonly feed: string; readonly newTime: string; readonly oldTime: string };
  'feed-unverifiable': { readonly feed: string };
  // archives and the store
  'archive-unsupported': { readonly name: string; readonly type: string };
  'archive-tool-missing': { readonly name: string; readonly tool: string; readonly package: string };
  'archive-damaged': { readonly name: string; readonly reason: string };
  'archive-unsafe': { readonly name: string; readonly entry: string; readonly reason: string };
  'archive-limit': { readonly name: string; readonly limit: string };
  'recipe-failed': { readonly step: string; readonly reason: string };
  'tree-illegal': { readonly path: string; readonly reason: string };
  'wrong-digest': { readonly expected: string; readonly actual: string };
  'bad-digest': { readonly text: string };
  'digest-unsupported': { readonly algorithms: string };
  'nearby-failed': { readonly peer: string; readonly reason: string };
  'setup-failed': { readonly step: string; readonly reason: string };
  'share-failed': { readonly reason: string };
  'not-stored': { readonly digest: string; readonly searched: string };
  'implementation-damaged': { readonly path: string; readonly report: string };
  // selecting, fetching and running
  'no-solution': { readonly interface: string; readonly report: string };
  'solve-failed': { readonly interface: string; readonly reason: string };
  'solve-timeout': { readonly seconds: number };
  'solver-ended': { readonly reason: string };
  'no-retrieval-method': { readonly interface: string; readonly version: string };
  'packages-not-installed': { readonly packages: string };
  'fetch-failed': { readonly name: string; readonly version: string };
  'implementation-missing': { readonly interface: string; readonly version: string };
  'no-command': { readonly interface: string; readonly command: string };
  'bad-launch': { readonly reason: string };
  'program-missing': { readonly path: string };
  'program-not-executable': { readonly path: string };
  'program-not-started': { readonly path: string; readonly reason: string };
  'program-exited': { readonly name: string; readonly status: string; readonly stderr: string };
  'sandbox-missing': { readonly program: string; readonly package: string };
  'no-terminal': { readonly name: string };
  // apps
  'bad-app-name': { readonly name: string; readonly reason: string };
  'app-exists': { readonly name: string; readonly path: string };
  'app-missing': { readonly name: string };
  'command-exists': { readonly path: string };
  'not-integrated': { readonly name: string };
  'bad-profile': { readonly name: string; readonly reason: string };
  // asking
  cancelled: Record<never, never>;
  /** The program ended in the middle of it. */
  interrupted: Record<never, never>;
  'no-such': { readonly what: string; readonly id: string };
  'not-allowed': { readonly reason: string };
  usage: { readonly message: string; readonly hint: string };
}

/** A problem from outside, by name. */
export type ErrorCode = keyof ErrorParams;

/** One request as it goes to a server, or to a folder that stands for one. Redirects are not followed. */
export interface SourceRequest {
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A server of the internet leads here: private addresses are refused. */
  readonly isGuarded: boolean;
}

/** The beginning of an answer; the rest comes through `body`. */
export interface SourceResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up the rest. */
  readonly close: () => void;
}

/** Where answers come from. */
export type Source = (request: SourceRequest) => Promise<SourceResponse>;

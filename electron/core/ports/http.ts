import type { TransferControl } from '../transfer-control.ts';

/** The network, as services see it. Every failure is an `AppError` (`host-unknown`, `http-status`, `wrong-size`, …). */
export interface HttpPort {
  /** Small bodies into memory. A body over `limitBytes` is `download-too-large`. */
  get(url: string, options: GetOptions): Promise<HttpBody>;
  /**
   * One archive into a file of the download cache; resumes a partial file where the server allows it, and what is cut off
   * meanwhile. The file has exactly `sizeBytes` bytes when this returns. Its owner calls `discard` or `keep` when done.
   *
   * @throws AppError `disk-space` before anything is asked for, `download-changed` if another file came in the middle, and
   * the failures of the network
   */
  download(url: string, options: DownloadOptions): Promise<DownloadedFile>;
  /** Bytes that an earlier attempt left of a file, and that `download` need not fetch again if the server agrees. */
  keptBytes(url: string, sizeBytes: number): Promise<number>;
}

export interface GetOptions {
  readonly limitBytes: number;
  readonly signal?: AbortSignal;
  readonly accept?: string;
  /** Longest time for the whole transfer, counted from its turn; without it only silence ends one (60 s). */
  readonly timeoutMs?: number;
  /** Nobody waits for it: what somebody waits for goes first. */
  readonly isBackground?: boolean;
  /** Of the copy that is here: the body comes only if the server has another one. */
  readonly unlessSame?: Validators;
  readonly onProgress?: TransferListener;
}

/** What a server says of a file, to recognise it later. At least one of them is there. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface DownloadOptions {
  /** As announced; `null` if nobody says: then up to `limitBytes`, and only the finished file can be had. */
  readonly sizeBytes: number | null;
  /** For a download of unknown size. */
  readonly limitBytes?: number;
  /** Nobody waits for it: what somebody waits for goes first. */
  readonly isBackground?: boolean;
  /** Pauses it and gives it its place among those that wait. One that several want goes on while one of them does. */
  readonly control?: TransferControl;
  readonly signal?: AbortSignal;
  readonly onProgress?: TransferListener;
  /**
   * Is told of the file as soon as its bytes only grow: after redirects, and after it is clear whether an earlier part is
   * continued. Whoever follows it ends with `download`, which says what went wrong.
   */
  readonly onFile?: (file: GrowingFile) => void;
}

/** How far a growing file is, shared between threads. Only adapters look into it. */
export type Growth = SharedArrayBuffer;

/** A file that is being downloaded. */
export interface GrowingFile {
  readonly path: string;
  readonly growth: Growth;
  /** Whether it begins with what an earlier attempt left. */
  readonly isResumed: boolean;
  /** Says that what came is of no use: if the download does not succeed, no part of it is kept. */
  readonly spoil: () => void;
}

/** Called as bytes come: `phase` goes waiting → connecting → receiving. Not more than some dozens a second. */
export type TransferListener = (state: {
  readonly phase: 'waiting' | 'connecting' | 'receiving';
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
}) => void;

export interface HttpBody {
  /** After redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly validators: Validators | null;
  /** The copy that `unlessSame` describes is still the server's; `bytes` is empty. */
  readonly isSame: boolean;
}

export interface DownloadedFile {
  readonly path: string;
  /** Bytes that really came over the network (fewer than the size after a resume). */
  readonly networkBytes: number;
  readonly discard: () => Promise<void>;
  /** Leaves it for a later `download`, which then needs no network. */
  readonly keep: () => Promise<void>;
}

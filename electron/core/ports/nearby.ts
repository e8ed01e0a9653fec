/** Another computer of the local network that offers implementations. Nothing it says is believed. */
export interface NearbyPeer {
  /** IPv4, from where its announcement came. */
  readonly address: string;
  readonly port: number;
}

/** An archive that a peer sent. */
export interface NearbyCopy {
  readonly file: string;
  readonly bytes: number;
  /** Deletes the file. */
  readonly discard: () => Promise<void>;
}

/** Gets implementations from other computers of the local network, if the person allowed that. */
export interface NearbyPort {
  isAllowed(): Promise<boolean>;
  allow(isAllowed: boolean): Promise<void>;
  /** Peers that say to have one of these digests, those that answered first. Empty soon if there are none. */
  ask(digests: readonly string[], signal: AbortSignal): Promise<readonly NearbyPeer[]>;
  /** @throws AppError `nearby-failed`, `cancelled` */
  download(peer: NearbyPeer, request: NearbyRequest): Promise<NearbyCopy>;
  /** What a peer sent was not what it said: it is not asked again by this process. */
  drop(peer: NearbyPeer): void;
}

/** What is wanted of a peer. */
export interface NearbyRequest {
  readonly digests: readonly string[];
  /** More is not taken. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
}

/**
 * The part of multicast DNS that finding one service takes: questions, and records of the types PTR, SRV, TXT and A.
 *
 * Everybody on the network can send anything, so reading is bounded everywhere: names end after 255 bytes, compression may
 * only point backwards, and what is not understood makes the whole message count as nothing.
 *
 * @see RFC 1035 4, RFC 6762, RFC 6763
 */
export interface DnsMessage {
  readonly id: number;
  readonly isAnswer: boolean;
  readonly questions: readonly DnsQuestion[];
  readonly records: readonly DnsRecord[];
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
}

/** Of the internet class; others are left out when reading. */
export type DnsRecord =
  | { readonly type: 'ptr'; readonly name: string; readonly ttlSeconds: number; readonly target: string }
  | {
      readonly type: 'srv';
      readonly name: string;
      readonly ttlSeconds: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly type: 'txt'; readonly name: string; readonly ttlSeconds: number }
  | { readonly type: 'a'; readonly name: string; readonly ttlSeconds: number; readonly address: string };

/** Numbers of the types. */
export const dnsTypes = { a: 1, ptr: 12, txt: 16, srv: 33, any: 255 } as const;

const internetClass = 1;
/** Top bit of the class: the answer may come to the asker alone, or replaces what is known. */
const classMask = 0x7fff;
const maxMessageBytes = 9000;
const maxEntries = 64;
const maxNameBytes = 255;
const maxLabelBytes = 63;

/** Writes a message. @throws Error for a name that no message can hold, which is a mistake of ours */
export function printDns({ id, isAnswer, questions, records }: DnsMessage): Uint8Array {
  const bytes: number[] = [];
  const short = (value: number): void => {
    bytes.push((value >> 8) & 255, value & 255);
  };
  short(id);
  // Authoritative, as answers by multicast are.
  short(isAnswer ? 0x8400 : 0);
  for (const count of [questions.length, records.length, 0, 0]) short(count);
  for (const { name, type } of questions) {
    bytes.push(...nameBytes(name));
    short(type);
    short(internetClass);
  }
  for (const record of records) {
    bytes.push(...nameBytes(record.name));
    short(dnsTypes[record.type]);
    short(internetClass);
    short(record.ttlSeconds >>> 16);
    short(record.ttlSeconds);
    const data = dataBytes(record);
    short(data.length);
    bytes.push(...data);
  }
  return Uint8Array.from(bytes);
}

/** Reads a message of anybody. @returns null if it is none */
export function parseDns(bytes: Uint8Array): DnsMessage | null {
  if (bytes.length < 12 || bytes.length > maxMessageBytes) return null;
  const reader = new Reader(bytes);
  try {
    const id = reader.short();
    const flags = reader.short();
    const questionCount = reader.short();
    const recordCount = reader.short() + reader.short() + reader.short();
    if (questionCount + recordCount > maxEntries) return null;
    const questions: DnsQuestion[] = [];
    for (let index = 0; index < questionCount; index++) {
      const name = reader.name();
      const type = reader.short();
      if ((reader.short() & classMask) === internetClass) questions.push({ name, type });
    }
    const records: DnsRecord[] = [];
    for (let index = 0; index < recordCount; index++) {
      const record = reader.record();
      if (record !== null) records.push(record);
    }
    return { id, isAnswer: (flags & 0x8000) !== 0, questions, records };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

class Malformed extends Error {}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  short(): number {
    return (this.#byte() << 8) | this.#byte();
  }

  name(): string {
    const labels: string[] = [];
    let length = 0;
    let at = this.#at;
    let end: number | null = null;
    for (;;) {
      const size = this.#bytes[at];
      if (size === undefined) throw new Malformed();
      if (size >= 0xc0) {
        const target = ((size & 0x3f) << 8) | (this.#bytes[at + 1] ?? 0);
        end ??= at + 2;
        // Only backwards: so it ends.
        if (target >= at) throw new Malformed();
        at = target;
        continue;
      }
      if (size > maxLabelBytes) throw new Malformed();
      at++;
      if (size === 0) break;
      length += size + 1;
      if (length > maxNameBytes || at + size > this.#bytes.length) throw new Malformed();
      labels.push(decode(this.#bytes.subarray(at, at + size)));
      at += size;
    }
    this.#at = end ?? at;
    return labels.join('.').toLowerCase();
  }

  record(): DnsRecord | null {
    const name = this.name();
    const type = this.short();
    const isInternet = (this.short() & classMask) === internetClass;
    const ttlSeconds = this.short() * 65_536 + this.short();
    const length = this.short();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Malformed();
    const record = isInternet ? this.#data(type, { name, ttlSeconds, length }) : null;
    if (record !== null && this.#at > end) throw new Malformed();
    this.#at = end;
    return record;
  }

  #data(
    type: number,
    { name, ttlSeconds, length }: { readonly name: string; readonly ttlSeconds: number; readonly length: number },
  ): DnsRecord | null {
    switch (type) {
      case dnsTypes.ptr:
        return { type: 'ptr', name, ttlSeconds, target: this.name() };
      case dnsTypes.srv: {
        this.short();
        this.short();
        return { type: 'srv', name, ttlSeconds, port: this.short(), target: this.name() };
      }
      case dnsTypes.txt:
        return { type: 'txt', name, ttlSeconds };
      case dnsTypes.a:
        if (length !== 4) throw new Malformed();
        return {
          type: 'a',
          name,
          ttlSeconds,
          address: [this.#byte(), this.#byte(), this.#byte(), this.#byte()].join('.'),
        };
      default:
        return null;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Malformed();
    return byte;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    const label = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // A dot inside would make two labels of it.
    if (label.includes('.')) throw new Malformed();
    return label;
  } catch {
    throw new Malformed();
  }
}

function nameBytes(name: string): readonly number[] {
  const bytes: number[] = [];
  for (const label of name.split('.')) {
    const encoded = new TextEncoder().encode(label);
    if (encoded.length === 0 || encoded.length > maxLabelBytes) throw new Error(`not a name: ${name}`);
    bytes.push(encoded.length, ...encoded);
  }
  bytes.push(0);
  if (bytes.length > maxNameBytes) throw new Error(`not a name: ${name}`);
  return bytes;
}

function dataBytes(record: DnsRecord): readonly number[] {
  switch (record.type) {
    case 'ptr':
      return nameBytes(record.target);
    case 'srv':
      return [0, 0, 0, 0, record.port >> 8, record.port & 255, ...nameBytes(record.target)];
    case 'txt':
      return [0];
    case 'a':
      return record.address.split('.').map(Number);
  }
}

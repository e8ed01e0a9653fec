declare module 'unbzip2-stream' {
  /** Decompresses what is written to it, in the same call. */
  export default function unbzip2Stream(): NodeJS.ReadWriteStream;
}

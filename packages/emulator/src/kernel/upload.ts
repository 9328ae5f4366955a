/** A file that came with a multipart request, already on this machine's disk. */
export interface Upload {
  /** Where it lies for now; the handler moves it away, the wire removes what is left. */
  readonly path: string;
  /** The file name the client gave. */
  readonly filename: string;
  readonly size: number;
}

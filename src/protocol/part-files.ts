/**
 * How a web worker gets the parts of the engine: it cannot read files, and its host can, but not at once.
 */

/** The worker asks for a part. */
export interface NeedPart {
  readonly type: 'need-part';
  readonly part: string;
}

/** The host gives all that a part may load. */
export interface PartFiles {
  readonly type: 'part-files';
  readonly part: string;
  /** Addresses of scripts, by the script's name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Contents of data files, by the file's name. */
  readonly data: Readonly<Record<string, Uint8Array>>;
}

/** What `dist/engine/parts.json` holds: the names of scripts and data files that each part may load. */
export type PartIndex = Readonly<
  Record<string, { readonly scripts: readonly string[]; readonly data: readonly string[] }>
>;

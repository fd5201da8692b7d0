import { read } from "./client.ts";

/** A part of the output of one attempt. */
export interface LogPart {
  readonly text: string;
  readonly offset: number;
  /** In which the text begins, from 1. */
  readonly line: number;
  /** Offset to read on from. */
  readonly next: number;
  /** Bytes that were there. */
  readonly size: number;
}

/** Which part: the last lines, some lines from one on, or from an offset on. */
export type Part =
  | { readonly tail: number }
  | { readonly line: number; readonly count: number }
  | { readonly offset: number; readonly bytes?: number };

/** Reads a part of an output; at most 1 MiB comes at once. */
export const logPart = (run: string, name: string, part: Part, signal: AbortSignal): Promise<LogPart> =>
  read<LogPart>(`/api/v1/runs/${encodeURIComponent(run)}/output/${encodeURIComponent(name)}`, { ...part }, signal);

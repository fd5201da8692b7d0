import type { EvidenceEvent, EvidencePlace } from "../../model/evidence.ts";
import type { RunPlace } from "../../model/inspection.ts";
import type { Store } from "../../store/store.ts";
import type { Published } from "../house.ts";

/** What is known of a run while it is under way; lets a crash be told from a run that never was. */
export interface Begun {
  readonly duty: string;
  readonly title: string;
  readonly period: string;
  readonly started: number;
  readonly by: string;
  readonly place: RunPlace;
}

/** What a finished run still owes: its evidence, its report. Committed together with its result. */
export interface Owed {
  readonly events: readonly EvidenceEvent[];
  readonly evidence?: EvidencePlace;
}

export const begunKey = (run: string): string => `inspection.begun:${run}`;
export const owedKey = (run: string): string => `inspection.owed:${run}`;
export const publishedKey = (run: string): string => `inspection.published:${run}`;

async function read<T>(store: Store, key: string): Promise<T | undefined> {
  const text = await store.value(key);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

export const begun = (store: Store, run: string): Promise<Begun | undefined> => read(store, begunKey(run));
export const owed = (store: Store, run: string): Promise<Owed | undefined> => read(store, owedKey(run));

/** Where the report and evidence of a run lie; empty while they are not written. */
export const published = async (store: Store, run: string): Promise<Published> =>
  (await read<Published>(store, publishedKey(run))) ?? {};

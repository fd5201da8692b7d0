import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { Changes, ChangeShown } from "../../src/api/contract.ts";
import type { ChangeKind } from "../../src/model/change.ts";
import type { Lang } from "../../src/model/lang.ts";
import { read } from "./client.ts";
import { reading } from "./queries.ts";

const PATH = "/api/v1/changes";

/** What is asked of changes; a filter that is absent leaves nothing out. */
export interface ChangesAsked {
  readonly kind?: ChangeKind;
  readonly service?: string;
  readonly environment?: string;
  /** Milliseconds since the epoch. */
  readonly from?: number;
}

/** Changes, newest first, page by page. */
export const changes = (lang: Lang, asked: ChangesAsked) =>
  infiniteQueryOptions({
    queryKey: ["changes", PATH, lang, asked],
    queryFn: ({ pageParam, signal }) =>
      read<Changes>(PATH, { ...asked, lang, ...(pageParam !== null && { before: pageParam }) }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** What changed between two moments, milliseconds since the epoch. */
export const changesIn = (lang: Lang, from: number, to: number) =>
  reading<Changes>("changes", PATH, lang, { from, to, limit: 20 });

/** Revisions of the manual, the newest ones. */
export const bookChanges = (lang: Lang) => reading<Changes>("changes", PATH, lang, { kind: "book" });

export const change = (lang: Lang, id: string) =>
  reading<ChangeShown>("changes", `${PATH}/${encodeURIComponent(id)}`, lang);

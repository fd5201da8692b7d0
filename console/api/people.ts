import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AccountShown, AuditShown, Health, SessionShown, TargetNow, TokenKept } from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";
import { read } from "./client.ts";
import { reading } from "./queries.ts";

export const accounts = (lang: Lang) =>
  reading<{ readonly accounts: readonly AccountShown[] }>("accounts", "/api/accounts", lang);
export const sessions = (lang: Lang) =>
  reading<{ readonly sessions: readonly SessionShown[] }>("sessions", "/api/sessions", lang);
export const tokens = (lang: Lang) =>
  reading<{ readonly tokens: readonly TokenKept[] }>("tokens", "/api/v1/tokens", lang);
export const targets = (lang: Lang) =>
  reading<{ readonly targets: readonly TargetNow[] }>("checks", "/api/v1/targets", lang);

/** How the daemon itself is; when it is not well it says so with another status and the same body. */
export const health = (lang: Lang) =>
  queryOptions({
    queryKey: ["status", "/health", lang],
    queryFn: ({ signal }) => read<Health>("/health", { lang }, signal, [503]),
    placeholderData: keepPreviousData,
  });

/** Entries of one answer of the audit log. */
const MOST = 200;

export interface AuditPart {
  readonly entries: readonly AuditShown[];
  readonly head: { readonly seq: number; readonly hash: string } | null;
}

/** What is looked for in the audit log; empty: everything. */
export interface AuditFilter {
  readonly person: string;
  readonly action: string;
}

/** The audit log from its newest entry back, a part at a time. */
export const audit = (lang: Lang, { person, action }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", lang, person, action],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) => {
      const only = { person: person || undefined, action: action || undefined };
      return read<AuditPart>("/api/audit", { lang, limit: MOST, before: pageParam, ...only }, signal);
    },
    getNextPageParam: ({ entries }) => (entries.length < MOST ? undefined : entries.at(-1)?.seq),
  });

/** Reads all of the audit log on the server: number of the first entry that was changed, null when none was. */
export const auditProof = (lang: Lang) =>
  read<{ readonly broken: number | null }>("/api/audit", { lang, limit: 1, verify: true });

import type { AuditEntry } from "../../model/account.ts";
import type { Clock } from "../../model/time.ts";
import { canonical } from "../../evidence/canonical.ts";
import type { Store } from "../../store/store.ts";
import { sha256 } from "./codes.ts";

export type AuditLine = Omit<AuditEntry, "seq" | "at" | "hash">;

/** The audit log of a data directory's owner: lines follow each other, each bound to the one before. */
export interface Audit {
  /** Resolves when it is on the disk. */
  write(line: AuditLine): Promise<void>;
  /** Number and hash of the last line; undefined: there is none. */
  head(): Promise<Pick<AuditEntry, "seq" | "hash"> | undefined>;
}

export const FIRST = "0".repeat(64);

/** Hash of an entry that follows one with the hash `before`. */
export function hashOf(before: string, whole: AuditEntry): string {
  const { hash: _hash, ...entry } = whole;
  return sha256(`${before}\n${canonical(entry)}`);
}

/** Half a surrogate pair is no character: canonical JSON refuses it. */
const wellFormed = (line: AuditLine): AuditLine =>
  Object.fromEntries(
    Object.entries(line).map(([key, value]) => [key, typeof value === "string" ? value.toWellFormed() : value]),
  ) as unknown as AuditLine;

const lastOf = async (store: Pick<Store, "audit">): Promise<AuditEntry | undefined> =>
  (await store.audit({ limit: 1 }))[0];

/** Refusals of one address that get a line each, in one minute; the others are counted in the next line. */
const MOST = 20;
const MINUTE = 60_000;

interface Refusals {
  from: number;
  count: number;
  omitted: number;
}

export function openAudit({ store, clock }: { readonly store: Store; readonly clock: Clock }): Audit {
  let last: Promise<AuditEntry | undefined> | undefined;
  const refusals = new Map<string, Refusals>();
  const counted = (address: string, now: number): Refusals => {
    const known = refusals.get(address);
    const omitted = known?.omitted ?? 0;
    const one = known && now - known.from < MINUTE ? known : { from: now, count: 0, omitted };
    if (refusals.size > 10_000) refusals.clear();
    refusals.set(address, one);
    return one;
  };
  const append = async (before: AuditEntry | undefined, line: AuditLine): Promise<AuditEntry> => {
    const entry = { ...wellFormed(line), seq: (before?.seq ?? 0) + 1, at: clock.wall(), hash: "" };
    const whole = { ...entry, hash: hashOf(before?.hash ?? FIRST, entry) };
    await store.commit([{ kind: "audit.append", entry: whole }]);
    return whole;
  };
  return {
    write: async (line) => {
      const of = counted(line.address, clock.wall());
      if (line.outcome === "refused" && ++of.count > MOST) {
        of.omitted += 1;
        return;
      }
      const told = { ...line, ...(of.omitted > 0 && { omitted: of.omitted }) };
      of.omitted = 0;
      const before = (last ??= lastOf(store));
      // One after the other; one that the disk refused is not followed.
      const mine = before.then(
        (found) => append(found, told),
        async () => append(await lastOf(store), told),
      );
      last = mine;
      await mine;
    },
    head: async () => {
      const found = await lastOf(store);
      return found && { seq: found.seq, hash: found.hash };
    },
  };
}

/** Number of the first entry that does not follow the one before it; undefined: all are as they were written. */
export async function brokenAt(store: Pick<Store, "audit">): Promise<number | undefined> {
  // Newest first: each page ends with the entry that the next page begins below.
  let above: AuditEntry | undefined;
  for (;;) {
    const page = await store.audit(above ? { before: above.seq } : {});
    for (const entry of page) {
      if (above && (above.seq !== entry.seq + 1 || hashOf(entry.hash, above) !== above.hash)) return above.seq;
      above = entry;
    }
    if (page.length === 0) break;
  }
  return above && (above.seq !== 1 || hashOf(FIRST, above) !== above.hash) ? above.seq : undefined;
}

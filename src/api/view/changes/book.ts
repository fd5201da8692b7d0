import { texts } from "../../../i18n/texts.ts";
import type { Lang } from "../../../model/lang.ts";
import type { Args } from "../../../model/finding.ts";
import type { Revision } from "../../../model/revision.ts";
import type { StoredEvent } from "../../../store/store.ts";
import type { BookChange, ChangeShown } from "../../contract.ts";
import { errorSaid } from "../say.ts";

/** What the events of the book carry, each by its kind. */
interface Told {
  readonly digest?: string;
  readonly commit?: string;
  readonly code?: string;
  readonly args?: Args;
  readonly errors?: number;
  readonly revision?: Revision;
}

const PREFIX = "book-";

/** Number of the event that an id of a change names; undefined for a run's. */
export const eventOf = (id: string): number | undefined => {
  const found = /^book-(\d{1,15})$/.exec(id);
  return found ? Number(found[1]) : undefined;
};

const same = (one: Told, other: Told): boolean =>
  one.digest === other.digest && (one.digest !== undefined || (one.commit === other.commit && one.code === other.code));

/**
 * Events in which the book became another one, or a newer one was refused; oldest first, as they come in. What says again
 * what stands already (after a restart, when a proof ran out) is none, nor is a commit that left the manual as it was.
 */
export function bookTurns(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const turns: StoredEvent[] = [];
  for (const event of events) {
    const before = turns.at(-1);
    if (!before || before.kind !== event.kind || !same(before.data, event.data)) turns.push(event);
  }
  return turns;
}

/** Why it was refused, in words; a code that an older program gave and nobody knows any more is no reason to say nothing. */
function whyOf(code: string, args: Args, lang: Lang): BookChange["why"] {
  if (code === "") return null;
  return Object.hasOwn(texts(lang).errors, code) ? errorSaid({ code, args }, lang) : { code, say: code, fix: "" };
}

/** An event of the book as a change. */
export function bookChange({ seq, at, kind, subject, data }: StoredEvent, lang: Lang): ChangeShown {
  const { commit = "", code = "", args = {}, errors = 0, revision } = data as Told;
  const [newest] = revision?.commits ?? [];
  return {
    id: `${PREFIX}${seq}`,
    kind: kind === "book.refused" ? "refused" : "book",
    began: at,
    at,
    title: newest?.subject || subject,
    service: null,
    environment: null,
    by: newest?.author ?? null,
    source: null,
    run: null,
    book: {
      commit: commit === "" ? null : commit,
      commits: (revision?.commits ?? []).map((one) => ({ ...one })),
      files: (revision?.files ?? []).map((one) => ({ ...one })),
      more: revision?.more ?? false,
      errors,
      why: whyOf(code, args, lang),
    },
  };
}

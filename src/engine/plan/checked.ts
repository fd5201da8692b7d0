import type { Book } from "../../model/book.ts";
import type { Registry } from "../../model/registry.ts";
import { issueText } from "../reaches.ts";
import type { Draft } from "./draft.ts";
import type { MissingList } from "./missing.ts";
import { nearestOf } from "./named.ts";

type Params = Readonly<Record<string, unknown>>;

/**
 * Parameters of a check step; the id of a check of the book stands for all that the book says of it, also where a kind has
 * the same name, unless the step says itself what that kind is to look at.
 */
export function checkOf(given: Params, book: Book, registry: Registry): Params {
  const { check: name, ...rest } = given;
  const spec =
    typeof name === "string" && (!registry.checks.has(name) || rest["with"] === undefined)
      ? book.checks.find(({ id }) => id === name)
      : undefined;
  if (!spec) return given;
  return {
    check: spec.kind,
    with: spec.params ?? {},
    ...(spec.bands && { bands: spec.bands }),
    ...(spec.target !== undefined && { target: spec.target }),
    ...(spec.timeoutMs !== undefined && { probe: spec.timeoutMs / 1000 }),
    ...rest,
  };
}

/** What the kind of check says of its own parameters; a kind that does not exist has its nearest. */
export function judgeCheck(params: Params, draft: Draft, book: Book, registry: Registry, missing: MissingList): void {
  const { check: name, with: given } = params;
  if (typeof name !== "string" || registry.checks.size === 0) return;
  const where = { step: draft.id, source: draft.source };
  const kind = registry.checks.get(name);
  const known = [...registry.checks.keys(), ...book.checks.map(({ id }) => id)];
  if (!kind) return missing.add("kind", { kind: name, nearest: nearestOf(name, known) }, where);
  const read = kind.params.safeParse(given ?? {});
  if (read.success) return;
  missing.add("params", { kind: name, problem: read.error.issues.map(issueText).join("; ") }, where);
}

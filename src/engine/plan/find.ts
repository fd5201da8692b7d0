import type { Book } from "../../model/book.ts";
import type { Environment } from "../../model/policy.ts";
import type { Runbook } from "../../model/runbook.ts";
import type { RunbookSpec } from "../../model/runbook-spec.ts";
import type { Service } from "../../model/policy.ts";
import { unknownName } from "./named.ts";

const plain = (text: string): string => text.trim().toLowerCase();

/** The runbook with this id, else number, else title. Rejects with RUNBOOK-UNKNOWN. */
export function findRunbook(book: Book, name: string): Runbook {
  const by = (of: (runbook: Runbook) => string | undefined) =>
    book.runbooks.filter((runbook) => plain(of(runbook) ?? "") === plain(name));
  const exact = book.runbooks.find(({ id }) => id === name);
  const [first, another] =
    [by(({ id }) => id), by(({ number }) => number), by(({ title }) => title)].find((found) => found.length > 0) ?? [];
  const found = exact ?? (another ? undefined : first);
  if (found) return found;
  throw unknownName(
    "RUNBOOK-UNKNOWN",
    name,
    book.runbooks.map(({ id }) => id),
  );
}

/** What watchbook.yaml says of a runbook: under its id, else its number. */
export const specOf = (book: Book, runbook: Runbook): RunbookSpec | undefined =>
  book.config.runbooks.find(({ id }) => id === runbook.id) ??
  book.config.runbooks.find(({ id }) => id === runbook.number);

/**
 * The environment with this id or name; undefined where the book has none at all. Rejects with ENVIRONMENT-UNKNOWN.
 */
export function findEnvironment(book: Book, name: string): Environment | undefined {
  const { environments } = book;
  if (environments.length === 0) return undefined;
  const found =
    environments.find(({ id }) => id === name) ?? environments.find((one) => plain(one.name) === plain(name));
  if (found) return found;
  throw unknownName(
    "ENVIRONMENT-UNKNOWN",
    name,
    environments.map(({ id }) => id),
  );
}

/** Service that a runbook works on: what is said of it, else the only one there is. Rejects with SERVICE-UNKNOWN. */
export function findService(book: Book, runbook: Runbook, spec: RunbookSpec | undefined): Service | undefined {
  const name = spec?.service ?? runbook.service;
  if (name === undefined) return book.services.length === 1 ? book.services[0] : undefined;
  const found = book.services.find(({ id }) => id === name);
  if (!found && spec?.service !== undefined)
    throw unknownName(
      "SERVICE-UNKNOWN",
      name,
      book.services.map(({ id }) => id),
      {},
      spec.source,
    );
  return found;
}

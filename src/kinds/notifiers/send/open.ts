import { WatchbookError } from "../../../model/error.ts";
import type { NotifierPorts, Opened } from "../../../model/notifier.ts";

/** Parameters with the values of their secrets, and those values, for hiding them wherever they would come back. */
export interface OpenedParams<P> {
  readonly params: Opened<P>;
  readonly secrets: readonly string[];
}

const isRef = (value: object): value is { readonly secret: string } =>
  Object.keys(value).length === 1 && "secret" in value && typeof value.secret === "string";

/** Fetches every secret that the parameters name. Rejects with WatchbookError when one is not to be had, or is empty. */
export async function open<P>(params: P, secret: NotifierPorts["secret"]): Promise<OpenedParams<P>> {
  const secrets: string[] = [];
  const walk = async (value: unknown): Promise<unknown> => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return Promise.all(value.map(walk));
    if (isRef(value)) {
      const found = await secret(value.secret);
      if (found.trim() === "") throw new WatchbookError("SECRET-MISSING", { reference: value.secret });
      secrets.push(found, ...parts(found));
      return found;
    }
    const entries = Object.entries(value).map(async ([name, each]) => [name, await walk(each)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  const opened = (await walk(params)) as Opened<P>;
  // The longest first: what is left of a longer one after a shorter was hidden would no longer be found.
  return { params: opened, secrets: secrets.toSorted((a, b) => b.length - a.length) };
}

const plainOf = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
};

/**
 * A secret as a form has it, and of an address that is one the parts that let somebody in, as they stand there and
 * decoded: receivers repeat them without the rest.
 */
function parts(value: string): readonly string[] {
  const trimmed = value.trim();
  if (!URL.canParse(trimmed)) return [trimmed, encodeURIComponent(trimmed.toWellFormed())];
  const { pathname, search, searchParams, password } = new URL(trimmed);
  const written = [...pathname.split("/"), ...search.split(/[?&]/).map((part) => part.slice(part.indexOf("=") + 1))];
  return [trimmed, pathname, password, ...written, ...written.map(plainOf), ...searchParams.values()].filter(
    (part) => part.length >= 8,
  );
}

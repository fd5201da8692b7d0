import type { ServiceNow } from "../../../src/api/contract.ts";

/** The row of what belongs to no service of the book. */
export const OWN = "-";

/** The service that something belongs to: the one that it names, of a book with one service that one, or none. Pure. */
export function ownerIn(all: readonly Pick<ServiceNow, "id">[], service: string | undefined): string {
  const named = all.filter(({ id }) => id !== OWN);
  const found = service ?? (named.length === 1 ? named[0]!.id : OWN);
  return named.some(({ id }) => id === found) ? found : OWN;
}

import type { Accounts } from "./accounts.ts";

/**
 * Whether the password by which `person` comes in was set, at `since` or later (milliseconds since the epoch), with an invitation
 * of one of `people`, or of somebody whom they let in like that: whoever gave out the code may have used it.
 */
export function isInvitedBy(
  accounts: Pick<Accounts, "get">,
  person: string,
  people: readonly string[],
  since: number,
): boolean {
  const seen = new Set<string>();
  for (let one: string | undefined = person; one !== undefined && !seen.has(one);) {
    seen.add(one);
    const invited: { readonly by: string; readonly at: number } | undefined = accounts.get(one)?.invited;
    if (!invited || invited.at < since) return false;
    if (people.includes(invited.by)) return true;
    one = invited.by;
  }
  return false;
}

import type { Reach } from "../../../model/target.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { text } from "../proc/text.ts";

/** Number of a user or group, from the target's own passwd(5) or group(5); undefined when none is asked for. */
export async function ownerId(
  reach: Reach,
  table: "/etc/passwd" | "/etc/group",
  given: string | number | undefined,
): Promise<number | undefined> {
  if (given === undefined || typeof given === "number") return given;
  const rows = (await text(reach, table)).split("\n").map((line) => line.split(":"));
  const id = rows.find(([name]) => name === given)?.[2];
  if (id === undefined) throw new Unjudged("absent", `${given} (${table})`);
  return Number(id);
}

import { Reaches } from "../../engine/reaches.ts";
import type { BackupSpec, SetSeen } from "../../model/backup.ts";
import type { Book } from "../../model/book.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import { ReachError } from "../../model/target.ts";
import type { World } from "../verb.ts";
import { placeOf } from "./place.ts";

/** Who looks: folder of the book, and what reaches its targets. */
interface Looker {
  readonly book: string;
  readonly world: Pick<World, "registry" | "clock" | "signal">;
}

/**
 * Sets of one name as they lie now, oldest first: in their repository, or in the second place `from`, as the target to which
 * they are restored sees it. Rejects with BACKUP-UNSEEN: what was not seen is not said; BACKUP-PLACE.
 */
export async function setsOf(call: Looker, book: Book, backup: BackupSpec, from?: string): Promise<readonly SetSeen[]> {
  const [{ listSets }, { copyPlace, listed }] = await Promise.all([
    import("../../kinds/backups/repository/list.ts"),
    import("../../kinds/steps/copy/places.ts"),
  ]);
  const place = placeOf(backup, from);
  const { world } = call;
  const house = { registry: await world.registry(), clock: world.clock };
  await using reaches = new Reaches(house, book.config.targets, call.book);
  const { id, into, sudo } = backup;
  const target = place ? (backup.restore.target ?? backup.target) : backup.target;
  const at = place ? listed(copyPlace.parse(place.to), id) : { folder: `${into}/${id}` };
  try {
    return await listSets(await reaches.get(target), { ...at, sudo }, world.signal);
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
    const exit = error.reason === "unreachable" || error.reason === "timeout" ? EXIT.unreachable : EXIT.input;
    throw new WatchbookError("BACKUP-UNSEEN", { name: id, target, detail: error.message }, { exit, cause: error });
  }
}

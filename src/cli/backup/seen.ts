import { Reaches } from "../../engine/reaches.ts";
import type { BackupSpec, SetSeen } from "../../model/backup.ts";
import type { Book } from "../../model/book.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import { ReachError } from "../../model/target.ts";
import type { Call } from "../verb.ts";

/** Sets of one name as they lie on its target now, oldest first. Rejects with BACKUP-UNSEEN: what was not seen is not said. */
export async function setsOf(call: Call, book: Book, backup: BackupSpec): Promise<readonly SetSeen[]> {
  const { listSets } = await import("../../kinds/backups/repository/list.ts");
  const { world } = call;
  const house = { registry: await world.registry(), clock: world.clock };
  await using reaches = new Reaches(house, book.config.targets, call.book);
  const { id, target, into, sudo } = backup;
  try {
    return await listSets(await reaches.get(target), { folder: `${into}/${id}`, sudo }, world.signal);
  } catch (error) {
    if (!(error instanceof ReachError)) throw error;
    const exit = error.reason === "unreachable" || error.reason === "timeout" ? EXIT.unreachable : EXIT.input;
    throw new WatchbookError("BACKUP-UNSEEN", { name: id, target, detail: error.message }, { exit, cause: error });
  }
}

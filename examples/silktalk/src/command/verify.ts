import { stat } from "node:fs/promises";
import { LevelDatastore } from "datastore-level";
import { readConfig } from "../node/config.ts";
import { Failure } from "../node/failure.ts";
import type { Home } from "../node/home.ts";
import { identityAt } from "../node/identity.ts";

/** What a folder is that could become a node, by what lies in it. */
export interface Whole {
  readonly name: string;
  readonly peerId: string;
  /** Records that could be read from its database. */
  readonly records: number;
}

/** Opens the database and reads every record. LevelDB would make one where there is none: that is no copy. */
async function recordsIn(folder: string): Promise<number> {
  const data = new LevelDatastore(folder, { createIfMissing: false });
  try {
    await data.open();
    let records = 0;
    for await (const _ of data.query({})) records++;
    return records;
  } catch (cause) {
    throw new Failure(`${folder} cannot be opened.`, "Take another set, or stop the node that uses it.", 3, { cause });
  } finally {
    await data.close();
  }
}

/**
 * Whether a folder has all of a node that does not run: settings that can be read, the very key that they record, for its
 * owner's eyes only, and a database that opens. Exit 3: something of it is missing or another's.
 */
export async function verify(home: Home): Promise<Whole> {
  const { name, peerId } = await readConfig(home.config);
  const key = await stat(home.identity).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure(`${home.identity} is not there.`, "Restore it; do not make a new one.", 3, { cause });
  });
  if ((key.mode & 0o077) !== 0) throw new Failure(`Others may read ${home.identity}.`, "chmod 600, and ask why.", 3);
  const own = await identityAt(home.identity);
  if (own.peerId !== peerId)
    throw new Failure(`The key is that of ${own.peerId}, not of ${peerId}.`, "Find the set that has its key.", 3);
  return { name, peerId, records: await recordsIn(home.data) };
}

import { openSocket, type Door } from "../../api/listen.ts";
import { makeRunsApp } from "../../api/runs-app.ts";
import type { OpenBook } from "../../engine/house.ts";
import { readAnew } from "../../engine/run/control/anew.ts";
import type { RunControl } from "../../engine/run/control.ts";
import type { Held } from "../hold.ts";

/** How long answers that are on their way may take to end when the door is closed, milliseconds. */
const GRACE_MS = 2_000;

export interface DoorParts {
  readonly held: Held;
  readonly control: RunControl;
  /** The manual as it was read last. */
  readonly open: () => OpenBook;
  /** Reads it again. */
  readonly look: () => Promise<void>;
  /** Resolves when this process is about to leave. */
  readonly leaving: Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/**
 * Opens the socket of a data directory that this process holds, where a daemon has its own and with the same rights; then
 * says that it is there. Rejects with SOCKET-FOLDER, and with what the disk refuses.
 */
export async function openDoor(path: string, uid: number, parts: DoorParts): Promise<Door> {
  const { held, control, open, look, leaving, onBug } = parts;
  const { house } = held;
  const loaded = house.clock.wall();
  const app = makeRunsApp({
    daemon: {
      house,
      book: () => ({ open: open(), findings: [], loaded }),
      runs: readAnew(control, look),
      done: leaving,
    },
    onBug,
  });
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await openSocket(app, path, uid, GRACE_MS));
  held.announce(door.at);
  stack.move();
  return door;
}

import { openSocket, type Door } from "../../api/listen.ts";
import { makeRunsApp } from "../../api/runs-app.ts";
import type { OpenBook } from "../../engine/house.ts";
import { readAnew } from "../../engine/run/control/anew.ts";
import { mayGoOn } from "../../engine/run/control/confirm.ts";
import type { RunControl } from "../../engine/run/control.ts";
import { owned } from "../client.ts";
import type { Held } from "../hold.ts";
import type { Driven } from "./driven.ts";

/** How long answers that are on their way may take to end when the door is closed, milliseconds. */
const GRACE_MS = 2_000;

export interface DoorParts {
  readonly held: Held;
  readonly control: RunControl;
  readonly driven: Driven;
  /** The manual as it was read last. */
  readonly open: () => OpenBook;
  /** Reads it again. */
  readonly look: () => Promise<void>;
  /** This process is interrupted: it pauses what it drives, and leaves then. */
  readonly interrupted: AbortSignal;
  /** Resolves when this process is about to leave. */
  readonly leaving: Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** The runs for whoever comes by the door. Rejects with DATA-OWNED what would go on in a process that is interrupted. */
function forOthers({ held, control, driven, look, interrupted }: DoorParts): RunControl {
  const refuse = (): void => {
    if (interrupted.aborted) throw owned(held.house.data, held.mine);
  };
  const unlessInterrupted: RunControl = {
    ...control,
    begin: async (request, asked) => {
      refuse();
      return control.begin(request, asked);
    },
    act: async (name, by, action) => {
      if (mayGoOn(action)) refuse();
      return control.act(name, by, action);
    },
  };
  // The manual takes a while to read: it is the moment after that counts.
  const runs = readAnew(unlessInterrupted, look);
  return {
    ...runs,
    begin: (request, asked) => driven.during(runs.begin(request, asked)),
    act: (name, by, action) => driven.during(runs.act(name, by, action)),
  };
}

/**
 * Opens the socket of a data directory that this process holds, where a daemon has its own and with the same rights; then
 * says that it is there. Rejects with SOCKET-FOLDER, and with what the disk refuses.
 */
export async function openDoor(path: string, uid: number, parts: DoorParts): Promise<Door> {
  const { held, open, leaving, onBug } = parts;
  const { house } = held;
  const loaded = house.clock.wall();
  const app = makeRunsApp({
    daemon: {
      house,
      book: () => ({ open: open(), findings: [], loaded }),
      runs: forOthers(parts),
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

import { join } from "node:path";

/** Where a node keeps its things. Everything lies below one folder, so that a node can be moved, copied and removed. */
export interface Home {
  readonly root: string;
  readonly config: string;
  /** Private key, protobuf, mode 0600. Losing it means a new identity. */
  readonly identity: string;
  /** LevelDB of the DHT and the peer store; never copy it while the node runs. */
  readonly data: string;
  /** Holds the pid of the process that owns the folder. */
  readonly lock: string;
  readonly pid: string;
  readonly log: string;
  /** Unix socket, relative to root: an absolute path would meet the 108-byte limit in deep folders. */
  readonly control: string;
}

export const homeAt = (root: string): Home => ({
  root,
  config: join(root, "config.json"),
  identity: join(root, "identity.key"),
  data: join(root, "data"),
  lock: join(root, "silktalk.lock"),
  pid: join(root, "silktalk.pid"),
  log: join(root, "logs", "silktalk.log"),
  control: "control.sock",
});

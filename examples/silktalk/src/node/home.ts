import { basename, dirname, join } from "node:path";

/** Where a node keeps its things. All but the program lies below one folder, so that a node can be moved, copied and removed. */
export interface Home {
  readonly root: string;
  /** What is installed for it, `programs/NAME.json` in the work directory: another version is no other node. */
  readonly program: string;
  /** Version that ran here last. */
  readonly version: string;
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
  program: join(dirname(dirname(root)), "programs", `${basename(root)}.json`),
  version: join(root, "version"),
  config: join(root, "config.json"),
  identity: join(root, "identity.key"),
  data: join(root, "data"),
  lock: join(root, "silktalk.lock"),
  pid: join(root, "silktalk.pid"),
  log: join(root, "logs", "silktalk.log"),
  control: "control.sock",
});

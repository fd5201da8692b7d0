import type { Desired } from "../../../model/driver.ts";

/** What can be wanted of a Compose service. */
export interface Wish extends Desired {
  /** Bring its configuration to what the project's files say now. */
  readonly config?: "files";
}

/** What `apply` and `undo` of a Compose project need besides actions and observation: plain data, without secrets. */
export interface Way {
  readonly pins: {
    readonly before: Readonly<Record<string, string>>;
    readonly after: Readonly<Record<string, string>>;
  };
  /** Digest of each service's configuration that an action leads to. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Words after `docker compose …` of each action. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
}

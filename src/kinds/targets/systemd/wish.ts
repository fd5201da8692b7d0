import type { Desired } from "../../../model/driver.ts";

/** What can be wanted of a unit. */
export interface Wish extends Desired {
  /** Text of its unit file. */
  readonly unit?: string;
  /** Texts of drop-ins by file name, null: there is to be none. */
  readonly dropins?: Readonly<Record<string, string | null>>;
  readonly enabled?: boolean;
  /** Read its configuration again without a restart. */
  readonly reload?: boolean;
}

/** A file that an action writes; `before`: digest of what it was, null when it was not there. */
export interface Written {
  readonly path: string;
  readonly text: string | null;
  readonly before: string | null;
}

export interface Act {
  readonly files: readonly Written[];
  /** Words after `systemctl` of each command, in order. */
  readonly commands: readonly (readonly string[])[];
  readonly enabledBefore: boolean;
}

/** What `apply` and `undo` need besides actions and observation, by name. */
export type Way = Readonly<Record<string, Act>>;

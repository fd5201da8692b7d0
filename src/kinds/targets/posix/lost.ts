import { ReachError } from "../../../model/target.ts";

/** The connection was lost after a command may have begun: unlike other errors `unreachable` it says nothing of the command. */
export class Lost extends ReachError {
  constructor(detail: string, options?: ErrorOptions) {
    super("unreachable", detail, options);
    this.name = "Lost";
  }
}

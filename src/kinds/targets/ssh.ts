import { cwd } from "node:process";
import type { TargetKind } from "../../model/target.ts";
import { params, type SshParams } from "./ssh/options.ts";
import { sshReach } from "./ssh/reach.ts";

/**
 * A host reached over SSH. Needs there: sshd, a POSIX login shell, and the usual tools. A status above 128 is told as the
 * signal that shells mean by it.
 */
export const sshTarget: TargetKind<SshParams> = {
  kind: "ssh",
  params,
  open: (name, given, root) => Promise.resolve(sshReach(name, given, root ?? cwd())),
};

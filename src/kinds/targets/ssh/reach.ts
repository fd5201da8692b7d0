import type { ExecOptions, Reach } from "../../../model/target.ts";
import { gather } from "../framed/gather.ts";
import { remoteFiles } from "./files.ts";
import { Few } from "./few.ts";
import { guarded, type Place, type Told } from "./guarded.ts";
import { OpenSsh } from "./openssh.ts";
import { knownName, type SshParams } from "./options.ts";
import type { Peer } from "./refusal.ts";
import { Ssh2 } from "./ssh2.ts";
import type { Wire } from "./wire.ts";

/** Commands at once on one connection: sshd allows ten by default (MaxSessions). */
const AT_ONCE = 8;

/** A hand on a host; the connection is made when it is first needed. */
export function sshReach(target: string, params: SshParams, root: string): Reach {
  const peer: Peer = { target, host: knownName(params.host, params.port ?? 22), file: params.knownHosts };
  const driver: Wire = params.driver === "ssh2" ? new Ssh2(params, root, peer) : new OpenSsh(params, root, peer);
  const place: Place = { path: params.path, env: params.env, directory: params.directory };
  const wire = new Few(driver, AT_ONCE);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const run = (argv: readonly string[], options: ExecOptions): Promise<Told> => {
    const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
    const told = guarded(wire, peer, argv, { ...options, signal }, place);
    running.add(told);
    return told.finally(() => running.delete(told));
  };
  const exec: Reach["exec"] = async (argv, options = {}) => {
    const { out, err, ...rest } = await run(argv, options);
    return { ...rest, out: out.toString("utf8"), err: err.toString("utf8") };
  };
  return {
    target,
    exec,
    ...remoteFiles(gather({ target, exec }, run)),
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(running);
      await wire[Symbol.asyncDispose]();
    },
  };
}

import { PassThrough, Writable } from "node:stream";
import type { V1Status } from "@kubernetes/client-node";
import type { Channel, ChannelEnd, Listener, Wire } from "../ssh/wire.ts";
import { ReachError } from "../../../model/target.ts";
import { client, type Cluster } from "./cluster.ts";

/** Where commands run: a container of a pod. */
export interface Place {
  readonly pod: string;
  readonly container: string | undefined;
}

const sink = (hear: (chunk: Buffer) => void): Writable =>
  new Writable({
    write: (chunk: Buffer, _, done) => {
      hear(chunk);
      done();
    },
  });

/** Exit status that the kubelet tells: none when it could not say. */
function codeOf({ status, details }: V1Status): number | undefined {
  if (status === "Success") return 0;
  const told = details?.causes?.find(({ reason }) => reason === "ExitCode")?.message;
  return told === undefined ? undefined : Number(told);
}

/** Commands in a container through the API server's exec; each is a connection of its own. */
export class PodWire implements Wire {
  readonly #cluster: Cluster;
  readonly #place: (signal: AbortSignal) => Promise<Place>;

  constructor(cluster: Cluster, place: (signal: AbortSignal) => Promise<Place>) {
    this.#cluster = cluster;
    this.#place = place;
  }

  async open(line: string, listener: Listener): Promise<Channel> {
    const { target, config, namespace } = this.#cluster;
    const { pod, container } = await this.#place(AbortSignal.timeout(15_000));
    const { Exec } = await client(target);
    const input = new PassThrough();
    const { promise: closed, resolve } = Promise.withResolvers<ChannelEnd>();
    const [out, err] = [sink((chunk) => listener.out(chunk)), sink((chunk) => listener.err(chunk))];
    const argv = ["sh", "-c", line];
    const ended = (status: V1Status): void => {
      const code = codeOf(status);
      resolve({ ...(code !== undefined && { code }), detail: status.message ?? "", refused: false });
    };
    try {
      // The library leaves the container out of the request only when its name is empty.
      const socket = await new Exec(config).exec(namespace, pod, container ?? "", argv, out, err, input, false, ended);
      socket.on("close", () => resolve({ detail: "", refused: false }));
      socket.on("error", (error: Error) => resolve({ detail: error.message, refused: false }));
      return {
        write: (text) => void input.write(text),
        endInput: () => void input.end(),
        destroy: () => socket.terminate(),
        closed,
      };
    } catch (error) {
      const said = (error as { message?: string }).message ?? String(error);
      throw new ReachError("unreachable", `${target}: pod/${pod}: ${said}`, { cause: error });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

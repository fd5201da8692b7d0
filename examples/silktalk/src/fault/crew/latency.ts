import { connect, createServer, type Socket } from "node:net";
import { writeFileSync } from "node:fs";
import { multiaddr } from "@multiformats/multiaddr";

// latency.ts ADDRESS MS PORT-FILE: a TCP proxy to ADDRESS that holds every byte back for MS milliseconds, each way.
const [address, milliseconds, portFile] = process.argv.slice(2);
const parts = multiaddr(address).getComponents();
const port = Number(parts.find((part) => part.name === "tcp")!.value);
const host = parts.find((part) => part.name === "ip4")!.value!;

function delay(from: Socket, to: Socket): void {
  const later = (work: () => void): void => void setTimeout(work, Number(milliseconds));
  from.on("data", (bytes: Buffer) => later(() => void (to.destroyed || to.write(bytes))));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => to.destroy());
  from.on("close", () => later(() => to.destroy()));
}

const server = createServer((near) => {
  const far = connect(port, host);
  near.setNoDelay(true);
  far.setNoDelay(true);
  delay(near, far);
  delay(far, near);
});
server.listen(0, "127.0.0.1", () => {
  const bound = server.address();
  if (typeof bound === "object" && bound !== null) writeFileSync(portFile!, `${bound.port}\n`);
});

// A server that answers every path with a short text and counts: asked in all, and different paths. Says its port.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let asked = 0;
const different = new Set<string>();
const server = createServer((request, response) => {
  const path = request.url ?? "";
  if (path === "/seen") response.end(JSON.stringify({ asked, different: different.size }));
  else {
    asked += 1;
    different.add(path);
    response.end("healthy");
  }
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));

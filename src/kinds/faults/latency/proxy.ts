/**
 * A TCP proxy that holds every piece of data back, in plain node: it runs on the target. Arguments: port of the
 * service, milliseconds, file for its own port, seconds it may live. It never outlives its fault.
 */
export const PROXY = String.raw`
const { createServer, connect } = require("node:net");
const { appendFileSync, renameSync, writeFileSync } = require("node:fs");
const [port, delay, file, limit] = process["argv"].slice(1);
const half = Number(delay) / 2;
const later = (from, to) => {
  from.on("data", (chunk) => setTimeout(() => to.writable && to.write(chunk), half));
  from.on("end", () => setTimeout(() => to.end(), half));
  from.on("error", () => to.destroy());
  from.on("close", () => setTimeout(() => to.destroy(), half + 1000));
};
const server = createServer({ allowHalfOpen: true }, (client) => {
  appendFileSync(file + ".seen", "1\n");
  // An address that the firewall lets through to the service itself.
  const service = connect({ host: "127.0.0.1", port: Number(port), localAddress: "127.88.77.66", allowHalfOpen: true });
  later(client, service);
  later(service, client);
});
server.listen(0, "0.0.0.0", () => {
  writeFileSync(file + ".new", String(server.address().port));
  renameSync(file + ".new", file);
});
setTimeout(() => process["exit"](0), (Number(limit) + 60) * 1000);
`;

// The least that HTTP checks can cost in Node: one request per address and interval, a connection each, nothing kept:
// `node undici-loop.ts URLS.json SECONDS`.
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";

const urls = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as readonly string[];
const every = Number(process.argv[3]) * 1_000;
const dispatcher = new Agent({ pipelining: 0 });
for (const [n, url] of urls.entries()) {
  const ask = async (): Promise<void> => {
    const { body } = await request(url, { dispatcher, reset: true });
    await body.dump();
  };
  setTimeout(() => setInterval(() => void ask(), every), (n / urls.length) * every);
}

import { WatchbookError } from "../model/error.ts";

/** Where to listen. Port 0: a free one. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:7070`, `[::1]:7070`, `localhost:0`, `:7070` (loopback). Throws WatchbookError LISTEN-ADDRESS. */
export function addressOf(text: string): Address {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) throw new WatchbookError("LISTEN-ADDRESS", { address: text });
  return { host: found[1] ?? (found[2] || "127.0.0.1"), port };
}

/** Whether only this machine can reach it. Names other than localhost may point anywhere. */
export const isLoopback = ({ host }: Address): boolean =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);

/** `http://127.0.0.1:7070` */
export const urlOf = ({ host, port }: Address): string => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

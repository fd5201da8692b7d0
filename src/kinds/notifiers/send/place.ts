import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { forbidden } from "../../../model/address.ts";
import { later, refused, type Delivery } from "../../../model/notice.ts";
import type { ChannelSpec, NotifierPorts } from "../../../model/notifier.ts";
import { LIMITED } from "../answer/http.ts";

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** A host whose addresses were looked at: the connection goes to these, whatever the name means a moment later. */
export interface Place {
  readonly host: string;
  readonly addresses: readonly Address[];
}

/** RFC 6761 §6.3: this name is the host itself, whatever a name service or a missing /etc/hosts says of it. */
const LOCALHOST = /^(?:.+\.)?localhost\.?$/i;
const HERE: readonly Address[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

const system = async (host: string): Promise<readonly Address[]> => (LOCALHOST.test(host) ? HERE : asked(host));
const asked = async (host: string): Promise<readonly Address[]> =>
  (await lookup(host, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "EAI_FAIL";

/** Resolves a host, and refuses it when any of its addresses lies inside and is not allowed. `host`: without brackets. */
export async function placeOf(
  host: string,
  { allow }: Pick<ChannelSpec, "allow">,
  { resolve = system }: Pick<NotifierPorts, "resolve">,
): Promise<Place | Delivery> {
  const literal = isIP(host);
  let addresses: readonly Address[];
  try {
    addresses = literal === 0 ? await resolve(host) : [{ address: host, family: literal === 6 ? 6 : 4 }];
  } catch (error) {
    return later(LIMITED, "name-unknown", { host, code: codeOf(error) });
  }
  if (addresses.length === 0) return later(LIMITED, "name-unknown", { host, code: "ENODATA" });
  for (const { address } of addresses) {
    const inside = forbidden(host, address, allow);
    if (inside !== undefined) return refused(`inside-${inside}`, { host, address });
  }
  return { host, addresses };
}

export const isPlace = (found: Place | Delivery): found is Place => "addresses" in found;

/** The connection goes to the addresses that were looked at; a literal address needs no look. */
export function pinned({ addresses }: Place): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) return callback(null, [...addresses]);
    const { address, family } = addresses[0]!;
    callback(null, address, family);
  };
}

import { isIPv6 } from "node:net";

const groupsOf = (text: string): readonly string[] => (text === "" ? [] : text.split(":"));

/**
 * What one comer has of addresses: an IPv4 address, or the /64 of an IPv6 address, in which whoever has one has 2^64. What is
 * no address is given back as it is.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // The standard's own short form: lower case, no leading zeros, at most one `::`.
  const text = new URL(`http://[${address.replace(/%.*$/, "")}]/`).hostname.slice(1, -1);
  const [front, back] = text.split("::", 2).map(groupsOf) as [readonly string[], (readonly string[])?];
  const zeros = back ? Array<string>(8 - front.length - back.length).fill("0") : [];
  const groups = [...front, ...zeros, ...(back ?? [])];
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return `${groups.slice(0, 4).join(":")}::/64`;
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((two) => [two >> 8, two & 255])
    .join(".");
}

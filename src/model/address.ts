import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Where an address leads that is not out in the world. */
export const INSIDE = ["loopback", "metadata", "link-local", "private", "special"] as const;
export type Inside = (typeof INSIDE)[number];

/** Networks by what they are (IANA's special-purpose registries), the first match counts. */
const NETWORKS: readonly (readonly [Inside, ...string[]])[] = [
  [
    "metadata",
    ...["169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "100.100.100.200/32"],
    // The hosts' own addresses of clouds, which look as if they were out in the world.
    ...["168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd00:ec2::23/128", "fd20:ce::254/128"],
  ],
  ["loopback", "127.0.0.0/8", "::1/128", "0.0.0.0/8", "::/128"],
  ["link-local", "169.254.0.0/16", "fe80::/10"],
  ["private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"],
  ["special", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8", "100::/64"],
];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return list;
}
const LISTS = NETWORKS.map(([name, ...networks]) => [name, listOf(networks)] as const);

/** The IPv4 address inside an IPv6 one that leads to it: mapped, compatible, translated, NAT64, 6to4. */
function embedded(address: string): string | undefined {
  const host = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const words = wordsOf(host);
  const from = (high: number): string =>
    [words[high]! >> 8, words[high]! & 255, words[high + 1]! >> 8, words[high + 1]! & 255].join(".");
  const zeros = (count: number): boolean => words.slice(0, count).every((word) => word === 0);
  if (zeros(5) && (words[5] === 0xffff || (words[5] === 0 && words[6] !== 0))) return from(6);
  if (zeros(4) && words[4] === 0xffff && words[5] === 0) return from(6);
  if (words[0] === 0x64 && words[1] === 0xff9b) return from(6);
  return words[0] === 0x2002 ? from(1) : undefined;
}

function wordsOf(host: string): readonly number[] {
  const [head = "", tail] = host.split("::");
  const parse = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
  const [before, after] = [parse(head), tail === undefined ? [] : parse(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

/** What an IP address is, when it is none out in the world; undefined for public ones. Throws for what is no address. */
export function insideOf(address: string): Inside | undefined {
  const plain = address.replace(/%.*$/, "");
  if (!isIPv4(plain) && !isIPv6(plain)) throw new TypeError(`no address: ${address}`);
  const v4 = isIPv4(plain) ? plain : embedded(plain);
  const family = v4 === undefined ? "ipv6" : "ipv4";
  return LISTS.find(([, list]) => list.check(v4 ?? plain, family))?.[0];
}

/** Whether an entry (host name, address or network) names this address of this host itself. */
function names(entry: string, host: string, address: string, inside: Inside): boolean {
  const [network = "", bits] = entry.split("/");
  const family = isIPv4(network) ? "ipv4" : isIPv6(network) ? "ipv6" : undefined;
  // A name may be made to mean another address by whoever owns it: what hands out credentials is opened by its address only.
  const isGuarded = inside === "metadata" || inside === "link-local";
  if (family === undefined) return network.toLowerCase() === host.toLowerCase() && !isGuarded;
  const width = family === "ipv4" ? 32 : 128;
  const size = bits === undefined ? width : Number(bits);
  if (!Number.isInteger(size) || size < 0 || size > width) return false;
  const list = listOf([`${network}/${size}`]);
  const v4 = isIPv4(address) ? address : embedded(address);
  if (isGuarded && size !== width) return false;
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6") || (v4 !== undefined && list.check(v4, "ipv4"));
}

/** Why `address` of `host` must not be reached; undefined when it may. `allow`: host names, addresses, networks. */
export function forbidden(host: string, address: string, allow: readonly string[]): Inside | undefined {
  const inside = insideOf(address);
  if (inside === undefined || allow.some((entry) => names(entry, host, address, inside))) return undefined;
  return inside;
}

/** Whether a host that is written as an address, or as `localhost`, lies inside and is not allowed: no name is looked up. */
export function literalInside(host: string, allow: readonly string[]): boolean {
  const address = host.toLowerCase() === "localhost" ? "127.0.0.1" : host;
  return (isIPv4(address) || isIPv6(address)) && forbidden(host, address, allow) !== undefined;
}

import type { FlagRule, Tool } from "../shell/tool.ts";

const TABLES: readonly FlagRule[] = [
  { any: "-F -X -Z --flush --delete-chain", risk: "destructive", why: "firewall-flush" },
  { match: /(-P|--policy)\s+(INPUT|OUTPUT|FORWARD)\s+(DROP|REJECT)/, risk: "destructive", why: "firewall-enable" },
  { match: /-(A|I)\s+INPUT\b.*-j\s+(DROP|REJECT)\s*$/, risk: "destructive", why: "firewall-enable" },
  { any: "-L -S --list --list-rules -C --check", risk: "read", why: "reads" },
  { risk: "write", why: "firewall" },
];

/** Addresses, firewalls, transfers. */
export const NETWORK: Readonly<Record<string, Tool>> = {
  curl: {
    rules: [
      { match: /(-X|--request)[\s=]*'?"?DELETE/i, risk: "destructive", why: "http-delete" },
      { match: /(-X|--request)[\s=]*'?"?(POST|PUT|PATCH)/i, risk: "write", why: "http-write" },
      { match: /(^|\s)(-d|-F|-T|--data[a-z-]*|--form|--upload-file|--json)(\s|=|$)/, risk: "write", why: "http-write" },
      { match: /(^|\s)(-[a-zA-Z]*o|--output)[\s=]*(\/dev\/null|-(\s|$))/, risk: "read", why: "reads" },
      { match: /(^|\s)(-[a-zA-Z]*[oO]|--output|--remote-name)(\s|=|$)/, risk: "write", why: "downloads" },
      { risk: "read", why: "reads" },
    ],
  },
  wget: {
    rules: [
      { match: /--(post|body)-(data|file)|--method[= ](POST|PUT|PATCH)/i, risk: "write", why: "http-write" },
      { match: /--method[= ]DELETE/i, risk: "destructive", why: "http-delete" },
      { match: /--spider|-[a-zA-Z]*O[\s=]*(-|\/dev\/null)(\s|$)/, risk: "read", why: "reads" },
      { risk: "write", why: "downloads" },
    ],
  },
  http: {
    rules: [
      { match: /^DELETE\b/, risk: "destructive", why: "http-delete" },
      { match: /^(POST|PUT|PATCH)\b/, risk: "write", why: "http-write" },
      { match: /^(GET|HEAD)\b/, risk: "read", why: "reads" },
    ],
  },
  ip: {
    rules: [
      {
        match: /\blink\s+set\b.*\bdown\b|\b(addr|address|a|route|r)\s+flush\b|\blink\s+(del|delete)\b/,
        risk: "destructive",
        why: "network-down",
      },
      { match: /\s(add|del|delete|set|replace|change|append|flush|up)\b/, risk: "write", why: "network" },
      { risk: "read", why: "reads" },
    ],
  },
  ifconfig: {
    rules: [
      { match: /\sdown$/, risk: "destructive", why: "network-down" },
      { match: /^(-a|[\w.:-]*)$/, risk: "read", why: "reads" },
      { risk: "write", why: "network" },
    ],
  },
  ifdown: { rules: [{ risk: "destructive", why: "network-down" }] },
  ifup: { rules: [{ risk: "write", why: "network" }] },
  route: {
    rules: [
      { match: /\b(add|del)\b/, risk: "write", why: "network" },
      { risk: "read", why: "reads" },
    ],
  },
  ethtool: { base: "read", rules: [{ match: /^-[A-Z]|^-s\b/, risk: "write", why: "network" }] },
  tc: {
    rules: [
      { match: /\b(show|ls|list)\b/, risk: "read", why: "reads" },
      { risk: "write", why: "network" },
    ],
  },
  nmcli: {
    base: "read",
    rules: [
      { match: /\b(down|delete|disconnect)\b/, risk: "destructive", why: "network-down" },
      { match: /\b(up|add|modify|set|connect|reload)\b/, risk: "write", why: "network" },
    ],
  },
  netplan: { read: "get status", write: "apply try set generate" },
  resolvectl: { base: "read", read: "status query statistics", write: "flush-caches dns domain" },
  arping: { base: "read" },
  iptables: { rules: TABLES },
  ip6tables: { rules: TABLES },
  "iptables-save": { base: "read" },
  "iptables-restore": { rules: [{ risk: "destructive", why: "firewall-enable" }] },
  ipset: { read: "list test", write: "add create del", destructive: "flush destroy" },
  nft: {
    rules: [
      { match: /\b(flush|delete)\b/, risk: "destructive", why: "firewall-flush" },
      { match: /^(-a\s+)?list\b/, risk: "read", why: "reads" },
      { risk: "write", why: "firewall" },
    ],
  },
  ufw: {
    rules: [
      { match: /^(--force\s+)?(enable|reset)\b/, risk: "destructive", why: "firewall-enable" },
      { match: /^(status|show|version|app\s+(list|info))\b/, risk: "read", why: "reads" },
      { risk: "write", why: "firewall" },
    ],
  },
  "firewall-cmd": {
    rules: [
      { match: /--panic-on|--complete-reload/, risk: "destructive", why: "firewall-enable" },
      { match: /--(add|remove|set|reload|runtime-to-permanent|new|delete|change)/, risk: "write", why: "firewall" },
      { match: /--(list|state|get|query|info)/, risk: "read", why: "reads" },
    ],
  },
  tcpdump: { base: "read", rules: [{ any: "-w", risk: "write", why: "writes" }] },
  nc: { base: "unknown", rules: [{ any: "-z", risk: "read", why: "reads" }] },
  ncat: { base: "unknown", rules: [{ any: "-z", risk: "read", why: "reads" }] },
  telnet: { base: "read" },
  nmap: { base: "read" },
  iperf3: { base: "unknown" },
  ab: { base: "write" },
  wrk: { base: "write" },
  ssh: { rules: [{ any: "-V -G -Q", risk: "read", why: "reads" }] },
  "ssh-keyscan": { base: "read" },
  "ssh-keygen": {
    rules: [
      { match: /^-[lFyBE]|^-lf\b/, risk: "read", why: "reads" },
      { risk: "write", why: "writes" },
    ],
  },
  s3cmd: {
    read: "ls info du la",
    write: "put get mb sync cp mv setacl",
    destructive: "del rm rb",
    dry: "-n --dry-run",
  },
  mc: {
    read: "ls stat cat find du diff admin+info ping tree head",
    write: "cp mirror mb mv alias pipe policy admin+user",
    destructive: "rm rb admin+service",
  },
  gsutil: { read: "ls stat cat du", write: "cp mv mb rsync", destructive: "rm rb" },
};

/** Addresses of the loopback: as many hosts, one sshd behind them. */
export const hostsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `127.0.1.${at + 1}`);

/** A daily inspection: twelve commands that only read. */
export const COMMANDS: readonly (readonly string[])[] = [
  ["hostname"],
  ["cat", "/proc/loadavg"],
  ["df", "-P", "/"],
  ["df", "-iP", "/"],
  ["cat", "/proc/meminfo"],
  ["sh", "-c", "ls /etc/systemd/system | wc -l"],
  ["ls", "-l", "/run"],
  ["grep", "-c", "root", "/etc/passwd"],
  ["ls", "-t", "/etc"],
  ["openssl", "version"],
  ["cat", "/proc/net/tcp"],
  ["date", "+%s"],
];

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** The same as one script. */
export const SCRIPT = COMMANDS.map((argv) => argv.map(quote).join(" ")).join("\n");

import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";
import { after } from "node:test";
import { mariadb } from "./databases.ts";

/** Whoever restored servers run as: they refuse root. */
export const user = process.getuid?.() === 0 ? "nobody" : userInfo().username;

/** What a statement prints in a restored server. */
export const askAt = (socket: string, statement: string): string =>
  execFileSync("mariadb", ["--no-defaults", "-N", "-B", "-S", socket, "-u", "ops", "-D", "shop", "-e", statement], {
    encoding: "utf8",
    env: { ...process.env, MYSQL_PWD: "my-pass word" },
  }).trim();

/** Lines, none of nothing. */
export const lines = (rows: string): readonly string[] => (rows === "" ? [] : rows.split("\n"));

/** Small files: what is measured is not the disk. */
export const SMALL = ["--innodb-log-file-size=4M", "--innodb-flush-log-at-trx-commit=0"];

/** One server for a whole file, started when it is first asked for. */
export function serverOf(settings: readonly string[]) {
  const endings: (() => void | Promise<void>)[] = [];
  let started: ReturnType<typeof mariadb> | undefined;
  after(async () => {
    for (const end of endings.toReversed()) await end();
  });
  return () => (started ??= mariadb({ after: (end) => void endings.push(end) }, [...SMALL, ...settings]));
}

type Server = Awaited<ReturnType<typeof mariadb>>;

/** How a part names this server, and what its secret is. */
export const fieldsOf = ({ connect: { host, port, user: login } }: Server) => ({
  connect: { host, port, user: login, password: { secret: "db" } },
  user,
});

export const secretOf =
  ({ password }: Server) =>
  (reference: string): Promise<string> =>
    reference === "db" ? Promise.resolve(password) : Promise.reject(new Error(reference));

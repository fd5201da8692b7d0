import type { Risk } from "../../model/states.ts";
import {
  MONGO_DESTROY,
  MONGO_READ,
  MONGO_WRITE,
  SQL_ACTING,
  SQL_CLIENTS,
  SQL_DESTROY,
  SQL_INNER_DESTROY,
  SQL_INNER_WRITE,
  SQL_READ,
  SQL_WRITE,
} from "../words/commands-databases.ts";
import { hasAny, positional, valueOf } from "./flags.ts";
import { input } from "./invocation.ts";
import type { Invocation } from "./invocation.ts";
import { worse } from "./worse.ts";
import type { Judged } from "./worse.ts";

const FINISHED: Judged = { risk: "read", why: "reads" };

/** Risk of SQL text: the worst of its statements. Strings and comments are not looked into. */
export function judgeSql(text: string): Judged {
  if (text.length > LONGEST) return { risk: "unknown", why: "sql-unknown" };
  const bare = withoutComments(text.replace(/--[^\n]*/g, "")).replace(/'[^']*'/g, "''");
  let judged: Judged | undefined;
  for (const part of bare.split(";")) {
    const statement = part.trim().replace(/\\[gG]$/, "");
    if (statement !== "") judged = worse(judged ?? FINISHED, judgeStatement(statement));
  }
  return judged ?? { risk: "unknown", why: "sql-unknown" };
}

const LONGEST = 60_000;

function withoutComments(text: string): string {
  let out = "";
  let from = 0;
  for (let at = text.indexOf("/*"); at >= 0; at = text.indexOf("/*", from)) {
    const end = text.indexOf("*/", at + 2);
    out += `${text.slice(from, at)} `;
    if (end < 0) return out;
    from = end + 2;
  }
  return out + text.slice(from);
}

function judgeStatement(statement: string): Judged {
  if (SQL_DESTROY.test(statement)) return { risk: "destructive", why: "sql-destroys" };
  if (/^alter\b/i.test(statement) && /\bdrop\b/i.test(statement)) return { risk: "destructive", why: "sql-destroys" };
  if (SQL_READ.test(statement)) {
    if (SQL_INNER_DESTROY.test(statement)) return { risk: "destructive", why: "sql-destroys" };
    if (SQL_INNER_WRITE.test(statement) || SQL_ACTING.test(statement)) return { risk: "write", why: "sql-writes" };
    return FINISHED;
  }
  if (SQL_WRITE.test(statement)) return { risk: "write", why: "sql-writes" };
  return { risk: "unknown", why: "sql-unknown" };
}

function judgeMongo(text: string): Judged {
  if (MONGO_DESTROY.test(text)) return { risk: "destructive", why: "sql-destroys" };
  if (MONGO_WRITE.test(text)) return { risk: "write", why: "sql-writes" };
  return MONGO_READ.test(text) ? FINISHED : { risk: "unknown", why: "sql-unknown" };
}

/** Risk of a database client by what it is given; undefined when the program is none. */
export function judgeClient(one: Invocation): Judged | undefined {
  const client = Object.hasOwn(SQL_CLIENTS, one.program) ? SQL_CLIENTS[one.program] : undefined;
  if (!client) return undefined;
  const values = `${client.values} -p`;
  const judgeText = one.program.startsWith("mongo") ? judgeMongo : judgeSql;
  const text =
    valueOf(one.args, client.options, values) ??
    (one.program === "sqlite3" ? positional(one.args)[1]?.text : undefined);
  if (text !== undefined) return judgeText(text);
  if (one.program === "psql" && hasAny(one.args, "-l --list", values)) return FINISHED;
  const body = input(one.redirects);
  if (body !== undefined) return judgeText(body);
  if (one.piped || one.redirects.some((redirect) => redirect.op === "<") || hasAny(one.args, client.file, values))
    return { risk: "unknown", why: "sql-input" };
  return { risk: "unknown" satisfies Risk, why: "session" };
}

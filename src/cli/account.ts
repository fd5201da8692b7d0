import { format } from "../i18n/format.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { columns } from "../report/columns.ts";
import type { AccountShown } from "../api/contract.ts";
import { owner, type Keeper } from "./access/keeper.ts";
import { textOf } from "./run/request.ts";
import type { Call, Verb } from "./verb.ts";

/** Who may sign in at the console. */
export const account: Verb = {
  name: "account",
  words: "any",
  options: { administrator: { type: "boolean" }, reason: { type: "string" } },
  run: async (call) => {
    const [what = "list", person, ...rest] = call.positionals;
    const usage = new WatchbookError("ACCOUNT-USAGE", { given: call.positionals.join(" ") });
    if (rest.length > 0) throw usage;
    const keeper = await owner(call);
    if (person === undefined) {
      if (what === "list") return list(call, await keeper.accounts());
      if (what === "setup-code") return code(call, keeper);
    } else {
      if (what === "add") return add(call, keeper, person);
      if (what === "reset" || what === "disable" || what === "enable") return act(call, keeper, person, what);
    }
    throw usage;
  },
};

const print = ({ world }: Call, value: unknown): void => void world.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

function list(call: Call, accounts: readonly AccountShown[]): Exit {
  const { said } = texts(call.lang).access;
  const state = ({ disabled, grants, password }: AccountShown): string => {
    if (disabled !== undefined) return said.states.disabled;
    if (grants === null) return said.states.gone;
    return password ? said.states.on : said.states.invited;
  };
  const rows = accounts.map((one) => [
    one.person,
    state(one),
    one.totp ? said.factors.totp : one.password ? said.factors.password : said.factors.none,
    [...new Set((one.grants ?? []).map(({ role }) => role))].join(", "),
    one.last === undefined ? "" : utc(one.last),
  ]);
  if (call.json) print(call, { accounts });
  else call.world.stdout.write(rows.length === 0 ? `${said.none}\n` : columns(rows, ""));
  return EXIT.ok;
}

async function code(call: Call, keeper: Keeper): Promise<Exit> {
  const found = await keeper.setUpCode();
  const { said } = texts(call.lang).access;
  if (call.json) print(call, { code: found });
  else if (found === null) call.world.stderr.write(`${said.noCode}\n`);
  else {
    call.world.stderr.write(`${format(said.code, { path: "/setup" })}\n`);
    call.world.stdout.write(`${found}\n`);
  }
  return EXIT.ok;
}

function told(call: Call, { person, invite, expires }: { person: string; invite: string; expires: number }): void {
  const { said } = texts(call.lang).access;
  call.world.stderr.write(`${format(said.invited, { person, until: utc(expires) })}\n`);
  call.world.stdout.write(`${invite}\n`);
}

async function add(call: Call, keeper: Keeper, person: string): Promise<Exit> {
  const invited = await keeper.add(person, call.values["administrator"] === true);
  if (call.json) print(call, invited);
  else told(call, invited);
  return EXIT.ok;
}

async function act(call: Call, keeper: Keeper, person: string, what: "reset" | "disable" | "enable"): Promise<Exit> {
  const done = await keeper.act(person, what, textOf(call.values, "reason") ?? "");
  if (call.json) print(call, done);
  else {
    call.world.stderr.write(`${format(texts(call.lang).access.said.acted[what], { person })}\n`);
    if (done.invitation) told(call, done.invitation);
  }
  return EXIT.ok;
}

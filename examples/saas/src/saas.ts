// bin/saas: what an operator does to the application. Exit 0 done, 2 not understood, 3 it does not hold, 4 cannot be asked.
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare, nothingLeft } from "./command/after.ts";
import { lag } from "./command/lag.ts";
import { lead, leads } from "./command/lead.ts";
import { prove } from "./command/prove.ts";
import { trial } from "./command/trial.ts";
import { scale, wantedOf } from "./copies.ts";
import { Failure, told } from "./failure.ts";
import { configOf, knownPlace, MEMBERS, whereOf, type Place } from "./place.ts";
import { query, type Where } from "./query.ts";

const USE = `scale N | scale back | scale look    copies of the application; back: as many as there were
lead HOST PORT                      writes the address of the database into the configuration
leads HOST PORT                     every copy says itself that it writes there
lag --limit SECONDS                 how far the replica is behind
trial                               logs in and creates something, on every copy
prove HOST PORT [--seed N]          a temporary application that only reads, on a restored database
compare --users N --projects N      production has no fewer than what was restored
nothing-left                        of a restore no folder and no process is there
sql STATEMENT [--member pg1|pg2]    asks whoever the application writes to, or one of the two
event TEXT                          a line in oncall/events.md, which stands for the channel of those on call`;

const whole = (text: string | undefined, what: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Failure("no-number", { what, given: text }, 2);
  return value;
};

async function scaled(place: Place, word: string | undefined) {
  if (word === "look") return wantedOf(place);
  return await scale(place, word === "back" ? wantedOf(place).before : whole(word, "copies"));
}

function event(place: Place, text: string) {
  const file = join(place.dir, "oncall", "events.md");
  mkdirSync(join(place.dir, "oncall"), { recursive: true });
  const at = new Date().toISOString();
  appendFileSync(file, `- ${at} ${text}\n`);
  return { at, event: text };
}

async function main(): Promise<unknown> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: "string" },
      limit: { type: "string" },
      seed: { type: "string" },
      output: { type: "string" },
      within: { type: "string" },
      member: { type: "string" },
      users: { type: "string" },
      projects: { type: "string" },
    },
  });
  const [verb, ...words] = positionals;
  const place = knownPlace(values.dir ?? "");
  if (!place) throw new Failure("no-place", { dir: values.dir }, 2);
  const [host = "", port] = words;
  if (verb === "scale") return await scaled(place, words[0]);
  if (verb === "lead") return lead(place, host, whole(port, "port"));
  if (verb === "leads") return await leads(place, host, whole(port, "port"), whole(values.within ?? "20", "within"));
  if (verb === "lag") return await lag(place, whole(values.limit ?? "60", "limit"));
  if (verb === "trial") return await trial(place);
  if (verb === "sql" && values.member !== undefined) {
    const member = MEMBERS.find((name) => name === values.member);
    if (!member) throw new Failure("no-member", { given: values.member, members: MEMBERS }, 2);
    return { rows: await query(whereOf(place, member), words.join(" ")) };
  }
  if (verb === "sql")
    return { rows: await query(JSON.parse(readFileSync(configOf(place), "utf8")) as Where, words.join(" ")) };
  if (verb === "nothing-left") return nothingLeft(place);
  if (verb === "compare") {
    const least = { users: whole(values.users, "users"), projects: whole(values.projects, "projects") };
    return await compare(place, least);
  }
  if (verb === "event") return event(place, words.join(" "));
  const seed = values.seed === undefined ? undefined : whole(values.seed, "seed");
  if (verb === "prove") return await prove(host, whole(port, "port"), seed, values.output);
  throw new Failure("no-verb", { verb, use: USE.split("\n") }, 2);
}

await told(main);

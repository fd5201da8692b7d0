// bin/chat: what an operator does. Exit 0 done, 2 not understood, 3 it does not hold, 4 cannot be asked.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { call, startApp, stopApp } from "./application.ts";
import { prove } from "./command/prove.ts";
import { Failure, told } from "./failure.ts";
import { ENVIRONMENTS, homeOf, knownPlace, settingsOf, type Environment, type Place } from "./place.ts";
import { ours } from "./process.ts";
import { nginxConfig, nginxPid } from "./server.ts";

const USE = `restart ENVIRONMENT                       the application of one environment, nothing else
reload                                    nginx reads its configuration again; nobody is cut off
health ENVIRONMENT                        the application answers, with its database
post ENVIRONMENT LOGIN TEXT [--file PATH] writes a post
prove ENVIRONMENT HOST PORT FILES         a temporary application that only reads, on what was restored`;

function environmentOf(word: string | undefined): Environment {
  const found = ENVIRONMENTS.find((name) => name === word);
  if (!found) throw new Failure("no-environment", { given: word, environments: ENVIRONMENTS }, 2);
  return found;
}

async function healthOf(place: Place, environment: Environment) {
  const said = await call(place[environment], "/health");
  if (said?.body["status"] !== "healthy")
    throw new Failure("not-healthy", { environment, said: said?.body ?? "nothing" });
  return said.body;
}

async function restart(place: Place, environment: Environment) {
  const folder = homeOf(place, environment);
  await stopApp(folder);
  await startApp(settingsOf(place, environment), place[environment], { folder });
  return await healthOf(place, environment);
}

function reload(place: Place) {
  const pid = ours(nginxPid(place), nginxConfig(place));
  if (pid === undefined) throw new Failure("nginx-stopped");
  process.kill(pid, "SIGHUP");
  return { reloaded: pid };
}

async function post(place: Place, environment: Environment, login: string, said: string, file: string | undefined) {
  const more = file === undefined ? {} : { file: readFileSync(file).toString("base64"), name: basename(file) };
  const made = await call(place[environment], "/api/posts", { login, said, ...more });
  if (made?.status !== 201) throw new Failure("not-written", { said: made?.body ?? "nothing" });
  return made.body;
}

async function main(): Promise<unknown> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: "string" }, output: { type: "string" }, file: { type: "string" } },
  });
  const [verb, word, ...words] = positionals;
  const place = knownPlace(values.dir ?? "");
  if (!place) throw new Failure("no-place", { dir: values.dir }, 2);
  if (verb === "reload") return reload(place);
  if (verb === "restart") return await restart(place, environmentOf(word));
  if (verb === "health") return await healthOf(place, environmentOf(word));
  const [first = "", second = "", third = ""] = words;
  if (verb === "post") return await post(place, environmentOf(word), first, second, values.file);
  if (verb === "prove") return await prove(environmentOf(word), first, Number(second), third, values.output);
  throw new Failure("no-verb", { verb, use: USE.split("\n") }, 2);
}

await told(main);

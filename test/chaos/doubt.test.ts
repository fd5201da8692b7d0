// What nobody can know is put to a person; what is counted on the target shows that nothing was done before the answer.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "./until.ts";
import { folder } from "../kit/folder.ts";
import { planOf } from "../kit/plan.ts";
import { person } from "./person.ts";
import { localPlace, targetAt } from "./place.ts";
import { counted } from "./plan.ts";
import { startSubject } from "./process.ts";
import type { Asked, Said } from "./subject.ts";

const cases = [
  { what: "a step of a kind without receipts", kind: "bare", reboots: false },
  { what: "a step whose target went down with it", kind: "shell", reboots: true },
] as const;

for (const { what, kind, reboots } of cases)
  test(`${what} is never repeated before a person decides`, async (t) => {
    const root = folder(t);
    const place = localPlace(root, "local");
    const asked: Asked[] = [];
    let last: Extract<Said, { say: "run" }> | undefined;
    const hear = (said: Said): void => {
      if (said.say !== "run") return;
      last = said;
      asked.push(...said.asks.filter(({ kind }) => kind === "decision"));
    };
    const data = join(root, "data");
    const first = startSubject(data, hear);
    t.after(() => first.send("SIGKILL"));
    const step = { id: "one", kind, risk: "destructive" as const, params: counted("sleep 0.4") };
    const plan = planOf({ steps: [step], targets: [targetAt(place, "x")] });
    first.tell({ do: "create", plan, reason: "r" });
    await until("it begins", () => place.lines().length > 0);
    first.send("SIGKILL");
    assert.equal(await first.gone, true);
    if (reboots) await place.reboot();
    const second = startSubject(data, hear);
    t.after(() => second.send("SIGKILL"));
    const question = await until("a person is asked", () => asked[0]);
    const { run } = last!;
    await until("it is over there", () => !place.runs(run, "one@local.do.1"));
    // Nothing is done while nobody answers: one look of the worker is long over by then.
    await pause(300);
    assert.equal(place.lines().filter((line) => line.startsWith("begin")).length, 1);
    const human = person(new Map([["local", place]]));
    second.tell({ do: "post", run, entries: [(await human.answer(run, question))!] });
    await until("it ends", () => last!.state === "done");
    // It was cut short, unless it was over before its worker's death was noticed; only a decision lets it begin again.
    if (reboots) assert.equal(human.redone.size, 1);
    const begins = place.lines().filter((line) => line.startsWith("begin"));
    assert.equal(begins.length, 1 + human.redone.size);
    assert.ok(place.lines().some((line) => line.startsWith("end")));
    second.send("SIGKILL");
    await second.gone;
  });

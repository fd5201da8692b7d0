// The check and the gate against a real Prometheus that scrapes a real page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { prometheus } from "../kit/prometheus.ts";
import { contextOf, here, measure, said } from "../suites/check-context.ts";
import { done, place, said as ending, sentence } from "../suites/step-context.ts";

test("a real Prometheus: values by labels, what is not there, a wrong query, and how many errors there are", async (t) => {
  const server = await prometheus(t);
  if (!server) return;
  const { url } = server;
  server.say('errors_total{code="500"} 3\nerrors_total{code="502"} 8\nlatency_seconds 0.12\n');
  await server.until("latency_seconds", (value) => value === 0.12);
  const context = contextOf(await here(t));
  const ask = (query: string, params: object = {}) => measure("prometheus", { url, query, ...params }, context);
  const worst = await ask("errors_total");
  assert.ok(worst.kind === "value" && worst.value === 8, JSON.stringify(worst));
  assert.match(String(worst.facts?.["labels"]), /^errors_total\{.*code="502"/);
  const sum = await ask("sum(errors_total)", { unit: "count" });
  assert.ok(sum.kind === "value" && sum.value === 11 && sum.unit === "count", JSON.stringify(sum));
  const scalar = await ask("scalar(latency_seconds)");
  assert.ok(scalar.kind === "value" && scalar.value === 0.12, JSON.stringify(scalar));
  assert.equal(said(await ask("no_such_metric")), "unknown absent");
  assert.equal(said(await ask("no_such_metric", { absent: 0 })), "value");
  assert.equal(said(await ask("sum(errors_total) / sum(no_such_metric or vector(0)) * 0")), "unknown unparsable");
  assert.equal(said(await ask("sum(")), "unknown bad-params");
  assert.equal(said(await ask("errors_total[5m]")), "unknown bad-params");
  assert.equal(said(await ask("errors_total * on() group_left() errors_total")), "unknown bad-params");
});

test("a gate on it holds while all is well, ends when errors come, and does not pass what it cannot measure", async (t) => {
  const server = await prometheus(t);
  if (!server) return;
  const at = await place(t);
  const gate = (query: string, more: object = {}) =>
    done(
      "gate",
      {
        check: "prometheus",
        with: { url: server.url, query },
        bands: { bad: "above", critical: 5 },
        for: 2,
        every: 0.25,
        least: 3,
        ...more,
      },
      at.context(),
    );
  server.say("errors 0\n");
  await server.until("errors", (value) => value === 0);
  assert.equal(ending(await gate("errors")), "ok");
  const blind = await gate("erorrs");
  assert.equal(ending(blind), "failed gate-unmeasured");
  assert.match(sentence(blind, "en"), /0 of \d+ looks at prometheus saw something/);
  server.say("errors 9\n");
  await server.until("errors", (value) => value === 9);
  const over = await gate("errors");
  assert.equal(ending(over), "failed gate-over");
  assert.match(sentence(over, "en"), /prometheus errors\{.*job="app".*\} gave 9 \(limit ≥ 5\)/);
  // A page that fails: its series are gone within a scrape, and gone is not zero.
  server.say(undefined);
  await server.until("errors", (value) => value === undefined);
  assert.equal(ending(await gate("errors")), "failed gate-unmeasured");
});

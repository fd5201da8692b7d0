import assert from "node:assert/strict";
import { test } from "node:test";
import { fence, found, inside, one } from "./books/procedures/found.ts";

test("an upgrade is undone by the one rollback beside it, and by none when there are two", () => {
  const section = (title: string) => `## ${title}\n\n${fence("systemctl restart app")}`;
  const [upgrade] = found(section("升级流程") + section("回滚流程"));
  assert.equal(upgrade?.rollback, "回滚流程");
  const [open] = found(section("Upgrade") + section("Rollback of A") + section("Rollback of B"));
  assert.equal(open?.rollback, undefined);
});

test("a rollback undoes what has its subject, and nothing else", () => {
  const pairs = (...titles: readonly string[]) =>
    found(titles.map((title) => `## ${title}\n\n${fence("systemctl restart app")}`).join("")).flatMap(
      ({ title, rollback }) => (rollback === undefined ? [] : [`${title} → ${rollback}`]),
    );
  assert.deepEqual(pairs("SOP-01 Upgrade gateway", "SOP-02 Upgrade database", "SOP-03 Rollback gateway"), [
    "SOP-01 Upgrade gateway → SOP-03",
  ]);
  assert.deepEqual(pairs("升级网关", "升级数据库", "回滚网关", "回滚数据库"), [
    "升级网关 → 回滚网关",
    "升级数据库 → 回滚数据库",
  ]);
  for (const [upgrade, rollback] of [
    ["Deploy database", "Rollback web"],
    ["数据库升级", "前端回滚"],
    ["Upgrade", "Rollback gateway"],
    ["Upgrade node-1", "Rollback node-2"],
  ] as const)
    assert.deepEqual(pairs(upgrade, rollback), [], rollback);
  // Which of the two it undoes, nothing says.
  assert.deepEqual(pairs("Upgrade gateway", "Upgrade database", "Rollback"), []);
  for (const [upgrade, rollback] of [
    ["Upgrade", "Rollback"],
    ["升级操作", "回滚操作"],
    ["2.1 网关升级流程", "2.2 网关回退流程"],
    ["Upgrade the gateway to 2.0", "Roll back the gateway to 1.9"],
    ["Upgrade PostgreSQL 14 to 15", "PostgreSQL rollback"],
    ["Upgrade the gateway", "Rollback"],
    ["数据库升级", "升级失败后的回滚"],
    ["SOP-04 发布一个版本", "SOP-07 回滚到上一个版本"],
    ["Rollout of a version", "Rollback to the version before"],
  ] as const)
    assert.equal(pairs(upgrade, rollback).length, 1, rollback);
  assert.equal(pairs("Install docker", "Deploy", "Rollback").length, 2);
});

test("steps, verification and rollback below an upgrade are one procedure, in both languages", () => {
  const page = (title: string, ...parts: readonly string[]) =>
    `## ${title}\n\n${parts.map((part, index) => `### ${part}\n\n${fence(/verif|验证/i.test(part) ? "curl -f localhost/health" : `appctl step ${index}`)}\n`).join("")}`;
  const roles = (title: string, ...parts: readonly string[]) => {
    const { kind, steps } = one(page(title, ...parts));
    return [kind, ...steps.map(({ role }) => role)];
  };
  assert.deepEqual(roles("Upgrade", "Steps", "Verification"), ["upgrade", "do", "verify"]);
  assert.deepEqual(roles("Upgrade", "Steps", "Rollback"), ["upgrade", "do", "rollback"]);
  for (const [title, ...parts] of [
    ["Upgrade", "Steps", "Verification", "Rollback"],
    ["Upgrade", "Upgrade steps", "Upgrade verification", "Rollback steps"],
    ["升级", "操作步骤", "验证", "回退方案"],
  ] as const)
    assert.deepEqual(roles(title, ...parts), ["upgrade", "do", "verify", "rollback"], parts.join());
  for (const [title, ...parts] of [
    ["版本升级", "升级前准备", "升级步骤", "升级验证", "回滚步骤"],
    ["数据库升级", "升级前检查", "升级步骤", "升级后验证", "回滚方案"],
    ["Upgrade", "Preparation", "Procedure", "Verification", "Rollback"],
  ] as const)
    assert.deepEqual(roles(title, ...parts), ["upgrade", "do", "do", "verify", "rollback"], parts.join());
  assert.deepEqual(roles("Rollback procedure", "Preparation", "Rollback", "Verification"), [
    "rollback",
    "do",
    "do",
    "verify",
  ]);
  // Whatever the way back consists of, it is not done on the way.
  const list = `## Upgrade\n\n### Steps\n\n${fence("appctl up")}\n### Verify\n\n${fence("curl -f localhost/health")}\n### Rollback\n\n1. Stop\n\n${inside(fence("appctl stop"), 3)}\n2. Install the old version\n\n${inside(fence("appctl down"), 3)}`;
  assert.deepEqual(
    one(list).steps.map(({ role }) => role),
    ["do", "verify", "rollback", "rollback"],
  );
  // Two procedures that belong together stay two.
  for (const [title, ...parts] of [
    ["Deploy and roll back", "Deploy", "Rollback"],
    ["Upgrade and rollback", "Upgrade", "Verification", "Rollback"],
    ["版本升级", "升级操作", "回滚操作"],
    ["升级管理", "升级前检查", "升级流程", "回滚流程"],
    ["Deployment", "Install", "Upgrade", "Rollback"],
  ] as const)
    assert.ok(
      found(page(title, ...parts)).some(({ rollback }) => rollback !== undefined),
      parts.join(),
    );
  assert.deepEqual(found(page("Node", "Steps", "Verification")), []);
});

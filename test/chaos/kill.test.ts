import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../kit/folder.ts";
import { sshd } from "../kit/sshd.ts";
import { needs } from "../live/needs.ts";
import { campaign, type Result } from "./campaign.ts";
import { daemons } from "./daemon.ts";
import { localPlace, sshPlace } from "./place.ts";
import { engines } from "./process.ts";

const clean = ({ repeated, lost, undecided, wrongs, problems }: Result): void =>
  assert.deepEqual([repeated, lost, undecided, wrongs, problems], [0, 0, 0, [], []]);

test("the daemon is killed -9 again and again: no step is repeated or lost, and every run comes to its end", async (t) => {
  const root = folder(t);
  const places = ["local", "b"].map((name) => localPlace(root, name));
  clean(await campaign({ kills: 10, seed: 20, start: daemons(root), places, steps: 16, atOnce: 2 }));
});

test("so is the engine with steps that leave no receipt: what nobody can know is asked", async (t) => {
  const root = folder(t);
  const places = ["local", "b"].map((name) => localPlace(root, name));
  const start = engines(join(root, "data"));
  clean(await campaign({ kills: 5, seed: 21, start, places, steps: 20, atOnce: 2, bare: true }));
});

test("so is the daemon while it works on a host over SSH", async (t) => {
  if (!needs(t, "sshd", "ssh", "ssh-keygen")) return;
  const root = folder(t);
  const server = await sshd(t);
  const places = [localPlace(root, "local"), sshPlace(root, "web", server, "openssh")];
  clean(await campaign({ kills: 5, seed: 22, start: daemons(root), places, steps: 16, atOnce: 2 }));
});

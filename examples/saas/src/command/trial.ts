import { call, running, wantedOf } from "../copies.ts";
import { Failure } from "../failure.ts";
import type { Place } from "../place.ts";

const TURNS = 20;

/** What a user does, on every copy: logs in and creates something, without one error. Exit 3 otherwise. */
export async function trial(place: Place) {
  const copies = running(place);
  const { replicas } = wantedOf(place);
  if (copies.length !== replicas || replicas === 0) throw new Failure("copies", { running: copies.length, replicas });
  let calls = 0;
  for (const port of copies)
    for (let turn = 0; turn < TURNS / copies.length; turn++) {
      const login = await call(port, "/api/login", { login: "user1@tenant-1" });
      if (login?.status !== 200) throw new Failure("login-failed", { port, said: login ?? "nothing" });
      const name = `trial-${turn}`;
      const made = await call(port, "/api/projects", { tenant: login.body["tenant"], name });
      if (made?.status !== 201) throw new Failure("create-failed", { port, said: made ?? "nothing" });
      calls += 2;
    }
  return { copies: copies.length, calls, errors: 0 };
}

// Commands and files inside a container of a real pod: the contract of every Reach.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { realPod } from "../kit/kubernetes.ts";
import { reachSuite } from "../suites/reach.ts";

const shared = mkdtempSync(join(tmpdir(), "watchbook-pod-"));
after(() => rmSync(shared, { recursive: true, force: true }));

let why = "";
const pod = await realPod({ skip: (reason = "") => void (why = reason) }, shared);
if (pod)
  reachSuite("kubernetes pod", async (t) => ({
    reach: await pod.open(t),
    directory: mkdtempSync(join(shared, "test-")),
  }));
else test("kubernetes pod: commands and files", { skip: why });

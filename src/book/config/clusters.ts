import type { ClusterSpec } from "../../model/cluster.ts";
import { given } from "../../model/given.ts";
import type { Source } from "../../model/source.ts";
import type { RawCluster } from "./cluster-schema.ts";
import { seconds } from "./duration.ts";
import { stepsOf } from "./runbooks.ts";

const RATE = 200;
const CONNECTIONS = 4;
const BEFORE_S = 3;
const LIMIT_S = 600;

const ms = (text: string | undefined, otherwise: number): number =>
  Math.round((text === undefined ? otherwise : (seconds(text) ?? otherwise)) * 1000);

/** The model's form of one validated `clusters:` entry; members in the order of the file. */
export function clusterOf(id: string, raw: RawCluster, at: (...path: string[]) => Source): ClusterSpec {
  const path = ["clusters", id];
  const members = Object.entries(raw.members)
    .map(([name, member]) => ({ name, member, line: at(...path, "members", name).line }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ name, member }) => ({ name, target: member.target ?? "local", with: { ...raw.with, ...member.with } }));
  const { fault } = raw;
  const { kind: injected = "", ...params } = fault ?? {};
  return {
    ...given({ title: raw.title, service: raw.service }),
    id,
    kind: raw.kind,
    members,
    synchronous: raw.synchronous ?? false,
    repoint: stepsOf(raw.repoint, (key) => at(...path, "repoint", key)),
    probes: stepsOf(raw.probes, (key) => at(...path, "probes", key)),
    load: {
      rate: Math.max(50, raw.load?.rate ?? RATE),
      connections: Math.max(4, raw.load?.connections ?? CONNECTIONS),
      beforeMs: Math.max(BEFORE_S * 1000, ms(raw.load?.before, BEFORE_S)),
    },
    ...(fault && { fault: { kind: injected, with: params } }),
    limitMs: ms(raw.limit, LIMIT_S),
    source: at(...path),
  };
}

// Written by scripts/gen.ts from the files of this folder: do not edit.
import type { ClusterKind } from "../../model/cluster.ts";
import { mariadbCluster } from "./mariadb.ts";
import { patroniCluster } from "./patroni.ts";
import { postgresCluster } from "./postgres.ts";

export const clusters: readonly ClusterKind[] = [mariadbCluster, patroniCluster, postgresCluster];

import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass } from "./answer/measured.ts";
import { cpus, kernel, link, memory, system, turns } from "./machine/look.ts";
import { size, sizeText } from "./params/size.ts";
import { atLeast, version } from "./params/version.ts";

const params = z
  .strictObject({
    cpus: z.int().positive().optional().describe("Fewest CPUs."),
    memory: size
      .optional()
      .describe("Least memory; the kernel sees a little less than is built in, and a tenth less will do."),
    disk: size.optional().describe("Least size of the file system below `path`; a tenth less will do."),
    path: z.string().min(1).default("/").describe("Which disk is meant."),
    solid: z.literal(true).optional().describe("true: that disk must not turn (SSD)."),
    link: z.number().positive().optional().describe("Least speed of the fastest network link, Mbit/s: `1000`."),
    kernel: version.optional().describe("Oldest kernel that will do: `5.4`."),
    systems: z
      .record(z.string().min(1), version)
      .optional()
      .describe(
        "Operating systems that will do, by ID of os-release, each with its oldest version: `{ubuntu: 22.04}`.",
      ),
  })
  .refine(({ path: _path, ...demands }) => Object.values(demands).some((each) => each !== undefined), "machine-demand");
type Params = z.infer<typeof params>;

/** Of what is sold as 16 GB the kernel keeps some for itself, and a file system its own tables. */
const NEARLY = 0.9;

/** One demand: what was found, what is wanted, and whether it will do. */
interface Looked {
  readonly name: string;
  readonly found: string;
  readonly wanted: string;
  readonly enough: boolean;
}

type Look = (wanted: Params, context: CheckContext) => Promise<Looked | undefined>;
const look =
  <K extends keyof Params>(
    name: K,
    judge: (wanted: NonNullable<Params[K]>, context: CheckContext, all: Params) => Promise<Omit<Looked, "name">>,
  ): Look =>
  async (all, context) => {
    const wanted = all[name];
    return wanted === undefined ? undefined : { name, ...(await judge(wanted, context, all)) };
  };

const LOOKS: readonly Look[] = [
  look("cpus", async (wanted, { reach }) => {
    const found = await cpus(reach);
    return { found: `${found}`, wanted: `${wanted}`, enough: found >= wanted };
  }),
  look("memory", async (wanted, { reach }) => {
    const found = await memory(reach);
    return { found: sizeText(found), wanted: sizeText(wanted), enough: found >= wanted * NEARLY };
  }),
  look("disk", async (wanted, { reach }, { path }) => {
    const found = (await reach.space(path)).size;
    return { found: sizeText(found), wanted: sizeText(wanted), enough: found >= wanted * NEARLY };
  }),
  look("solid", async (_wanted, context, { path }) => {
    const found = await turns(path, context);
    return { found: found ? "HDD" : "SSD", wanted: "SSD", enough: !found };
  }),
  look("link", async (wanted, { reach }) => {
    const found = await link(reach);
    return { found: `${found} Mbit/s`, wanted: `${wanted} Mbit/s`, enough: found >= wanted };
  }),
  look("kernel", async (wanted, { reach }) => {
    const found = await kernel(reach);
    return { found, wanted, enough: atLeast(found, wanted) };
  }),
  look("systems", async (wanted, { reach }) => {
    const { id, version: found } = await system(reach);
    const oldest = wanted[id];
    const names = Object.entries(wanted).map((each) => each.join(" "));
    const enough = oldest !== undefined && version.safeParse(found).success && atLeast(found, oldest);
    return { found: `${id} ${found}`, wanted: names.join(", "), enough };
  }),
];

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const looked: Looked[] = [];
  for (const one of LOOKS) {
    const found = await one(given, context);
    if (found) looked.push(found);
  }
  const facts: Facts = Object.fromEntries(looked.map(({ name, found }) => [name, found]));
  const few = looked.filter(({ enough }) => !enough);
  const detail = few.map(({ name, found, wanted }) => `${name} ${found} < ${wanted}`).join("; ");
  if (few.length > 0) throw new Failing("machine-less", { detail }, facts);
  return pass("machine-enough", { detail: looked.map(({ name, found }) => `${name} ${found}`).join(", ") }, facts);
}

/** Whether a machine has what the manual demands of it: CPUs, memory, disk, network, system and kernel. */
export const machineCheck = defineCheck<Params>({ kind: "machine", params, run: guarded(run) });

import { z } from "zod";
import { sloSchema } from "./schema.ts";

/** Where the schema is published with the package. */
export const SLO_SCHEMA_FILE = "docs/formats/slo-report.schema.json";

/** The JSON Schema (draft 2020-12) of the health report. */
export const sloJsonSchema = (): unknown => ({ title: "watchbook slo report", ...z.toJSONSchema(sloSchema) });

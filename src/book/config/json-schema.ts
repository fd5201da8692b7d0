import { z } from "zod";
import { BY_ID, bookSchema } from "./schema.ts";

type Json = Record<string, unknown>;

/** Where the schema is published with the package. */
export const SCHEMA_FILE = "docs/formats/watchbook.schema.json";

/**
 * The JSON Schema (draft 2020-12) of watchbook.yaml, for editors. Sections by id are offered as a map, and as a list whose
 * entries carry their id.
 */
export function configSchema(): Json {
  const schema = z.toJSONSchema(bookSchema, { io: "input", unrepresentable: "any" }) as Json;
  const properties = schema["properties"] as Record<string, Json>;
  for (const section of Object.keys(BY_ID)) properties[section] = bothForms(properties[section]!);
  return { $schema: schema["$schema"], title: "watchbook.yaml", ...schema };
}

function bothForms({ description, ...map }: Json): Json {
  const entry = map["additionalProperties"] as Json;
  return { description, anyOf: [map, { type: "array", items: identified(entry) }] };
}

/** An entry of the list form: the same object with a required `id`. */
function identified(entry: Json): Json {
  const object = (entry["anyOf"] as Json[] | undefined)?.find((each) => each["type"] === "object") ?? entry;
  return {
    ...object,
    properties: {
      id: { type: "string", description: "What other keys name it by." },
      ...(object["properties"] as Json),
    },
    required: ["id", ...((object["required"] as string[] | undefined) ?? [])],
  };
}

import { z } from "zod";
import { headers } from "../params/headers.ts";
import { secret, textOrSecret } from "../params/secret.ts";
import { urlOrSecret } from "../params/url.ts";

const field = z.string().regex(/^[\w.-]{1,64}$/, "field-name");

/** What every gateway of messages or calls needs: where, who, and how its fields are called. */
export const gateway = {
  url: urlOrSecret.describe("Where the gateway takes a request."),
  to: z
    .string()
    .regex(/^\+?[0-9]{3,20}$/, "phone")
    .describe("Number, with its country code: `+8613800000000`. One channel a person."),
  from: z.string().min(1).max(32).optional().describe("Sender, where the gateway asks for one."),
  encoding: z.enum(["json", "form"]).default("json").describe("How fields are written: JSON, or as a form."),
  fields: z
    .strictObject({
      to: field.default("to").describe("Name of the number's field."),
      text: field.default("text").describe("Name of the text's field."),
      from: field.default("from").describe("Name of the sender's field."),
      id: field.optional().describe("Name of a field for the notice's id, where the gateway deduplicates."),
    })
    .prefault({})
    .describe("What the gateway calls its fields."),
  more: z.record(field, textOrSecret).default({}).describe("More fields; a secret as `{secret: name}`."),
  headers: headers.describe("Headers; a secret as `{secret: name}`."),
  user: z.string().min(1).optional().describe("User of basic authentication."),
  password: secret.optional().describe("Its password."),
  accepted: z
    .strictObject({
      field: field.describe("Field of the JSON answer."),
      equals: z.string().describe("What it says when the message was taken."),
    })
    .optional()
    .describe("For gateways that answer 200 to everything: what a taken message looks like."),
  receipt: field.optional().describe("Field of the JSON answer with the gateway's own id."),
};

import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { size, sizeText } from "../checks/params/size.ts";
import { inject, remove } from "./program/program.ts";

const params = z.strictObject({
  directory: z
    .string()
    .regex(/^\/[^\p{Cc}]*$/u, "file-path")
    .describe("Directory on the file system that is filled up."),
  leave: size.default(0).describe("So much stays free."),
});
type Params = z.infer<typeof params>;

const INJECT = String.raw`
[ -d "$WB_DIRECTORY" ] || refuse fault-no-directory "path=$WB_DIRECTORY"
# Kilobytes that an ordinary user may still write (POSIX df -P).
room() { df -Pk "$WB_DIRECTORY" | tail -n 1 | sed 's/^.* \([0-9][0-9]*\)  *[0-9-][0-9]*%  *\/.*$/\1/'; }
leave=$((WB_LEAVE / 1024))
before=$(room)
fact freeBefore "$((before * 1024))"
if [ "$before" -le "$leave" ]; then
  bit no
  exit 0
fi
arm
file=$WB_DIRECTORY/$WB_NAME
for _ in 1 2 3 4 5; do
  more=$(($(room) - leave))
  [ "$more" -le 0 ] && break
  now=$(($(wc -c <"$file" 2>/dev/null || echo 0) / 1024))
  fallocate -l "$(((now + more) * 1024))" "$file" 2>/dev/null ||
    head -c "$((more * 1024))" /dev/zero >>"$file" 2>/dev/null
done
fact freeAfter "$(($(room) * 1024))"
# What file systems keep for their own books.
if [ "$(room)" -le $((leave + 256)) ]; then bit yes; else bit no; fi
`;

const REMOVE = String.raw`
rm -f -- "$WB_DIRECTORY/$WB_NAME"
[ ! -e "$WB_DIRECTORY/$WB_NAME" ]
`;

/** A file that takes the room of a file system. */
export const diskFullFault = defineFault<Params>({
  kind: "disk-full",
  params,
  view: ({ directory, leave }) => `fallocate ${directory} (${sizeText(leave)})`,
  inject: ({ directory, leave }, context, limitMs) => {
    const { run, step } = context.attempt;
    const name = `.watchbook-fault-${`${run}-${step}`.replace(/[^\w.-]/g, "_").slice(0, 120)}`;
    const values = { WB_DIRECTORY: directory, WB_LEAVE: String(Math.floor(leave)), WB_NAME: name };
    return inject({ values, inject: INJECT, remove: REMOVE }, context, limitMs);
  },
  remove: (_, context) => remove(context),
});

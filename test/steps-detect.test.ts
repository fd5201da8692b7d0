// How soon a check noticed a fault: rounded up to whole intervals, so that no luck of its phase counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { roundedUp } from "../src/kinds/steps/detect.ts";

test("seconds until a fault was noticed are rounded up to whole intervals, never down and never by more than one", () => {
  const every = fc.constantFrom(0.1, 0.2, 0.5, 1, 5, 30);
  fc.assert(
    fc.property(every, fc.integer({ min: 1, max: 600_000 }), (interval, ms) => {
      const seconds = ms / 1000;
      const rounded = Number(roundedUp(seconds, interval));
      assert.ok(rounded >= seconds - 1e-9 && rounded < seconds + interval + 1e-9, `${seconds} ${interval} ${rounded}`);
      assert.ok(rounded >= interval, "no check notices faster than it looks");
      assert.ok(Math.abs(rounded / interval - Math.round(rounded / interval)) < 1e-6);
    }),
  );
});

/** Freezes plain data down to its leaves. */
export function frozen<T>(value: T): T {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  Object.freeze(value);
  // Most of what an object holds is text and numbers: they cost no call.
  if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) if (typeof each === "object") frozen(each);
  } else
    for (const key in value) {
      const each = value[key];
      if (typeof each === "object") frozen(each);
    }
  return value;
}

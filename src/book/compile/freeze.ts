/** Freezes plain data down to its leaves. */
export function frozen<T>(value: T): T {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const each of value as readonly unknown[]) frozen(each);
  else for (const key in value) frozen(value[key]);
  return value;
}

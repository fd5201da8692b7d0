/** The alphabet of short messages (3GPP TS 23.038); signs of the second line take two places. */
const PLAIN = new Set(
  "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0",
);
const DOUBLE = new Set("^{}\\[~]|\u20ac");

/** Short messages that a text is sent as: 160 or 153 places of the alphabet each, 70 or 67 where it has any other sign. */
export function segmentsOf(text: string): number {
  let places = 0;
  for (const sign of text) {
    if (!PLAIN.has(sign) && !DOUBLE.has(sign)) return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
    places += DOUBLE.has(sign) ? 2 : 1;
  }
  return places <= 160 ? 1 : Math.ceil(places / 153);
}

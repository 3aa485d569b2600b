// Asks Publicodes about the dossiers on its standard input, and prints its answers and its times as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// The package lies in the folder this is run in, which is not the folder of this file.
const { default: Engine } = createRequire(join(process.cwd(), "package.json"))("publicodes");
process.on("uncaughtException", (error) => {
  console.error(`Error: ${error.message.split(/\s+/).join(" ")}`);
  process.exit(1);
});
const asked = JSON.parse(readFileSync(0, "utf8"));
const complaints = [];
const note = (words) => complaints.push(String(words));
const logger = { log: () => {}, warn: note, error: note };

const engines = Object.fromEntries(
  Object.entries(asked.laws).map(([name, law]) => [
    name,
    new Engine({ ...law, ...asked.facts, ...asked.rules }, { logger }),
  ]),
);

// A new situation empties the engine's cache: nothing of the dossier before is used again.
function answer(dossier) {
  const engine = engines[dossier.law].setSituation(dossier.facts);
  return Object.fromEntries(asked.goals.map((goal) => [goal, engine.evaluate(goal).nodeValue]));
}

function median(work) {
  const times = [];
  for (let run = 0; run < asked.runs; run += 1) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
}

const answers = asked.dossiers.map(answer);
for (let run = 0; run < asked.runs; run += 1) answer(asked.dossiers[0]);
const times = asked.runs ? { one: median(() => answer(asked.dossiers[0])) } : {};
console.log(JSON.stringify({ answers, times, complaints }));

// A process that carries out one order and ends, as a command on a laptop does: with nothing loaded beforehand.
import { readFileSync } from "node:fs";
import { openHome, type RunOrder, startEngine } from "@coppice/engine";

const [file = "", pulumi = ""] = process.argv.slice(2);
const order = JSON.parse(readFileSync(file, "utf8")) as RunOrder; // what the bench has written
const home = await openHome(process.env);
const engine = await startEngine({ home, pulumi, environment: process.env });
const outcome = await engine.run(order, { tell: () => undefined, signal: new AbortController().signal });
engine.stop();
if (outcome.result !== "succeeded") throw new Error(JSON.stringify(outcome));

import { type Mistake, mistakesText, withCode } from "@coppice/core";
import {
  type ComponentResourceOptions,
  type Input,
  type Output,
  output,
  type Resource,
  RunError,
  runtime,
} from "@pulumi/pulumi";

/**
 * The components that a program makes in one go. None is registered before all of them are known to be right.
 *
 * The obvious ways to refuse one are wrong. An error in the engine's log does not fail a program: the run goes on,
 * removes the machines of a class that was not registered, and ends with exit code 0. An error thrown in a constructor
 * hides the mistakes of all components behind it. Thrown when the program has said everything, it fails the program,
 * and a failed program removes nothing; what has been declared is registered nevertheless, unless it waits for that
 * moment (measured with engine 3.255 and SDK 3.270). What others declare beside our components is not held back.
 */
interface Turn {
  /** What is said of those that were refused. */
  readonly refused: string[];
  /** Fails with all of that. */
  readonly end: Promise<void>;
}

let turn: Turn | undefined;

/** The options of a component, registered when all components beside it are known to be right. */
export function afterAllAreRight(options: ComponentResourceOptions = {}): ComponentResourceOptions {
  const { dependsOn = [] } = options;
  // The SDK looks through lists in lists (runtime/dependsOn.ts), which its type does not say.
  const others = [dependsOn] as Input<Resource>[];
  const later: Promise<Input<Resource>[]> = thisTurn().end.then(() => others);
  return { ...options, dependsOn: later };
}

/**
 * Ends the program with the mistakes of a component and of all that are refused beside it. Answers an output that fails
 * with them: one that never came would let a program of the Automation API wait for ever.
 */
export function refuse(subject: string, mistakes: readonly Mistake[]): Output<never> {
  const { refused, end } = thisTurn();
  refused.push(withCode(mistakesText(subject, mistakes), "arguments.wrong"));
  saysNotEverything();
  return output(failureOf(end));
}

/**
 * Keeps this program from telling the engine that it has said everything: the engine would remove what it did not declare,
 * and end with the machines of a refused class gone. The host of inline programs tells it before it looks for errors that
 * nobody waited for (`automation/server.js` of SDK 3.270); an engine that is not there it takes for one that has failed.
 */
function saysNotEverything(): void {
  const signalAndWaitForShutdown = (_request: unknown, answer: (error: object) => void): void =>
    answer({ code: UNAVAILABLE });
  Object.assign(runtime.getMonitor() ?? {}, { signalAndWaitForShutdown });
}

/** Of gRPC. */
const UNAVAILABLE = 14;

async function failureOf(end: Promise<void>): Promise<never> {
  await end;
  throw new Error("a turn with refused components did not fail");
}

function thisTurn(): Turn {
  turn ??= beginTurn();
  return turn;
}

function beginTurn(): Turn {
  const refused: string[] = [];
  const { promise: end, resolve, reject } = Promise.withResolvers<void>();
  setImmediate(() => {
    turn = undefined;
    if (refused.length === 0) return resolve();
    // Pulumi shows an error of this class without a stack, and of no other; the same error it shows once.
    const error = new RunError(refused.join("\n"));
    awaitedLate(error);
    reject(error);
    throw error;
  });
  return { refused, end };
}

const refusals = new WeakSet<RunError>();
let isListening = false;

/**
 * Keeps Node from warning, around every refusal, of promises that fail with it before the SDK awaits them some turns later.
 * Nothing else is held back: the error itself is thrown, and for any other promise that warning is given as ever.
 */
function awaitedLate(refusal: RunError): void {
  refusals.add(refusal);
  if (isListening) return;
  isListening = true;
  process.on("rejectionHandled", (promise) => {
    promise.catch((reason: unknown) => {
      const isOurs = reason instanceof RunError && refusals.has(reason);
      // Where others listen too, another copy of this package perhaps, Node would not warn either.
      if (isOurs || process.listenerCount("rejectionHandled") > 1) return;
      process.emitWarning("Promise rejection was handled asynchronously", "PromiseRejectionHandledWarning");
    });
  });
}

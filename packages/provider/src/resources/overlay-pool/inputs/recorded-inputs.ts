import { type OverlayPoolInputs, stableMark } from "@coppice/core";

/**
 * Inputs as the state keeps them: the password only as a mark that tells a change. Outputs travel back to the
 * program, and the SDK writes what it receives into its debug events in clear, secrets too.
 */
export function recordedInputs(inputs: OverlayPoolInputs): OverlayPoolInputs {
  const password = inputs.cloudInit?.password;
  if (password === undefined) return inputs;
  return {
    ...inputs,
    cloudInit: { ...inputs.cloudInit, password: stableMark([inputs.class, password], 32) },
  };
}

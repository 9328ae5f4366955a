import { classErrors } from "./error-codes/class-errors.ts";
import { clusterErrors } from "./error-codes/cluster-errors.ts";
import { databaseErrors } from "./error-codes/database-errors.ts";
import { driftErrors } from "./error-codes/drift-errors.ts";
import { engineErrors } from "./error-codes/engine-errors.ts";
import type { ErrorDescription } from "./error-codes/error-description.ts";
import { providerErrors } from "./error-codes/provider-errors.ts";
import { pveErrors } from "./error-codes/pve-errors.ts";
import { sshErrors } from "./error-codes/ssh-errors.ts";
import { stackErrors } from "./error-codes/stack-errors.ts";
import { tenantErrors } from "./error-codes/tenant-errors.ts";
import { toolErrors } from "./error-codes/tool-errors.ts";
import { valueErrors } from "./error-codes/value-errors.ts";

/** The tables of all domains. Add a line to one of them to add a code. */
const table = {
  ...classErrors,
  ...clusterErrors,
  ...databaseErrors,
  ...driftErrors,
  ...engineErrors,
  ...providerErrors,
  ...pveErrors,
  ...sshErrors,
  ...stackErrors,
  ...tenantErrors,
  ...toolErrors,
  ...valueErrors,
};

/**
 * The union of all error codes, for example `"unit.invalid"`. A code is `domain.reason` and never changes once
 * released: callers compare it, documents link to it.
 */
export type ErrorCode = keyof typeof table;

/** Every code with what is to be known of it. */
export const errorCodes: Readonly<Record<ErrorCode, ErrorDescription>> = table;

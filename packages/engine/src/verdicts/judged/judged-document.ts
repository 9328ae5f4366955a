import type { Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import type { DocumentDemand } from "../../demand/document-demand.ts";
import { documentKey } from "../../documents/description.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { RecordedDocument } from "../../stack/recorded-stack.ts";

/** A document that takes something of a cluster, with what a preview says of it. */
export interface JudgedDocument {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
  readonly inputs: Properties;
  /** Whose it is; undefined where it says of no tenant. */
  readonly tenant: string | undefined;
  readonly verdict: DocumentVerdict;
  readonly demand: DocumentDemand;
  /** What the stack had of it. */
  readonly former: RecordedDocument | undefined;
}

/** Puts documents and what a preview says of them together. */
export function judgedDocuments(
  documents: readonly SpecDocument[],
  stacks: readonly StackVerdict[],
): JudgedDocument[] {
  return stacks.flatMap(({ cluster, verdict, former }) =>
    verdict.documents.flatMap((each) => {
      const key = documentKey(each);
      const given = documents.find((other) => other.cluster === cluster && documentKey(other) === key);
      if (given === undefined || each.demand === undefined) return [];
      // as: a document's values are what YAML and JSON have in common.
      const inputs = given.inputs as Properties;
      const tenant = tenantOf(inputs);
      const { kind, name } = each;
      const own = former.find((other) => documentKey(other) === key);
      return [{ kind, name, cluster, inputs, tenant, verdict: each, demand: each.demand, former: own }];
    }),
  );
}

/** Whose a document is; undefined where it says of no tenant. */
export function tenantOf({ tenant }: Properties): string | undefined {
  return typeof tenant === "string" ? tenant : undefined;
}

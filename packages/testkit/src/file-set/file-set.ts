import { registrationOf } from "@coppice/provider";
import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { fileSetKind } from "./file-set-kind.ts";

/** Inputs of {@link FileSet}. */
export interface FileSetArgs {
  /** The folder to make. */
  readonly folder: Input<string>;
  /** Contents by file name. */
  readonly files: Input<Readonly<Record<string, Input<string>>>>;
  /** Folder through which a test steers the steps. */
  readonly gates?: Input<string>;
  /** A configured cluster to connect to. */
  readonly cluster?: Input<string>;
  /** A secret that nothing may show. */
  readonly password?: Input<string>;
}

/** A folder with files, for tests. */
export class FileSet extends CustomResource {
  declare readonly count: Output<number>;
  declare readonly mark: Output<string>;

  constructor(name: string, args: FileSetArgs, options?: CustomResourceOptions) {
    const facts = { kind: fileSetKind, handlers: "@coppice/testkit/handlers" };
    const registration = registrationOf(facts, name, { ...args }, options);
    super(registration.type, name, registration.inputs, registration.options);
  }
}

import type { NameKind } from "../values/name.ts";
import type { Fields, RecordType } from "./field.ts";

/** A kind of thing that a program or a document describes: its inputs are the fields. */
export interface Kind<Inputs extends object = object> extends RecordType<Inputs> {
  /** What its own name in a program becomes the name of, where that asks for more than Pulumi does. */
  readonly named?: NameKind;
  /** What a run makes known of it, beside what it was told. */
  readonly outputs: Fields;
  /** A program that makes one, or for configuration a document. */
  readonly example: string;
}
